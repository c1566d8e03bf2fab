"""A page made by a program: its text layer as far as it can be seen, and from the pixels what the layer leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from intake.hidden_text import worth_telling
from intake.image import square, turned
from intake.ink import find_regions, without_glyphs
from intake.layer_check import Checked, Sight, check_layer
from intake.layout import Layout, take_apart
from intake.morphology import Ink, find_bodies
from intake.ocr import OcrEngine
from intake.scanned_page import read_scanned
from intake.segments import Segment, find_segments
from intake.turned_layer import moved, turn_of
from intake.typed_over import checked_fields, checked_notes
from intake.vector import layer_words, typed_words
from intake.view import View, marked
from intake.words import SeenWord, read_segments, sift
from models.document import HiddenWord, InkRegion, Page, Word
from models.geometry import Box
from models.parsed import ParsedPage, Raster

# Letters that a page made by a program must show outside its text layer before they are read: logos have fewer.
_PICTURE_LETTERS, _PICTURE_PARTS = 60, 3
_CHINESE = re.compile(r"[\u3400-\u9fff]")
# Points around a hidden word in which what is drawn instead is looked for.
_NEAR = 6.0


def read_typed(page: ParsedPage, raster: Raster, engine: OcrEngine) -> Page:
    """Read such a page. Words of the layer that cannot be seen are no words of the page; what is seen there is."""
    rotation = turn_of(page.words)
    picture = turned(square(raster), rotation)
    layout = take_apart(picture)
    view = View.of(picture)
    told_of = moved(page, view.to_received.inverse()) if rotation else page
    drawn = replace(_unlettered(marked(page, view, layout), told_of), rotation=rotation)
    sight = Sight(picture.gray, layout.gray, view, picture.dpi)
    checked = check_layer(told_of.words, sight, engine)
    if checked.lost:
        fields, unseen = checked_fields(told_of.form_fields, Checked((), ()), sight)
        kept = tuple(replace(field, value=held.value) for field, held in zip(page.form_fields, fields, strict=True))
        return _from_pixels(replace(page, form_fields=kept), raster, sight, (*checked.hidden, *unseen), engine)
    layer = layer_words(checked.standing, drawn.checkboxes)
    fields, unseen = checked_fields(told_of.form_fields, checked, sight)
    notes, unsaid = checked_notes(told_of.annotations, checked, sight)
    hidden = (*checked.hidden, *unseen, *unsaid)
    told = [word.box for word in checked.standing] + [field.box for field in fields if field.value]
    glyphs = find_bodies(_untold(layout, told, view))
    segments = find_segments(glyphs, layout.walls, picture.dpi)
    in_notes, near, pictured = _sorted(segments, view, [note.box for note in notes], hidden)

    def read(parts: Sequence[Segment]) -> tuple[tuple[SeenWord, ...], ...]:
        return read_segments(layout.gray, glyphs, parts, engine=engine, dpi=picture.dpi, blur=picture.bilevel)

    noted = view.words(word for words in read(in_notes) for word in words)
    typed = tuple(word for note in notes for word in typed_words(note, _within(noted, note.box.grown(1))))
    instead, beside = sift(read(near), glyphs, picture.dpi), sift(read(pictured), glyphs, picture.dpi)
    used = {glyph for each in in_notes for glyph in each.glyphs}
    used |= {glyph for word in (*instead, *beside) for glyph in word.glyphs}
    regions = find_regions(without_glyphs(glyphs, used), picture.dpi)
    anew = view.words(instead)
    words = (*_in_order(layer, anew), *typed, *view.words(beside))
    seen = bool(beside) or any(not _confirms(word, hidden) for word in anew)
    return replace(
        drawn,
        source="ocr" if seen and not layer else "mixed" if seen else "text_layer",
        words=words,
        ink=tuple(InkRegion(view.box(region.box), region.kind) for region in regions),
        form_fields=fields,
        hidden=worth_telling(hidden, words),
        engine=engine.name if seen else None,
        blank=not (words or regions or drawn.checkboxes or drawn.bands),
    )


def _unlettered(drawn: Page, page: ParsedPage) -> Page:
    """The page without boxes that are parts of Chinese letters of the layer, as the frame of one is."""
    letters = [word.box for word in page.words if _CHINESE.search(word.text)]
    boxes = tuple(b for b in drawn.checkboxes if not any(letter.covers(*b.box.middle) for letter in letters))
    return drawn if len(boxes) == len(drawn.checkboxes) else replace(drawn, checkboxes=boxes)


def _from_pixels(
    page: ParsedPage, raster: Raster, sight: Sight, unseen: Sequence[HiddenWord], engine: OcrEngine
) -> Page:
    """A page whose layer says mostly what is not to be seen: nothing of it is believed, everything is read.

    A form field keeps its value where anything is drawn in it.
    """
    read = read_scanned(page, raster, engine)
    way = sight.view.to_received.then(read.to_received.inverse())
    hidden = tuple(replace(word, box=way.box(word.box)) for word in unseen)
    return replace(read, hidden=worth_telling(hidden, read.words))


def _untold(layout: Layout, told: Iterable[Box], view: View) -> Ink:
    """The ink less that of words that are known."""
    ink = layout.ink.copy()
    for box in told:
        x0, top, x1, bottom = view.pixels(box.grown(0.7))
        ink[top:bottom, x0:x1] = 0
    return ink


def _sorted(
    segments: Sequence[Segment], view: View, notes: Sequence[Box], hidden: Sequence[HiddenWord]
) -> tuple[list[Segment], list[Segment], list[Segment]]:
    """The segments within typed notes, those where words are hidden, and those of pictures with enough letters."""
    in_notes, near, others = list[Segment](), list[Segment](), list[Segment]()
    places = [word.box.grown(_NEAR) for word in hidden if word.reason != "off-page"]
    for segment in segments:
        box = view.box(segment.box)
        if any(note.grown(1).covers(*box.middle) for note in notes):
            in_notes.append(segment)
        elif any(box.common(place) > 0 for place in places):
            near.append(segment)
        elif len(segment.glyphs) >= _PICTURE_PARTS:
            others.append(segment)
    letters = sum(len(segment.glyphs) for segment in others)
    return in_notes, near, others if letters >= _PICTURE_LETTERS else []


def _confirms(word: Word, doubted: Iterable[HiddenWord]) -> bool:
    """Whether a word that was read only says again what the layer says there."""
    return any(word.text == each.text and word.box and word.box.common(each.box) > 0 for each in doubted)


def _in_order(layer: Sequence[Word], instead: Sequence[Word]) -> tuple[Word, ...]:
    """The layer's words with those that were seen instead of hidden ones behind what stands left of or above them."""
    words = list(layer)
    for word in instead:
        words.insert(_place_for(word, words), word)
    return tuple(words)


def _place_for(word: Word, words: Sequence[Word]) -> int:
    box = word.box
    if box is None:
        return len(words)
    placed = [(number, other.box) for number, other in enumerate(words) if other.box is not None]
    left = [(b.x1, n) for n, b in placed if b.rows_shared(box) > 0.5 and b.middle[0] < box.middle[0]]
    if left:
        return max(left)[1] + 1
    right = [(b.x0, n) for n, b in placed if b.rows_shared(box) > 0.5]
    if right:
        return min(right)[1]
    above = [(b.bottom, n) for n, b in placed if b.bottom <= box.middle[1]]
    return max(above)[1] + 1 if above else 0


def _within(words: Iterable[Word], box: Box) -> tuple[Word, ...]:
    return tuple(word for word in words if word.box is not None and box.covers(*word.box.middle))
