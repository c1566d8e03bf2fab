"""Letters that run over pages: paragraphs that break where the sheet ends, and printed text that states values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.geometry import Box
from samples.faces import face
from samples.page import Sheet
from samples.prose import parse
from samples.retired import grid


@dataclass(slots=True)
class Column:
    """The text column of a letter. `turn` begins the next sheet and gives it with its first baseline."""

    sheet: Sheet
    x: float
    y: float
    width: float
    bottom: float
    font: str
    size: float
    leading: float
    turn: Callable[[], tuple[Sheet, float]]

    def write(self, text: str, *, indent: float = 0, after: float = 0) -> None:
        """Write a marked paragraph, on the next sheet if it would run out of this one."""
        if not text:
            return
        used, width = face(self.font), self.width - indent
        lines = grid.wrapped(parse(text).plain, width, font=used, size=self.size)
        self.need((len(lines) - 1) * self.leading)
        self.y = self.sheet.paragraph(
            self.x + indent, self.y, text, width=width, font=self.font, size=self.size, leading=self.leading
        )
        self.y += after

    def need(self, height: float) -> None:
        """Turn to the next sheet unless so many points below the baseline are left."""
        if self.y + height > self.bottom:
            self.sheet, self.y = self.turn()


def signed_electronically(sheet: Sheet, x: float, y: float, text: str, *, font: str, size: float) -> None:
    """The line that a chart prints for a signature: marked text, recorded as an electronic signature."""
    before = len(sheet.truth().words)
    sheet.paragraph(x, y, text, width=500, font=font, size=size)
    boxes = [word.box for word in sheet.truth().words[before:]]
    place = Box.around(boxes)
    sheet.signature(place, "electronic")
    sheet.state("/signature/state", "signed", quote=parse(text).plain, boxes=boxes, kind="printed")
