"""Frames: rectangles of four ruled lines."""

from __future__ import annotations

from collections.abc import Iterator

from models.document import Page
from models.geometry import Box

# Points: how far two lines may miss each other and still meet, and the heights of a frame to write in.
_MEET = 3.5
_LOWEST, _HIGHEST = 8.0, 80.0


def frames(page: Page, *, sides: int = 2) -> tuple[Box, ...]:
    """The rectangles whose sides end at each other's ends, as single blanks are framed; cells of a grid are not.

    `sides` is how many of the upright ones must have been seen.
    """
    return tuple(_frames(page, sides))


def _frames(page: Page, sides: int) -> Iterator[Box]:
    uprights = [rule.box for rule in page.rules if not rule.horizontal]
    levels = sorted((rule.box for rule in page.rules if rule.horizontal), key=lambda box: box.middle[1])
    for at, top in enumerate(levels):
        for bottom in levels[at + 1 :]:
            height = bottom.middle[1] - top.middle[1]
            if height > _HIGHEST:
                break
            if height < _LOWEST or abs(top.x0 - bottom.x0) > _MEET or abs(top.x1 - bottom.x1) > _MEET:
                continue
            if sum(_stands(x, top.middle[1], bottom.middle[1], uprights) for x in (top.x0, top.x1)) >= sides:
                yield Box(top.x0, top.middle[1], top.x1, bottom.middle[1])
                break


def _stands(x: float, top: float, bottom: float, uprights: list[Box]) -> bool:
    return any(abs(u.middle[0] - x) < _MEET and u.top < top + _MEET and u.bottom > bottom - _MEET for u in uprights)
