"""Tables without cells: heads over columns of words, ruled by nothing or by level lines alone."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.form.tables import Column, Row
from extractors.form.vocabulary import Vocabulary
from extractors.layout.cells import Grid
from extractors.layout.runs import Run, run_of
from extractors.layout.words import place_of
from models.document import Word
from models.geometry import Box

_LISTS = ("service_lines.", "diagnoses.")
_CODES = ("service_lines.code", "diagnoses.code")
_CODE = re.compile(r"^(\d{5}|[A-Z]\d{4}|\d{4}[A-Z]|[A-Z]\d[\dA-Z](\.[\dA-Z]{1,4})?)$", re.IGNORECASE)
# Points: words of one line differ less in their feet; the two lines of a head and the lines of a cell are no farther
# apart; a column begins so far left of its head; rows are no farther apart, the first from the heads.
_LEVEL, _NEXT, _LEFT, _APART = 3.5, 14.0, 5.0, 34.0
_TOUCH = 8.0
_FEWEST, _MOST_KNOWN = 2, 0.6


@dataclass(frozen=True, slots=True)
class _Head:
    text: str
    upper: str
    box: Box
    runs: tuple[Run, ...]


def read_open_tables(
    runs: Sequence[Run], grid: Grid, vocabulary: Vocabulary, *, blanks: Sequence[Box] = ()
) -> tuple[tuple[Row, ...], frozenset[Run]]:
    """The rows of all tables without cells, and every run that belongs to one (heads included).

    Words right below `blanks` are their captions, not heads.
    """
    free = [run for run in runs if not grid.boxed(grid.cell(run.box)) or grid.cell(run.box).height > _APART * 2]
    lines = _lines(free)
    found: list[Row] = []
    used: set[Run] = set()
    for at, line in enumerate(lines):
        if used.intersection(line):
            continue
        heads = _heads(line, lines[at - 1] if at else [])
        columns = _columns(heads, vocabulary) if sum(_below(run, blanks) for run in line) < _FEWEST else ()
        rows, taken = _rows(columns, lines[at + 1 :], vocabulary) if columns else ([], [])
        if rows:
            found += rows
            used.update(taken)
            used.update(run for head in heads for run in head.runs)
    return tuple(found), frozenset(used)


def _below(run: Run, blanks: Sequence[Box]) -> bool:
    """Whether a run stands right below a line to write on and begins where it does."""
    return any(-2 < run.box.top - b.middle[1] < _TOUCH and abs(run.box.x0 - b.x0) < _NEXT for b in blanks)


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.box.bottom):
        if lines and abs(lines[-1][0].box.bottom - run.box.bottom) < _LEVEL:
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda run: run.box.x0) for line in lines]


def _heads(line: Sequence[Run], above: Sequence[Run]) -> list[_Head]:
    """The heads that end on a line; each with the words right above it, which may stand above several."""
    heads = []
    for at, run in enumerate(line):
        end = line[at + 1].box.x0 if at + 1 < len(line) else run.box.x1 + 200
        over = [
            other
            for other in above
            if 0 < run.box.top - other.box.top < _NEXT
            and other.box.x0 < min(end, run.box.x1)
            and other.box.x1 > run.box.x0
        ]
        upper = " ".join(other.text for other in over)
        heads.append(_Head(run.text, upper, run.box, (run, *over)))
    return heads


def _columns(heads: Sequence[_Head], vocabulary: Vocabulary) -> tuple[Column, ...]:
    """The columns of a line of heads; () where too few of them are known, or none is for codes."""
    if len(heads) < _FEWEST or any(head.text.endswith((":", "?")) for head in heads):
        return ()
    paths = [_path(head, vocabulary) for head in heads]
    coded = [path for path in paths if path in _CODES]
    if not coded or sum(path is not None for path in paths) < max(_FEWEST, _MOST_KNOWN * len(heads)):
        return ()
    home = coded[0].split(".")[0]
    named = ["diagnoses.text" if p == "service_lines.text" and home == "diagnoses" else p for p in paths]
    ends = [*(head.box.x0 - _LEFT for head in heads[1:]), 1e4]
    return tuple(
        Column(path or "row", head.box, head.box.x0 - _LEFT, end)
        for head, path, end in zip(heads, named, ends, strict=True)
    )


def _path(head: _Head, vocabulary: Vocabulary) -> str | None:
    for text in (f"{head.upper} {head.text}".strip(), head.text):
        paths = [path for path in vocabulary.column(text) if path.startswith(_LISTS) and ".drug." not in path]
        if paths:
            return paths[0]
        meaning = vocabulary.caption(text)
        if meaning is not None and meaning.path is not None and meaning.path.startswith(_LISTS):
            return meaning.path
    return None


def _rows(
    columns: tuple[Column, ...], lines: Sequence[Sequence[Run]], vocabulary: Vocabulary
) -> tuple[list[Row], list[Run]]:
    """The rows below heads, down to a line that is none; a line without a code goes on with the row above."""
    rows: list[Row] = []
    taken: list[Run] = []
    bottom = max(column.box.bottom for column in columns)
    for line in lines:
        top = min(run.box.top for run in line)
        cells = _cells(columns, line)
        if top < bottom - _LEVEL or top - bottom > _APART or line[0].box.x0 < columns[0].left - _LEFT:
            break
        coded = any(_CODE.match(run.text.split()[0]) for column, run in cells if column.path in _CODES)
        goes_on = bool(rows) and top - bottom < _NEXT - 6 and not any(vocabulary.label(run.text) for run in line)
        if coded:
            box = Box.around((Box(columns[0].left, top, columns[0].left + 1, top + 1), *(run.box for run in line)))
            rows.append(Row(tuple((column, (run,)) for column, run in cells), box))
        elif goes_on and all(column.path.endswith(".text") for column, _ in cells):
            rows[-1] = _joined(rows[-1], cells)
        else:
            break
        taken += line
        bottom = max(run.box.bottom for run in line)
    return rows, taken


def _cells(columns: tuple[Column, ...], line: Sequence[Run]) -> list[tuple[Column, Run]]:
    """The words of a line by the columns they begin in."""
    words = sorted((word for run in line for word in run.words), key=lambda word: place_of(word).x0)
    grouped = itertools.groupby(words, key=lambda word: _column_of(word, columns))
    return [(column, run_of(tuple(inside))) for column, inside in grouped]


def _column_of(word: Word, columns: tuple[Column, ...]) -> Column:
    x = place_of(word).x0
    return max((column for column in columns if column.left <= x), key=lambda column: column.left, default=columns[0])


def _joined(row: Row, cells: Sequence[tuple[Column, Run]]) -> Row:
    more = dict(cells)
    return replace(
        row, cells=tuple((column, (*runs, more[column]) if column in more else runs) for column, runs in row.cells)
    )
