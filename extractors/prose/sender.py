"""Who writes: the practice's name and address, in a letterhead, a column at the side or a footer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.annotation.letter_words import greets
from extractors.annotation.lines import Line
from extractors.normalize.contacts import split_place
from extractors.normalize.dates import find_dates
from extractors.prose.labels import find_labels, is_turned
from extractors.prose.said import Letter, Said
from models.geometry import Span

# Lines. A letterhead has no more of them.
_MOST = 12
# Points. The room between a letterhead and a column beside it, and how far its lines may begin left of each other.
_GUTTER, _LEVEL = 12.0, 8.0
# A department below the name of a practice is not of it.
_PARTED = re.compile(r"(?:department|division|section|office|program) of\b", re.IGNORECASE)
_PLACE = re.compile(
    r"(?P<city>[A-Z][A-Za-z.'’-]*(?:[ \n]+[A-Z][A-Za-z.'’-]*){0,3}),?\s+(?P<state>[A-Z]{2})\.?,?\s+"
    r"(?P<zip>\d{5}(?:-\d{4})?)(?![\d-])"
)
_STREET = re.compile(r"(?:^|(?<=[\s|•·]))(?:P\.?\s?O\.?\s+Box\s+\d+|(?:\d+[A-Z]?|One|Two|Three)\s+[A-Z0-9][\w.'’#-]*)")
_PHONE = re.compile(r"\(?\d{3}\)?[\s./-]{0,3}\d{3}[\s.-]\d{4}")
_BEHIND = re.compile(
    rf"(?P<number>{_PHONE.pattern})\s*,?\s*\(?(?P<label>phone|tel|telephone|office|voice|main|fax|facsimile|ph|p|t|o|f)"
    r"\b\.?\)?",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\s*(?:to|attn|attention|re|date|via|sent|from|dear|patient|member|subject)\b\s*[:.]", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"letter|necessity|request|appeal|authori[sz]ation|\bfax\b|\bre\b|\bdate\b|\bpage\b|confidential|urgent|expedited"
    r"|\bvia\b|\d{3}|electronically|^to\b|^from\b|dear|patient|\bdob\b|\bmember\b|@|www|suite|street|avenue|\bhours?\b"
    r"|\bphone\b|\btel\b|protected|privileged|\bnpi\b|\btax\b",
    re.IGNORECASE,
)
# What parts the pieces of a letterhead that is one line.
_BAR = re.compile(r"\s+[|•·●▪*]\s+|\s{3,}|\s+[–—-]\s+")


def read_sender(letter: Letter) -> Iterator[Said]:
    """The requesting practice's name and address, by the first place that has them."""
    named = placed = False
    told: set[str] = set()
    for lines in (letterhead(letter), letter.side, letter.footer()):
        place = list(_address(letter, lines)) if lines and not placed else []
        placed = placed or bool(place)
        yield from place
        for said in _turned(letter, lines):
            if said.path not in told:
                told.add(said.path)
                yield said
        proof = bool(place) or any(_PHONE.search(line.text) for line in lines)
        name = _name(letter, lines) if lines and not named and proof else None
        if name is not None:
            named = True
            yield name


def _turned(letter: Letter, lines: Sequence[Line]) -> Iterator[Said]:
    """Numbers with their label behind them: "701-555-0100 (phone)"."""
    for line in lines:
        text = letter.slice(line.span)
        for match in _BEHIND.finditer(text):
            if text[match.start("label") - 1 : match.start("label")] != "(" and not is_turned(text):
                continue
            leaf = "fax" if match["label"].lower().startswith("f") else "phone"
            digits = re.sub(r"\D", "", match["number"])
            place = Span(line.span.start + match.start("number"), line.span.start + match.end("number"))
            yield Said(f"requesting_provider.{leaf}", digits, place, "letterhead", 0.9)


def letterhead(letter: Letter) -> tuple[Line, ...]:
    """The lines of the first page above the date, the addressee and the greeting."""
    first = letter.lines[0].page if letter.lines else 0
    top = sorted((line for line in letter.lines if line.page == first), key=lambda line: line.order)
    head: list[Line] = []
    aside: float | None = None
    for line in top[: 2 * _MOST]:
        if aside is not None and line.box and line.box.x0 > aside - _LEVEL:
            continue
        opens = _OPENS.match(line.text) or _dated(line)
        if opens and head and _apart(head, line) and line.box:
            aside = line.box.x0 if aside is None else min(aside, line.box.x0)
            continue
        if len(head) == _MOST or (aside is not None and head and not _near(head[-1], line)):
            break
        if greets(line) or _OPENS.match(line.text) or _dated(line):
            break
        head.append(line)
    return tuple(head)


def _apart(head: Sequence[Line], line: Line) -> bool:
    """Whether a line stands in a column right of the letterhead, beside it."""
    boxes = [one.box for one in head if one.box]
    if line.box is None or not boxes:
        return False
    beside = line.box.top < max(box.bottom for box in boxes) + 1.5 * line.box.height
    return beside and line.box.x0 > max(box.x1 for box in boxes) + _GUTTER


def _near(above: Line, line: Line) -> bool:
    if above.box is None or line.box is None:
        return True
    return line.box.top - above.box.bottom < 1.2 * max(above.box.height, line.box.height)


def _dated(line: Line) -> bool:
    found = list(find_dates(line.text))
    return len(found) == 1 and found[0][1] - found[0][0] >= 0.5 * len(line.text.strip())


def _name(letter: Letter, lines: Sequence[Line]) -> Said | None:
    """The practice's name: the first line that can be one, with those that it runs over in a narrow column."""
    for number, line in enumerate(lines[:4]):
        piece = _BAR.split(line.text, maxsplit=1)[0]
        if find_labels(line, letter.slice(line.span)):
            continue
        end, above = line.span.start + len(piece), line
        for other in lines[number + 1 : number + 4] if lines is letter.side and piece == line.text else ():
            if not _goes_on(above, other) or find_labels(other, letter.slice(other.span)):
                break
            end, above = other.span.end, other
        span = Span(line.span.start, end)
        if _is_name(letter.slice(span)):
            return _said(letter, span, 0.92)
        if re.search(r"\d", piece):
            return None
    return None


def _goes_on(line: Line, other: Line) -> bool:
    """Whether the next line is of the same type and close below: the size of type shows in the width of its letters."""
    if line.box is None or other.box is None or re.search(r"\d|,", other.text) or _PARTED.match(other.text):
        return False
    wide, next_wide = (one.box.width / len(one.text) if one.box else 1.0 for one in (line, other))
    near = other.box.top - line.box.bottom < 0.9 * max(line.box.height, other.box.height)
    return near and 0.8 < next_wide / wide < 1.25 and abs(other.box.x0 - line.box.x0) < 4


def _is_name(text: str) -> bool:
    words = text.split()
    letters = sum(c.isalpha() or c.isspace() or c in "&'’.,-" for c in text)
    person = re.search(r",\s*(?:MD|DO|NP|PA|PA-C|FNP(?:-\w+)?|DPM|DC|PhD|PT|RN|APRN)\b", text)
    return (
        2 <= len(words) <= 9
        and not re.match(r"Dr\b", text)
        and letters > 0.9 * len(text)
        and person is None
        and not _NO_NAME.search(text)
        and words[0][0].isupper()
    )


def _said(letter: Letter, span: Span, sure: float) -> Said:
    name = " ".join(letter.slice(span).split()).strip(" ,;|")
    return Said("requesting_provider.organization", name, span, "letterhead", sure)


def _address(letter: Letter, lines: Sequence[Line]) -> Iterator[Said]:
    """Street, city, state and ZIP code, the street up to two lines above the city."""
    for number, line in enumerate(lines):
        for back in (0, 1):
            begin = lines[max(0, number - back)].span.start
            match = _PLACE.search(letter.text, begin, line.span.end)
            if match is None:
                continue
            yield from _placed(letter, lines[max(0, number - 3) : number + 1], match)
            return


def _placed(letter: Letter, lines: Sequence[Line], match: re.Match[str]) -> Iterator[Said]:
    start = match.start("city")
    above = [line for line in lines if line.span.start <= start]
    street = None
    for line in reversed(above):
        text = letter.slice(Span(line.span.start, min(start, line.span.end)))
        found = list(_STREET.finditer(text))
        if found and not _PHONE.search(text):
            street = Span(line.span.start + found[0].start(), start)
            if found[0].start() == 0 or _BAR.search(text):
                break
        elif _PHONE.search(text) or (street is not None and not re.search(r"\d", text)):
            break
    stem = "requesting_provider.address"
    city = match.span("city")
    if street is not None:
        # Street and city may stand side by side without a comma: then the kind of street parts them.
        whole = letter.slice(Span(street.start, match.end()))
        flat = re.sub(r"[|•·●▪\n]", ",", whole)
        parts = split_place(flat)
        if parts.line and parts.city and parts.state:
            at = Span(street.start + parts.line[0], street.start + parts.line[1])
            line_text = " ".join(re.sub(r"\s*[|•·●▪]\s*", ", ", letter.slice(at)).split()).strip(" ,")
            yield Said(f"{stem}.line", line_text, at, "letterhead", 0.92)
            city = (street.start + parts.city[0], street.start + parts.city[1])
    yield Said(f"{stem}.city", " ".join(letter.text[slice(*city)].split()), Span(*city), "letterhead", 0.92)
    yield Said(f"{stem}.state", match["state"], Span(*match.span("state")), "letterhead", 0.94)
    yield Said(f"{stem}.postal_code", match["zip"], Span(*match.span("zip")), "letterhead", 0.94)
