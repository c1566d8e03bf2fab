"""The picture of a received page, as the formats that show pages are given it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as it arrived: a PNG of the received frame, its size in points, and the turn that makes it upright.

    Its pixels need not be square: `width_pt` and `height_pt` say how large it is. `rotation` is
    0, 90, 180 or 270 degrees clockwise.
    """

    png: bytes
    width_pt: float
    height_pt: float
    rotation: int = 0


PageImages: TypeAlias = Mapping[tuple[str, int], PageImage]
"""Page images by document id and page number (from 1). Pages without an image are shown by their words."""
