"""From validated pixels to a `Page`: the order in which a page is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from intake.engines import DEBIAN_TESSDATA, open_engine
from intake.image import Picture, square
from intake.ink import find_regions, is_blank, without_glyphs
from intake.layout import Layout, take_apart
from intake.morphology import Bodies, PixelBox, find_bodies
from intake.ocr import OcrEngine
from intake.orientation import upright
from intake.quality import judge
from intake.segments import Segment, find_segments
from intake.vector import layer_words, typed_words
from intake.words import SeenWord, mean_confidence, read_segments, sift
from models.document import CheckBox, InkRegion, Page, Quality, Rule, Word
from models.geometry import Affine, Box, Span
from models.parsed import Annotation, ParsedPage, Raster

_UNPLACED = Span(0, 0)
_TRIAL_LINES = 6
# Letters that a page made by a program must show outside its text layer before they are read: logos have fewer.
_PICTURE_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Eyes:
    """What reading needs: an engine that is kept for many pages."""

    engine: OcrEngine


def open_eyes(tessdata: Path = DEBIAN_TESSDATA, languages: str = "eng") -> Eyes:
    """Eyes with the first engine that works here.

    Raises:
        EngineMissing: no OCR engine works here.
    """
    return Eyes(open_engine(tessdata, languages))


def read_page(page: ParsedPage, eyes: Eyes) -> Page:
    """Read one page: its words, rules, bands, check boxes and ink, each with its place in the reading frame."""
    blank = _bare(page)
    if page.damaged:
        return replace(blank, damaged=True)
    if page.plain is not None:
        words = tuple(Word(text, None, _UNPLACED) for text in page.plain.split())
        return replace(blank, source="plain", plain=page.plain, words=words, blank=not words)
    if page.raster is None:
        return replace(blank, source="text_layer", words=layer_words(page.words, ()), blank=not page.words)
    if page.words and not page.scanned:
        return _read_vector(page, page.raster, eyes)
    if is_blank(page.raster):
        return replace(blank, source="ocr", blank=True, dpi=_dpi(page))
    return _read_raster(page, page.raster, eyes)


def _read_raster(page: ParsedPage, raster: Raster, eyes: Eyes) -> Page:
    """A scan, a fax, a photo: everything comes from the pixels."""
    picture, rotation, skew = upright(square(raster), lambda trial: _trial(trial, eyes.engine))
    layout = take_apart(picture)
    glyphs = find_bodies(layout.ink)
    segments = find_segments(glyphs, layout.walls, picture.dpi)
    seen = sift(_read(picture, layout, glyphs, segments, eyes.engine), glyphs, picture.dpi)
    rest = without_glyphs(glyphs, (glyph for word in seen for glyph in word.glyphs))
    view = _View.of(picture)
    words = view.words(seen)
    marked = _marked(page, view, layout)
    ink = tuple(InkRegion(view.box(region.box), region.kind) for region in find_regions(rest, picture.dpi))
    return replace(
        marked,
        source="ocr",
        words=words,
        ink=ink,
        rotation=rotation,
        skew=skew,
        quality=judge(words, raster, gray=layout.gray, ink=layout.ink, dpi=picture.dpi),
        engine=eyes.engine.name,
        blank=not (words or ink or marked.checkboxes or marked.bands),
    )


def _read_vector(page: ParsedPage, raster: Raster, eyes: Eyes) -> Page:
    """A page made by a program: its text layer, and from the pixels what the text layer does not tell."""
    picture = square(raster)
    layout = take_apart(picture)
    view = _View.of(picture)
    marked = _marked(page, view, layout)
    layer = layer_words(page.words, marked.checkboxes)
    notes = tuple(note for note in page.annotations if note.kind == "freetext" and note.text.strip())
    notes = tuple(note for note in notes if not _told(note, layer))
    told = [word.box for word in page.words] + [field.box for field in page.form_fields if field.value]
    ink = layout.ink.copy()
    for box in told:
        x0, top, x1, bottom = view.pixels(box.grown(0.7))
        ink[top:bottom, x0:x1] = 0
    glyphs = find_bodies(ink)
    segments = find_segments(glyphs, layout.walls, picture.dpi)
    in_notes = [
        each for each in segments if any(note.box.grown(1).covers(*view.box(each.box).middle) for note in notes)
    ]
    others = [each for each in segments if each not in in_notes and len(each.glyphs) >= 3]
    pictured = others if sum(len(each.glyphs) for each in others) >= _PICTURE_LETTERS else []
    noted = _read(picture, layout, glyphs, in_notes, eyes.engine)
    typed = view.words(word for words in noted for word in words)
    seen = sift(_read(picture, layout, glyphs, pictured, eyes.engine), glyphs, picture.dpi)
    typed = tuple(word for note in notes for word in typed_words(note, _within(typed, note.box.grown(1))))
    used = {glyph for each in in_notes for glyph in each.glyphs} | {glyph for word in seen for glyph in word.glyphs}
    regions = find_regions(without_glyphs(glyphs, used), picture.dpi)
    return replace(
        marked,
        source="mixed" if seen else "text_layer",
        words=layer + typed + view.words(seen),
        ink=tuple(InkRegion(view.box(region.box), region.kind) for region in regions),
        engine=eyes.engine.name if seen else None,
    )


@dataclass(frozen=True, slots=True)
class _View:
    """From working pixels to the reading frame: the scale of received points, but upright and level."""

    scale: float
    to_received: Affine

    @staticmethod
    def of(picture: Picture) -> _View:
        to = picture.to_received
        scale = float(np.hypot(to.a, to.d))
        return _View(scale, Affine.scaling(1 / scale, 1 / scale).then(to))

    def box(self, box: PixelBox) -> Box:
        return Box(box[0] * self.scale, box[1] * self.scale, box[2] * self.scale, box[3] * self.scale)

    def pixels(self, box: Box) -> PixelBox:
        sides = (box.x0, box.top, box.x1, box.bottom)
        x0, top, x1, bottom = (max(0, round(side / self.scale)) for side in sides)
        return x0, top, x1, bottom

    def words(self, seen: Iterable[SeenWord]) -> tuple[Word, ...]:
        return tuple(Word(word.text, self.box(word.box), _UNPLACED, round(word.confidence, 3)) for word in seen)


def _read(
    picture: Picture, layout: Layout, glyphs: Bodies, segments: Sequence[Segment], engine: OcrEngine
) -> tuple[tuple[SeenWord, ...], ...]:
    return read_segments(layout.gray, glyphs, segments, engine=engine, dpi=picture.dpi, blur=picture.bilevel)


def _trial(picture: Picture, engine: OcrEngine) -> float:
    """The mean confidence with which a few long lines read."""
    layout = take_apart(picture)
    glyphs = find_bodies(layout.ink)
    segments = find_segments(glyphs, layout.walls, picture.dpi)
    longest = sorted(segments, key=lambda each: -len(each.glyphs))[:_TRIAL_LINES]
    return mean_confidence([word for words in _read(picture, layout, glyphs, longest, engine) for word in words])


def _marked(page: ParsedPage, view: _View, layout: Layout) -> Page:
    """The page with all that is drawn on it."""
    from_received = view.to_received.inverse()
    rules = [Rule(view.box(box), horizontal=True) for box in layout.ruling.level]
    rules += [Rule(view.box(box), horizontal=False) for box in layout.ruling.upright]
    return replace(
        _bare(page),
        rules=tuple(rules),
        bands=tuple(view.box(box) for box in layout.ruling.bands),
        checkboxes=tuple(CheckBox(view.box(b.box), b.state, b.ink, b.outside) for b in layout.boxes),
        form_fields=tuple(replace(field, box=from_received.box(field.box)) for field in page.form_fields),
        annotations=tuple(replace(note, box=from_received.box(note.box)) for note in page.annotations),
        to_received=view.to_received,
        dpi=_dpi(page),
    )


def _bare(page: ParsedPage) -> Page:
    return Page(
        number=page.number,
        width=page.width,
        height=page.height,
        source="plain",
        form_fields=page.form_fields,
        annotations=page.annotations,
        quality=Quality(1.0),
        problems=page.problems,
    )


def _dpi(page: ParsedPage) -> tuple[float, float, Literal["stated", "assumed"]] | None:
    raster = page.raster
    if raster is None or not page.scanned:
        return None
    return raster.dpi_x, raster.dpi_y, "stated" if raster.stated else "assumed"


def _told(note: Annotation, layer: Sequence[Word]) -> bool:
    """Whether the text layer holds a typed note's words already."""
    there = {word.text for word in _within(layer, note.box.grown(1))}
    return all(token in there for token in note.text.split())


def _within(words: Iterable[Word], box: Box) -> tuple[Word, ...]:
    return tuple(word for word in words if word.box is not None and box.covers(*word.box.middle))
