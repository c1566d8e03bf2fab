"""The labelled lines of a letter: "RE: Jane Doe", "DOB: ...", "Member ID: ...", and the sender's numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.annotation.letter_words import greets
from extractors.annotation.lines import Line
from extractors.normalize.dates import find_dates
from extractors.prose.amounts_labelled import read_amount
from extractors.prose.columns import headed_columns
from extractors.prose.drug_names import find_drug
from extractors.prose.labelled import read_labelled
from extractors.prose.labels import Label, find_labels
from extractors.prose.listed import right_edge, wraps
from extractors.prose.said import Letter, Said
from models.geometry import Span


def read_block(letter: Letter) -> Iterator[Said]:
    """The values of the labelled lines of a letter's head, side and foot. Rows count up within each list."""
    rows = {"diagnoses": 0, "service_lines": 0}
    head = tuple(letter.head())
    letterhead = {id(line) for line in head if _letterhead(letter, line)}
    seen: set[str] = set()
    named = list(labelled(letter, head))
    drug = any(path == "service_lines.drug.name" and find_drug(letter.slice(span)) for path, span in named)
    dated = next(_dated(letter), None)
    writer = -1
    for path, span in named:
        if path in _WRITERS:
            writer = span.end
        if path == "writer.perhaps":
            said = list(read_labelled("requesting_provider.name", letter.slice(span), span, rows))
            yield from (replace(one, confidence=_PERHAPS) for one in said)
            continue
        if path.startswith("line."):
            yield from read_amount(path.removeprefix("line."), letter.slice(span), span, drug=drug)
            continue
        if path.startswith("requesting_provider") and not (
            path.endswith(_OF_THE_WRITER)
            or (0 <= span.start - writer < _BESIDE)
            or any(_within_line(letter, span, one) for one in letterhead)
        ):
            continue
        said = list(read_labelled(path, letter.slice(span), span, rows))
        if path == "submitted_on" and dated is not None and any(one.value != dated.value for one in said):
            continue  # the letter has a date of its own
        seen |= {one.path for one in said}
        yield from said
    foot = [one for path, span in labelled(letter, letter.foot()) for one in _of_the_writer(letter, path, span)]
    yield from foot
    seen |= {one.path for one in foot}
    for lines in (letter.side, letter.footer()):
        for path, span in labelled(letter, lines):
            found = [one for one in _of_the_writer(letter, path, span) if one.path not in seen]
            yield from found
            seen |= {one.path for one in found}
    yield from _dated(letter)


# What the block of references says of the writer, wherever it stands: a telephone there may be the plan's.
_OF_THE_WRITER = (".contact_name", ".name", ".npi", ".tin")


# Who refers or attends may not be who asks.
_PERHAPS = 0.86
# After whose name or NPI a telephone is theirs, and how many characters behind it.
_WRITERS = ("requesting_provider.name", "requesting_provider.npi", "writer.perhaps")
_BESIDE = 60


def _of_the_writer(letter: Letter, path: str, span: Span) -> Iterator[Said]:
    if path.startswith("requesting_provider"):
        yield from read_labelled(path, letter.slice(span), span, {})


def _within_line(letter: Letter, span: Span, line: int) -> bool:
    return any(id(one) == line and one.span.start <= span.start <= one.span.end for one in letter.lines)


def labelled(letter: Letter, lines: Sequence[Line]) -> Iterator[tuple[str, Span]]:
    """The leaf and the place of what each label of some lines names, with the lines that hang below it."""
    headed = headed_columns(letter, lines)
    yield from headed.cells
    lines = _unbroken(letter, [line for line in lines if id(line) not in headed.taken])
    found = [find_labels(line, letter.slice(line.span)) for line in lines]
    done = 0
    for number, (line, labels) in enumerate(zip(lines, found, strict=True)):
        for label, after in pairwise((*_own(labels), None)):
            if label is None or line.span.start + label.start < done <= line.span.end:
                continue
            if label.whole:
                below = _below(line, lines, found)
                span = below.span if below else None
                last, shown = below, number if below is None else lines.index(below)
            else:
                end = line.span.start + (after.start if after else len(letter.slice(line.span)))
                span = Span(line.span.start + label.value, max(end, line.span.start + label.value))
                last, shown = (line if after is None else None), number
            if span is None:
                continue
            if last is not None and any(path in _LONG for path in label.paths):
                span = Span(span.start, _hanging(letter, last, lines[shown + 1 :]))
                done = span.end if span.end > last.span.end else done
            yield from _shared(letter, label, span)


def _own(labels: Sequence[Label]) -> Iterator[Label]:
    """The labels of a line without those that belong to another provider: "Facility: Old Quarry, NPI 2123456789"."""
    other = False
    for label in labels:
        number = label.paths[0] in _NUMBERS
        if not (other and number):
            yield label
        other = label.paths[0] in ("servicing_provider", "facility") or (other and number)


# What may be said of any provider.
_NUMBERS = tuple(f"requesting_provider.{leaf}" for leaf in ("npi", "tin", "phone", "fax"))


def _unbroken(letter: Letter, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, those joined that run on: "RE: Ann Lee; DOB 1/2/1970; DX Low" and "back pain (M54.50)" below it."""
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        if last is not None and _runs_on(letter, last, line):
            whole[-1] = Line(last.page, last.order, f"{last.text} {line.text}", (*last.words, *line.words), line.box)
        else:
            whole.append(line)
    return tuple(whole)


def _runs_on(letter: Letter, line: Line, other: Line) -> bool:
    if line.box is None or other.box is None or line.page != other.page or abs(line.box.x0 - other.box.x0) > 4:
        return False
    if letter.text[line.span.end : other.span.start].strip() or greets(other) or len(line.words) < _RUNNING:
        return False
    near = -2 < other.box.top - line.box.bottom < 0.9 * max(line.box.height, 8.0)
    labels = find_labels(line, letter.slice(line.span))
    if not labels or labels[0].start > 0 or not near:
        return False
    below = find_labels(other, letter.slice(other.span))
    return not (below and below[0].start == 0) and wraps(line, other, right_edge(letter.lines, line.page))


# Words. A line that runs over the width of the letter has so many.
_RUNNING = 7


def _shared(letter: Letter, label: Label, span: Span) -> Iterator[tuple[str, Span]]:
    """The value of a label; that of two, as in "DOB / Sex", parted where it has two pieces."""
    if len(label.paths) == 1:
        yield label.paths[0], span
        return
    text = letter.slice(span)
    cut = re.search(r"\s+[/|]\s+|\s*[;|]\s*|,\s+(?=[FM]|\w+$)", text) or re.search(r"(?<!\d)/|/(?!\d)", text)
    if cut is None:
        yield label.paths[0], span
        return
    yield label.paths[0], Span(span.start, span.start + cut.start())
    yield label.paths[1], Span(span.start + cut.end(), span.end)


# Values that run over several lines.
_LONG = frozenset({"diagnoses", "service_lines.code", "service_lines.drug.name", "servicing_provider", "facility"})


def _below(line: Line, lines: Sequence[Line], found: Sequence[tuple[Label, ...]]) -> Line | None:
    """The line under a label that stands alone: close below, in its column, and itself no label."""
    if line.box is None:
        return None
    best: Line | None = None
    for other, labels in zip(lines, found, strict=True):
        if other.box is None or other.page != line.page or other is line:
            continue
        down = other.box.top - line.box.bottom
        shared = min(other.box.x1, line.box.x1) - max(other.box.x0, line.box.x0)
        if not -2 < down < 1.6 * max(line.box.height, other.box.height) or shared < 0.3 * min(
            line.box.width, other.box.width
        ):
            continue
        if best is None or (best.box and other.box.top < best.box.top):
            best = None if labels and labels[0].start == 0 else other
    return best


def _hanging(letter: Letter, line: Line, following: Sequence[Line]) -> int:
    """Where the text of a labelled line ends: with the last line below it that goes on with it and has no label.

    Such lines are set in, or the line above them had no room for their first word.
    """
    end, above = line.span.end, line
    right = right_edge(letter.lines, line.page)
    for other in following[:8]:
        if line.box is None or above.box is None or other.box is None or other.page != line.page:
            break
        inset = other.box.x0 - line.box.x0
        near = -2 < other.box.top - above.box.bottom < 1.2 * max(above.box.height, 8.0)
        labels = find_labels(other, letter.slice(other.span))
        if not near or greets(other) or (labels and labels[0].start == 0):
            break
        if inset < 18 and not (abs(inset) < 4 and wraps(above, other, right)):
            break
        own = bool(labels) and all(label.paths[0] in _NUMBERS for label in labels)
        if inset < 18 and labels:
            return other.span.start + labels[0].start
        if labels and not own:
            break
        end, above = other.span.end, other
    return end


def _letterhead(letter: Letter, line: Line) -> bool:
    """Whether a line of the head is above the date, the addressee and the subject: the sender's own address."""
    for other in letter.lines:
        if other.order == line.order and other.page == line.page:
            return True
        opens = re.match(r"\s*(?:to|attn|attention|re|date|via|sent)\b\s*[:.]", other.text, re.IGNORECASE)
        if opens or _only_date(other):
            return False
    return False


def _dated(letter: Letter) -> Iterator[Said]:
    for line in letter.lines[:18]:
        if _only_date(line):
            start, end, date = next(iter(find_dates(line.text)))
            yield Said("submitted_on", date, Span(line.span.start + start, line.span.start + end), "letter-date", 0.93)
            return


def _only_date(line: Line) -> bool:
    found = list(find_dates(line.text))
    if len(found) != 1:
        return False
    rest = line.text[: found[0][0]] + line.text[found[0][1] :]
    return not re.sub(r"(?i)\b(?:date|dated|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?\b|\W", "", rest)
