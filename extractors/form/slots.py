"""Slots: the lines and frames that a form leaves to write on, and the label of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.form.labels import Fragment, Label
from extractors.form.vocabulary import Meaning
from extractors.layout.cells import Grid, blanks, grid
from extractors.layout.combs import combs
from extractors.layout.frames import frames
from extractors.layout.runs import Run
from models.document import Page
from models.geometry import Box

# Points. How high a hand writes above a line, and how far it sinks into it.
_HIGH, _SUNK = 15.0, 4.0
# A label left of a slot ends close to where it begins; one above or below begins where it begins.
_BESIDE, _INDENT = 16.0, 12.0
# A label above a line leaves room to write between; one below touches it, as one above a frame does.
_ROOM, _TOUCH = (6.0, 38.0), 8.0
# Shorter lines are for a tick.
_SHORTEST = 16.0
# The share of their heights that a label and its answer have in common.
_ON_A_LINE = 0.5
# A cell for one label and its answer is lower.
_CELL = 60.0
# A column of frames under one label: how far one is below another.
_UNDER = 14.0
_LISTS = ("service_lines", "diagnoses", "description", "code")
_SURE = 0.97
# So many more values must suit the labels below their lines than those above.
_PLAIN = 3
_DATE, _DIGITS = (
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}|\b[A-Za-z]{3,9}\.? \d{1,2},? \d{4}|\d-[A-Za-z]{3}-\d",
    r"(?:\d\W*){%s}$",
)
_PROSE = r"^[^\d:;]*[^\W\d_]{2}[^\d:;]*$"
# What values of a kind look like, enough to tell them from others.
_WRITTEN = {
    **dict.fromkeys(
        ("birth_date", "service_lines.start_on", "service_lines.end_on", "request.submitted_on", "signature.signed_on"),
        re.compile(_DATE),
    ),
    **dict.fromkeys(("phone", "fax"), re.compile(_DIGITS % "10,")),
    **dict.fromkeys(("npi",), re.compile(_DIGITS % "10")),
    **dict.fromkeys(("tin",), re.compile(_DIGITS % "9")),
    **dict.fromkeys(
        ("name", "family", "given", "specialty", "contact_name", "city", "state", "organization", "sex"),
        re.compile(_PROSE),
    ),
    "line": re.compile(r"\d.*[A-Za-z]{3}"),
    "postal_code": re.compile(r"^\d{5}(-?\d{4})?$"),
    "diagnoses.code": re.compile(r"^[A-Z]\d[\dA-Z]", re.IGNORECASE),
    "service_lines.code": re.compile(r"^([A-Z]\d{4}|\d{5}|\d{4}[A-Z])\b", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to write: `box` holds what is written, `line` tells an underlined one from a frame.

    `label` is what it is for (None: not known), `rule` where that stands, `row` the slot's number in a column of slots
    under one label, None where the label has only one.
    """

    box: Box
    line: bool
    label: Label | None = None
    rule: str = "right"
    row: int | None = None

    def holds(self, box: Box) -> bool:
        """Whether something was written here."""
        on_line = not self.line or box.middle[1] < self.box.bottom - _SUNK + 1
        return on_line and self.box.covers(*box.middle)


def read_slots(
    page: Page, labels: Sequence[Label], printed: Sequence[Box] = (), *, filled: Sequence[Run] = ()
) -> tuple[Slot, ...]:
    """The slots of a page for which it is plain what they are for; frames around something `printed` are none.

    `filled` is what may have been written: whether it suits the label above or the one below tells where labels stand.
    """
    open_slots = [*_lines(page, labels), *_frames(page, labels, printed)]
    sides = _sides(open_slots, labels, filled)
    found = [replace(slot, label=own[0], rule=own[1]) for slot in open_slots if (own := _own(slot, labels, sides))]
    found = _nearest(found)
    rest = [slot for slot in open_slots if not any(slot.box == other.box for other in found)]
    return tuple(_columned(found, rest))


def read_captions(
    page: Page,
    fragments: Sequence[Fragment],
    labels: Sequence[Label],
    *,
    printed: Sequence[Box] = (),
    meaning: Callable[[str], Meaning | None] = lambda _: None,
) -> tuple[tuple[Label, ...], tuple[Fragment, ...]]:
    """The fragments that are captions of slots, and the others; what `meaning` does not know is a label of nothing."""
    open_slots = [*_lines(page, labels), *_frames(page, labels, printed)]
    sides = _sides(open_slots, labels, [fragment.run for fragment in fragments])
    lines = grid(page)
    free = [slot for slot in open_slots if _own(slot, labels, sides) is None]
    captions, rest = [], []
    for fragment in fragments:
        text = fragment.run.text
        label = Label(meaning(text) or Meaning(path="ignore"), text, fragment.run.box, _SURE)
        written = any(slot.holds(fragment.run.box) for slot in open_slots) or _answers(fragment.run, labels, lines)
        named = fragment.label is None and not written and any(_own(slot, (label,), sides) for slot in free)
        captions.extend([label] if named else [])
        rest.extend([] if named else [fragment])
    return tuple(captions), tuple(rest)


def _answers(run: Run, labels: Sequence[Label], lines: Grid) -> bool:
    """Whether a run stands below a label in a ruled cell, or in one that begins right of a label, as answers do."""
    cell = lines.cell(run.box)
    if not lines.boxed(cell) or cell.height > _CELL:
        return False
    if any(0 < cell.x0 - o.box.x1 < _BESIDE and o.box.rows_shared(run.box) > _ON_A_LINE for o in labels):
        return True
    return any(cell.covers(*label.box.middle) and label.box.bottom < run.box.middle[1] for label in labels)


def _lines(page: Page, labels: Sequence[Label]) -> Iterator[Slot]:
    for line in blanks(page):
        if line.width < _SHORTEST:
            continue
        y = line.middle[1]
        box = Box(line.x0 - 1, y - _HIGH, line.x1 + 2, y + _SUNK)
        printed = any(
            line.x0 - 2 < label.box.middle[0] < line.x1 and -_SUNK < y - label.box.bottom < 5 for label in labels
        )
        if not printed:
            yield Slot(box, line=True)


def _frames(page: Page, labels: Sequence[Label], printed: Sequence[Box]) -> Iterator[Slot]:
    ruled = [comb.box for comb in combs(page)]
    uprights = [rule.box for rule in page.rules if not rule.horizontal]
    for box in (*ruled, *frames(page, sides=1)):
        if box not in ruled and (
            any(box.common(other) > 0.5 * other.area for other in ruled)
            or any(box.x0 + 5 < u.middle[0] < box.x1 - 5 and u.rows_shared(box) > 0.6 for u in uprights)
        ):
            continue
        if not any(box.covers(*words.middle) for words in (*(label.box for label in labels), *printed)):
            yield Slot(box, line=False)


def _own(slot: Slot, labels: Sequence[Label], sides: Sides) -> tuple[Label, str] | None:
    """The label of a slot and where it stands."""
    left = [label for label in labels if _left(slot, label)]
    if left:
        return max(left, key=lambda label: label.box.x1), "right"
    over, under = _over(slot, labels), _under(slot, labels)
    if slot.line and sides.below:
        over = None
    if over is not None and (under is None or sides.above):
        return over, "below"
    return (under, "above") if under is not None else None


def _left(slot: Slot, label: Label) -> bool:
    foot = slot.box.bottom - (_SUNK if slot.line else 0.3 * slot.box.height)
    level = abs(label.box.bottom - foot) < (6 if slot.line else 0.4 * slot.box.height)
    return level and -4 <= slot.box.x0 - label.box.x1 <= _BESIDE


def _over(slot: Slot, labels: Sequence[Label]) -> Label | None:
    edge = slot.box.bottom - _SUNK if slot.line else slot.box.top
    low, high = _ROOM if slot.line else (-2.0, _TOUCH)
    near = [
        label
        for label in labels
        if low < edge - label.box.bottom < high and -_INDENT / 2 <= label.box.x0 - slot.box.x0 <= _INDENT
    ]
    return max(near, key=lambda label: label.box.bottom) if near else None


def _under(slot: Slot, labels: Sequence[Label]) -> Label | None:
    edge = slot.box.bottom - (_SUNK if slot.line else 0)
    near = [
        label
        for label in labels
        if -2 < label.box.top - edge < _TOUCH
        and -_INDENT / 2 <= label.box.x0 - slot.box.x0 <= slot.box.width / 2
        and not label.text.rstrip().endswith(":")
    ]
    return min(near, key=lambda label: label.box.x0) if near else None


@dataclass(frozen=True, slots=True)
class Sides:
    """Where a form's labels stand that are not beside their slots: above them (frames), and below the lines."""

    above: bool
    below: bool


def _sides(slots: Sequence[Slot], labels: Sequence[Label], filled: Sequence[Run]) -> Sides:
    """What is written tells by which of two labels it suits, and slots that have a label on one side only."""
    open_slots = [slot for slot in slots if not any(_left(slot, label) for label in labels)]
    pairs = [(slot, _over(slot, labels), _under(slot, labels)) for slot in open_slots]
    above = sum(over is not None and under is None for _, over, under in pairs)
    below = sum(under is not None and over is None for _, over, under in pairs)
    ruled = [(_suits(over, slot, filled), _suits(under, slot, filled)) for slot, over, under in pairs if slot.line]
    by_words = sum(under - over for over, under in ruled)
    return Sides(above >= below, by_words >= _PLAIN)


def _suits(label: Label | None, slot: Slot, filled: Sequence[Run]) -> int:
    """1 where what is written in a slot can answer a label, -1 where it cannot, 0 where neither is plain."""
    text = " ".join(run.text for run in filled if slot.holds(run.box))
    pattern = _WRITTEN.get(str(label.meaning.attribute or label.meaning.path)) if label is not None and text else None
    return 0 if pattern is None else 1 if pattern.search(text) else -1


def _nearest(found: Sequence[Slot]) -> list[Slot]:
    """Of several slots with one label the one it stands nearest to."""
    kept: dict[int, Slot] = {}
    for slot in sorted(found, key=lambda slot: (_apart(slot), slot.box.top)):
        kept.setdefault(id(slot.label), slot)
    return list(kept.values())


def _apart(slot: Slot) -> float:
    label = slot.label
    if label is None:
        return 0.0
    sides = slot.box.x0 - label.box.x1 if slot.rule == "right" else abs(slot.box.x0 - label.box.x0)
    return sides + (0 if slot.rule == "right" else abs(slot.box.top - label.box.bottom))


def _columned(found: Sequence[Slot], rest: Sequence[Slot]) -> Iterator[Slot]:
    """The slots with their rows: frames right below one that has a label of a list are more of the same."""
    left = list(rest)
    for slot in found:
        path = slot.label.meaning.path if slot.label else None
        column = [slot]
        while not slot.line and path is not None and path.startswith(_LISTS):
            below = [other for other in left if not other.line and _continues(column[-1].box, other.box)]
            if not below:
                break
            left.remove(below[0])
            column.append(replace(below[0], label=slot.label, rule=slot.rule))
        yield from (replace(one, row=number) if len(column) > 1 else one for number, one in enumerate(column))


def _continues(above: Box, below: Box) -> bool:
    return abs(above.x0 - below.x0) < 3 and abs(above.x1 - below.x1) < 3 and -2 < below.top - above.bottom < _UNDER
