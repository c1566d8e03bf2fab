"""The pages of stored documents as they are looked at: their image, as received or turned upright, and their words."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image

import sandbox
from actions.drawing import Desk, Looking
from actions.drawn import Drawn
from actions.means import Means
from actions.pictures import picture_of
from actions.reading_json import load_reading
from actions.undrawn import Undrawn
from models.document import Page, Word
from models.geometry import Box
from models.identifiers import mask_sensitive
from models.mention import FieldMention
from models.page_image import PageImage
from models.parsed import ParsedFile
from models.problem import NotFound
from models.received import ReceivedFile
from models.result import DocumentResult
from store.blobs import Blobs
from store.repository import StoredDocument

_MASKED = frozenset({"hkid", "ssn"})
# By which numbers are covered in images: another name with each change of them, so that older images are not shown.
_RULES = "cards-2"
# Drawn in one turn: others come in between.
_MOST_PAGES = 20
_TEXT = "The page has no picture: it is text."
_NOT_DRAWN = "The page has no picture: it could not be drawn. Try again in five minutes."


class PageRoom:
    """Draws pages of stored documents; what was drawn once is kept in a folder that may be emptied at any time."""

    def __init__(self, blobs: Blobs, means: Means, folder: Path, looking: Looking | None = None) -> None:
        """Draw what lies in `blobs`; `looking` is what that may cost."""
        self._blobs = blobs
        self._means = means
        bounds = looking or Looking()
        self._drawn = Drawn(folder, bounds.kept_bytes, rules=_RULES)
        self._undrawn = Undrawn()
        self._desk = Desk(bounds)

    def image(self, document: StoredDocument, number: int, *, upright: bool = False, who: str = "-") -> bytes:
        """A page as a PNG, in the frame of the boxes, or turned so that it can be read; `who` asks for it.

        Raises:
            NotFound: there is no such page, it has no picture (a mail's text), or it could not be drawn lately.
            Busy: too many pages are wanted at a time.
        """
        kept = self._drawn.get(document.key, number)
        if kept is not None and not upright:
            return kept
        page = _page(self._read(document), number)
        png = kept or self._pngs(document, (page,), who).get(number)
        if png is None:
            raise NotFound(_TEXT if page.source == "plain" else _NOT_DRAWN)
        if not upright or not page.rotation:
            return png
        out = io.BytesIO()
        Image.open(io.BytesIO(png)).rotate(-page.rotation, expand=True).save(out, "PNG")
        return out.getvalue()

    def pictures(
        self, document: StoredDocument, numbers: Collection[int], *, who: str = "-"
    ) -> dict[int, PageImage]:  # fmt: skip
        """Pages for the formats that show pages, drawn many at a time; those that have no picture are left out.

        Raises:
            NotFound: the document has not been read yet.
            Busy: too many pages are wanted at a time.
        """
        pages = [page for page in self._read(document).document.pages if page.number in numbers]
        pngs = self._pngs(document, pages, who)
        return {
            page.number: PageImage(pngs[page.number], page.width, page.height, page.rotation)
            for page in pages
            if page.number in pngs
        }

    def words(self, document: StoredDocument, number: int, *, full: bool = False) -> dict[str, Any]:
        """A page's size and words with their boxes (points, received frame).

        Sensitive numbers are masked if not `full`; those of payment cards always are.

        Raises:
            NotFound: there is no such page.
        """
        result = self._read(document)
        page = _page(result, number)
        text = result.document.text if full else mask_sensitive(result.document.text)
        hidden = tuple(_cards(page)) if full else tuple(_sensitive(result, number))
        plain = page.source == "plain"
        return {
            "page": page.number,
            "width": None if plain else page.width,
            "height": None if plain else page.height,
            "dpi": page.dpi,
            "source": page.source,
            "rotation": page.rotation,
            "quality": page.quality.score,
            "words": [_word(page, word, text, hidden) for word in page.words],
        }

    def _read(self, document: StoredDocument) -> DocumentResult:
        if document.result is None:
            raise NotFound("The document has not been read yet.")
        reading = load_reading(self._blobs.get(document.tenant, document.result))
        found = next(
            result
            for result in reading.results
            if (result.document.path, result.document.sha256) == (document.path, document.sha256)
        )
        # Nothing is extracted twice: what is sensitive in it, its twin tells.
        twin = next((one for one in reading.results if one.document.id == found.duplicate_of), found)
        return replace(found, mentions=twin.mentions)

    def _pngs(self, document: StoredDocument, pages: Iterable[Page], who: str) -> dict[int, bytes]:
        """The pictures of pages, kept or drawn; a page without one is not among them."""
        wanted, pngs = [page for page in pages if page.source != "plain"], dict[int, bytes]()
        for at in range(0, len(wanted), _MOST_PAGES):
            pngs |= self._some(document, {page.number: page for page in wanted[at : at + _MOST_PAGES]}, who)
        return pngs

    def _some(self, document: StoredDocument, left: Mapping[int, Page], who: str) -> dict[int, bytes]:
        """The pictures of as many pages as are drawn in a turn."""
        pngs = dict[int, bytes]()
        while True:
            found = {number: self._drawn.get(document.key, number) for number in left}
            pngs |= {number: png for number, png in found.items() if png is not None}
            left = {number: page for number, page in left.items() if number not in pngs}
            left = {number: page for number, page in left.items() if not self._undrawn.has(document.key, number)}
            if not left:
                return pngs
            with self._desk.turn(document.key, partial(self._settled, document.key, tuple(left)), who=who) as mine:
                if mine:
                    return pngs | self._try(document, left)

    def _settled(self, key: str, numbers: Sequence[int]) -> bool:
        return all(self._undrawn.has(key, number) or self._drawn.has(key, (number,)) for number in numbers)

    def _try(self, document: StoredDocument, wanted: Mapping[int, Page]) -> dict[int, bytes]:
        """Draw pages; of those that do not come, the first is not tried again soon: it may be what keeps the others."""
        drawn = self._draw(document, wanted)
        lost = min(wanted.keys() - drawn.keys(), default=None)
        if lost is not None:
            self._undrawn.add(document.key, lost)
        return drawn

    def _draw(self, document: StoredDocument, wanted: Mapping[int, Page]) -> dict[int, bytes]:
        received = ReceivedFile(
            path=document.file_path,
            content=self._blobs.get(document.tenant, document.file_sha256),
            sha256=document.file_sha256,
            declared_type=document.declared_type,
        )
        first, drawn = {document.path: min(wanted)}, dict[int, bytes]()
        for leaf in sandbox.open_file(received, limits=self._means.limits, wanted=first):
            if isinstance(leaf, ParsedFile) and (leaf.path, leaf.sha256) == (document.path, document.sha256):
                for parsed in leaf.pages:
                    page = wanted.get(parsed.number)
                    picture = page and picture_of(parsed, page.rotation, hidden=tuple(_cards(page)))
                    if picture:
                        drawn[parsed.number] = picture.png
                        self._drawn.keep(document.key, parsed.number, picture.png)
                    if parsed.number == max(wanted):
                        return drawn
        return drawn


def _page(result: DocumentResult, number: int) -> Page:
    found = next((page for page in result.document.pages if page.number == number), None)
    if found is None:
        raise NotFound("There is no such page.")
    return found


def _cards(page: Page) -> Iterator[Box]:
    """Where a page has the numbers of payment cards, which nobody needs to see."""
    yield from (page.received(word.box) for card in page.payment_words() for word in card if word.box is not None)


def _sensitive(result: DocumentResult, number: int) -> Iterator[Box]:
    """Where a page has numbers that are masked because of what their blank is for."""
    for mention in result.mentions:
        if isinstance(mention, FieldMention) and mention.path.rsplit(".", 1)[-1] in _MASKED:
            for evidence in mention.evidence:
                if evidence.page == number:
                    yield from (Box(*corners) for corners in evidence.boxes)


def _word(page: Page, word: Word, text: str, hidden: Sequence[Box]) -> dict[str, Any]:
    box = page.received(word.box) if word.box is not None else None
    said = text[word.span.start : word.span.end]
    if box is not None and any(one.grown(1).covers(*box.middle) for one in hidden):
        said = "*" * len(said)
    return {
        "text": said,
        "box": [box.x0, box.top, box.x1, box.bottom] if box is not None else None,
        "confidence": word.confidence,
        "start": word.span.start,
        "end": word.span.end,
    }
