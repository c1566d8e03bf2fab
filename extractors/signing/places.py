"""Signature lines: a label with room to sign beside, above or below it, and what is in that room."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.annotation.lines import Line
from extractors.normalize.dates import find_dates
from extractors.prose.signer import read_signer
from extractors.signing.reading import SignatureReading, SignatureState, SignedOn
from models.document import Document, InkRegion, Page, Rule, Word
from models.geometry import Box, Span

# Points. A signer's strokes reach well above the line and a little below it; a caption stands close under its rule.
ABOVE_LINE, BELOW_LINE, CAPTION_GAP = 26.0, 6.0, 16.0
# Ink of less than this area (square points) is a dot or a remnant of a rule, not a signature: 8 x 5 points.
LEAST_INK = 40.0
LONGEST_LABEL = 8

_OTHERS = re.compile(
    r"patient|member|guardian|parent|witness|pharmac|interpreter|beneficiary|subscriber|"
    r"representative|employee|insured|policyholder|claimant",
    re.IGNORECASE,
)
_LABEL = re.compile(r"signature|signed", re.IGNORECASE)
_DATE = re.compile(r"^\W*date\b", re.IGNORECASE)
_BLANK = re.compile(r"^[_.\-xX:*\s]+$")


def read_places(document: Document, page: Page) -> Iterator[SignatureReading]:
    """The signature lines of a page, each with what is in its room. Those for patients are passed over."""
    for run in _labels(page):
        label = Box.around(word.box for word in run if word.box)
        text = " ".join(word.text for word in run)
        if _OTHERS.search(text):
            continue
        date = _date_label(page, label)
        room = _room(page, label, date)
        yield _reading(document, page, run, room, date)


def ink_between(document: Document, page: Page, above: Line, below: Line) -> SignatureReading | None:
    """A letter's signature: ink in the space between its close and the name below; None without such a space."""
    if above.box is None or below.box is None or below.box.top - above.box.bottom < 12 or below.page != above.page:
        return None
    room = Box(min(above.box.x0, below.box.x0) - 20, above.box.top + 4, page.width / 2 + 120, below.box.bottom - 2)
    found = _ink(page, room)
    if found:
        region = Box.around(box for box, _ in found)
        state: SignatureState = "stamp" if found[0][1] == "stamp" else "signed"
        return SignatureReading(
            state, page.number, (document.region(page.number, region, handwritten=True),), "over-the-name", 0.88
        )
    words = (*above.words, *below.words)
    return SignatureReading("unsigned", page.number, (document.evidence(page.number, words),), "over-the-name", 0.75)


def _labels(page: Page) -> Iterator[tuple[Word, ...]]:
    """Runs of words that label a signature: short, beside one another, not part of a sentence."""
    words = [word for word in page.words if word.box is not None]
    for i, word in enumerate(words):
        if not _LABEL.fullmatch(re.sub(r"[^A-Za-z]", "", word.text)):
            continue
        run = _run_around(words, i)
        named = word.text[:1].isupper() or word.text.endswith(":")
        whole = word.text.lower().startswith("signature") or run[-1].text.endswith(":")
        if len(run) <= LONGEST_LABEL and named and whole and not run[-1].text.endswith((".", ",", ";")):
            yield run


def _run_around(words: Sequence[Word], i: int) -> tuple[Word, ...]:
    """The words beside word `i` on both sides, up to a colon or a blank; too many for a label if there are more."""
    first, last = i, i
    while first > 0 and last - first < LONGEST_LABEL and _leads(words[first - 1], words[first]):
        first -= 1
    while last + 1 < len(words) and last - first < LONGEST_LABEL and not words[last].text.endswith((":", "_")):
        if not _beside(words[last], words[last + 1]) or _BLANK.match(words[last + 1].text):
            break
        last += 1
    return tuple(words[first : last + 1])


def _leads(left: Word, right: Word) -> bool:
    return _beside(left, right) and not left.text.endswith((":", "_"))


def _beside(left: Word, right: Word) -> bool:
    if left.box is None or right.box is None:
        return False
    gap = right.box.x0 - left.box.x1
    return left.box.rows_shared(right.box) > 0.5 and -2 < gap < 1.2 * max(left.box.height, right.box.height)


def _date_label(page: Page, label: Box) -> Box | None:
    """The label "Date" to the right of the signature's, on its row."""
    words = [word for word in page.words if word.box and _DATE.match(word.text)]
    boxes = [word.box for word in words if word.box and word.box.x0 > label.x1 and word.box.rows_shared(label) > 0.4]
    return min(boxes, key=lambda box: box.x0, default=None)


def _room(page: Page, label: Box, date: Box | None) -> Box:
    """Where one signs: above a rule whose caption the label is, else to the right of the label as far as it is free."""
    rules = [rule for rule in page.rules if rule.horizontal]
    beside = any(
        abs(rule.box.top - label.bottom) < 7 and rule.box.x1 > label.x1 + 40 and rule.box.x0 >= label.x0 - 2
        for rule in rules
    )
    over = _rule_over(rules, label)
    if over is not None and not beside:
        return Box(over.x0, over.top - ABOVE_LINE, over.x1, over.top + BELOW_LINE / 2)
    right = page.width - 18
    stops = [date.x0] if date else []
    stops += [
        rule.box.x0
        for rule in page.rules
        if not rule.horizontal and rule.box.x0 > label.x1 + 10 and rule.box.rows_shared(label) > 0.5
    ]
    stops += [box.x0 for box in _other_labels(page, label)]
    right = min([right, *stops])
    ceiling = max(
        [
            label.top - ABOVE_LINE,
            *(r.box.bottom for r in rules if r.box.bottom <= label.top + 1 and r.box.columns_shared(label) > 0.5),
        ]
    )
    floor = min(
        (
            r.box.top
            for r in rules
            if r.box.top >= label.bottom - 2 and r.box.columns_shared(Box(label.x1, 0, right, 1)) > 0.3
        ),
        default=label.bottom,
    )
    return Box(
        label.x1 + 1,
        ceiling,
        max(right - 2, label.x1 + 2),
        min(max(floor, label.bottom) + BELOW_LINE, label.bottom + 30),
    )


def _rule_over(rules: Sequence[Rule], label: Box) -> Box | None:
    """The rule to which the label is the caption: close above, not reaching over the whole page."""
    narrow = [rule.box for rule in rules if 0 <= label.top - rule.box.bottom < CAPTION_GAP and rule.box.width < 420]
    close = [box for box in narrow if box.x0 - 30 <= label.x0 and label.x1 <= box.x1 + 30]
    return max(close, key=lambda box: box.top, default=None)


def _other_labels(page: Page, label: Box) -> Iterator[Box]:
    for word in page.words:
        box = word.box
        if box and word.text.endswith(":") and box.x0 > label.x1 + 60 and box.rows_shared(label) > 0.5:
            yield box


def _reading(document: Document, page: Page, run: tuple[Word, ...], room: Box, date: Box | None) -> SignatureReading:
    label = document.evidence(page.number, run)
    signed_on = _signed_on(document, page, date) if date else None
    found = _ink(page, room)
    if found:
        region = Box.around(box for box, _ in found)
        state: SignatureState = "stamp" if all(kind == "stamp" for _, kind in found) else "signed"
        evidence = (document.region(page.number, region, label.quote, handwritten=True), label)
        return SignatureReading(state, page.number, evidence, "ink-on-the-line", 0.9, None, signed_on)
    words = _written(page, room, run)
    dated = _date_among(page, words)
    if dated is not None:
        signed_on = signed_on or dated
        words = tuple(word for word in words if dated.span is None or not dated.span.covers(word.span))
    if words:
        return _typed(document, page, words, signed_on)
    sure = 0.9 if page.quality.score > 0.6 else 0.6
    return SignatureReading("unsigned", page.number, (label,), "empty-line", sure, None, signed_on)


def _ink(page: Page, room: Box) -> list[tuple[Box, str]]:
    """Strokes in the room: of a pen on paper, laid over the page as ink, or a stamp."""
    found: list[tuple[Box, str]] = [(region.box, region.kind) for region in page.ink if _inside(region, room)]
    to_reading = page.to_received.inverse()
    for annotation in page.annotations:
        box = to_reading.box(annotation.box)
        if annotation.kind in {"ink", "stamp"} and box.common(room) > 0.3 * min(box.area, room.area):
            found.append((box, annotation.kind))
    for field in page.form_fields:
        box = to_reading.box(field.box)
        if field.kind == "signature" and field.value and box.common(room) > 0:
            found.append((box, "field"))
    return found


def _inside(region: InkRegion, room: Box) -> bool:
    return region.box.area >= LEAST_INK and region.box.common(room) > 0.3 * region.box.area


def _written(page: Page, room: Box, label: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(
        word for word in page.words
        if word.box and word not in label and room.covers(*word.box.middle) and not _BLANK.match(word.text)
        and abs(word.box.middle[1] - room.middle[1]) < room.height * 0.5
    )  # fmt: skip


def _typed(document: Document, page: Page, words: tuple[Word, ...], signed_on: SignedOn | None) -> SignatureReading:
    """Words on the line: "/s/" and the like sign; scrawl that OCR took for words is ink; a typed name is unclear."""
    text = " ".join(word.text for word in words)
    evidence = (document.evidence(page.number, words),)
    if re.search(r"/s/|electronic|digital|e-?sign", text, re.IGNORECASE):
        signer = read_signer(
            re.sub(r"(?i)/s/|electronically|digitally|signed|by|:", " ", text).strip(), words[0].span.start
        )
        return SignatureReading("signed", page.number, evidence, "typed-on-the-line", 0.85, signer, signed_on)
    sure = [word.confidence for word in words if word.confidence is not None]
    if sure and sum(sure) / len(sure) < 0.5:
        evidence = (document.evidence(page.number, words, handwritten=True),)
        return SignatureReading("signed", page.number, evidence, "scrawl-on-the-line", 0.65, None, signed_on)
    signer = read_signer(text, words[0].span.start)
    return SignatureReading("unclear", page.number, evidence, "typed-on-the-line", 0.6, signer, signed_on)


def _date_among(page: Page, words: Sequence[Word]) -> SignedOn | None:
    """A date typed in the room for the signature itself ("Signature and date")."""
    for word in words:
        found = next(iter(find_dates(word.text)), None)
        if found:
            return SignedOn(found[2], page.number, word.span)
    return None


def _signed_on(document: Document, page: Page, date: Box) -> SignedOn | None:
    """The date to the right of its label: read if typed, a region if only ink is there."""
    stops = [
        r.box.x0 for r in page.rules if not r.horizontal and r.box.x0 > date.x1 + 10 and r.box.rows_shared(date) > 0.5
    ]
    room = Box(date.x1, date.top - 8, min([page.width - 10, date.x1 + 150, *stops]), date.bottom + 6)
    over = _rule_over([rule for rule in page.rules if rule.horizontal], date)
    if over is not None and date.x0 < over.x1 - 5:
        room = Box(over.x0, over.top - ABOVE_LINE, over.x1, over.top + BELOW_LINE / 2)
    words = [word for word in page.words if word.box and room.covers(*word.box.middle)]
    if words:
        span = Span(words[0].span.start, words[-1].span.end)
        found = next(iter(find_dates(document.text[span.start : span.end])), None)
        if found:
            return SignedOn(found[2], page.number, Span(span.start + found[0], span.start + found[1]))
    ink = _ink(page, room)
    return SignedOn(None, page.number, None, Box.around(box for box, _ in ink)) if ink else None
