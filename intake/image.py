"""Repair of page images: borders, square pixels, turning and deskewing, and the exact way back to the page."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from intake.morphology import Ink, find_bodies, grown, opened
from intake.streaks import without_streaks
from models.geometry import Affine, Change
from models.parsed import Pixels, Raster

# Source: design measurements of OCR: 100 dpi scans gain from 3x, 300 dpi loses nothing at 200.
_FINE_DPI = 250.0
_COARSE_DPI = 150.0
_WORK_DPI = 200.0
_TRIPLE_BELOW_DPI = 115.0
# Longer sides than these, in inches, do not occur on cards and paper; the resolution is then not that of the text.
_PAPER_INCHES = (1.2, 24.0)
_SKEW_LIMIT = 6.0
# Pixels of ink a scan line has where text or upright rules run through it.
_LINE_INK = 12


@dataclass(frozen=True, slots=True)
class Picture:
    """A page image with square pixels on its way to the reading frame.

    `gray` is 0 black .. 255 white; `dpi` its working resolution (pixels an inch of paper, estimated where the file's is
    absurd); `to_received` leads from its pixels to points of the received page.
    """

    gray: Pixels
    dpi: float
    to_received: Change
    bilevel: bool

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.gray.shape[1], self.gray.shape[0]


def square(raster: Raster) -> Picture:
    """Make the pixels square and the resolution one that OCR likes; black scanner borders become white."""
    rows, columns = raster.pixels.shape
    factor_x, factor_y, dpi = _factors(raster)
    width, height = max(1, round(columns * factor_x)), max(1, round(rows * factor_y))
    gray = _without_lost_lines(raster.pixels) if raster.bilevel else raster.pixels
    if (width, height) != (columns, rows):
        smaller = factor_x < 1 and factor_y < 1
        kind = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
        gray = np.asarray(cv2.resize(gray, (width, height), interpolation=kind), dtype=np.uint8)
    to_points = Affine.scaling(columns / width * 72 / raster.dpi_x, rows / height * 72 / raster.dpi_y)
    return Picture(without_streaks(_without_borders(gray), dpi), dpi, to_points, raster.bilevel)


def working_dpi(dpi: float) -> float:
    """The resolution to read a picture of `dpi` at."""
    if dpi > _FINE_DPI:
        return _WORK_DPI
    if dpi < _COARSE_DPI:
        return dpi * (3 if dpi < _TRIPLE_BELOW_DPI else 2)
    return dpi


def binarise(gray: Pixels, *, bilevel: bool) -> Ink:
    """Ink as 1, paper as 0: a fixed threshold for one-bit scans, else the darker of a local and a global one."""
    if bilevel:
        return np.asarray(gray < 128, dtype=np.uint8)
    level, _ = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    level = float(np.clip(level, 90, 200))
    mean = cv2.boxFilter(gray, cv2.CV_8U, (51, 51), borderType=cv2.BORDER_REPLICATE)
    local = gray.astype(np.int16) < mean.astype(np.int16) - 18
    return np.asarray((gray < level * 0.75) | ((gray < max(level, 160)) & local), dtype=np.uint8)


def turned(picture: Picture, clockwise: int) -> Picture:
    """The picture turned clockwise by 0, 90, 180 or 270 degrees."""
    if clockwise % 360 == 0:
        return picture
    width, height = picture.size
    gray = np.ascontiguousarray(np.rot90(picture.gray, -(clockwise // 90)))
    back = {
        90: Affine(0, 1, 0, -1, 0, height),
        180: Affine(-1, 0, width, 0, -1, height),
        270: Affine(0, -1, width, 1, 0, 0),
    }[clockwise % 360]
    return Picture(gray, picture.dpi, back.then(picture.to_received), picture.bilevel)


def skew(ink: Ink) -> float:
    """The angle in degrees, clockwise positive, by which lines of text fall away from the level; 0 without text."""
    ys, xs = _some_points(ink)
    if len(ys) < 200:
        return 0.0
    coarse = _best_angle(xs, ys, np.arange(-_SKEW_LIMIT, _SKEW_LIMIT + 0.01, 0.4), 3.0)
    fine = _best_angle(xs, ys, np.arange(coarse - 0.5, coarse + 0.51, 0.05), 1.0)
    return round(fine, 2)


def levelled(picture: Picture, angle: float) -> Picture:
    """The picture turned back by a small `angle` (degrees clockwise), grown so that no corner is lost."""
    if abs(angle) < 0.08:
        return picture
    width, height = picture.size
    forth = Affine.turning(-angle)
    corners = [forth.point(x, y) for x in (0, width) for y in (0, height)]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    right, bottom = max(x for x, _ in corners), max(y for _, y in corners)
    forth = forth.then(Affine.moving(-left, -top))
    size = (int(np.ceil(right - left)), int(np.ceil(bottom - top)))
    gray = cv2.warpAffine(
        picture.gray, _centred(forth), size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(255,)
    )
    back = forth.inverse().then(picture.to_received)
    return Picture(np.asarray(gray, dtype=np.uint8), picture.dpi, back, picture.bilevel)


def _factors(raster: Raster) -> tuple[float, float, float]:
    rows, columns = raster.pixels.shape
    dpi_x, dpi_y = raster.dpi_x, raster.dpi_y
    inches = max(columns / dpi_x, rows / dpi_y)
    if not _PAPER_INCHES[0] <= inches <= _PAPER_INCHES[1]:
        likely = max(columns / dpi_x * dpi_y, rows) / 11.0
        dpi_x, dpi_y = likely * dpi_x / dpi_y, likely
    target = working_dpi(max(dpi_x, dpi_y))
    return target / dpi_x, target / dpi_y, target


def _without_lost_lines(gray: Pixels) -> Pixels:
    """Fill scan lines that a fax lost: they are white between two lines that agree where their ink is."""
    ink = gray < 128
    count = ink.sum(axis=1)
    agreed = (ink[:-2] & ink[2:]).sum(axis=1)
    fewer = np.minimum(count[:-2], count[2:])
    lost = (count[1:-1] <= 0.1 * fewer) & (agreed >= 0.4 * fewer) & (fewer >= _LINE_INK)
    if not lost.any():
        return gray
    filled = gray.copy()
    for row in np.flatnonzero(lost) + 1:
        filled[row] = np.maximum(gray[row - 1], gray[row + 1])
    return filled


def _without_borders(gray: Pixels) -> Pixels:
    """Paint black strips and wedges along the edges white; they come from the scanner's lid or a skewed sheet."""
    rows, columns = gray.shape
    shrink = 4
    small = cv2.resize(gray, (max(1, columns // shrink), max(1, rows // shrink)), interpolation=cv2.INTER_AREA)
    dark = opened(np.asarray(small < 110, dtype=np.uint8), 3, 3)
    bodies = find_bodies(dark, diagonal=False)
    height, width = dark.shape
    drop = np.zeros(len(bodies.stats), np.bool_)
    for index in range(1, len(drop)):
        x, y, w, h, area = (int(v) for v in bodies.stats[index])
        upright = (x == 0 or x + w == width) and h > 0.25 * height and area < 0.12 * h * width
        level = (y == 0 or y + h == height) and w > 0.25 * width and area < 0.12 * w * height
        drop[index] = upright or level
    if not drop.any():
        return gray
    mask = grown(bodies.only(drop), 5, 5)
    wide = cv2.resize(mask, (columns, rows), interpolation=cv2.INTER_NEAREST)
    clean = gray.copy()
    clean[wide > 0] = 255
    return clean


def _some_points(ink: Ink, most: int = 60_000) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    ys, xs = np.nonzero(ink)
    step = max(1, len(ys) // most)
    return ys[::step].astype(np.float64), xs[::step].astype(np.float64)


def _best_angle(
    xs: npt.NDArray[np.float64], ys: npt.NDArray[np.float64], angles: npt.NDArray[np.float64], bin_px: float
) -> float:
    scores = [_sharpness(xs, ys, angle, bin_px) for angle in angles]
    return float(angles[int(np.argmax(scores))])


def _sharpness(xs: npt.NDArray[np.float64], ys: npt.NDArray[np.float64], angle: float, bin_px: float) -> float:
    turned_ys = (ys - xs * np.tan(np.radians(angle))) / bin_px
    rows = np.bincount((turned_ys - turned_ys.min()).astype(np.int64)).astype(np.float64)
    return float(np.square(np.diff(rows)).sum())


def _centred(forth: Affine) -> npt.NDArray[np.float64]:
    """The same change for OpenCV, whose whole numbers are the centres of pixels, not their corners."""
    centred = Affine.moving(0.5, 0.5).then(forth).then(Affine.moving(-0.5, -0.5))
    return np.array([[centred.a, centred.b, centred.c], [centred.d, centred.e, centred.f]], dtype=np.float64)
