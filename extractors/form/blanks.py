"""Which words answer which label: the value of a blank by the geometry of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.form.labels import Fragment, Label
from extractors.layout.cells import Grid
from extractors.layout.runs import Run
from models.geometry import Box

# Free-standing layouts (no ruled cells): how far a value may stand from its label. A form's blanks are rarely longer
# than a third of the page, and a value below its label stands on the very next line.
_REACH_RIGHT = 230.0
_LINES_BELOW = 2.3
# Small print under a blank touches its line; what is typed on the blank stands within a line's height of it.
_UNDER_LINE = 6.0
# A form has cells for print and cells for blanks throughout, or not at all.
_PAIRED_CELLS = 3
_ON_LINE = 12.0


@dataclass(frozen=True, slots=True)
class Answer:
    """The runs that answer one label, in reading order; `cell` is the ruled space of the label, None if it has none."""

    label: Label
    runs: tuple[Run, ...]
    cell: Box | None
    rule: str


def answers(
    labels: Sequence[Label], fragments: Sequence[Fragment], grid: Grid, blanks: Sequence[Box] = ()
) -> tuple[Answer, ...]:
    """Give every label the fragments that answer it; a fragment answers one label at most.

    `blanks` are the drawn lines to write on; a label right below one is answered by what stands on it.
    """
    cells = {id(label): grid.cell(label.box) for label in labels}
    lines = {id(label): line for label in labels if (line := _line_above(label, blanks)) is not None}
    taken: dict[int, list[tuple[str, Run]]] = {id(label): [] for label in labels}
    last: dict[int, Run] = {}
    loose: list[Fragment] = []
    unruled = [label for label in labels if id(label) not in lines]
    for fragment in fragments:
        chosen = _on_line(fragment, labels, lines) or _chosen(fragment, unruled, cells, grid)
        if chosen is None:
            loose.append(fragment)
            continue
        label, rule = chosen
        previous = last.get(id(label))
        if previous is not None and not grid.ruled(cells[id(label)]) and not _follows(previous, fragment.run):
            continue
        taken[id(label)].append((rule, fragment.run))
        last[id(label)] = fragment.run
    alone = [label for label in labels if not taken[id(label)] and _alone(label, labels, cells, grid)]
    pairs = [(fragment, _beside_cell(fragment, alone, labels, cells=cells, grid=grid)) for fragment in loose]
    if len({id(label) for _, label in pairs if label is not None}) >= _PAIRED_CELLS:
        for fragment, beside in pairs:
            if beside is not None:
                taken[id(beside)].append(("right", fragment.run))
    return tuple(_answer(label, taken[id(label)], cells[id(label)], grid) for label in labels)


def _answer(label: Label, found: list[tuple[str, Run]], cell: Box, grid: Grid) -> Answer:
    found.sort(key=lambda pair: (round(pair[1].box.middle[1] / 5), pair[1].box.x0))
    rule = found[0][0] if found else "empty"
    return Answer(label, tuple(run for _, run in found), cell if grid.ruled(cell) else None, rule)


def _line_above(label: Label, blanks: Sequence[Box]) -> Box | None:
    """The drawn line that a label stands right below, as in forms whose small print is under the blanks."""
    if label.text.rstrip().endswith(":"):
        return None
    above = [b for b in blanks if -2 <= label.box.top - b.middle[1] < _UNDER_LINE and b.x0 - 4 <= label.box.x0 <= b.x1]
    return max(above, key=lambda b: b.middle[1]) if above else None


def _on_line(fragment: Fragment, labels: Sequence[Label], lines: dict[int, Box]) -> tuple[Label, str] | None:
    """The label below the line on which a fragment stands."""
    box = fragment.run.box
    for label in labels:
        line = lines.get(id(label))
        if (
            line is not None
            and _ON_LINE > line.middle[1] - box.bottom > -4
            and line.x0 - 4 <= box.middle[0] <= line.x1 + 4
        ):
            rivals = [
                other for other in labels if lines.get(id(other)) == line and label.box.x0 < other.box.x0 <= box.x0 + 6
            ]
            if not rivals:
                return label, "above"
    return None


def _alone(label: Label, labels: Sequence[Label], cells: dict[int, Box], grid: Grid) -> bool:
    """Whether a label has a ruled cell to itself that has no room for an answer."""
    cell = cells[id(label)]
    others = any(other is not label and _same_space(cell, cells[id(other)], grid) for other in labels)
    return grid.ruled(cell) and not others and cell.height < 4 * label.box.height


def _beside_cell(
    fragment: Fragment, alone: Sequence[Label], labels: Sequence[Label], *, cells: dict[int, Box], grid: Grid
) -> Label | None:
    """The label alone in the cell left of the fragment's, where print and blanks have cells of their own."""
    cell = grid.cell(fragment.run.box)
    if not grid.boxed(cell) or any(_same_space(cell, cells[id(label)], grid) for label in labels):
        return None
    left = [o for o in alone if abs(cells[id(o)].x1 - cell.x0) < 5 and cells[id(o)].rows_shared(cell) > 0.8]
    return max(left, key=lambda label: label.box.bottom) if left else None


def _chosen(fragment: Fragment, labels: Sequence[Label], cells: dict[int, Box], grid: Grid) -> tuple[Label, str] | None:
    """The label a fragment answers, and by which layout: inline, right, below."""
    box = fragment.run.box
    if fragment.label is not None:
        return fragment.label, "inline"
    cell = grid.cell(box)
    near = [label for label in labels if _same_space(cell, cells[id(label)], grid)]
    beside = [label for label in near if _is_right_of(label, box, grid, cell)]
    if beside:
        return max(beside, key=lambda label: label.box.x1), "right"
    above = [label for label in near if _is_below(label, box, labels, grid, cell)]
    if above:
        best = max(above, key=lambda label: (round(label.box.bottom / 4), label.box.x0))
        return best, "below"
    return None


def _same_space(cell: Box, other: Box, grid: Grid) -> bool:
    """Whether two cells are one: the same ruled cell, or both free-standing."""
    if grid.ruled(cell) != grid.ruled(other):
        return False
    return not grid.ruled(cell) or cell.common(other) > 0.8 * min(cell.area, other.area)


def _is_right_of(label: Label, box: Box, grid: Grid, cell: Box) -> bool:
    high = max(label.box.height, box.height, 7.0)
    level = abs(label.box.middle[1] - box.middle[1]) < 1.15 * high and label.box.rows_shared(box) > 0.05
    if not level or box.x0 < label.box.x1 - 3:
        return False
    return grid.ruled(cell) or box.x0 - label.box.x1 < _REACH_RIGHT


def _is_below(label: Label, box: Box, labels: Sequence[Label], grid: Grid, cell: Box) -> bool:
    if box.top < label.box.middle[1]:
        return False
    gap = box.top - label.box.bottom
    if not grid.ruled(cell) and gap > _LINES_BELOW * max(label.box.height, 8.0):
        return False
    rivals = [
        o
        for o in labels
        if o is not label and abs(o.box.middle[1] - label.box.middle[1]) < 4 and o.box.x0 > label.box.x0
    ]
    end = min((o.box.x0 for o in rivals), default=cell.x1)
    return label.box.x0 - (12 if not grid.ruled(cell) else 400) <= box.x0 < end - 2


def _follows(previous: Run, run: Run) -> bool:
    """Whether a run goes on where another ended: on the same line, or on the next."""
    drop = run.box.middle[1] - previous.box.middle[1]
    return abs(drop) < 5 or 0 < drop < 2.0 * max(previous.box.height, 8.0)
