"""The labels of a letter's lines: what they name, and where what they name begins (data/letters.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from extractors.annotation.letter_words import letter_words
from extractors.annotation.lines import Line

# A gap of so many heights of the line parts two cells; blanks between words are a third of it.
_GAP = 0.85
_NUMBERED = r"(?:[\s-]*(?:numbers?|num\b\.?|no\b\.?|nbr|id|#))*"
_COLON = re.compile(r"\s*(?:\([^)]{1,16}\)\s*)?(?:[:=#]|-(?=\s))[\s:#]*")
_PARTED = re.compile(r"(?:^|[;,|(•·●▪/]|\s[-–—])\s*$")
# What may follow a label without a colon, by the leaf that it names.
_DATE = r"(?=\d{1,4}[/.-]\d|\d{1,2}[\s-]+[A-Z][a-z]{2}|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4})"
_NUMBER = r"(?=[#\s]*[A-Z]{0,4}-?\d)"
_PHONE = r"(?=\+?1?[\s.-]*\(?\d{3}\)?[\s./-]*\d{3})"
_BARE = {
    "patient.birth_date": _DATE,
    "coverage.member_id": _NUMBER,
    "coverage.group_number": _NUMBER,
    "requesting_provider.npi": r"(?=\d{10}(?!\d))",
    "requesting_provider.tin": r"(?=\d{2}-?\d{7}(?!\d))",
    "requesting_provider.fax": _PHONE,
    "requesting_provider.phone": _PHONE,
    "patient.phone": _PHONE,
    "requesting_provider.contact_name": r"(?=[A-Z][\w'’-]+\s(?:[A-Z][\w'’.-]*|de|la|van|von|del|der)\b)",
    "diagnoses": r"(?=[A-Z][\w'’-]*(?:[^;|]{0,90}?)\(?[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?\b)",
}
# "Member" names the patient, unless figures follow it.
_MEMBER = re.compile(r"member|subscriber|insured|enrollee|beneficiary|cardholder|recipient", re.IGNORECASE)
_FIGURES = re.compile(r"\s*[:#]?\s*(?=[A-Z]{0,4}-?\d{3})[A-Z0-9][A-Z0-9-]{4,}")
# A word before "date" makes it another date than the letter's.
_LONGER = re.compile(r"[A-Za-z]\s*$")
# A line that opens with a telephone number has its labels behind the numbers: "701-555-0100 phone, 701-555-0101 fax".
_TURNED = re.compile(
    r"\W*\d{3}\)?[\s./-]{0,3}\d{3}[\s./-]\d{4}\b.*\d{4}\s*[,(]?\s*(?:phone|tel|telephone|office|voice|main|fax|facsimile|[ptof])\W*$"
    r"|\W*\d{3}\)?[\s./-]{0,3}\d{3}[\s./-]\d{4}\s*[,(]?\s*(?:phone|tel|telephone|office|voice|main|fax|facsimile)\W*$",
    re.IGNORECASE,
)
# Idaho, between a city and its ZIP code.
_STATE, _ZIP = re.compile(r"[A-Za-z.],?\s*$"), re.compile(r"\s+\d{5}(?:-\d{4})?(?![\w-])")
# One letter is too little where no colon follows: "T 99213" may be anything.
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Label:
    """A label within a line: the leaves it names ("DOB / Sex" two), its own place, and where its value begins.

    `whole`: the line holds nothing else, so that the value stands below.
    """

    paths: tuple[str, ...]
    start: int
    end: int
    value: int
    whole: bool = False


def find_labels(line: Line, text: str) -> tuple[Label, ...]:
    """The labels of a line in their order; `text` is the line's text in the document, offsets are into it."""
    gaps = _gaps(line)
    found: list[Label] = []
    for match in _pattern().finditer(text):
        label = _label(text, match, gaps)
        if label is not None and (not found or match.start() >= found[-1].value or found[-1].whole):
            found.append(label)
    return tuple(found)


def is_turned(text: str) -> bool:
    """Whether a line has its labels behind the telephone numbers."""
    return _TURNED.match(text) is not None


def _label(text: str, match: re.Match[str], gaps: frozenset[int]) -> Label | None:
    paths = tuple(path for piece in (match["a"], match["b"]) if piece and (path := _path(piece)))
    if not paths:
        return None
    start, end = match.start(), match.end()
    if _MEMBER.fullmatch(match[0]) and _FIGURES.match(text, end):
        paths = ("coverage.member_id",)
    if not text[end:].strip(" :.") and _PARTED.search(text[:start]) and not text[:start].strip():
        return Label(paths, start, end, len(text), whole=True)
    if paths[0] == "submitted_on" and _LONGER.search(text[:start]) and not any(gap <= start <= gap + 4 for gap in gaps):
        return None
    if text[start:end] == "ID" and _STATE.search(text[:start]) and _ZIP.match(text, end):
        return None
    colon = _COLON.match(text, end)
    if colon is not None and not (colon[0].strip() == "-" and start):
        return Label(paths, start, end, colon.end())
    opens = _PARTED.search(text[:start]) is not None or any(gap <= start <= gap + 4 for gap in gaps)
    if opens and end in gaps:
        return Label(paths, start, end, end + len(text[end:]) - len(text[end:].lstrip()))
    if paths[0].endswith((".phone", ".fax")) and is_turned(text):
        return None
    bare = _BARE.get(paths[0])
    numbers = paths[0].startswith(("requesting_provider", "patient.birth_date", "patient.phone", "coverage.member_id"))
    numbers = numbers or (paths[0] == "coverage.group_number" and text[start].isupper() and start > 0)
    long = end - start >= _SHORTEST or (opens and paths[0].startswith("requesting_provider"))
    if (opens or numbers) and bare and long and (value := re.compile(rf"\.?\s+{bare}").match(text, end)):
        return Label(paths, start, end, value.end())
    return None


def _gaps(line: Line) -> frozenset[int]:
    """Where words end behind which the line is open for more than a blank; offsets into the line."""
    first, found = line.span.start, set[int]()
    for left, right in pairwise(line.words):
        if left.box is not None and right.box is not None:
            wide = right.box.x0 - left.box.x1 > _GAP * max(left.box.height, right.box.height)
        else:
            wide = right.span.start - left.span.end >= 2
        if wide:
            found.add(left.span.end - first)
    return frozenset(found)


@cache
def _pattern() -> re.Pattern[str]:
    """A label, or two with a stroke between them; the longest name counts."""
    names = sorted((name for name, _ in _names()), key=len, reverse=True)
    one = "|".join(names)
    return re.compile(
        rf"(?<![\w'’])(?P<a>{one})(?:\s*(?:/|&|\band\b)\s*(?P<b>{one}))?(?:\(s\)|\(es\))?(?![\w'’])", re.IGNORECASE
    )


@cache
def _names() -> tuple[tuple[str, str], ...]:
    return tuple(_phrases())


def _phrases() -> Iterator[tuple[str, str]]:
    """Each name as a pattern, with its leaf."""
    for label in letter_words().labels:
        for name in label.names:
            pattern = re.escape(name).replace(r"\.", r"\.?\s?").replace(r"\ ", r"[\s-]+")
            yield pattern.removesuffix(r"\s?") + (_NUMBERED if label.numbered else ""), label.path


@cache
def _path(text: str) -> str | None:
    """The leaf that a label names: by the longest pattern that is all of it."""
    fitting = [(len(pattern), path) for pattern, path in _names() if re.fullmatch(pattern, text.strip(), re.IGNORECASE)]
    return max(fitting)[1] if fitting else None
