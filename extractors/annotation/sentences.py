"""Sentences of notes and letters: hard-wrapped lines joined, list items and labelled lines kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.annotation.lines import Line
from models.geometry import Span

# What has no full stop for so many characters is a table or a list: it is cut, so that no rule runs over a whole page.
LONGEST = 1500
# A line that leaves this share of the usual line free ends its paragraph; a wrapped line leaves less than a long word.
SHORT_LINE = 0.72

_BULLET = re.compile(r"^\s*(?:[-–•*#>]|\(?\d{1,2}[.)]\s|[a-z][.)]\s)")
_LABEL = re.compile(r"^\s*[A-Z][A-Za-z,()/&' -]{1,60}:(?:\s|$)")
_STOP = re.compile(r"[.!?;]+[\"')\]]*(?=\s+[\"'(\[]?[A-Z0-9#-]|\s*$)|[。！？；]+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|st|vs|e\.?g|i\.?e|approx|no|fig|pt|jr|sr|inc|dept|ext|tel|hx|dx|rx|tx|b\.i\.d|q\.d|t\.i\.d)"
    r"|\b[A-Z])\.$",
    re.IGNORECASE,
)


def find_sentences(text: str, lines: Sequence[Line]) -> tuple[Span, ...]:
    """The sentences of some lines, as spans of the document's `text`, in reading order; none longer than LONGEST."""
    whole = (span for paragraph in _paragraphs(lines) for span in _sentences(text, paragraph))
    return tuple(piece for span in whole for piece in _cut(text, span))


def _paragraphs(lines: Sequence[Line]) -> Iterator[Span]:
    usual = sorted(len(line.text) for line in lines)[int(0.8 * (len(lines) - 1))] if lines else 0
    start, last = None, None
    for line in lines:
        if last is not None and start is not None and _breaks(last, line, usual):
            yield Span(start, last.span.end)
            start = None
        start = line.span.start if start is None else start
        last = line
    if start is not None and last is not None:
        yield Span(start, last.span.end)


def _breaks(last: Line, line: Line, usual: int) -> bool:
    if line.span.start < last.span.end:
        return True
    if _BULLET.match(line.text) or _LABEL.match(line.text):
        return True
    gap = line.box.top - last.box.bottom if line.box and last.box else 0.0
    if line.box and gap > 1.2 * line.box.height:
        return True
    ends_short = len(last.text) < SHORT_LINE * usual
    return ends_short and (line.text[:1].isupper() or line.text[:1].isdigit())


def _sentences(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for match in _STOP.finditer(text, paragraph.start, paragraph.end):
        if _ABBREVIATED.search(text, max(start, match.start() - 12), match.start() + 1):
            continue
        if match.end() > start:
            yield Span(start, match.end())
        start = match.end() + len(text[match.end() : paragraph.end]) - len(text[match.end() : paragraph.end].lstrip())
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _cut(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > LONGEST:
        end = text.rfind(" ", start, start + LONGEST)
        end = end if end > start else start + LONGEST
        yield Span(start, end)
        start = end + (text[end : end + 1] == " ")
    if start < span.end:
        yield Span(start, span.end)
