"""Looking at pages: where is ink?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

from models.geometry import Box
from models.parsed import Pixels

SCALE = 4


def rendered(pdf: Path, page: int = 1) -> Pixels:
    """A page as grey pixels, four to the point."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    bitmap = document[page - 1].render(scale=SCALE, grayscale=True, may_draw_forms=True)
    pixels: Pixels = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()
    document.close()
    return pixels


def frames(tiff: Path) -> list[tuple[Pixels, float, float]]:
    """The pages of a TIFF with their two resolutions."""
    found = []
    with Image.open(tiff) as image:
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            x, y = image.info["dpi"]
            found.append((np.asarray(image.convert("L")), float(x), float(y)))
    return found


def ink_around(pixels: Pixels, box: Box, *, x: float, y: float, margin: float) -> Box | None:
    """The extent of the ink in `box` and `margin` points around it; `x`, `y` are pixels to the point."""
    wide = box.grown(margin)
    left, top = max(0, round(wide.x0 * x)), max(0, round(wide.top * y))
    rows, columns = np.nonzero(pixels[top : round(wide.bottom * y), left : round(wide.x1 * x)] < 128)
    if not len(rows):
        return None
    return Box(
        (left + columns.min()) / x, (top + rows.min()) / y, (left + columns.max() + 1) / x, (top + rows.max() + 1) / y
    )


def farthest_side(one: Box, other: Box) -> float:
    """The largest distance of two corresponding sides, in points."""
    pairs = ((one.x0, other.x0), (one.top, other.top), (one.x1, other.x1), (one.bottom, other.bottom))
    return max(abs(a - b) for a, b in pairs)
