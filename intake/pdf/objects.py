"""The objects of a PDF page as pdfium lists them: where they lie, what clips them, which colours they have."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import TypeAlias

import pypdfium2 as pdfium
import pypdfium2.raw as c

from intake.raw import Corners
from models.geometry import Affine, Box

# More objects than any page that people read has; later ones are not looked at.
_OBJECTS = 50_000
_DEEPEST = 8
_POINTS = 100
Colour = tuple[int, int, int, int]
Thing: TypeAlias = c.FPDF_PAGEOBJECT
Placed = tuple[Thing, Affine, Corners | None]


def objects_of(page: pdfium.PdfPage, to_received: Affine) -> Iterator[Placed]:
    """Every object in the order of painting, its way to the received frame, and what forms around it leave of it."""
    room = [_OBJECTS]

    def inside(holder: object, way: Affine, clip: Corners | None, depth: int) -> Iterator[Placed]:
        at_form = depth > 0
        for index in range(c.FPDFFormObj_CountObjects(holder) if at_form else c.FPDFPage_CountObjects(holder)):
            thing = c.FPDFFormObj_GetObject(holder, index) if at_form else c.FPDFPage_GetObject(holder, index)
            room[0] -= 1
            if room[0] < 0 or not thing:
                return
            yield thing, way, clip
            if c.FPDFPageObj_GetType(thing) == c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                yield from inside(thing, matrix_of(thing).then(way), clip_of(thing, way, clip)[0], depth + 1)

    yield from inside(page, to_received, None, 0)


def matrix_of(thing: Thing) -> Affine:
    """The object's own matrix."""
    matrix = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(thing, ctypes.byref(matrix)):
        return Affine()
    return Affine(matrix.a, matrix.c, matrix.e, matrix.b, matrix.d, matrix.f)


def bounds_of(thing: Thing, way: Affine) -> Corners | None:
    """The object's box in the received frame."""
    sides = tuple(ctypes.c_float() for _ in range(4))
    if not c.FPDFPageObj_GetBounds(thing, *(ctypes.byref(side) for side in sides)):
        return None
    left, bottom, right, top = (side.value for side in sides)
    return corners(way.box(Box(left, bottom, right, top)))


def clip_of(thing: Thing, way: Affine, outer: Corners | None) -> tuple[Corners | None, bool]:
    """A box outside which nothing of the object is seen (None: no clip), and whether all inside it is."""
    clip = c.FPDFPageObj_GetClipPath(thing)
    box, exact = outer, True
    for index in range(max(0, min(_POINTS, c.FPDFClipPath_CountPaths(clip)))) if clip else ():
        points = [
            c.FPDFClipPath_GetPathSegment(clip, index, step)
            for step in range(max(0, min(_POINTS, c.FPDFClipPath_CountPathSegments(clip, index))))
        ]
        (one, level) = _outline(points, way)
        exact = exact and level and len(points) < _POINTS
        if one is not None and len(points) < _POINTS:
            box = one if box is None else common(box, one)
    return box, exact


def rectangles_of(path: Thing, way: Affine) -> tuple[Corners, ...] | None:
    """The rectangles that make up a path; None where it has other shapes or very many."""
    count = c.FPDFPath_CountSegments(path)
    if not 0 < count <= _POINTS:
        return None
    own = matrix_of(path).then(way)
    parts: list[list[object]] = []
    for index in range(count):
        segment = c.FPDFPath_GetPathSegment(path, index)
        if c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        parts[-1].append(segment)
    outlines = [_outline(part, own) for part in parts if len(part) > 1]
    boxes = tuple(box for box, level in outlines if box is not None and level)
    return boxes if boxes and len(boxes) == len(outlines) else None


def colour_of(thing: Thing, ask: Callable[..., int]) -> Colour | None:
    """The object's colour for filling or stroking (`ask`: which), as red, green, blue, alpha; None for a pattern."""
    parts = tuple(ctypes.c_uint() for _ in range(4))
    if not ask(thing, *(ctypes.byref(part) for part in parts)):
        return None
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def is_solid(page: pdfium.PdfPage, image: Thing) -> bool:
    """Whether an image lets nothing through: it is drawn, masks and all, and every pixel must be opaque."""
    bitmap = c.FPDFImageObj_GetRenderedBitmap(page.pdf, page, image)
    if not bitmap:
        return False
    try:
        if c.FPDFBitmap_GetFormat(bitmap) not in (c.FPDFBitmap_BGRA, c.FPDFBitmap_BGRA_Premul):
            return True
        size = c.FPDFBitmap_GetStride(bitmap) * c.FPDFBitmap_GetHeight(bitmap)
        return min(ctypes.string_at(c.FPDFBitmap_GetBuffer(bitmap), size)[3::4], default=0) == 255
    finally:
        c.FPDFBitmap_Destroy(bitmap)


def corners(box: Box) -> Corners:
    """A box as plain numbers."""
    return box.x0, box.top, box.x1, box.bottom


def common(one: Corners, other: Corners) -> Corners:
    """What two boxes share; inside out or flat where they share nothing."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def area(box: Corners) -> float:
    """The box's area, 0 for one that is inside out."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _outline(segments: list[object], way: Affine) -> tuple[Corners | None, bool]:
    """The box around the points of an outline, and whether it is a rectangle level with the page."""
    x, y = ctypes.c_float(), ctypes.c_float()
    places: list[tuple[float, float]] = []
    curved = False
    for segment in segments:
        if c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            places.append(way.point(x.value, y.value))
        curved = curved or c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_BEZIERTO
    if not places:
        return None, False
    across, down = [place[0] for place in places], [place[1] for place in places]
    box = min(across), min(down), max(across), max(down)
    level = not curved and 4 <= len(places) <= 6 and all(_at_corner(place, box) for place in places)
    return box, level


def _at_corner(place: tuple[float, float], box: Corners) -> bool:
    x, y = place
    return min(abs(x - box[0]), abs(x - box[2])) < 0.1 and min(abs(y - box[1]), abs(y - box[3])) < 0.1
