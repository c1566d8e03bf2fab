"""Signature lines: a label with room to sign beside, above or below it, and what is in that room."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.annotation.lines import Line
from extractors.layout.cells import grid
from extractors.normalize.dates import DateOrder, find_dates
from extractors.prose.signer import Signer, read_signer
from extractors.signing.reading import SignatureReading, SignatureState, SignedOn
from models.document import Document, InkRegion, Page, Rule, Word
from models.evidence import Evidence
from models.geometry import Box, Span

# Points. A signer's strokes reach well above the line and a little below it; a caption stands close under its rule.
ABOVE_LINE, BELOW_LINE, CAPTION_GAP = 26.0, 6.0, 16.0
# Where the line over a caption was lost, a signature stands so close above it.
ABOVE_LABEL = 22.0
# Ink of less than this area (square points) is a dot or a remnant of a rule, not a signature: 8 x 5 points.
LEAST_INK = 40.0
LONGEST_LABEL = 10
# Points. A cell to sign in leaves this much room below its label, and is no taller than that.
_LEAST_ROOM, _TALLEST = 14.0, 90.0

_OTHERS = re.compile(
    r"patient|member|guardian|parent|witness|pharmac|interpreter|beneficiary|subscriber|"
    r"representative|employee|insured|policyholder|policy\s?owner|claimant|受保|病人|保單|投保|患者|監護",
    re.IGNORECASE,
)
_HOLDER = re.compile(r"policy\s?(?:holder|owner)|保單|投保", re.IGNORECASE)
_INSURED = re.compile(r"insured|patient|member|claimant|受保|病人|患者", re.IGNORECASE)
_GUARDIAN = re.compile(r"guardian|parent|監護", re.IGNORECASE)
_LABEL = re.compile(r"signature|signed|.*(?:簽署|簽名)", re.IGNORECASE)
_DATE = re.compile(r"^\W*(?:date\b|日期)", re.IGNORECASE)
_BLANK = re.compile(r"^[_.\-xX:*\s]+$")


def read_places(document: Document, page: Page, order: DateOrder = "mdy") -> Iterator[SignatureReading]:
    """The signature lines of a page, each with what is in its room. Those for patients are passed over."""
    for text, reading in _all_places(document, page, order):
        if not _OTHERS.search(text):
            yield reading


def read_consents(document: Document, page: Page, order: DateOrder) -> Iterator[tuple[str, SignatureReading]]:
    """The signature lines for patient, guardian and policyholder: who is to sign, and what is in the room."""
    for text, reading in _all_places(document, page, order):
        if _OTHERS.search(text):
            first = _HOLDER.search(text)
            insured = _INSURED.search(text)
            holder = first is not None and (insured is None or first.start() < insured.start())
            yield "policyholder" if holder else "guardian" if _GUARDIAN.search(text) else "insured", reading


def _all_places(document: Document, page: Page, order: DateOrder) -> Iterator[tuple[str, SignatureReading]]:
    for run in _labels(page):
        label = Box.around(word.box for word in run if word.box)
        date = _date_label(page, label)
        room = _room(page, label, date)
        yield " ".join(word.text for word in run), _reading(document, page, run, room, (date, order))


def read_room(
    document: Document, page: Page, name: Sequence[Word], rule: Box, signer: Signer, order: DateOrder
) -> SignatureReading:
    """What is written above a rule under which the signer's name is printed."""
    room = Box(rule.x0, rule.top - ABOVE_LINE, rule.x1, rule.top + BELOW_LINE / 2)
    date = _date_label(page, Box(rule.x0, rule.top - 12, rule.x1, rule.top + 2))
    signed_on = _signed_on(document, page, date, order) if date else None
    printed = document.evidence(page.number, tuple(name))
    found = _ink(page, room)
    if found:
        region = Box.around(box for box, _ in found)
        state: SignatureState = "stamp" if all(kind == "stamp" for _, kind in found) else "signed"
        evidence = (document.region(page.number, region, printed.quote, handwritten=True), printed)
        return SignatureReading(state, page.number, evidence, "over-the-name", 0.88, signer, signed_on)
    words = _written(page, room, ())
    if words:
        return _typed(document, page, words, signed_on)
    sure = 0.85 if page.quality.score > 0.6 else 0.6
    return SignatureReading("unsigned", page.number, (printed,), "over-the-name", sure, signer, signed_on)


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
        if not _LABEL.fullmatch(re.sub(r"[^A-Za-z\u3400-\u9fff]", "", word.text)):
            continue
        run = _run_around(words, i)
        if not word.text.isascii() and any(other.text.lower().startswith("signature") for other in run):
            continue  # the Chinese half of a label whose English half is one
        named = run[0].text[:1].isupper() or word.text.endswith(":") or not word.text.isascii() or _caption(page, run)
        whole = (
            word.text.lower().startswith("signature") or run[-1].text.endswith((":", "：")) or not word.text.isascii()
        )
        if len(run) == 2 and run[0].text.rstrip(".)").isdigit():
            continue  # "7 SIGNATURE" heads a section
        if len(run) <= LONGEST_LABEL and named and whole and not run[-1].text.endswith((".", ",", ";")):
            yield run


def _caption(page: Page, run: Sequence[Word]) -> bool:
    """Whether words in small letters that begin with "signature" stand close under a line to write on."""
    label = Box.around(word.box for word in run if word.box)
    over = _rule_over([rule for rule in page.rules if rule.horizontal], label)
    return run[0].text.lower() == "signature" and over is not None and abs(over.x0 - label.x0) < CAPTION_GAP


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
    return _beside(left, right) and not left.text.endswith((":", "_", "."))


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
    framed = _frame(page, label, date)
    if framed is not None:
        return framed
    rules = [rule for rule in page.rules if rule.horizontal]
    over = _rule_over(rules, label)
    # A caption close under its rule has another rule below it only by chance: the next box of the form.
    from_x = label.x1 - 4 if over is not None and label.top - over.bottom < 8 else label.x0 - 2
    beside = any(
        abs(rule.box.top - label.bottom) < 7 and rule.box.x1 > label.x1 + 40 and rule.box.x0 >= from_x for rule in rules
    )
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


def _frame(page: Page, label: Box, date: Box | None) -> Box | None:
    """The rest of the cell at whose head the label stands, or the frame just below it; None where there is neither."""
    lines = grid(page)
    cell = lines.cell(label)
    if lines.boxed(cell):
        low = label.middle[1] < cell.middle[1] and cell.bottom - label.bottom >= _LEAST_ROOM and cell.height < _TALLEST
        right = min(cell.x1, date.x0 - 3) if date else cell.x1
        return Box(cell.x0, label.bottom, right, cell.bottom) if low and right > cell.x0 + 40 else None
    below = lines.cell(Box(label.x0 + 2, label.bottom + 11, label.x0 + 30, label.bottom + 17))
    close = abs(below.top - label.bottom) < 8 and below.x0 <= label.x0 + 10
    return below if lines.boxed(below) and close and _LEAST_ROOM + 2 <= below.height < 60 else None


def _rule_over(rules: Sequence[Rule], label: Box) -> Box | None:
    """The rule to which the label is the caption: close above, not reaching over the whole page."""
    narrow = [rule.box for rule in rules if 0 <= label.top - rule.box.bottom < CAPTION_GAP and rule.box.width < 420]
    close = [box for box in narrow if box.x0 - 30 <= label.x0 and label.x1 <= box.x1 + 30]
    return max(close, key=lambda box: (round(box.top), box.columns_shared(label)), default=None)


def _other_labels(page: Page, label: Box) -> Iterator[Box]:
    for word in page.words:
        box = word.box
        if box and word.text.endswith(":") and box.x0 > label.x1 + 60 and box.rows_shared(label) > 0.5:
            yield box


def _reading(
    document: Document, page: Page, run: tuple[Word, ...], room: Box, dated: tuple[Box | None, DateOrder]
) -> SignatureReading:
    label = document.evidence(page.number, run)
    date, order = dated
    signed_on = _signed_on(document, page, date, order) if date else None
    found = _ink(page, room)
    if found:
        region = Box.around(box for box, _ in found)
        state: SignatureState = "stamp" if all(kind == "stamp" for _, kind in found) else "signed"
        evidence = (document.region(page.number, region, label.quote, handwritten=True), label)
        return SignatureReading(state, page.number, evidence, "ink-on-the-line", 0.9, None, signed_on)
    words, room_label = _written(page, room, run), Box.around(word.box for word in run if word.box)
    beside = _date_among(page, words, order)
    if beside is not None:
        signed_on = signed_on or beside
        words = tuple(word for word in words if beside.span is None or not beside.span.covers(word.span))
    if words:
        return _typed(document, page, words, signed_on)
    above = _ink(page, Box(room_label.x0 - 4, room_label.top - ABOVE_LABEL, room_label.x1 + 4, room_label.top + 1))
    if above:
        strokes = document.region(page.number, Box.around(box for box, _ in above), label.quote, handwritten=True)
        return SignatureReading("signed", page.number, (strokes, label), "ink-above-the-label", 0.8, None, signed_on)
    sure = 0.9 if page.quality.score > 0.6 else 0.6
    evidence = (_empty(document, page, room, label), label)
    return SignatureReading("unsigned", page.number, evidence, "empty-line", sure, None, signed_on)


def _empty(document: Document, page: Page, room: Box, label: Evidence) -> Evidence:
    """The room itself, as far as it is on the page."""
    width, height = (page.height, page.width) if page.rotation in (90, 270) else (page.width, page.height)
    inside = Box(max(0.0, room.x0), max(0.0, room.top), min(width, room.x1), min(height, room.bottom))
    return document.region(page.number, inside, label.quote)


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


def _date_among(page: Page, words: Sequence[Word], order: DateOrder) -> SignedOn | None:
    """A date typed in the room for the signature itself ("Signature and date")."""
    for word in words:
        found = next(iter(find_dates(word.text, order)), None)
        if found:
            return SignedOn(found[2], page.number, word.span)
    return None


def _signed_on(document: Document, page: Page, date: Box, order: DateOrder) -> SignedOn | None:
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
        found = next(iter(find_dates(document.text[span.start : span.end], order)), None)
        if found:
            return SignedOn(found[2], page.number, Span(span.start + found[0], span.start + found[1]))
    ink = _ink(page, room)
    return SignedOn(None, page.number, None, Box.around(box for box, _ in ink)) if ink else None
