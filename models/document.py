"""A document that was read: pages, words with places, marks, and the text to which every span refers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from models.evidence import Evidence
from models.geometry import Affine, Box, Change, Span
from models.identifiers import mask_sensitive
from models.parsed import Annotation, FormFieldValue, HiddenReason
from models.payment_cards import find_cards
from models.problem import Problem

_SAME_FRAME = Affine()
PageSource = Literal["text_layer", "form_field", "ocr", "mixed", "plain"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its text, place in the reading frame (None in plain text), span, and OCR confidence 0..1, if OCR."""

    text: str
    box: Box | None
    span: Span
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line of a form, reading frame: a box much longer than thick."""

    box: Box
    horizontal: bool


@dataclass(frozen=True, slots=True)
class CheckBox:
    """A printed box to tick, reading frame.

    `ink` is the share 0..1 of dark pixels inside the box (its own edges left out), `outside` the same for the frame
    just around it, since pen ticks start there. `state` is "unclear" when neither side of the measured threshold is
    safe.
    """

    box: Box
    state: Literal["checked", "empty", "unclear"]
    ink: float
    outside: float


@dataclass(frozen=True, slots=True)
class InkRegion:
    """Ink that is neither a word, a rule nor a box, reading frame: handwriting, a signature, a stamp or a picture."""

    box: Box
    kind: Literal["pen", "picture"]


@dataclass(frozen=True, slots=True)
class HiddenWord:
    """A word that the file holds where the page shows nothing, or something else; reading frame, perhaps off the page.

    It is never read as a part of the page. `reason` is the file's own (see `VectorWord.hidden`), or "unlike": its ink
    shows another word; or "elsewhere": the text layer of a scan holds what is nowhere on it.
    """

    text: str
    box: Box
    reason: HiddenReason | Literal["unlike", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a page can be read: `score` 0..1 (mean word confidence by length; 1 for text layers).

    `reason` says in words why a page is poor, None for others.
    """

    score: float
    reason: str | None = None

    @property
    def poor(self) -> bool:
        """Whether a person should compare what was read with the image."""
        return self.reason is not None


@dataclass(frozen=True, slots=True)
class FaxHeader:
    """The line that a machine wrote over a page when it was faxed; its words are kept apart from the page's own.

    `sent_at` is the sender's clock, naive unless the line names its zone; `swapped_at` is the same with day and month
    exchanged, where both are possible. `number` (the sender's) and `to` are digits, without the 1 of North America;
    `page` and `of` as written, None where the line does not say. `confidence` 0..1 is the mean of its words'.
    """

    words: tuple[Word, ...]
    box: Box
    sender: str | None = None
    number: str | None = None
    to: str | None = None
    sent_at: dt.datetime | None = None
    swapped_at: dt.datetime | None = None
    page: int | None = None
    of: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """One page that was read. Geometry is in the reading frame; `width` and `height` are those of the received frame.

    `rotation` is the clockwise turn in degrees (0, 90, 180, 270) that made it upright, `skew` the small angle taken out
    after that. `dpi` is (x, y, "stated" or "assumed"), None for vector and plain pages. `plain` is the
    text of media without geometry, unchanged. `hidden` are words of the file that cannot be seen and say something else
    than what can.
    `fax_headers` are the lines of the machines that faxed the page, that of the last transmission first; `margin` holds
    words read along the edge where such a line stands upside down or alone. Neither is part of `words`.
    `fingerprint` is a digest of the page's pixels below the strip in which such lines stand.
    """

    number: int
    width: float
    height: float
    source: PageSource
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    bands: tuple[Box, ...] = ()
    checkboxes: tuple[CheckBox, ...] = ()
    ink: tuple[InkRegion, ...] = ()
    form_fields: tuple[FormFieldValue, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    hidden: tuple[HiddenWord, ...] = ()
    plain: str | None = None
    to_received: Change = _SAME_FRAME
    rotation: int = 0
    skew: float = 0.0
    dpi: tuple[float, float, Literal["stated", "assumed"]] | None = None
    quality: Quality = Quality(1.0)
    engine: str | None = None
    blank: bool = False
    damaged: bool = False
    problems: tuple[Problem, ...] = ()
    fax_headers: tuple[FaxHeader, ...] = ()
    margin: tuple[Word, ...] = ()
    fingerprint: str | None = None

    def received(self, box: Box) -> Box:
        """Where a box of the reading frame lies on the received page, clipped to it."""
        return self.to_received.box(box).clipped(self.width, self.height)

    def payment_words(self) -> tuple[tuple[Word, ...], ...]:
        """The words that hold a payment card number, card by card."""
        text, spans = "", list[Span]()
        for word in self.words:
            text += " " if spans else ""
            spans.append(Span(len(text), len(text) + len(word.text)))
            text += word.text
        placed = tuple(zip(self.words, spans, strict=True))
        return tuple(
            tuple(word for word, span in placed if span.start < card.end and card.start < span.end)
            for card in find_cards(text)
        )


@dataclass(frozen=True, slots=True)
class Document:
    """A leaf document that was read.

    `text` holds the words of all pages joined by spaces and line feeds, pages by form feeds; each word's span points
    into it.
    `id` is "d1".. within its submission. Containers and whole-file problems have no pages.
    """

    id: str
    path: str
    filename: str
    parent: str | None
    sha256: str
    media_type: str
    pages: tuple[Page, ...]
    text: str
    problems: tuple[Problem, ...] = ()

    def page(self, number: int) -> Page:
        """The page with this number (from 1)."""
        return self.pages[number - 1]

    def evidence(self, page: int, words: Sequence[Word], *, handwritten: bool = False) -> Evidence:
        """The place of a run of words of one page: the quote, masked, and one box for each line of them."""
        quote = " ".join(word.text for word in words)
        boxes = _lines(word.box for word in words if word.box is not None)
        ends = [word.span for word in words if len(word.span)]
        span = Span(min(end.start for end in ends), max(end.end for end in ends)) if ends else None
        return self._evidence(page, quote, boxes, handwritten).placed(span)

    def hidden_evidence(self, page: int, words: Sequence[HiddenWord]) -> Evidence:
        """The place of words that cannot be seen there: the quote, masked; no boxes for what lies off the page."""
        evidence = self._evidence(page, " ".join(word.text for word in words), _lines(w.box for w in words), False)
        on_page = tuple(box for box in evidence.boxes if box[2] > box[0] and box[3] > box[1])
        return evidence.model_copy(update={"boxes": on_page})

    def region(self, page: int, box: Box, quote: str = "", *, handwritten: bool = False) -> Evidence:
        """The place of something that is not words: a mark, a signature, ink. `box` in the reading frame."""
        return self._evidence(page, quote, [box], handwritten)

    def _evidence(self, page: int, quote: str, boxes: list[Box], handwritten: bool) -> Evidence:
        place = self.page(page)
        received = tuple(place.received(box) for box in boxes)
        return Evidence(
            document=self.id,
            sha256=self.sha256,
            page=page,
            quote=mask_sensitive(quote),
            boxes=tuple((round(b.x0, 2), round(b.top, 2), round(b.x1, 2), round(b.bottom, 2)) for b in received),
            handwritten=handwritten,
        )


def _lines(boxes: Iterable[Box]) -> list[Box]:
    """Join neighbouring boxes that stand on one line."""
    lines: list[Box] = []
    for box in boxes:
        if lines and lines[-1] == box:
            continue  # a form field is one place for all its words
        if lines and lines[-1].rows_shared(box) > 0.5 and box.x0 > lines[-1].x0:
            lines[-1] = Box.around((lines[-1], box))
        else:
            lines.append(box)
    return lines
