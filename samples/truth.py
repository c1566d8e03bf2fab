"""What a sample says, and where: the truth against which a reading of it is scored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from models.geometry import Box, Change

Kind = Literal["printed", "value", "handwritten"]


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word on a page: the box of its ink in points, origin top left; `kind` tells who put it there."""

    text: str
    box: Box
    kind: Kind


@dataclass(frozen=True, slots=True)
class PlacedValue:
    """A value of the request at the place where the page states it.

    `path` is the contract's, as a JSON pointer ("/patient/birth_date"); `value` has the contract's form and `quote`
    the page's.
    """

    path: str
    value: str
    quote: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A box to tick with its printed option; `path` and `value` say what a tick would mean to the request."""

    option: str
    box: Box
    ticked: bool
    path: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class PageTruth:
    """Everything known about one page; points in the received frame, `width` x `height` large."""

    part: str
    width: float
    height: float
    words: tuple[PlacedWord, ...] = ()
    values: tuple[PlacedValue, ...] = ()
    marks: tuple[PlacedMark, ...] = ()

    def moved(self, way: Change, *, width: float, height: float) -> PageTruth:
        """The same page after its points went `way`, on a page of the new size."""
        return replace(
            self,
            width=width,
            height=height,
            words=tuple(replace(word, box=way.box(word.box)) for word in self.words),
            values=tuple(replace(value, boxes=tuple(way.box(box) for box in value.boxes)) for value in self.values),
            marks=tuple(replace(mark, box=way.box(mark.box)) for mark in self.marks),
        )


@dataclass(frozen=True, slots=True)
class FileTruth:
    """What one file of a sample holds, pages in order.

    `path` is the file's as a request names it; `absent` are paths which the pages say nothing about; `defects` tells in
    words what was planted for a reviewer to find.
    """

    path: str
    pages: tuple[PageTruth, ...]
    absent: tuple[str, ...] = ()
    defects: tuple[str, ...] = ()
