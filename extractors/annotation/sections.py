"""The headed stretches of a text: history, medications, assessment, plan, findings ... (data/sections.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import Indel

from extractors.annotation.lines import Line, plain_text
from extractors.data_files import load_data
from models.annotations import Section
from models.document import Document
from models.geometry import Span

# A heading of OCR text is taken from this similarity (0..1) on, and only if it has at least 7 letters.
HEADING_SIMILARITY = 0.88

_INLINE = re.compile(r"(?<![A-Za-z])([A-Z][A-Z][A-Z /&,'()-]{1,48}[A-Z)])\s*:")
_LEAD = re.compile(r"^[\s#*•\-–.\d)]{0,6}")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: what it heads, its text, and where it stands."""

    kind: str
    title: str
    span: Span
    page: int


def find_sections(document: Document, parts: Sequence[Sequence[Line]]) -> tuple[Section, ...]:
    """The sections of parts, each given by its lines, in reading order. A section ends where the next begins."""
    sections: list[Section] = []
    for own in parts:
        headings = [heading for line in own for heading in _headings_of(line)]
        end_of_part = own[-1].span.end if own else 0
        for heading, following in pairwise([*headings, None]):
            if heading is None:
                continue
            end = following.span.start if following else end_of_part
            end = end if end > heading.span.start else heading.span.end
            body = document.text[heading.span.start : end].rstrip()
            span = Span(heading.span.start, max(heading.span.end, heading.span.start + len(body)))
            sections.append(Section(kind=heading.kind, title=heading.title, span=span, page=heading.page))
    return tuple(sections)


def heading_kind(text: str) -> str | None:
    """The kind of section a heading opens, None if it is none we know."""
    plain = plain_text(_LEAD.sub("", text))
    names = _names()
    if plain in names:
        return names[plain]
    if len(plain) < 7 or len(plain) > 45:
        return None
    close = process.extractOne(plain, names.keys(), scorer=Indel.normalized_similarity, score_cutoff=HEADING_SIMILARITY)
    return names[close[0]] if close and len(close[0]) >= 7 else None


@cache
def _names() -> dict[str, str]:
    data = load_data("sections", dict[str, tuple[str, ...]])
    return {plain_text(name): kind for kind, names in data.items() for name in names}


def _headings_of(line: Line) -> Iterator[Heading]:
    """The heading that opens the line, and those in capitals within it, as dictated notes have them."""
    before, colon, _ = line.text.partition(":")
    candidate = before if colon else line.text
    kind = None
    if len(candidate) <= 50 and (colon or not candidate.rstrip().endswith((".", ","))):
        kind = heading_kind(candidate)
    if kind and (colon or _stands_alone(line.text)):
        yield _heading(line, kind, 0, len(candidate) + len(colon))
    start = len(candidate) + 1 if kind else 0
    for match in _INLINE.finditer(line.text, start):
        inner = _names().get(plain_text(match[1]))
        if inner:
            yield _heading(line, inner, match.start(), match.end())


def _stands_alone(text: str) -> bool:
    """A line without a colon is a heading if it looks like one: few words, written as a title."""
    words = [word for word in re.findall(r"[A-Za-z]+", text) if word.lower() not in {"and", "of", "the", "for"}]
    return 0 < len(words) <= 6 and (text.isupper() or all(word[0].isupper() for word in words))


def _heading(line: Line, kind: str, start: int, end: int) -> Heading:
    first = line.span.start
    title = line.text[start:end].strip(" :#*-")
    return Heading(kind, title, Span(first + start, min(first + end, line.span.end)), line.page)
