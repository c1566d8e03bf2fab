"""A page image's fingerprint, by which a page that was sent twice is known whatever header each sending wrote on it."""

from __future__ import annotations

import hashlib

from intake.margin import DEPTH
from models.parsed import Raster


def fingerprint(raster: Raster | None) -> str | None:
    """A digest of size and pixels below the strip in which machines write; None without an image."""
    if raster is None:
        return None
    digest = hashlib.sha256(repr((raster.pixels.shape, raster.bilevel)).encode())
    digest.update(raster.pixels[round(DEPTH * raster.dpi_y) :].tobytes())
    return digest.hexdigest()[:32]
