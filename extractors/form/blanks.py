"""Which words answer which label: the value of a blank by the geometry of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.form.labels import Fragment, Label
from extractors.form.slots import Slot
from extractors.form.vocabulary import Meaning
from extractors.layout.cells import Grid
from extractors.layout.runs import Run
from models.geometry import Box

# Free-standing layouts (no ruled cells): how far a value may stand from its label. A form's blanks are rarely longer
# than a third of the page, and a value below its label stands on the very next line.
_REACH_RIGHT = 230.0
_LINES_BELOW = 2.3
# Points: a ruled space higher than this holds several blanks, and an answer ends where its lines do.
_ROOMY = 60.0
# Points between the feet of words on one line; and letters of a mark before a line ("a.", "No.").
_LEVEL, _MARK = 5.0, 3
# Points by which what is written may begin left of its label.
_INDENT = 12.0
# Points: a frame for several lines.
_SEVERAL_LINES = 40.0
# Points: a label set to the side of the column of blanks ends so close to it; and the share of heights in common.
_TOUCHES, _LEVEL_SHARE = 16.0, 0.5
# A form has cells for print and cells for blanks throughout, or not at all.
_PAIRED_CELLS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """The runs that answer one label, in reading order; `cell` is the ruled space of the label, None if it has none.

    `row` counts the answers of a label that stands above a column of them, from 0; None for others.
    """

    label: Label
    runs: tuple[Run, ...]
    cell: Box | None
    rule: str
    row: int | None = None


def answers(
    labels: Sequence[Label], fragments: Sequence[Fragment], grid: Grid, slots: Sequence[Slot] = ()
) -> tuple[Answer, ...]:
    """Give every label the fragments that answer it; a fragment answers one label at most.

    `slots` are the lines and frames to write on whose labels are known: such a label is answered there and nowhere
    else, once for each of its slots.
    """
    cells = {id(label): grid.cell(label.box) for label in labels}
    written: dict[Slot, list[tuple[str, Run]]] = {slot: [] for slot in slots}
    slotted = {id(slot.label) for slot in slots}
    taken: dict[int, list[tuple[str, Run]]] = {id(label): [] for label in labels}
    last: dict[int, Run] = {}
    loose: list[Fragment] = []
    unslotted = [label for label in labels if id(label) not in slotted]
    for fragment in fragments:
        slot = None if fragment.label is not None else _slot_of(fragment.run, slots)
        if slot is not None:
            written[slot].append((slot.rule, fragment.run))
            continue
        chosen = _chosen(fragment, unslotted, cells, grid)
        if chosen is None:
            loose.append(fragment)
            continue
        label, rule = chosen
        previous = last.get(id(label))
        own = cells[id(label)]
        roomy = not grid.ruled(own) or own.height > _ROOMY
        if previous is not None and roomy and not _follows(previous, fragment.run):
            continue
        taken[id(label)].append((rule, fragment.run))
        last[id(label)] = fragment.run
    _paired(unslotted, labels, loose, taken=taken, cells=cells, grid=grid)
    found = [_answer(label, taken[id(label)], cells[id(label)], grid) for label in unslotted]
    found += [
        _answer(label, taken[id(label)], cells[id(label)], grid)
        for label in labels
        if id(label) in slotted and taken[id(label)]
    ]
    found += _texts_of_codes(
        labels, loose, {key: [run for _, run in own] for key, own in taken.items()}, cells=cells, grid=grid
    )
    open_ = [label for label in labels if not grid.boxed(own := cells[id(label)]) or own.height > _SEVERAL_LINES]
    for path in ("diagnoses", "service_lines"):
        if path == "diagnoses" or not any(label.meaning.path == "service_lines.text" for label in labels):
            found += _texts_beside_codes(open_, labels, loose, path=path)
    return (*found, *(_in_slot(slot, runs) for slot, runs in written.items()))


def _paired(
    unslotted: Sequence[Label],
    labels: Sequence[Label],
    loose: list[Fragment],
    *,
    taken: dict[int, list[tuple[str, Run]]],
    cells: dict[int, Box],
    grid: Grid,
) -> None:
    """Give labels without an answer what stands in the cells right of theirs, then what stands in those below."""
    alone = [label for label in unslotted if not taken[id(label)] and _alone(label, labels, cells, grid)]
    pairs = [(fragment, _beside_cell(fragment, alone, labels, cells=cells, grid=grid)) for fragment in loose]
    if len({id(label) for _, label in pairs if label is not None}) >= _PAIRED_CELLS:
        for fragment, beside in pairs:
            if beside is not None:
                taken[id(beside)].append(("right", fragment.run))
                loose.remove(fragment)
    for fragment in tuple(loose):
        beside = _ends_at(fragment, [o for o in unslotted if not taken[id(o)]], labels, cells=cells, grid=grid)
        if beside is not None:
            taken[id(beside)].append(("right", fragment.run))
            loose.remove(fragment)
    alone = [label for label in alone if not taken[id(label)]]
    pairs = [(fragment, _above_cell(fragment, alone, labels, cells=cells, grid=grid)) for fragment in loose]
    if len({id(label) for _, label in pairs if label is not None}) >= _PAIRED_CELLS:
        for fragment, above in pairs:
            if above is not None:
                taken[id(above)].append(("below", fragment.run))
                loose.remove(fragment)


def _texts_of_codes(
    labels: Sequence[Label],
    loose: Sequence[Fragment],
    taken: dict[int, list[Run]],
    *,
    cells: dict[int, Box],
    grid: Grid,
) -> Iterator[Answer]:
    """The cells without a label right of those with diagnosis codes: there the diagnosis is told in words."""
    coded = [label for label in labels if label.meaning.path == "diagnoses.code" and grid.boxed(cells[id(label)])]
    if not any(cells[id(label)].covers(*run.box.middle) for label in coded for run in taken[id(label)]):
        return
    for label in coded:
        cell = cells[id(label)]
        y = cell.middle[1]
        beside = grid.cell(Box(cell.x1 + 6, y - 1, cell.x1 + 8, y + 1))
        level = beside.rows_shared(cell) > 0.8 and grid.boxed(beside) and beside.width > cell.width
        if level and not any(_same_space(beside, cells[id(other)], grid) for other in labels):
            runs = tuple(one.run for one in loose if beside.covers(*one.run.box.middle))
            text = Label(Meaning(path="diagnoses.text"), label.text, label.box, label.sure)
            yield Answer(text, runs, beside, "right" if runs else "empty")


def _texts_beside_codes(
    open_labels: Sequence[Label], labels: Sequence[Label], loose: Sequence[Fragment], *, path: str
) -> Iterator[Answer]:
    """What stands on numbered lines before blanks for codes: there the diagnosis or service is told in words."""
    coded = [label for label in open_labels if label.meaning.path == f"{path}.code"]
    rows = [(label, tuple(one.run for one in loose if _before_on_line(one.run, label, labels))) for label in coded]
    if not any(runs for _, runs in rows):
        return
    for label, runs in rows:
        text = Label(Meaning(path=f"{path}.text"), label.text, label.box, label.sure)
        yield Answer(text, runs, None, "right" if runs else "empty")


def _before_on_line(run: Run, label: Label, labels: Sequence[Label]) -> bool:
    """Whether a run of words stands left of a label on its line, and no other label between or before them."""
    level = abs(run.box.bottom - label.box.bottom) < _LEVEL and run.box.x1 < label.box.x0
    others = any(abs(o.box.middle[1] - label.box.middle[1]) < _LEVEL and o.box.x0 < label.box.x0 for o in labels)
    return level and not others and sum(c.isalpha() for c in run.text) > _MARK


def _slot_of(run: Run, slots: Sequence[Slot]) -> Slot | None:
    """The slot in which a run stands; of two lines close together the one it stands on."""
    inside = [slot for slot in slots if slot.holds(run.box)]
    return min(inside, key=lambda slot: slot.box.bottom) if inside else None


def _in_slot(slot: Slot, found: list[tuple[str, Run]]) -> Answer:
    if slot.label is None:
        raise ValueError("a slot of unknown use answers nothing")
    found.sort(key=lambda pair: (round(pair[1].box.middle[1] / 5), pair[1].box.x0))
    rule = slot.rule if found else "empty"
    return Answer(slot.label, tuple(run for _, run in found), slot.box, rule, slot.row)


def _answer(label: Label, found: list[tuple[str, Run]], cell: Box, grid: Grid) -> Answer:
    found.sort(key=lambda pair: (round(pair[1].box.middle[1] / 5), pair[1].box.x0))
    rule = found[0][0] if found else "empty"
    return Answer(label, tuple(run for _, run in found), cell if grid.ruled(cell) else None, rule)


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


def _ends_at(
    fragment: Fragment, open_: Sequence[Label], labels: Sequence[Label], *, cells: dict[int, Box], grid: Grid
) -> Label | None:
    """The label on the fragment's line that ends where the fragment's cell begins."""
    cell, box = grid.cell(fragment.run.box), fragment.run.box
    if not grid.boxed(cell) or any(_same_space(cell, cells[id(label)], grid) for label in labels):
        return None
    level = [o for o in open_ if 0 < cell.x0 - o.box.x1 < _TOUCHES and o.box.rows_shared(box) > _LEVEL_SHARE]
    return level[0] if len(level) == 1 else None


def _above_cell(
    fragment: Fragment, alone: Sequence[Label], labels: Sequence[Label], *, cells: dict[int, Box], grid: Grid
) -> Label | None:
    """The label alone in the cell above the fragment's, where print and blanks have cells of their own."""
    cell = grid.cell(fragment.run.box)
    if not grid.boxed(cell) or any(_same_space(cell, cells[id(label)], grid) for label in labels):
        return None
    above = [
        o
        for o in alone
        if abs(cells[id(o)].bottom - cell.top) < _LEVEL
        and abs(cells[id(o)].x0 - cell.x0) < _LEVEL
        and abs(cells[id(o)].x1 - cell.x1) < _LEVEL
    ]
    return above[0] if above else None


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
        return _over(above, box), "below"
    return None


def _over(above: Sequence[Label], box: Box) -> Label:
    """Of the labels above, of the nearest row the last that begins left of what is written; else the first."""
    nearest = max(round(label.box.bottom / 4) for label in above)
    row = sorted((o for o in above if round(o.box.bottom / 4) == nearest), key=lambda label: label.box.x0)
    begun = [label for label in row if label.box.x0 - _INDENT <= box.x0]
    return begun[-1] if begun else row[0]


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
