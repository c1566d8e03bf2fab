"""The banner that a chart prints over a letter: the patient's name, and below it dates, numbers and the address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.annotation.lines import Line
from extractors.annotation.patients import read_name
from extractors.normalize.contacts import split_place
from extractors.normalize.dates import find_dates
from extractors.prose.labels import find_labels
from extractors.prose.said import Letter, Said
from models.geometry import Span

BANNER = 0.92

# Lines. A banner stands among the first of a page, and has few.
_HEAD, _MOST = 45, 4
_SEX = re.compile(
    r"(?<![\w'’-])(?:(?P<word>Male|Female|MALE|FEMALE)|(?P<letter>[MF])(?=\s*(?:$|[|,;•·/)]|\s{2})))(?![\w'’-])"
)
_PLACE = re.compile(
    r"(?P<text>\d[^|;\n•·]*?[,\n]\s*"
    r"[A-Z][A-Za-z.'’-]*(?:[ \n]+[A-Z][A-Za-z.'’-]*){0,3},?\s+[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?)"
    r"(?![\d-])"
)
# Labels that an address may stand behind: its own, which letters use of anybody.
_ADDRESSED = ("other", "patient.address")
_TITLE = re.compile(r"^\W*(?:(?:patient|member|pt|name|client|re)\b\W*)?(?:(?:Mr|Mrs|Ms|Miss)\.?\s+)?", re.IGNORECASE)


def read_banner(letter: Letter) -> Iterator[Said]:
    """Name, sex and address of the patient around the first birth date beside its label; () where none is."""
    for number, line in enumerate(letter.lines[:_HEAD]):
        text = letter.slice(line.span)
        label = next((one for one in find_labels(line, text) if one.paths[0] == "patient.birth_date"), None)
        if label is None:
            continue
        before = line if text[: label.start].strip(" ,;|(-") else _above(letter.lines, number)
        named = _name(letter, before, line.span.start + label.start) if before else None
        if named is None:
            return
        yield named
        yield from _sex(letter, line, label.value)
        block = [line, *_below(letter.lines, number)]
        yield from read_address(letter, block)
        return


def read_address(letter: Letter, lines: Sequence[Line]) -> Iterator[Said]:
    """The patient's address on one of some lines, or on two that follow each other."""
    for first, last in ((a, b) for n, a in enumerate(lines) for b in lines[n : n + 2]):
        start = first.span.start
        text = letter.text[start : last.span.end]
        match = _PLACE.search(text)
        labels = [one for one in find_labels(first, letter.slice(first.span)) if match and one.start < match.start()]
        if match is None or (labels and labels[-1].paths[0] not in _ADDRESSED):
            continue
        if first is not last and match.start() > 0 and not labels:
            continue
        place = split_place(match["text"].replace("\n", ", "))
        for leaf, piece in (
            ("line", place.line), ("city", place.city), ("state", place.state), ("postal_code", place.postal_code)
        ):  # fmt: skip
            if piece is None:
                continue
            at = Span(start + match.start("text") + piece[0], start + match.start("text") + piece[1])
            value = " ".join(letter.slice(at).split()).strip(" ,")
            yield Said(f"patient.address.{leaf}", value, at, "banner", BANNER)
        return


def _name(letter: Letter, line: Line, end: int) -> Said | None:
    """The name that is all of a line before a place, but for a title."""
    text = letter.text[line.span.start : min(line.span.end, max(end, line.span.start))]
    text = letter.slice(line.span) if not text.strip() or line.span.end < end else text
    lead = _TITLE.match(text)
    begin = lead.end() if lead else 0
    rest = text[begin:].rstrip(" ,;|(-")
    name = read_name(rest)
    if name is None or len(name) < len(" ".join(rest.split())) - 1 or re.search(r"\d", rest):
        return None
    place = Span(line.span.start + begin, line.span.start + begin + len(rest))
    return Said("patient.name.full", name, place, "banner", BANNER)


def _sex(letter: Letter, line: Line, start: int) -> Iterator[Said]:
    """The word for the patient's sex without a label, behind the birth date."""
    found = next(iter(find_dates(letter.slice(line.span)[start:])), None)
    if found is None:
        return
    at = line.span.start + start + found[1]
    match = _SEX.search(letter.text[at : line.span.end])
    if match and match.start() < 40:
        sex = "female" if match[0].upper().startswith("F") else "male"
        yield Said("patient.sex", sex, Span(at + match.start(), at + match.end()), "banner", BANNER)


def _above(lines: Sequence[Line], number: int) -> Line | None:
    line = lines[number]
    for other in reversed(lines[:number]):
        if line.box is None or other.box is None:
            return other
        near = -2 < line.box.top - other.box.bottom < 1.2 * max(other.box.height, line.box.height)
        if other.page == line.page and near and abs(other.box.x0 - line.box.x0) < 14:
            return other
    return None


def _below(lines: Sequence[Line], number: int) -> Iterator[Line]:
    last = lines[number]
    for other in lines[number + 1 : number + 1 + _MOST]:
        if last.box is not None and other.box is not None:
            near = -2 < other.box.top - last.box.bottom < 1.2 * max(other.box.height, last.box.height)
            if other.page != last.page or not near or abs(other.box.x0 - last.box.x0) > 14:
                return
        last = other
        yield other
