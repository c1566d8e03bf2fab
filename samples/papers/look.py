"""The type in which a paper is set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.truth import Kind
from samples.page import BOLD, SANS, SERIF

SERIF_BOLD, COURIER, COURIER_BOLD = "Times-Bold", "Courier", "Courier-Bold"


@dataclass(frozen=True, slots=True)
class Look:
    """Faces, their size and leading in points, how headings stand, and the margin left and right.

    `kind` tells whether a machine or a hand writes in `font`.
    """

    font: str = SERIF
    bold: str = SERIF_BOLD
    size: float = 10.5
    leading: float = 13.5
    heading: Literal["bold", "underlined", "band", "ruled", "run-in"] = "bold"
    capitals: bool = False
    margin: float = 60
    kind: Kind = "printed"

    @property
    def label(self) -> float:
        """The size of labels and headings, which are printed even where a hand writes the rest."""
        return self.size if self.kind == "printed" else min(self.size, 10.0)


CLASSIC = Look()
PRINTOUT = Look(SANS, BOLD, 9, 11.5, heading="band", margin=44)
PLAIN = Look(SANS, BOLD, 9.5, 12.5, heading="underlined", margin=54)
RULED = Look(SERIF, SERIF_BOLD, 10, 12.5, heading="ruled", capitals=True, margin=56)
DICTATED = Look(COURIER, COURIER_BOLD, 9.5, 11.5, heading="run-in", capitals=True, margin=58)
TIGHT = Look(SANS, BOLD, 8.5, 10.5, heading="ruled", margin=40)
