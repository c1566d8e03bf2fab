"""Places on a page: boxes, spans of text, and the way from one frame of coordinates to another.

Two frames exist, both in points (1/72 inch) with the origin at the top left:

* the *received* frame: the page as it arrived, after /Rotate, CropBox and EXIF only. Everything public is in it.
* the *reading* frame: the page upright and deskewed, in which lines of text run level. Extractors work in it.

`Page.to_received` leads from the second to the first: a `Change`, affine for scans and projective for photos.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias, overload


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of a document's text, in Unicode code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly in this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with sides along the axes; points, origin top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Extent along x, in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Extent along y, in points."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """The centre (x, y)."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def area(self) -> float:
        """Square points; 0 for an empty box."""
        return max(0.0, self.width) * max(0.0, self.height)

    def common(self, other: Box) -> float:
        """The area shared with `other`, in square points."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, width) * max(0.0, height)

    def covers(self, x: float, y: float) -> bool:
        """Whether the point (x, y) lies in the box, edges included."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def rows_shared(self, other: Box) -> float:
        """The share 0..1 of the lower of the two boxes' heights on which both stand side by side."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        lower = min(self.height, other.height)
        return max(0.0, shared) / lower if lower > 0 else 0.0

    def columns_shared(self, other: Box) -> float:
        """The share 0..1 of the narrower of the two boxes' widths on which one stands above the other."""
        shared = min(self.x1, other.x1) - max(self.x0, other.x0)
        narrower = min(self.width, other.width)
        return max(0.0, shared) / narrower if narrower > 0 else 0.0

    def grown(self, margin: float) -> Box:
        """The box with `margin` points more on each side."""
        return Box(self.x0 - margin, self.top - margin, self.x1 + margin, self.bottom + margin)

    def clipped(self, width: float, height: float) -> Box:
        """The part of the box on a page of `width` x `height` points."""
        return Box(
            min(max(self.x0, 0.0), width),
            min(max(self.top, 0.0), height),
            min(max(self.x1, 0.0), width),
            min(max(self.bottom, 0.0), height),
        )

    @staticmethod
    def around(boxes: Iterable[Box]) -> Box:
        """The smallest box that holds all of `boxes`; at least one is needed."""
        every = tuple(boxes)
        return Box(
            min(box.x0 for box in every),
            min(box.top for box in every),
            max(box.x1 for box in every),
            max(box.bottom for box in every),
        )


@dataclass(frozen=True, slots=True)
class Affine:
    """A change of frame: (x, y) becomes (a x + b y + c, d x + e y + f)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0

    @staticmethod
    def scaling(x: float, y: float) -> Affine:
        """Stretch by `x` and `y`."""
        return Affine(a=x, e=y)

    @staticmethod
    def moving(x: float, y: float) -> Affine:
        """Shift by (`x`, `y`)."""
        return Affine(c=x, f=y)

    @staticmethod
    def turning(degrees: float) -> Affine:
        """Turn about the origin, clockwise as seen on a page (y grows downward)."""
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        return Affine(a=cos, b=-sin, d=sin, e=cos)

    @overload
    def then(self, after: Affine) -> Affine: ...
    @overload
    def then(self, after: Projective) -> Projective: ...
    def then(self, after: Change) -> Change:
        """This change followed by `after`."""
        if isinstance(after, Projective):
            return Projective.of(self).then(after)
        return Affine(
            after.a * self.a + after.b * self.d,
            after.a * self.b + after.b * self.e,
            after.a * self.c + after.b * self.f + after.c,
            after.d * self.a + after.e * self.d,
            after.d * self.b + after.e * self.e,
            after.d * self.c + after.e * self.f + after.f,
        )

    def inverse(self) -> Affine:
        """The way back; ValueError where there is none."""
        determinant = self.a * self.e - self.b * self.d
        if determinant == 0:
            raise ValueError("this change of frame has no inverse")
        a, b = self.e / determinant, -self.b / determinant
        d, e = -self.d / determinant, self.a / determinant
        return Affine(a, b, -(a * self.c + b * self.f), d, e, -(d * self.c + e * self.f))

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where (x, y) comes to lie."""
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f

    def box(self, box: Box) -> Box:
        """The upright rectangle around the image of `box`."""
        return _around(self, box)


# A point of the page this far toward the horizon of a projective change is off every page; 1 is where the origin lies.
_HORIZON = 1e-6


@dataclass(frozen=True, slots=True)
class Projective:
    """A change of frame that keeps straight lines straight, as a photo taken at an angle does.

    (x, y) becomes ((a x + b y + c) / w, (d x + e y + f) / w) with w = g x + h y + i.
    """

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0
    g: float = 0.0
    h: float = 0.0
    i: float = 1.0

    @property
    def rows(self) -> tuple[tuple[float, float, float], ...]:
        """The three rows of the matrix."""
        return (self.a, self.b, self.c), (self.d, self.e, self.f), (self.g, self.h, self.i)

    @staticmethod
    def of(change: Change) -> Projective:
        """The same change, whichever kind it is."""
        if isinstance(change, Projective):
            return change
        return Projective(change.a, change.b, change.c, change.d, change.e, change.f)

    def then(self, after: Change) -> Projective:
        """This change followed by `after`."""
        first, second = self.rows, Projective.of(after).rows
        columns = tuple(zip(*first, strict=True))
        product = [sum(p * q for p, q in zip(row, column, strict=True)) for row in second for column in columns]
        return Projective(*product)

    def inverse(self) -> Projective:
        """The way back; ValueError where there is none."""
        a, b, c, d, e, f, g, h, i = self.a, self.b, self.c, self.d, self.e, self.f, self.g, self.h, self.i
        if a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g) == 0:
            raise ValueError("this change of frame has no inverse")
        back = (e * i - f * h, c * h - b * i, b * f - c * e, f * g - d * i, a * i - c * g, c * d - a * f)
        last = (d * h - e * g, b * g - a * h, a * e - b * d)
        unit = last[2] or 1.0
        return Projective(*(part / unit for part in (*back, *last)))

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where (x, y) comes to lie."""
        w = self.g * x + self.h * y + self.i
        w = math.copysign(max(abs(w), _HORIZON), w)
        return (self.a * x + self.b * y + self.c) / w, (self.d * x + self.e * y + self.f) / w

    def box(self, box: Box) -> Box:
        """The upright rectangle around the image of `box`."""
        return _around(self, box)


Change: TypeAlias = Affine | Projective
"""A way from one frame to another; both kinds offer `then`, `inverse`, `point` and `box`."""


def _around(change: Change, box: Box) -> Box:
    corners = [change.point(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))
