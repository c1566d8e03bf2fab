"""Page images for the formats that show pages: small, lossless where the page is black and white."""

from __future__ import annotations

import io
import math
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from PIL import Image

from models.geometry import Box
from models.page_image import PageImage
from models.parsed import ParsedPage, Pixels, Raster
from models.problem import WritingFailed

# Wider images show nothing more on a screen (experience: colour at <= 1,600 px; faxes at native size, 1,728 px).
_WIDEST = 1728
_GREYS = 16
_MARGIN = 1.5  # points around a word that is blacked out


def picture_of(page: ParsedPage, rotation: int, *, hidden: Sequence[Box] = ()) -> PageImage | None:
    """The page as received, as a PNG, black over the boxes in `hidden` (points, received frame).

    `rotation` is the clockwise turn that makes it upright. None without pixels.
    """
    if page.raster is None:
        return None
    pixels = _blacked(page.raster, hidden) if hidden else page.raster.pixels
    image = Image.fromarray(pixels)
    if image.width > _WIDEST:
        image = image.resize((_WIDEST, round(image.height * _WIDEST / image.width)), Image.Resampling.BOX)
    image = image.convert("1", dither=Image.Dither.NONE) if page.raster.bilevel else _greys(image)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False, compress_level=6)
    return PageImage(out.getvalue(), page.width, page.height, rotation)


def _blacked(raster: Raster, hidden: Sequence[Box]) -> Pixels:
    """The pixels with black boxes, a little larger than the words, whose boxes may cut the edges of the ink."""
    pixels = raster.pixels.copy()
    x, y = raster.dpi_x / 72, raster.dpi_y / 72
    for box in (box.grown(_MARGIN) for box in hidden):
        rows = slice(max(0, math.floor(box.top * y)), max(0, math.ceil(box.bottom * y)))
        pixels[rows, max(0, math.floor(box.x0 * x)) : max(0, math.ceil(box.x1 * x))] = 0
    return pixels


def _greys(image: Image.Image) -> Image.Image:
    """Sixteen levels are enough to read by and a third of the bytes."""
    levels = np.asarray(image, dtype=np.uint16) * (_GREYS - 1) + 127
    indexed = Image.fromarray((levels // 255).astype(np.uint8), "P")
    indexed.putpalette([grey for level in range(_GREYS) for grey in [level * 255 // (_GREYS - 1)] * 3])
    return indexed


class PictureFolder(Mapping[tuple[str, int], PageImage]):
    """Page images kept in a folder instead of memory, by document id and page number."""

    def __init__(self, folder: Path) -> None:
        """Use an existing, empty folder."""
        self._folder = folder
        self._known: dict[tuple[str, int], tuple[float, float, int]] = {}

    @classmethod
    def new(cls, within: Path) -> Self:
        """Use a new folder within another one."""
        return cls(Path(tempfile.mkdtemp(dir=within)))

    def remove(self) -> None:
        """Remove the images and their folder."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, document: str, page: int, image: PageImage) -> None:
        """Keep an image."""
        try:
            self._path(document, page).write_bytes(image.png)
        except OSError as failure:
            raise WritingFailed(str(self._folder), failure.strerror or "unknown") from None
        self._known[(document, page)] = (image.width_pt, image.height_pt, image.rotation)

    def __getitem__(self, key: tuple[str, int]) -> PageImage:
        """Read an image back; KeyError if there is none."""
        width, height, rotation = self._known[key]
        return PageImage(self._path(*key).read_bytes(), width, height, rotation)

    def __iter__(self) -> Iterator[tuple[str, int]]:
        """The keys in the order of addition."""
        return iter(self._known)

    def __len__(self) -> int:
        """How many images are kept."""
        return len(self._known)

    def _path(self, document: str, page: int) -> Path:
        return self._folder / f"{document}-{page}.png"
