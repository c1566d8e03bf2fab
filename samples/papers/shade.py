"""Grey areas under what is printed."""

from __future__ import annotations

from models.geometry import Box
from samples.page import Sheet


def shade(sheet: Sheet, box: Box, grey: float = 0.88) -> None:
    """Fill a box with a grey of 0 (black) to 1 (white)."""
    sheet.canvas.saveState()
    sheet.canvas.setFillGray(grey)
    sheet.canvas.rect(box.x0, sheet.height - box.bottom, box.width, box.height, stroke=0, fill=1)
    sheet.canvas.restoreState()
