"""Boxes to tick: which were found, and whether their state was seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.document import Page
from models.truth import PageTruth, PlacedMark

State = Literal["right", "wrong", "unclear", "missed"]


@dataclass(frozen=True, slots=True)
class JudgedMark:
    """A printed box with what was made of it: its state right, wrong, left unclear, or the box not found."""

    option: str
    ticked: bool
    state: State


@dataclass(frozen=True, slots=True)
class PageMarks:
    """The printed boxes of a page, and how many boxes were found where none is."""

    marks: tuple[JudgedMark, ...] = ()
    false: int = 0


def marks_of(truth: PageTruth, page: Page | None) -> PageMarks:
    """Compare the boxes of a page; a page that was not read misses them all.

    Boxes of a fillable file count by their field.
    """
    if page is None:
        return PageMarks(tuple(JudgedMark(mark.option, mark.ticked, "missed") for mark in truth.marks))
    found = [(page.received(box.box), box.state) for box in page.checkboxes]
    found += [
        (page.received(field.box), "checked" if field.checked else "empty")
        for field in page.form_fields
        if field.checked is not None
    ]
    judged = tuple(
        _judged(mark, [state for box, state in found if box.grown(1).covers(*mark.box.middle)]) for mark in truth.marks
    )
    places = [mark.box for mark in truth.marks]
    false = sum(not any(box.grown(1).covers(*place.middle) for place in places) for box, _ in found)
    return PageMarks(judged, false)


def _judged(mark: PlacedMark, states: list[str]) -> JudgedMark:
    if not states:
        return JudgedMark(mark.option, mark.ticked, "missed")
    seen = states[0]
    if seen == "unclear":
        return JudgedMark(mark.option, mark.ticked, "unclear")
    right = seen == ("checked" if mark.ticked else "empty")
    return JudgedMark(mark.option, mark.ticked, "right" if right else "wrong")
