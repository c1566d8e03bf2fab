"""BMP files whose pixels are split into colours by masks of their own, which Pillow knows only in the common forms.

Source:
    Microsoft, BITMAPV4HEADER (BI_BITFIELDS, masks behind the first forty bytes).
"""

from __future__ import annotations

import struct

from PIL import Image

from intake.raster.picture import shrinking
from intake.raw import Unreadable

_BITFIELDS = (3, 6)
_WEIGHTS = (0.299, 0.587, 0.114)


def masked(content: bytes, most: int) -> Image.Image | None:
    """The grey picture of a BMP with colour masks, of at most so many pixels; None where it is of another kind."""
    if len(content) < 66:
        return None
    start, _, columns, rows, _, bits, method = struct.unpack_from("<IIiiHHI", content, 10)
    masks = struct.unpack_from("<III", content, 54)
    if method not in _BITFIELDS or bits not in (16, 32) or columns <= 0 or rows == 0 or not all(masks):
        return None
    shrinking(columns, abs(rows), most, pixel_bytes=4)
    import numpy as np

    stride = (columns * bits // 8 + 3) // 4 * 4
    table = np.frombuffer(content, np.uint8, offset=min(start, len(content)))[: stride * abs(rows)]
    if len(table) < stride * abs(rows):
        raise Unreadable("F006")
    whole = table.reshape(abs(rows), stride)[:, : columns * bits // 8].copy().view(f"<u{bits // 8}")
    grey = np.zeros(whole.shape, np.float32)
    for mask, weight in zip(masks, _WEIGHTS, strict=True):
        lowest = mask & -mask
        grey += ((whole & mask) // lowest).astype(np.float32) * np.float32(weight * 255.0 / (mask // lowest))
    pixels = (grey + 0.5).astype(np.uint8)
    return Image.fromarray(pixels if rows < 0 else pixels[::-1].copy())
