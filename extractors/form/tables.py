"""Tables of a form: a row of column headers, and the rows of answers below it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.form.targets import PRIOR
from extractors.form.vocabulary import Vocabulary
from extractors.layout.cells import Grid
from extractors.layout.runs import Run
from models.geometry import Box

_NAMING = (".code", ".text", ".name", ".both")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the leaf its cells fill, its header's box, and its extent across the page."""

    path: str
    box: Box
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Row:
    """The answers of one row: column and runs, empty columns left out; `box` is all of the row."""

    cells: tuple[tuple[Column, tuple[Run, ...]], ...]
    box: Box


def read_tables(runs: Sequence[Run], grid: Grid, vocabulary: Vocabulary) -> tuple[tuple[Row, ...], frozenset[Run]]:
    """The rows of all ruled tables on a page, and every run that belongs to one (headers included)."""
    headers = _headers(runs, grid, vocabulary)
    rows: list[Row] = []
    used: set[Run] = set()
    heads = _header_lines(headers)
    for line in heads:
        columns = _columns(line)
        floor = min(
            (other[0][0].top for other in heads if other[0][0].top > line[0][0].bottom - 2), default=grid.height
        )
        below = _rows(columns, runs, grid, floor) if columns is not None else []
        if not below or _prints_labels(below, vocabulary):
            continue
        used.update(run for _, _, inside in line for run in inside)
        for found in below:
            used.update(run for _, cell in found.cells for run in cell)
            rows.append(found)
    return tuple(rows), frozenset(used)


def _prints_labels(rows: Sequence[Row], vocabulary: Vocabulary) -> bool:
    """Whether the supposed rows are labels of blanks themselves: then it is no table but a grid of labelled cells."""
    cells = [" ".join(run.text for run in runs) for row in rows[:2] for _, runs in row.cells]
    return bool(cells) and 2 * sum(vocabulary.label(cell) is not None for cell in cells) >= len(cells)


def _headers(
    runs: Sequence[Run], grid: Grid, vocabulary: Vocabulary
) -> list[tuple[Box, tuple[str, ...], tuple[Run, ...]]]:
    """The boxed cells whose whole text is a column header."""
    cells: dict[tuple[int, ...], tuple[Box, list[Run]]] = {}
    for run in runs:
        cell = grid.cell(run.box)
        if grid.boxed(cell):
            key = tuple(round(side / 3) for side in (cell.x0, cell.top, cell.x1, cell.bottom))
            cells.setdefault(key, (cell, []))[1].append(run)
    texts = {key: " ".join(run.text for run in inside) for key, (_, inside) in cells.items()}
    known = {key: paths for key, text in texts.items() if (paths := vocabulary.column(text))}
    levels = {(key[1], key[3]) for key in known}
    for key, text in texts.items():
        beside = any(abs(key[1] - top) <= 1 and abs(key[3] - bottom) <= 1 for top, bottom in levels)
        if key not in known and beside and ":" not in text and (paths := vocabulary.column_by_words(text)):
            known[key] = paths
    return [(cells[key][0], paths, tuple(cells[key][1])) for key, paths in known.items()]


Header = tuple[Box, tuple[str, ...], tuple[Run, ...]]


def _header_lines(headers: list[Header]) -> list[list[Header]]:
    """The headers that end at one level: one that stands over several columns ends above theirs."""
    lines: list[list[Header]] = []
    for header in sorted(headers, key=lambda header: (round(header[0].bottom), header[0].x0)):
        home = next(
            (line for line in lines if abs(line[0][0].bottom - header[0].bottom) < 4),
            None,
        )
        if home is None:
            lines.append([header])
        else:
            home.append(header)
    return [line for line in (sorted(one, key=lambda header: header[0].x0) for one in lines) if _adjoining(line)]


def _adjoining(line: list[Header]) -> bool:
    """Whether two headers stand in cells side by side; labels with blanks between them do not."""
    return any(abs(right[0].x0 - left[0].x1) < 5 for left, right in itertools.pairwise(line))


def _columns(line: list[Header]) -> tuple[Column, ...] | None:
    """The columns, once it is clear which list the table fills: the one that most headers can belong to."""
    prior = sum(any(path.startswith(PRIOR) for path in paths) for _, paths, _ in line)
    service = sum(any(not path.startswith(PRIOR) and path != "row" for path in paths) for _, paths, _ in line)
    wants_prior = prior >= service and any(p.startswith(PRIOR) for _, paths, _ in line for p in paths)
    columns: list[Column] = []
    diagnosis = False
    for cell, paths, _ in line:
        fitting = [path for path in paths if path == "row" or path.startswith(PRIOR) == wants_prior]
        if not fitting:
            continue
        path = fitting[0]
        diagnosis = diagnosis or path.startswith("diagnoses.")
        if path == "service_lines.code" and any(c.path == path for c in columns) and diagnosis:
            path = "diagnoses.code"
        columns.append(Column(path, cell, cell.x0, cell.x1))
    # A row that names nothing belongs to no list: it is a row of blanks below their labels.
    naming = wants_prior or any(column.path.endswith(_NAMING) for column in columns)
    return tuple(columns) if len(columns) >= 2 and naming else None


def _rows(columns: tuple[Column, ...], runs: Sequence[Run], grid: Grid, floor: float) -> list[Row]:
    """Rows of cells with the header's own sides, downwards until these change or another header comes at `floor`."""
    rows: list[Row] = []
    bottom = columns[0].box.bottom
    while True:
        cells = [grid.cell(Box(c.left + 3, bottom + 4, c.right - 3, bottom + 6)) for c in columns]
        same = all(
            abs(cell.x0 - c.left) < 6 and abs(cell.x1 - c.right) < 6 for cell, c in zip(cells, columns, strict=True)
        )
        end = min(cell.bottom for cell in cells)
        if not same or end > floor + 4 or end <= bottom + 4 or end >= grid.height or end - bottom > 200:
            return rows
        inside = [
            (
                c,
                tuple(
                    run for run in runs if c.left <= run.box.middle[0] <= c.right and bottom <= run.box.middle[1] <= end
                ),
            )
            for c in columns
        ]
        filled = tuple((c, cell) for c, cell in inside if cell)
        if filled:
            rows.append(Row(filled, Box(columns[0].left, bottom, columns[-1].right, end)))
        bottom = max(end, bottom + 5) + 1
