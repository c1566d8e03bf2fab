"""Pages drawn for a test, with the exact place of all that is on them, as paper goes through a fax."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from models.geometry import Affine, Box
from models.parsed import ParsedPage, Pixels, Raster

FINE_DPI = 408
LETTER = (612.0, 792.0)
PROSE = (
    "The patient was seen on 03/14/2026 for joint pain",
    "and morning stiffness lasting about two hours daily.",
    "Methotrexate 20 mg weekly was tried for five months",
    "without enough relief, then stopped by the physician.",
    "Laboratory results show an elevated sedimentation rate",
    "of 48 mm/hr and a positive rheumatoid factor today.",
    "The member identifier is 4567890 and the quantity six.",
    "Please approve the requested drug for twelve months.",
)


@dataclass
class Drawing:
    """A letter page at twice fax resolution; places in points."""

    canvas: Image.Image = field(
        default_factory=lambda: Image.new("L", (round(8.5 * FINE_DPI), round(11 * FINE_DPI)), 255)
    )
    words: list[tuple[str, Box]] = field(default_factory=list)

    def text(self, x: float, y: float, line: str, *, size: float = 11, fill: int = 0) -> None:
        """Write words from `x` on the baseline `y`."""
        font = ImageFont.load_default(size=size / 72 * FINE_DPI)
        pen = ImageDraw.Draw(self.canvas)
        at = x / 72 * FINE_DPI
        for word in line.split():
            place = (at, y / 72 * FINE_DPI)
            pen.text(place, word, fill=fill, font=font, anchor="ls")
            corners = [side / FINE_DPI * 72 for side in pen.textbbox(place, word, font=font, anchor="ls")]
            self.words.append((word, Box(*corners)))
            at += pen.textlength(word + " ", font=font)

    def rectangle(self, box: Box, *, width: float = 0.8, fill: int | None = None) -> None:
        """Draw a frame, or a bar if `fill` is given."""
        corners = [round(side / 72 * FINE_DPI) for side in (box.x0, box.top, box.x1, box.bottom)]
        pen = ImageDraw.Draw(self.canvas)
        pen.rectangle(corners, outline=fill if fill is not None else 0, fill=fill, width=_px(width))

    def line(self, *points: tuple[float, float], width: float = 0.8) -> None:
        """Draw a stroke through points."""
        pen = ImageDraw.Draw(self.canvas)
        pen.line([(x / 72 * FINE_DPI, y / 72 * FINE_DPI) for x, y in points], fill=0, width=_px(width), joint="curve")

    def pixels(self) -> Pixels:
        """The grey levels."""
        return np.array(self.canvas)


def letter() -> Drawing:
    """A page of prose."""
    drawing = Drawing()
    for number, line in enumerate(PROSE):
        drawing.text(72, 100 + 22 * number, line)
    return drawing


def faxed(
    drawing: Drawing, *, dpi_y: float = 196.0, turn: int = 0, skew: float = 0.0, specks: float = 0.0
) -> tuple[ParsedPage, Affine]:
    """The page fed turned clockwise by `turn` (quarters) and `skew` degrees; with the way its points went."""
    quarters = {
        0: Affine(),
        90: Affine(0, -1, LETTER[1], 1, 0, 0),
        180: Affine(-1, 0, LETTER[0], 0, -1, LETTER[1]),
        270: Affine(0, 1, 0, -1, 0, LETTER[0]),
    }
    width, height = LETTER if turn % 180 == 0 else LETTER[::-1]
    middle = (
        Affine.moving(-width / 2, -height / 2).then(Affine.turning(skew)).then(Affine.moving(width / 2, height / 2))
    )
    way = quarters[turn].then(middle)
    fine = Affine.scaling(72 / FINE_DPI, 72 / FINE_DPI).then(way).then(Affine.scaling(FINE_DPI / 72, FINE_DPI / 72))
    # OpenCV's whole numbers are the centres of pixels.
    centred = Affine.moving(0.5, 0.5).then(fine).then(Affine.moving(-0.5, -0.5))
    warped = cv2.warpAffine(
        drawing.pixels(),
        np.array([[centred.a, centred.b, centred.c], [centred.d, centred.e, centred.f]]),
        (round(width / 72 * FINE_DPI), round(height / 72 * FINE_DPI)),
        borderValue=(255.0,),
    )
    size = (round(width / 72 * 204), round(height / 72 * dpi_y))
    grey = cv2.resize(warped, size, interpolation=cv2.INTER_AREA)
    bilevel = np.where(grey < 150, 0, 255).astype(np.uint8)
    noise = np.random.default_rng(5).random(bilevel.shape) < specks
    bilevel[noise] = 255 - bilevel[noise]
    raster = Raster(bilevel, 204.0, dpi_y, stated=True, bilevel=True)
    return ParsedPage(1, width, height, raster, scanned=True), way


def _px(width: float) -> int:
    return max(1, round(width / 72 * FINE_DPI))
