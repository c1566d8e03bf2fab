"""A sheet of paper in a photo: its four edges found on the table, and the sheet made flat."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
import numpy.typing as npt

from intake.image import Picture, working_dpi
from models.geometry import Affine, Projective
from models.parsed import Pixels, Raster

Floats = npt.NDArray[np.float32]
Points = npt.NDArray[np.float64]
Line = tuple[float, float, float]

# Pixels of the longer side in which edges are looked for, and of the closing that takes print off the paper there.
_SMALL, _PRINT = 800, 17
# Checked by benchmarks/photos.py --edges on all tables, and on scans, which hold no sheet apart from themselves: the
# rise of light into the sheet that counts as its edge (grey levels over about four pixels), and the share of each side
# that has it.
_RISE, _SUPPORT = 5.0, 0.72
# A side out of the picture counts as this well supported; two of them at most.
_CUT_OFF, _MOST_CUT_OFF = 0.6, 2
# Pixels inside and beyond an edge where the sheet is compared with the ground, and the share of each side that agrees.
_INSIDE, _BEYOND, _DARKER_SHARE = 10.0, (10.0, 22.0, 36.0, 55.0), 0.6
_LEAST_AREA = 0.2
_LINES, _STEPS = 12, 64
_UPRIGHT_WITHIN = 40.0
# Letter and A4, upright and turned, and a bank card (ISO/IEC 7810 ID-1), in inches; how far a shape may be off.
_SHEETS = ((8.5, 11.0), (8.27, 11.69), (11.0, 8.5), (11.69, 8.27))
_CARDS = ((3.37, 2.125), (2.125, 3.37))
_OFF_SHEET, _OFF_CARD = 0.13, 0.05
# Sides and corners of a sheet on a scanner's glass, which has no perspective: relative difference, cosine.
_FLAT = 0.012


@dataclass(frozen=True, slots=True)
class Sheet:
    """The corners of a sheet in pixels of a raster, clockwise from the top left, and how well its edges are seen."""

    corners: Points
    support: float
    cut_off: int


def flattened(raster: Raster) -> Picture | None:
    """The sheet alone, as if it lay on a scanner; None where no sheet is seen on another ground."""
    sheet = None if raster.bilevel else find_sheet(raster.pixels)
    if sheet is None:
        return None
    wide, high = _inches(sheet, raster)
    dpi = working_dpi(math.sqrt(_area(sheet.corners) / (wide * high)))
    size = max(1, round(wide * dpi)), max(1, round(high * dpi))
    shrink = min(1.0, 1.2 * math.sqrt(size[0] * size[1] / _area(sheet.corners)))
    near = cv2.resize(raster.pixels, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    across, down = near.shape[1] / raster.pixels.shape[1], near.shape[0] / raster.pixels.shape[0]
    flat = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    way = _projective(flat, sheet.corners)
    gray = cv2.warpPerspective(
        near, _centred(way.then(Affine.scaling(across, down))), size,
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    to_points = way.then(Affine.scaling(72 / raster.dpi_x, 72 / raster.dpi_y))
    return Picture(np.asarray(gray, np.uint8), dpi, to_points, bilevel=False)


def find_sheet(pixels: Pixels) -> Sheet | None:
    """The largest four-sided patch that is lighter than its surroundings along all its sides."""
    rows, columns = pixels.shape
    scale = _SMALL / max(rows, columns)
    if min(rows, columns) < 200:
        return None
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    plain = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_PRINT, _PRINT), np.uint8))
    plain = cv2.GaussianBlur(plain, (0, 0), 1.5)
    rise_x, rise_y = cv2.Sobel(plain, cv2.CV_32F, 1, 0) / 2, cv2.Sobel(plain, cv2.CV_32F, 0, 1) / 2
    rises = (np.asarray(rise_x, np.float32), np.asarray(rise_y, np.float32))
    best = _best(_lines(rises, small.shape), rises, np.asarray(plain, np.float32))
    if best is None:
        return None
    corners, support, cut_off = best
    if _is_whole_picture(corners, (small.shape[1], small.shape[0])):
        return None
    across, down = columns / small.shape[1], rows / small.shape[0]
    return Sheet((corners + 0.5) * (across, down), support, cut_off)


def _lines(rises: tuple[Floats, Floats], shape: tuple[int, ...]) -> tuple[list[Line], list[Line]]:
    """Straight edges (normal x, normal y, distance): level ones and upright ones, strongest first."""
    edges = np.asarray(cv2.Canny(
        np.clip(rises[0] * 8, -32768, 32767).astype(np.int16), np.clip(rises[1] * 8, -32768, 32767).astype(np.int16),
        4 * _RISE, 10 * _RISE,
    ), np.uint8)  # fmt: skip
    found = cv2.HoughLines(edges, 1, math.pi / 360, int(0.12 * min(shape)))
    level: list[Line] = []
    upright: list[Line] = []
    for rho, theta in found[:600, 0] if np.size(found) > 1 else ():  # None where there is no line
        line = (math.cos(theta), math.sin(theta), float(rho))
        off = abs(math.degrees(math.asin(min(1.0, abs(line[0])))))
        kind = level if off < _UPRIGHT_WITHIN else upright if off > 90 - _UPRIGHT_WITHIN else None
        if kind is not None and len(kind) < _LINES and not any(_alike(line, other, shape) for other in kind):
            kind.append(line)
    return level, upright


def _alike(line: Line, other: Line, shape: tuple[int, ...]) -> bool:
    """Whether two lines run within a few pixels of each other through the picture."""
    sign = 1.0 if line[0] * other[0] + line[1] * other[1] >= 0 else -1.0
    middle = (shape[1] / 2, shape[0] / 2)
    angle = abs(line[0] * other[1] - line[1] * other[0])
    here, there = (n[0] * middle[0] + n[1] * middle[1] - n[2] for n in (line, other))
    return angle < 0.035 and abs(here - sign * there) < 9


def _best(
    lines: tuple[list[Line], list[Line]], rises: tuple[Floats, Floats], plain: Floats
) -> tuple[Points, float, int] | None:
    """The four lines that frame the largest, best supported sheet."""
    height, width = plain.shape
    size = (width, height)
    frame = ((0.0, 1.0, 0.0), (0.0, 1.0, height - 1.0)), ((1.0, 0.0, 0.0), (1.0, 0.0, width - 1.0))
    best: tuple[Points, float, int] | None = None
    most = 0.0
    levels = list(combinations((*lines[0], *frame[0]), 2))
    uprights = list(combinations((*lines[1], *frame[1]), 2))
    for level in levels:
        for upright in uprights:
            cut_off = sum(line in frame[0] for line in level) + sum(line in frame[1] for line in upright)
            corners = _corners(level, upright, size) if cut_off <= _MOST_CUT_OFF else None
            if corners is None or _area(corners) / (width * height) < _LEAST_AREA or _area(corners) <= most * 0.6:
                continue
            support = _support(corners, rises, size)
            worth = _area(corners) * float(np.mean(support)) ** 2
            framed = support.min() >= _CUT_OFF and (support >= _SUPPORT).sum() >= 4 - cut_off
            if framed and worth > most and _stands_out(corners, plain):
                best, most = (_refined(corners, rises, size), float(support.min()), cut_off), worth
    return best


def _corners(level: tuple[Line, Line], upright: tuple[Line, Line], size: tuple[int, int]) -> Points | None:
    """Where four lines cross, clockwise from the top left; None unless that is a sensible convex patch."""
    middle = size[0] / 2, size[1] / 2
    top, bottom = sorted(level, key=lambda n: (n[2] - n[0] * middle[0]) / n[1])
    left, right = sorted(upright, key=lambda n: (n[2] - n[1] * middle[1]) / n[0])
    crossings = [_crossing(a, b) for a, b in ((top, left), (top, right), (bottom, right), (bottom, left))]
    corners = np.array(crossings, np.float64)
    slack = 0.04 * max(size)
    if not np.isfinite(corners).all() or (corners < -slack).any() or (corners > np.array(size) + slack).any():
        return None
    sides = np.roll(corners, -1, axis=0) - corners
    turns = sides[:, 0] * np.roll(sides[:, 1], -1) - sides[:, 1] * np.roll(sides[:, 0], -1)
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    square = turns / np.maximum(1e-6, lengths * np.roll(lengths, -1))
    fair = min(lengths[0], lengths[2]) > 0.55 * max(lengths[0], lengths[2])
    fair &= min(lengths[1], lengths[3]) > 0.55 * max(lengths[1], lengths[3])
    return corners if fair and (square > 0.8).all() else None


def _crossing(one: Line, other: Line) -> tuple[float, float]:
    determinant = one[0] * other[1] - one[1] * other[0]
    if abs(determinant) < 1e-9:
        return math.inf, math.inf
    x = (one[2] * other[1] - one[1] * other[2]) / determinant
    return x, (one[0] * other[2] - one[2] * other[0]) / determinant


def _support(corners: Points, rises: tuple[Floats, Floats], size: tuple[int, int]) -> npt.NDArray[np.float64]:
    """For each side the share along which it grows lighter toward the inside; sides on the frame have a fixed one."""
    supports = np.empty(4)
    for side in range(4):
        start, end = corners[side], corners[(side + 1) % 4]
        if _on_frame(start, end, size):
            supports[side] = _CUT_OFF
            continue
        into = np.array((start[1] - end[1], end[0] - start[0])) / max(1e-6, math.dist(start, end))
        at = start + np.linspace(0.03, 0.97, _STEPS)[:, None] * (end - start)
        rise = np.max([_sampled(rises, at + shift * into) @ into for shift in (-2.0, 0.0, 2.0)], axis=0)
        inside = ((at >= 0) & (at <= np.array(size) - 1)).all(axis=1)
        supports[side] = float((rise[inside] > _RISE).mean()) if inside.sum() >= _STEPS // 3 else 0.0
    return supports


def _stands_out(corners: Points, plain: Floats) -> bool:
    """Whether the ground beyond each side stays darker than the sheet.

    Beyond the edge of a black band or of a picture on the sheet the paper goes on.
    """
    size = plain.shape[1], plain.shape[0]
    for side in range(4):
        start, end = corners[side], corners[(side + 1) % 4]
        if _on_frame(start, end, size):
            continue
        into = np.array((start[1] - end[1], end[0] - start[0])) / max(1e-6, math.dist(start, end))
        at = start + np.linspace(0.06, 0.94, _STEPS)[:, None] * (end - start)
        within = _at(plain, at + _INSIDE * into)
        for reach in _BEYOND:
            there = at - reach * into
            seen = ((there >= 0) & (there <= np.array(size) - 1)).all(axis=1)
            if seen.sum() >= _STEPS // 3 and (within - _at(plain, there) > _RISE)[seen].mean() < _DARKER_SHARE:
                return False
    return True


def _on_frame(start: Points, end: Points, size: tuple[int, int]) -> bool:
    return any(
        abs(start[axis] - edge) < 1.5 and abs(end[axis] - edge) < 1.5 for axis in (0, 1) for edge in (0, size[axis] - 1)
    )


def _at(plain: Floats, at: Points) -> Points:
    xs = np.clip(np.rint(at[:, 0]), 0, plain.shape[1] - 1).astype(int)
    ys = np.clip(np.rint(at[:, 1]), 0, plain.shape[0] - 1).astype(int)
    return np.asarray(plain[ys, xs], np.float64)


def _sampled(rises: tuple[Floats, Floats], at: Points) -> Points:
    """The two components of the rise of light at some places, at the nearest pixel."""
    rows, columns = rises[0].shape
    xs = np.clip(np.rint(at[:, 0]), 0, columns - 1).astype(int)
    ys = np.clip(np.rint(at[:, 1]), 0, rows - 1).astype(int)
    return np.asarray(np.stack((rises[0][ys, xs], rises[1][ys, xs]), axis=1), np.float64)


def _refined(corners: Points, rises: tuple[Floats, Floats], size: tuple[int, int]) -> Points:
    """The corners with each side drawn through the steepest rise within a few pixels of it."""
    lines: list[Line] = []
    shifts = np.arange(-6.0, 6.1, 0.5)
    for side in range(4):
        start, end = corners[side], corners[(side + 1) % 4]
        along = (end - start) / max(1e-6, math.dist(start, end))
        into = np.array((-along[1], along[0]))
        at = start + np.linspace(0.03, 0.97, _STEPS)[:, None] * (end - start)
        rise = np.array([_sampled(rises, at + shift * into) @ into for shift in shifts])
        steep = rise.max(axis=0) > _RISE
        if not _on_frame(start, end, size) and steep.sum() >= 8:
            edge = (at + shifts[rise.argmax(axis=0)][:, None] * into)[steep].astype(np.float32)
            vx, vy, x, y = (float(v) for v in np.ravel(cv2.fitLine(edge, cv2.DIST_HUBER, 0, 0.01, 0.01)))
            lines.append((-vy, vx, -vy * x + vx * y))
        else:
            lines.append((into[0], into[1], float(into @ start)))
    refined = np.array([_crossing(lines[side - 1], lines[side]) for side in range(4)])
    moved = np.hypot(*(refined - corners).T)
    return np.asarray(refined if np.isfinite(moved).all() and moved.max() < 20 else corners, np.float64)


def _is_whole_picture(corners: Points, size: tuple[int, int]) -> bool:
    frame = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float64)
    return bool(np.abs(corners - frame).max() < 0.012 * max(size))


def _inches(sheet: Sheet, raster: Raster) -> tuple[float, float]:
    """Width and height of the paper: by a scanner's resolution, else of the format whose shape is nearest."""
    corners = sheet.corners
    sides = np.roll(corners, -1, axis=0) - corners
    top, right, bottom, left = np.hypot(sides[:, 0], sides[:, 1])
    if raster.stated and sheet.cut_off == 0 and _is_flat(sides):
        return (top + bottom) / 2 / raster.dpi_x, (left + right) / 2 / raster.dpi_y
    shape = _shape(corners, raster.pixels.shape)
    for formats, off in ((_SHEETS, _OFF_SHEET), (_CARDS, _OFF_CARD)):
        nearest = min(formats, key=lambda each: abs(math.log(shape / (each[0] / each[1]))))
        if abs(math.log(shape / (nearest[0] / nearest[1]))) <= off:
            return nearest
    longer = 11.0 / max(1.0, 1.0 / shape) if shape < 1 else 11.0
    return (shape * 11.0, 11.0) if shape < 1 else (longer, longer / shape)


def _is_flat(sides: Points) -> bool:
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    units = sides / lengths[:, None]
    bends = np.abs((units * np.roll(units, -1, axis=0)).sum(axis=1))
    apart = max(abs(lengths[0] / lengths[2] - 1), abs(lengths[1] / lengths[3] - 1))
    return bool(max(bends.max(), apart) < _FLAT)


def _shape(corners: Points, shape: tuple[int, ...]) -> float:
    """Width over height of the paper, told from its picture by a camera that looks at the picture's middle.

    Source: Z. Zhang, L.-W. He, "Whiteboard scanning and image enhancement", MSR-TR-2003-39, equations 11, 12, 20, 21.
    """
    sides = np.roll(corners, -1, axis=0) - corners
    top, right, bottom, left = np.hypot(sides[:, 0], sides[:, 1])
    plain = float((top + bottom) / (left + right))
    m1, m2, m4, m3 = (np.array((x - shape[1] / 2, y - shape[0] / 2, 1.0)) for x, y in corners)
    k2 = np.cross(m1, m4) @ m3 / (np.cross(m2, m4) @ m3)
    k3 = np.cross(m1, m4) @ m2 / (np.cross(m3, m4) @ m2)
    n2, n3 = k2 * m2 - m1, k3 * m3 - m1
    if abs(n2[2] * n3[2]) < 1e-4:
        return plain
    focal2 = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2])
    long = float(max(shape))
    if not (0.4 * long) ** 2 < focal2 < (2.5 * long) ** 2:
        return plain
    ratio = ((n2[0] ** 2 + n2[1] ** 2) / focal2 + n2[2] ** 2) / ((n3[0] ** 2 + n3[1] ** 2) / focal2 + n3[2] ** 2)
    exact = math.sqrt(ratio)
    return exact if 0.75 < exact / plain < 1.33 else plain


def _area(corners: Points) -> float:
    return float(cv2.contourArea(corners.astype(np.float32)))


def _projective(source: npt.NDArray[np.float32], target: Points) -> Projective:
    matrix = cv2.getPerspectiveTransform(source, target.astype(np.float32))
    return Projective(*(float(part) for part in np.asarray(matrix).ravel()))


def _centred(way: Projective) -> Points:
    """The same change for OpenCV, whose whole numbers are the centres of pixels."""
    return np.array(Affine.moving(0.5, 0.5).then(way).then(Affine.moving(-0.5, -0.5)).rows)
