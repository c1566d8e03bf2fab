"""A clinical document before anyone draws it: what it is, whose, of when, by whom, and what it says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from models.annotations import PartType
from models.truth import Ink
from samples.fictions import Person, Practitioner
from samples.prose import sides_swapped


@dataclass(frozen=True, slots=True)
class Document:
    """One paper of a chart. `sections` are (heading, text), the text with the marks of `samples.prose`.

    `kind` chooses who draws it (`samples.papers.DRAWERS`), `part` is its type in the contract. `table` is a grid of
    results or drugs, heads first. `facts` are short labelled lines at the top, as (label, text with marks). `role` is
    the name by which a story speaks of it ("visit", "test", "order"), so that a defect can be planted in it.
    """

    kind: str
    part: PartType
    title: str
    on: dt.date
    author: Practitioner
    patient: Person
    role: str = ""
    sections: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    institution: str = ""
    ink: Ink = "pen"
    market: Literal["us", "hk"] = "us"
    defect: str | None = None

    def unsigned(self) -> Document:
        """The same paper, and nobody has signed it."""
        return replace(self, ink="none")

    def about_the_other_side(self) -> Document:
        """The same paper about the other side of the body."""
        return replace(
            self,
            title=sides_swapped(self.title),
            sections=tuple((heading, sides_swapped(text)) for heading, text in self.sections),
            facts=tuple((label, sides_swapped(text)) for label, text in self.facts),
        )
