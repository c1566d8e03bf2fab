"""Slots: the lines and frames that a form leaves to write on, and the label of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.form.labels import Fragment, Label
from extractors.form.vocabulary import Meaning
from extractors.layout.cells import blanks
from extractors.layout.combs import combs
from extractors.layout.frames import frames
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
# A column of frames under one label: how far one is below another.
_UNDER = 14.0
_LISTS = ("service_lines", "diagnoses", "description", "code")


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
        return self.box.covers(*box.middle)


def read_slots(page: Page, labels: Sequence[Label], printed: Sequence[Box] = ()) -> tuple[Slot, ...]:
    """The slots of a page for which it is plain what they are for; frames around something `printed` are none."""
    open_slots = [*_lines(page, labels), *_frames(page, labels, printed)]
    above = _captions_above(open_slots, labels)
    found = [replace(slot, label=own[0], rule=own[1]) for slot in open_slots if (own := _own(slot, labels, above))]
    found = _nearest(found)
    rest = [slot for slot in open_slots if not any(slot.box == other.box for other in found)]
    return tuple(_columned(found, rest))


def read_captions(
    page: Page, fragments: Sequence[Fragment], labels: Sequence[Label], printed: Sequence[Box] = ()
) -> tuple[tuple[Label, ...], tuple[Fragment, ...]]:
    """The fragments that are captions of slots in words that nobody knows, as labels of nothing, and the others."""
    open_slots = [*_lines(page, labels), *_frames(page, labels, printed)]
    free = [slot for slot in open_slots if _own(slot, labels, above=True) is None]
    captions, rest = [], []
    for fragment in fragments:
        label = Label(Meaning(path="ignore"), fragment.run.text, fragment.run.box, 0.9)
        written = any(slot.holds(fragment.run.box) for slot in open_slots)
        named = fragment.label is None and not written and any(_own(slot, (label,), above=True) for slot in free)
        captions.extend([label] if named else [])
        rest.extend([] if named else [fragment])
    return tuple(captions), tuple(rest)


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
    for box in (*ruled, *frames(page)):
        if box not in ruled and (
            any(box.common(other) > 0.5 * other.area for other in ruled)
            or any(box.x0 + 5 < u.middle[0] < box.x1 - 5 and u.rows_shared(box) > 0.6 for u in uprights)
        ):
            continue
        if not any(box.covers(*words.middle) for words in (*(label.box for label in labels), *printed)):
            yield Slot(box, line=False)


def _own(slot: Slot, labels: Sequence[Label], above: bool) -> tuple[Label, str] | None:
    """The label of a slot and where it stands; `above` decides where one is above and another below."""
    left = [label for label in labels if _left(slot, label)]
    if left:
        return max(left, key=lambda label: label.box.x1), "right"
    over, under = _over(slot, labels), _under(slot, labels)
    if over is not None and (under is None or above):
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


def _captions_above(slots: Sequence[Slot], labels: Sequence[Label]) -> bool:
    """Whether a form's labels stand above its slots: those slots tell that have a label on one side only."""
    sides = [(_over(slot, labels) is not None, _under(slot, labels) is not None) for slot in slots]
    only_above = sum(over and not under for over, under in sides)
    only_below = sum(under and not over for over, under in sides)
    return only_above >= only_below


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
