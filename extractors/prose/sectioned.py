"""Letters that a chart prints: a heading, and what it names in the lines below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.annotation.letter_words import closes, letter_words
from extractors.annotation.lines import Line
from extractors.normalize.contacts import find_phone
from extractors.normalize.dates import find_dates
from extractors.prose.asked import read_thing
from extractors.prose.banner import read_address
from extractors.prose.block import labelled
from extractors.prose.columns import cells_of, part_of
from extractors.prose.labelled import read_labelled, read_urgency_word
from extractors.prose.labels import find_labels
from extractors.prose.listed import BULLET, wraps
from extractors.prose.providers import read_named
from extractors.prose.said import Letter, Said
from extractors.prose.signer import read_signer, specialty_in
from extractors.prose.stay import read_stay_of
from models.geometry import Span

SECTIONED = 0.955

# A letter has so many known headings before they are read as such: one or two may head a paragraph.
_LEAST = 3
# Points. A heading in the next column begins this far right of one; lines hang left of theirs by less than this.
_APART, _HANG = 90.0, 6.0
# One of these a page has that asks for something.
_TELLING = frozenset({"service_lines.code", "service_lines.start_on", "diagnoses", "servicing_provider"})
# Lines. What stands under a heading that is no list of reasons has fewer.
_MOST = 9
_ENDS = re.compile(
    r"\W*(?:(?:electronically|digitally|e-?)\s*signed|signed\b|signature\b|/s/|page \d|printed\b|confidential|cc:"
    r"|authenticated)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\W*(?:\(?(?:\d{1,2}|[A-Ha-h]|[IVX]{1,4})[.)]\s+)?")
_PROVIDERS = ("servicing_provider", "facility", "requesting_provider", "primary_care_provider")
_OPEN = re.compile(r"(?:[,(/&]|\b(?:and|or|of|with|without|the|for|in|to|from|NPI))$")
_KINDS_OF_NUMBERS = re.compile(r"\b(?P<kind>NPI|phone|ph|tel|fax|fx|f|p|t|tin|tax id)\b\W{0,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what it names (`path`), and the lines under it down to the next heading of its column.

    `line` is the whole line of print, which may hold headings of other columns.
    """

    path: str
    heading: Line
    lines: tuple[Line, ...]
    line: Line


def sections_of(letter: Letter) -> tuple[Section, ...]:
    """The known headings of a letter that stand alone on their line, with their lines; () if they are too few."""
    found = [(line, cell, path) for line in letter.lines for cell, path in _heads(letter, line)]
    if len({path for _, _, path in found}) < _LEAST or not _TELLING & {path for _, _, path in found}:
        return ()
    taken = {id(line) for line, _, _ in found}
    heads = [cell for _, cell, _ in found]
    return tuple(
        Section(path, cell, tuple(_under(letter, cell, [one for one in heads if one is not cell], taken)), line)
        for line, cell, path in found
    )


def read_sections(letter: Letter, sections: Sequence[Section]) -> Iterator[Said]:
    """What the lines under each heading say of what it names. Rows count up within each list."""
    rows = {"diagnoses": 0, "service_lines": 0}
    for section in sections:
        if section.lines:
            yield from _read(letter, section, rows)


def taken_lines(letter: Letter, sections: Sequence[Section]) -> tuple[Line, ...]:
    """The lines of a letter that stand under headings, and those of the headings."""
    heads = {id(section.line) for section in sections}
    words = {word.span for section in sections for line in section.lines for word in line.words}
    return tuple(line for line in letter.lines if id(line) in heads or any(word.span in words for word in line.words))


def _heads(letter: Letter, line: Line) -> Iterator[tuple[Line, str]]:
    """The headings that a line holds side by side and nothing else; a label with its value beside it is none."""
    cells = cells_of(line) if line.box is not None else (line,)
    named = [(cell, path) for cell in cells if (path := _head(cell))]
    if len(named) == len(cells) and all(_head(other) for other in letter.lines if _level(line, other)):
        yield from named


def _level(line: Line, other: Line) -> bool:
    """Whether another line of text stands right of this one on its level."""
    if line.box is None or other.box is None or line.page != other.page:
        return False
    return abs(other.box.middle[1] - line.box.middle[1]) < 0.5 * line.box.height and other.box.x0 >= line.box.x1


def _head(line: Line) -> str | None:
    text = _NUMBERED.sub("", line.text).strip()
    if not text[:1].isupper() or len(text.split()) > 7 or text.endswith((".", ",", ";")):
        return None
    return letter_words().section(line.plain) or letter_words().section(text)


def _under(letter: Letter, head: Line, others: Sequence[Line], taken: set[int]) -> Iterator[Line]:
    """The lines below a heading and in its column, down to the next heading there."""
    if head.box is None:
        yield from _after(letter, head, taken)
        return
    right = min((one.box.x0 for one in others if _beside(head, one) and one.box), default=float("inf"))
    floor = min((one.box.top for one in others if _next(head, one, right) and one.box), default=float("inf"))
    left = head.box.x0 - _HANG
    column = [
        cell
        for line in letter.lines
        if line.page == head.page and line.box and head.box.bottom - 2 < line.box.top < floor - 2
        if id(line) not in taken and (cell := _clipped(line, left, right - 4)) is not None
    ]
    bottom = head.box.bottom
    for line in sorted(column, key=lambda one: one.box.top if one.box else 0.0)[:_MOST]:
        far = (2.2 if bottom == head.box.bottom else 1.6) * max(line.box.height, head.box.height) if line.box else 0.0
        if line.box is None or line.box.top - bottom > far or _ENDS.match(line.text) or closes(line):
            return
        bottom = max(bottom, line.box.bottom)
        yield line


def _clipped(line: Line, left: float, right: float) -> Line | None:
    """What of a line stands between two sides; a line that begins left of them and runs into them is another's."""
    words = [word for word in line.words if word.box and left < word.box.x0 < right]
    if len(words) == len(line.words):
        return line
    crossing = any(cell.box and cell.box.x0 <= left < cell.box.x1 for cell in cells_of(line))
    return part_of(line, words) if words and not crossing else None


def _after(letter: Letter, head: Line, taken: set[int]) -> Iterator[Line]:
    """The lines that follow a heading in plain text."""
    at = next(number for number, line in enumerate(letter.lines) if line is head)
    for line in letter.lines[at + 1 : at + 1 + _MOST]:
        if id(line) in taken or _ENDS.match(line.text) or closes(line):
            return
        yield line


def _beside(head: Line, other: Line) -> bool:
    if head.box is None or other.box is None or head.page != other.page:
        return False
    return abs(other.box.top - head.box.top) < 0.7 * head.box.height and other.box.x0 > head.box.x0 + _APART


def _next(head: Line, other: Line, right: float) -> bool:
    if head.box is None or other.box is None or head.page != other.page:
        return False
    return other.box.top > head.box.top + 2 and other.box.x0 < right - 4 and other.box.x1 > head.box.x0


def _read(letter: Letter, section: Section, rows: dict[str, int]) -> Iterator[Said]:
    path, lines = section.path, section.lines
    if path in _PROVIDERS:
        yield from _provider(letter, path, lines)
    elif path == "service_lines.code":
        yield from _wanted(letter, lines, rows)
    elif path == "service_lines.start_on":
        yield from _dates(letter, lines)
    elif path == "level_of_service":
        yield from _priority(letter, lines)
    elif path == "diagnoses":
        for span in _things(letter, lines):
            yield from read_labelled(path, letter.slice(span), span, rows)
    elif path in ("patient.name.full", "coverage.payer_name"):
        yield from _first(letter, path, lines, rows)


def _things(letter: Letter, lines: Sequence[Line]) -> Iterator[Span]:
    """The things that some lines list, one a line or bullet, each with the lines that it runs over."""
    right = max((line.box.x1 for line in letter.lines if line.box and line.page == lines[0].page), default=0.0)
    group: list[Line] = []
    for line in lines:
        fresh = not group or BULLET.match(line.text) is not None
        if not fresh and not (_OPEN.search(group[-1].text) or wraps(group[-1], line, right)):
            fresh = True
        if fresh and group:
            yield _whole(letter, group)
            group = []
        group.append(line)
    if group:
        yield _whole(letter, group)


def _whole(letter: Letter, group: Sequence[Line]) -> Span:
    start, end = group[0].span.start, max(line.span.end for line in group)
    bullet = BULLET.match(letter.text, start, end)
    return Span(bullet.end() if bullet else start, end)


def _wanted(letter: Letter, lines: Sequence[Line], rows: dict[str, int]) -> Iterator[Said]:
    labels = [label for line in lines for label in find_labels(line, letter.slice(line.span)) if label.start == 0]
    if labels:
        for path, span in labelled(letter, lines):
            yield from read_labelled(path, letter.slice(span), span, rows)
        return
    for span in _things(letter, lines):
        text = letter.slice(span)
        stay = list(read_stay_of(text, span))
        if stay:
            yield from stay
            continue
        row = rows["service_lines"]
        found = [_surer(said) for said in read_thing(text, span, row=row, asked=False)]
        rows["service_lines"] = max(
            (said.rows[0] + 1 for said in found if said.path.startswith("service_lines")), default=row
        )
        yield from found


def _surer(said: Said) -> Said:
    """What stands under the heading of what is asked for is surer than what a sentence says."""
    if said.rule == "service-listed":
        return replace(said, confidence=min(0.85, said.confidence))
    return replace(said, confidence=round(min(SECTIONED, said.confidence + 0.05), 3))


def _dates(letter: Letter, lines: Sequence[Line]) -> Iterator[Said]:
    """One day, or the first and the last; more days are of something else."""
    span = Span(lines[0].span.start, lines[min(1, len(lines) - 1)].span.end)
    found = list(find_dates(letter.slice(span)))
    if len(found) > 2:
        return
    for leaf, (start, end, date) in zip(("start_on", "end_on"), found, strict=False):
        place = Span(span.start + start, span.start + end)
        yield Said(f"service_lines.{leaf}", date, place, "sectioned", SECTIONED, (0,))


def _priority(letter: Letter, lines: Sequence[Line]) -> Iterator[Said]:
    """How soon, and below it or behind a dash why."""
    span = lines[0].span
    found = read_urgency_word(letter.slice(span))
    if found is None:
        return
    start, end, value = found
    yield Said(
        "level_of_service", value, Span(span.start + start, span.start + end), "sectioned", SECTIONED, known=True
    )
    if value != "urgent":
        return
    rest = letter.text[span.start + end : lines[-1].span.end]
    told = re.search(r"[A-Za-z][\w].{10,}", rest, re.DOTALL)
    if told:
        at = Span(span.start + end + told.start(), span.start + end + len(rest.rstrip(" .")))
        yield Said("urgency_reason", " ".join(letter.slice(at).split()), at, "sectioned", 0.85)


def _first(letter: Letter, path: str, lines: Sequence[Line], rows: dict[str, int]) -> Iterator[Said]:
    """A name on the first line, without a label, and what the labels below it say."""
    text = letter.slice(lines[0].span)
    labels = find_labels(lines[0], text)
    lead = _PRIMARY.match(text) if path.startswith("coverage") else None
    begin, end = lead.end() if lead else 0, labels[0].start if labels else len(text)
    if begin < end:
        span = Span(lines[0].span.start + begin, lines[0].span.start + len(text[:end].rstrip(" ,;|-")))
        yield from read_labelled(path, letter.slice(span), span, rows)
    for leaf, span in labelled(letter, lines):
        if leaf.startswith(("patient", "coverage")):
            yield from read_labelled(leaf, letter.slice(span), span, rows)
    if path.startswith("patient"):
        yield from read_address(letter, lines)


def _provider(letter: Letter, role: str, lines: Sequence[Line]) -> Iterator[Said]:
    """Who is named first under the heading, and the numbers beside their labels."""
    told: set[str] = set()
    for said in (*_named(letter, role, lines), *_numbers(letter, role, lines)):
        if said.path not in told:
            told.add(said.path)
            yield said


def _named(letter: Letter, role: str, lines: Sequence[Line]) -> Iterator[Said]:
    first = lines[0]
    text = letter.slice(first.span)
    labels = find_labels(first, text)
    if labels and labels[0].start == 0:
        return
    end = max(line.span.end for line in lines[:2]) if _OPEN.search(text) else first.span.end
    cut = _KINDS_OF_NUMBERS.search(letter.text, first.span.start, end)
    span = Span(first.span.start, cut.start() if cut else end)
    text = letter.slice(span)
    signer = read_signer(text.split("(")[0].rstrip(" ,"), span.start)
    if signer is not None and signer.credential:
        yield Said(f"{role}.name", signer.full, signer.full_span, "sectioned", SECTIONED)
        rest = Span(signer.full_span.end, span.end)
        special = specialty_in(letter.slice(rest).strip(" ,;-"))
        if special:
            at = letter.text.find(special, rest.start)
            yield Said(f"{role}.specialty", special, Span(at, at + len(special)), "sectioned", 0.9)
            return
    for said in read_named(role, text, span.start):
        if not said.path.endswith(".name") or signer is None or not signer.credential:
            yield replace(said, rule="sectioned", confidence=SECTIONED)


def _numbers(letter: Letter, role: str, lines: Sequence[Line]) -> Iterator[Said]:
    """NPI, tax number, telephone, fax, contact and whatever else labels under the heading name."""
    for path, span in labelled(letter, lines):
        leaf = path.removeprefix("requesting_provider")
        leaf = ".name" if path == "writer.perhaps" else leaf
        if leaf == path and path not in _PROVIDERS and path != "patient.name.full":
            continue
        text = letter.slice(span)
        if path in _PROVIDERS or leaf == ".name" or path == "patient.name.full":
            yield from read_named(role, text, span.start)
            continue
        for said in read_labelled(f"requesting_provider{leaf}", text, span, {}):
            if not said.path.endswith(".contact_name") or role == "requesting_provider":
                yield replace(said, path=role + said.path.removeprefix("requesting_provider"))
    for line in lines:
        for match in _KINDS_OF_NUMBERS.finditer(letter.slice(line.span)):
            kind = match["kind"].lower()
            leaf = "phone" if kind in _PHONES else "fax" if kind in _FAXES else ""
            phone = find_phone(letter.slice(Span(line.span.start + match.end(), line.span.end))) if leaf else None
            if phone and phone[0] < 2:
                at = line.span.start + match.end()
                yield Said(f"{role}.{leaf}", phone[2], Span(at + phone[0], at + phone[1]), "sectioned", SECTIONED)


_PRIMARY = re.compile(
    r"\s*(?:primary|payer|payor|plan|insurance|carrier|company|insurer|name)(?:\s+(?:insurance|plan|payer|payor|name|coverage"
    r"|company))?\s*(?:[:#]|\s-)\s*",
    re.IGNORECASE,
)
_PHONES, _FAXES = frozenset({"phone", "ph", "tel", "p", "t"}), frozenset({"fax", "fx", "f"})
