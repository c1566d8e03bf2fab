"""In which order a PDF page is painted, and so which of its words nobody can see."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as c

from intake.pdf.frame import PageFrame
from intake.pdf.letters import address
from intake.pdf.objects import (
    Colour,
    Thing,
    area,
    bounds_of,
    clip_of,
    colour_of,
    common,
    is_solid,
    matrix_of,
    objects_of,
    rectangles_of,
)
from intake.raw import Corners, HiddenReason, RawRaster
from models.geometry import Affine

# The height of the strips by which things are found again, points.
_BAND = 36.0
# A thing thinner than this, in points, is a rule and covers no word.
_RULE = 3.0
# Points. Nobody reads such letters, and a printer of 300 dpi has four dots for their height.
_TINY = 1.0
# The share of a word's box under one thing at which the word is gone; letters reach a little out of what covers them.
_COVERED = 0.9
# Levels of 255 by which a colour may differ from its ground and still be lost in any grey print or fax.
_SAME = 8
# Levels of 255 by which pixels differ where something is to be seen.
_CONTRAST = 40
_UNSEEN_MODES = (c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP)
_FILLING = (c.FPDF_TEXTRENDERMODE_FILL, c.FPDF_TEXTRENDERMODE_FILL_CLIP)
_STROKING = (c.FPDF_TEXTRENDERMODE_STROKE, c.FPDF_TEXTRENDERMODE_STROKE_CLIP)
_PAPER: Colour = (255, 255, 255, 255)


@dataclass(frozen=True, slots=True)
class _Facts:
    """A text object: is there ink at all, the size of its letters in points, its colours (none: patterns), its clip."""

    inked: bool
    size: float
    colours: tuple[Colour, ...]
    clip: Corners | None


@dataclass(slots=True)
class _Text:
    """A text object: when it is painted, and the way from its own coordinates to the received frame."""

    thing: Thing
    order: int
    way: Affine
    outer: Corners | None
    facts: _Facts | None = None


@dataclass(slots=True)
class _Ground:
    """Something painted over an area; `colour` None: not of one colour. `solid` None: an image, not looked at yet."""

    order: int
    box: Corners
    colour: Colour | None = None
    solid: bool | None = False
    image: Thing | None = None


@dataclass(slots=True)
class Painting:
    """What lies over and under the words of one page. Holds pointers into the page: use it before the page closes."""

    page: pdfium.PdfPage
    frame: PageFrame
    raster: RawRaster | None = None
    texts: dict[int, _Text] = field(default_factory=dict)
    bands: dict[int, list[_Ground]] = field(default_factory=dict)

    @staticmethod
    def of(page: pdfium.PdfPage, frame: PageFrame, raster: RawRaster | None = None) -> Painting:
        """Go over the page's objects once, in the order in which they are painted.

        `raster` is the page drawn: where it shows something, nothing can be hidden by colour, clip or cover.
        """
        painting = Painting(page, frame, raster)
        for order, (thing, way, outer) in enumerate(objects_of(page, frame.to_received)):
            kind = c.FPDFPageObj_GetType(thing)
            if kind == c.FPDF_PAGEOBJ_TEXT:
                painting.texts[address(thing)] = _Text(thing, order, way, outer)
            elif kind != c.FPDF_PAGEOBJ_FORM:
                for ground in _grounds(thing, way, order, kind=kind, outer=outer):
                    painting._lay(ground)
        return painting

    def hides(self, owner: int, box: Corners) -> HiddenReason | None:
        """Why a word within `box` that the text object at address `owner` paints cannot be seen; None: it can."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not _holds((0, 0, self.frame.width, self.frame.height), x, y):
            return "off-page"
        text = self.texts.get(owner)
        if text is None:
            return None
        facts = text.facts = text.facts or _facts(text)
        if facts.clip is not None and not _holds(facts.clip, x, y):
            return None if self._shows(box) else "off-page"
        if not facts.inked:
            return "invisible"
        if facts.size < _TINY:
            return "tiny"
        return self._lost(text, facts, box, middle=(x, y))

    def _lost(self, text: _Text, facts: _Facts, box: Corners, *, middle: tuple[float, float]) -> HiddenReason | None:
        grounds = self.bands.get(int(middle[1] // _BAND), ())
        over = [ground for ground in grounds if ground.order > text.order and self._covers(ground, box)]
        if over:
            return "covered" if any(ground.image for ground in over) or not self._shows(box) else None
        under = [ground for ground in grounds if ground.order < text.order and _holds(ground.box, *middle)]
        paper = max(under, key=lambda ground: ground.order).colour if under else _PAPER
        if paper is not None and facts.colours and all(_alike(colour, paper) for colour in facts.colours):
            return None if self._shows(box) else "paper-coloured"
        return None

    def _shows(self, box: Corners) -> bool:
        return self.raster is not None and _contrast(self.raster, box) > _CONTRAST

    def _covers(self, ground: _Ground, box: Corners) -> bool:
        if ground.solid is False or area(common(ground.box, box)) < _COVERED * area(box):
            return False
        if ground.solid is None:
            ground.solid = ground.image is not None and is_solid(self.page, ground.image)
        return ground.solid

    def _lay(self, ground: _Ground) -> None:
        top, bottom = max(0.0, ground.box[1]), min(self.frame.height, ground.box[3])
        for band in range(int(top // _BAND), int(bottom // _BAND) + 1):
            self.bands.setdefault(band, []).append(ground)


def _contrast(raster: RawRaster, box: Corners) -> int:
    """By how many levels the pixels of a box differ."""
    x, y = raster.dpi_x / 72, raster.dpi_y / 72
    left, right = max(0, math.floor(box[0] * x)), min(raster.columns, math.ceil(box[2] * x))
    rows = range(max(0, math.floor(box[1] * y)), min(raster.rows, math.ceil(box[3] * y)))
    slices = [raster.pixels[row * raster.columns + left : row * raster.columns + right] for row in rows]
    there = [one for one in slices if one]
    return max(map(max, there)) - min(map(min, there)) if there else 0


def _size(text: _Text) -> float:
    """The size of a text object's letters in points; that of fonts made of drawings (Type 3) says nothing."""
    size = ctypes.c_float()
    c.FPDFTextObj_GetFontSize(text.thing, ctypes.byref(size))
    if c.FPDFFont_GetBaseFontName(c.FPDFTextObj_GetFont(text.thing), None, 0) <= 1:
        return math.inf
    way = matrix_of(text.thing).then(text.way)
    return abs(size.value) * math.hypot(way.b, way.e)


def _facts(text: _Text) -> _Facts:
    mode = c.FPDFTextObj_GetTextRenderMode(text.thing)
    colours = [] if mode in _STROKING else [colour_of(text.thing, c.FPDFPageObj_GetFillColor)]
    colours += [] if mode in _FILLING else [colour_of(text.thing, c.FPDFPageObj_GetStrokeColor)]
    told = tuple(colour for colour in colours if colour is not None)
    return _Facts(
        inked=mode not in _UNSEEN_MODES and any(colour is None or colour[3] > 0 for colour in colours),
        size=_size(text),
        colours=told if len(told) == len(colours) else (),
        clip=clip_of(text.thing, text.way, text.outer)[0],
    )


def _grounds(thing: Thing, way: Affine, order: int, *, kind: int, outer: Corners | None) -> Iterator[_Ground]:
    """What an object lays over the page: rectangles of one colour, an image, or something of unknown look."""
    bounds = bounds_of(thing, way)
    if bounds is None or min(bounds[2] - bounds[0], bounds[3] - bounds[1]) < _RULE:
        return
    clip, exact = clip_of(thing, way, outer)
    plain = exact and not c.FPDFPageObj_HasTransparency(thing)
    laid = [_Ground(order, bounds)]
    if kind == c.FPDF_PAGEOBJ_IMAGE and plain and _level(matrix_of(thing).then(way)):
        laid = [_Ground(order, bounds, None, None, thing)]
    elif kind == c.FPDF_PAGEOBJ_PATH:
        laid = _fills(thing, way, _Ground(order, bounds), plain=plain)
    for ground in laid:
        ground.box = ground.box if clip is None else common(ground.box, clip)
        if area(ground.box) > 0:
            yield ground


def _fills(path: Thing, way: Affine, whole: _Ground, *, plain: bool) -> list[_Ground]:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    if not c.FPDFPath_GetDrawMode(path, ctypes.byref(mode), ctypes.byref(stroked)) or not mode.value:
        return []
    colour = colour_of(path, c.FPDFPageObj_GetFillColor)
    if colour is not None and colour[3] == 0:
        return []
    boxes = rectangles_of(path, way) if plain and colour is not None and colour[3] == 255 else None
    return [whole] if boxes is None else [_Ground(whole.order, box, colour, True) for box in boxes]


def _level(way: Affine) -> bool:
    """Whether an image's sides run along the page's."""
    return min(abs(way.a) + abs(way.e), abs(way.b) + abs(way.d)) < 1e-3 * (abs(way.a) + abs(way.b))


def _holds(box: Corners, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _alike(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= _SAME for a, b in zip(one[:3], other[:3], strict=True))
