"""What a hand adds to a page: ticks and signatures, as strokes of a pen."""

from __future__ import annotations

import random

from reportlab.lib.colors import Color

from models.geometry import Box
from samples.page import Sheet

INK = Color(0.05, 0.08, 0.25)


def tick(sheet: Sheet, box: Box, rng: random.Random) -> None:
    """Mark a box as people do: a slash across its edge, a cross or a check mark, none of them neat."""
    rng.choice((_slash, _cross, _check))(sheet, box, rng)


def sign(sheet: Sheet, x: float, y: float, rng: random.Random, *, width: float = 110) -> Box:
    """Scribble a signature that reads as no letters, from `x` on the baseline `y`; its box comes back."""
    path = sheet.canvas.beginPath()
    base, at, highest = sheet.height - y, x, 0.0
    path.moveTo(at, base)
    while at < x + width:
        step = width * rng.uniform(0.04, 0.16)
        rise = rng.uniform(15, 26) if rng.random() < 0.3 or at == x else rng.uniform(2, 9)
        fall = rng.uniform(4, 9) if rng.random() < 0.15 else rng.uniform(-2, 2)
        lean = rng.uniform(-0.6, 0.4) * step
        path.curveTo(
            at + lean, base + rise, at + step + lean, base + rise * rng.uniform(0.5, 1.1), at + step, base - fall
        )
        at, highest = at + step, max(highest, rise)
    path.curveTo(at + 6, base + 5, at + 12, base - 4, at + 22, base + rng.uniform(0, 5))
    _stroke(sheet, path, 1.2)
    return Box(x - 4, y - highest, at + 22, y + 9)


def _slash(sheet: Sheet, box: Box, rng: random.Random) -> None:
    path = sheet.canvas.beginPath()
    path.moveTo(box.x0 - rng.uniform(0, 3), sheet.height - box.bottom - rng.uniform(0, 2))
    path.lineTo(box.x1 + rng.uniform(1, 4), sheet.height - box.top + rng.uniform(1, 5))
    _stroke(sheet, path, 1.6)


def _cross(sheet: Sheet, box: Box, rng: random.Random) -> None:
    path = sheet.canvas.beginPath()
    for x0, x1 in ((box.x0, box.x1), (box.x1, box.x0)):
        path.moveTo(x0 + rng.uniform(-2, 1.5), sheet.height - box.top + rng.uniform(-1, 2))
        path.lineTo(x1 + rng.uniform(-1.5, 2), sheet.height - box.bottom - rng.uniform(-1, 2))
    _stroke(sheet, path, 1.3)


def _check(sheet: Sheet, box: Box, rng: random.Random) -> None:
    path = sheet.canvas.beginPath()
    path.moveTo(box.x0 + rng.uniform(-1, 1.5), sheet.height - box.middle[1])
    path.lineTo(box.middle[0], sheet.height - box.bottom - rng.uniform(-1, 1))
    path.lineTo(box.x1 + rng.uniform(2, 5), sheet.height - box.top + rng.uniform(3, 7))
    _stroke(sheet, path, 1.5)


def _stroke(sheet: Sheet, path: object, weight: float) -> None:
    sheet.canvas.saveState()
    sheet.canvas.setStrokeColor(INK)
    sheet.canvas.setLineWidth(weight)
    sheet.canvas.setLineCap(1)
    sheet.canvas.setLineJoin(1)
    sheet.canvas.drawPath(path)
    sheet.canvas.restoreState()
