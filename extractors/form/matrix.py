"""Grids that ask the same of several parties: what is asked stands left of the rows, who is meant above the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from extractors.form.blanks import Answer
from extractors.form.labels import Label
from extractors.form.targets import PROVIDERS
from extractors.form.vocabulary import Meaning, Vocabulary
from extractors.layout.cells import Grid
from extractors.layout.runs import Run
from models.geometry import Box

T = TypeVar("T")

# A grid of fewer rows or columns may be two blanks side by side.
_ROWS, _COLUMNS = 3, 2
# Points: how far the sides of cells in one column differ, and how far above the first row its heads stand.
_ALIGNED, _ABOVE = 3.0, 22.0
_SURE = 0.98


def read_matrices(runs: Sequence[Run], grid: Grid, vocabulary: Vocabulary) -> tuple[tuple[Answer, ...], frozenset[Run]]:
    """The answers in such grids, and every run that belongs to one."""
    asked = [(run, grid.cell(run.box), meaning) for run in runs if (meaning := _bare(run, grid, vocabulary))]
    answers: list[Answer] = []
    used: set[Run] = set()
    for boxes in stacks([(cell, (run, meaning)) for run, cell, meaning in asked]):
        rows = [(run, cell, meaning) for cell, (run, meaning) in boxes]
        columns = _columns(rows, runs, grid, vocabulary)
        if len(rows) < _ROWS or len(columns) < _COLUMNS:
            continue
        used.update(head for head, _, _ in columns)
        for run, cell, meaning in rows:
            used.add(run)
            for _, role, at in columns:
                inside = tuple(other for other in runs if _in(other, at, cell))
                used.update(inside)
                label = Label(replace(meaning, role=role), run.text, run.box, _SURE)
                box = Box(at.x0, cell.top, at.x1, cell.bottom)
                answers.append(Answer(label, inside, box, "right" if inside else "empty"))
    return tuple(answers), frozenset(used)


def stacks(asked: Sequence[tuple[Box, T]]) -> Iterator[list[tuple[Box, T]]]:
    """Cells of one width, each right below the other, with what belongs to each."""
    left = sorted(asked, key=lambda one: one[0].top)
    while left:
        stack = [left.pop(0)]
        for one in list(left):
            above = stack[-1][0]
            same = abs(one[0].x0 - above.x0) < _ALIGNED and abs(one[0].x1 - above.x1) < _ALIGNED
            if same and abs(one[0].top - above.bottom) < _ALIGNED:
                stack.append(one)
                left.remove(one)
        yield stack


def _bare(run: Run, grid: Grid, vocabulary: Vocabulary) -> Meaning | None:
    """What a run in a cell asks of nobody in particular."""
    cell = grid.cell(run.box)
    meaning = vocabulary.caption(run.text) if grid.boxed(cell) else None
    return meaning if meaning is not None and meaning.path is None and meaning.role is None else None


Asked = tuple[Run, Box, Meaning]


def _columns(
    rows: Sequence[Asked], runs: Sequence[Run], grid: Grid, vocabulary: Vocabulary
) -> list[tuple[Run, str, Box]]:
    """The heads above the cells right of the first row, with the parties they name and their columns."""
    first = rows[0][1]
    level = [r for r in runs if 0 < first.top - r.box.middle[1] < _ABOVE and r.box.x0 > first.x1 - _ALIGNED]
    found = []
    for head in level:
        role = vocabulary.heading(head.text, bare=True, plain=True)
        x = head.box.middle[0]
        cells = [grid.cell(Box(x - 1, cell.middle[1] - 1, x + 1, cell.middle[1] + 1)) for _, cell, _ in rows]
        even = all(grid.boxed(cell) and cell.x0 > first.x1 - _ALIGNED for cell in cells)
        alike = max(cell.x0 for cell in cells) - min(cell.x0 for cell in cells) < _ALIGNED
        if role in PROVIDERS and even and alike:
            found.append((head, role, cells[0]))
    return found


def _in(run: Run, column: Box, row: Box) -> bool:
    x, y = run.box.middle
    return column.x0 <= x <= column.x1 and row.top <= y <= row.bottom
