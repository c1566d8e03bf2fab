"""Treatments tried before in a grid whose columns are the treatments: what is asked stands left of the rows."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.form.matrix import stacks
from extractors.form.tables import Column, Row
from extractors.form.targets import PRIOR
from extractors.form.vocabulary import Vocabulary
from extractors.layout.cells import Grid
from extractors.layout.runs import Run
from models.geometry import Box

_FEWEST = 3
# Points: the sides of cells in one row differ by less.
_ALIGNED = 3.0


def read_prior_grids(runs: Sequence[Run], grid: Grid, vocabulary: Vocabulary) -> tuple[tuple[Row, ...], frozenset[Run]]:
    """The treatments of such grids, one a row, and every run that belongs to one."""
    cells: dict[Box, list[Run]] = {}
    for run in runs:
        cell = grid.cell(run.box)
        if grid.boxed(cell):
            cells.setdefault(cell, []).append(run)
    asked = [(cell, path) for cell, inside in cells.items() if (path := _asked(inside, vocabulary)) is not None]
    rows: list[Row] = []
    used: set[Run] = set()
    for stack in stacks(asked):
        if len(stack) < _FEWEST or not any(path.endswith(".name") for _, path in stack):
            continue
        columns = _columns(stack, cells)
        for column in columns:
            filled = tuple((Column(path, cell, cell.x0, cell.x1), tuple(cells[cell])) for path, cell in column)
            rows.append(Row(filled, Box.around(cell for _, cell in column)))
            used.update(run for _, inside in filled for run in inside)
        if columns:
            used.update(run for cell, _ in stack for run in cells[cell])
    return tuple(rows), frozenset(used)


def _asked(inside: Sequence[Run], vocabulary: Vocabulary) -> str | None:
    """What a cell asks of a treatment; None if it asks nothing of one."""
    text = " ".join(run.text for run in inside)
    return next((path for path in vocabulary.column(text) if path.startswith(PRIOR)), None)


def _columns(stack: Sequence[tuple[Box, str]], cells: dict[Box, list[Run]]) -> list[list[tuple[str, Box]]]:
    """The filled cells right of the stack, those with the same sides together; columns without a name are left out."""
    columns: list[list[tuple[str, Box]]] = []
    for head, path in stack:
        level = [cell for cell in cells if cell.x0 > head.x1 - _ALIGNED and _level(cell, head)]
        for cell in sorted(level, key=lambda cell: cell.x0):
            home = next((column for column in columns if abs(column[0][1].x0 - cell.x0) < _ALIGNED), None)
            if home is None:
                columns.append([(path, cell)])
            else:
                home.append((path, cell))
    named = [column for column in columns if any(path.endswith(".name") for path, _ in column)]
    return sorted(named, key=lambda column: column[0][1].x0)


def _level(cell: Box, head: Box) -> bool:
    return abs(cell.top - head.top) < _ALIGNED and abs(cell.bottom - head.bottom) < _ALIGNED
