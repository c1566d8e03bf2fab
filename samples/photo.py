"""What a phone does to a page: taken at an angle, on a table, in uneven light, as a JPEG without resolution."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from models.geometry import Affine, Projective
from models.truth import PageTruth
from samples.wear import grain

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Corner = tuple[float, float]
Table = Literal["dark", "wood", "grey", "light"]

# The main camera of a phone: 12 megapixels, a lens of about 26 mm as on 35 mm film (diagonal 43.3 mm).
_LONG, _SHORT = 4032, 3024
_FOCAL = 26 / 43.3 * math.hypot(_LONG, _SHORT)
_EXIF_ORIENTATION = 274
# How the camera stores an upright picture that it marks with these orientations (EXIF 2.3).
_STORED = {1: 0, 3: 180, 6: 270, 8: 90}
# Lightness and grain.
_TABLES: dict[Table, tuple[float, float]] = {
    "dark": (45.0, 10.0),
    "wood": (105.0, 22.0),
    "grey": (150.0, 8.0),
    "light": (196.0, 5.0),
}


@dataclass(frozen=True, slots=True)
class Shot:
    """How a photo is taken.

    `tilt` is the largest lean of the camera in degrees, about both axes; `roll` the largest turn about its own axis and
    `turn` the quarters (clockwise degrees) by which the page lies turned. `fill` is the share of the picture's width or
    height that the page takes. `shadow` and `glare` are 0..1, `noise` in grey levels, `blur` in pixels (sigma), `bend`
    the height in pixels by which lines bulge. `orientation` is the EXIF tag written; the picture stays the same.
    """

    tilt: float = 12.0
    roll: float = 4.0
    turn: int = 0
    fill: float = 0.86
    table: Table = "wood"
    shadow: float = 0.3
    glare: float = 0.0
    noise: float = 3.0
    blur: float = 0.9
    bend: float = 0.0
    quality: int = 80
    orientation: Literal[1, 3, 6, 8] = 1


def photograph(grey: Pixels, truth: PageTruth, jpeg: Path, *, shot: Shot, rng: np.random.Generator) -> PageTruth:
    """Take a photo of a page, given as grey levels of any resolution, and write it to `jpeg`.

    Returns:
        The truth of the upright picture, as if its pixels were points: the file states no resolution.
    """
    seen, way = take(grey, truth, shot=shot, rng=rng)
    _save(seen, jpeg, shot, rng)
    return truth.moved(way, width=seen.shape[1], height=seen.shape[0])


def take(grey: Pixels, truth: PageTruth, *, shot: Shot, rng: np.random.Generator) -> tuple[Pixels, Projective]:
    """What the camera sees, in grey levels, and the way from points of the page to its pixels."""
    size = (_SHORT, _LONG) if (truth.width < truth.height) == (shot.turn % 180 == 0) else (_LONG, _SHORT)
    way = _way(truth, size, shot=shot, rng=rng)
    forth = Affine.scaling(truth.width / grey.shape[1], truth.height / grey.shape[0]).then(way)
    matrix = np.array(Affine.moving(0.5, 0.5).then(forth).then(Affine.moving(-0.5, -0.5)).rows)
    page = cv2.warpPerspective(grey, matrix, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    mask = cv2.warpPerspective(np.full_like(grey, 255), matrix, size)
    scene = np.where(mask > 127, np.asarray(page, np.float32) * 0.86, _table(size, shot, rng))
    scene = _lit(scene.astype(np.float32), shot, rng)
    if shot.bend:
        scene = _bent(scene, shot.bend)
    blurred = cv2.GaussianBlur(scene, (0, 0), shot.blur) if shot.blur else scene
    blurred += grain(blurred.shape, shot.noise, rng)
    return np.clip(blurred, 0, 255).astype(np.uint8), way


def _way(truth: PageTruth, size: tuple[int, int], *, shot: Shot, rng: np.random.Generator) -> Projective:
    """From points of the page to pixels of the upright picture, by a pinhole camera that leans."""
    lean_x, lean_y = (math.radians(float(rng.uniform(-shot.tilt, shot.tilt))) for _ in range(2))
    roll = math.radians(shot.turn + float(rng.uniform(-shot.roll, shot.roll)))
    corners = ((0.0, 0.0), (truth.width, 0.0), (truth.width, truth.height), (0.0, truth.height))
    seen = [_seen(x - truth.width / 2, y - truth.height / 2, lean_x, lean_y, roll, truth.height) for x, y in corners]
    xs, ys = [x for x, _ in seen], [y for _, y in seen]
    scale = shot.fill * min(size[0] / (max(xs) - min(xs)), size[1] / (max(ys) - min(ys)))
    left = size[0] / 2 - scale * (max(xs) + min(xs)) / 2 + float(rng.uniform(-0.2, 0.2)) * (1 - shot.fill) * size[0]
    top = size[1] / 2 - scale * (max(ys) + min(ys)) / 2 + float(rng.uniform(-0.2, 0.2)) * (1 - shot.fill) * size[1]
    target = np.array([(scale * x + left, scale * y + top) for x, y in seen], np.float32)
    matrix = cv2.getPerspectiveTransform(np.array(corners, np.float32), target)
    return Projective(*(float(part) for part in np.asarray(matrix).ravel()))


def _seen(x: float, y: float, lean_x: float, lean_y: float, roll: float, distance: float) -> Corner:
    """A point of the page, as a camera a little more than a page's height away sees it."""
    x, y = x * math.cos(roll) - y * math.sin(roll), x * math.sin(roll) + y * math.cos(roll)
    y, z = y * math.cos(lean_x), y * math.sin(lean_x)
    x, z = x * math.cos(lean_y) + z * math.sin(lean_y), z * math.cos(lean_y) - x * math.sin(lean_y)
    away = distance * _FOCAL / _LONG * 1.5 + z
    return _FOCAL * x / away, _FOCAL * y / away


def _table(size: tuple[int, int], shot: Shot, rng: np.random.Generator) -> Floats:
    """What the page lies on: grain of several sizes, drawn out for wood."""
    level, grain = _TABLES[shot.table]
    ground = np.full((size[1], size[0]), level, np.float32)
    for cells in (8, 40, 200):
        across = max(2, cells // 12) if shot.table == "wood" else cells
        noise = rng.normal(0, grain / 2, (cells, across)).astype(np.float32)
        ground += cv2.resize(noise, size, interpolation=cv2.INTER_CUBIC)
    return ground


def _lit(scene: Floats, shot: Shot, rng: np.random.Generator) -> Floats:
    """Light that falls off across the picture, the soft edge of a shadow, and perhaps the spot of a lamp."""
    rows, columns = scene.shape
    xs, ys = np.linspace(-1, 1, 200, dtype=np.float32), np.linspace(-1, 1, 200, dtype=np.float32)[:, None]
    angle, edge = float(rng.uniform(0, 2 * math.pi)), float(rng.uniform(-0.5, 0.5))
    along = xs * math.cos(angle) + ys * math.sin(angle)
    light = 1 + 0.08 * along - shot.shadow / (1 + np.exp(-(along - edge) * 14))
    spot_x, spot_y = rng.uniform(-0.6, 0.6, 2)
    spot = shot.glare * 140 * np.exp(-((xs - spot_x) ** 2 + (ys - spot_y) ** 2) / 0.05)
    wide = cv2.resize(light.astype(np.float32), (columns, rows), interpolation=cv2.INTER_LINEAR)
    return np.asarray(
        scene * wide + cv2.resize(spot.astype(np.float32), (columns, rows), interpolation=cv2.INTER_LINEAR), np.float32
    )


def _bent(scene: Floats, bend: float) -> Floats:
    """The page bulges: every column is moved down by a half wave of `bend` pixels; the truth is not moved with it."""
    rows, columns = scene.shape
    xs, ys = np.meshgrid(np.arange(columns, dtype=np.float32), np.arange(rows, dtype=np.float32))
    bulge = bend * np.sin(np.pi * xs / columns)
    return np.asarray(cv2.remap(scene, xs, ys - bulge, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _save(grey: Pixels, jpeg: Path, shot: Shot, rng: np.random.Generator) -> None:
    """Give the light its colour, turn the picture as the camera was held, write it."""
    cast = rng.uniform((0.94, 0.94, 0.8), (1.0, 1.0, 0.95))
    levels = np.arange(256)
    image = Image.merge("RGB", [Image.fromarray(grey).point([int(v) for v in levels * part]) for part in cast])
    turns = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    exif = Image.Exif()
    exif[_EXIF_ORIENTATION] = shot.orientation
    if _STORED[shot.orientation]:
        image = image.transpose(turns[_STORED[shot.orientation]])
    image.save(jpeg, "JPEG", quality=shot.quality, exif=exif)
