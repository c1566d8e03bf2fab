"""Ink as black and white: runs and bodies of it, in OpenCV's terms but typed."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Ink = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.int32]
PixelBox = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Bodies:
    """Connected bodies of ink: `labels` numbers the pixels (0: paper).

    Rows of `stats` are x, y, width, height, area.
    """

    labels: Labels
    stats: Labels

    def only(self, keep: npt.NDArray[np.bool_]) -> Ink:
        """The ink of the bodies for which `keep` is true; paper never is."""
        chosen = keep.astype(np.uint8)
        chosen[0] = 0
        return np.asarray(chosen[self.labels], dtype=np.uint8)

    def boxes(self) -> list[PixelBox]:
        """The corners (x0, top, x1, bottom) of each body, paper left out."""
        return [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in self.stats[1:]]


def find_bodies(ink: Ink, *, diagonal: bool = True) -> Bodies:
    """The connected bodies of ink, by eight neighbours or four."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8 if diagonal else 4)
    return Bodies(np.asarray(labels, dtype=np.int32), np.asarray(stats, dtype=np.int32))


def paper(ink: Ink) -> Ink:
    """1 where there is no ink."""
    return np.asarray(ink ^ 1, dtype=np.uint8)


def grown(ink: Ink, width: int, height: int) -> Ink:
    """The ink spread over a rectangle of this many pixels around each of its own."""
    return np.asarray(cv2.dilate(ink, np.ones((height, width), np.uint8)), dtype=np.uint8)


def opened(ink: Ink, width: int, height: int) -> Ink:
    """Only the ink that a rectangle of this size fits into."""
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((height, width), np.uint8)), dtype=np.uint8)


def closed(ink: Ink, width: int, height: int) -> Ink:
    """The ink with gaps filled that are narrower than the rectangle."""
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((height, width), np.uint8)), dtype=np.uint8)


def framed(picture: Ink, *, left: int, top: int, right: int, bottom: int, value: int = 0) -> Ink:
    """The picture with a margin of `value` around it; a negative side takes away instead."""
    height, width = picture.shape
    part = picture[max(0, -top) : height - max(0, -bottom), max(0, -left) : width - max(0, -right)]
    sides = ((max(0, top), max(0, bottom)), (max(0, left), max(0, right)))
    return np.pad(part, sides, constant_values=value)
