"""Combs: frames ruled into a cell for every character, and frames in which characters stand as far apart."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from extractors.layout.frames import frames
from extractors.layout.words import place_of
from models.document import Page, Word
from models.geometry import Box, Span

# Points: a cell for one character is about as wide as high.
_NARROWEST, _WIDEST, _HIGHEST = 7.0, 24.0, 28.0
# Of the pitch: how far two groups of cells of one field may be apart, and what room between characters is a blank.
_GROUP_GAP, _BLANK = 0.7, 1.25
# In a frame without cells the pitch is more than this many heights of a capital: letters set close have about one.
_LOOSE = 1.4
# Points above a field in which its label may stand, and in which the row above it in a column may.
_LABEL_ABOVE, _UNDER = 7.0, 14.0


@dataclass(frozen=True, slots=True)
class Comb:
    """A field with a cell for each character; `pitch` is the width of a cell in points."""

    box: Box
    pitch: float


def combs(page: Page) -> tuple[Comb, ...]:
    """The fields of a page that are ruled into cells; groups of cells close together are one field."""
    uprights = [rule.box for rule in page.rules if not rule.horizontal]
    found = [comb for frame in frames(page, sides=1) if (comb := _comb(frame, uprights)) is not None]
    found = [c for c in found if not any(o is not c and o.box.grown(1).common(c.box) > 0.9 * c.box.area
                                         and o.box.area > 1.2 * c.box.area for o in found)]  # fmt: skip
    fields: list[Comb] = []
    found.sort(key=lambda c: (round(c.box.top / 3), c.box.x0))
    begun: list[Box] = []
    for comb in found:
        last = fields[-1] if fields else None
        if _begins(comb.box, page.words, begun):
            begun.append(comb.box)
        elif last is not None and _one_field(last, comb):
            fields[-1] = Comb(Box.around((last.box, comb.box)), last.pitch)
            continue
        fields.append(comb)
    return tuple(fields)


def _begins(box: Box, words: Sequence[Word], begun: Sequence[Box]) -> bool:
    """Whether a field begins with this group of cells: a text does above it, or the group above it begins one."""
    for above in begun:
        if abs(above.x0 - box.x0) < 2 and abs(above.x1 - box.x1) < 2 and -2 < box.top - above.bottom < _UNDER:
            return True
    over = [w.box for w in words if w.box is not None and -2 < box.top - w.box.bottom < _LABEL_ABOVE]
    heads = [w for w in over if abs(w.x0 - box.x0) < 4]
    return any(
        not any(-1 < head.x0 - other.x1 < 4 and other.rows_shared(head) > 0.4 for other in over) for head in heads
    )


def comb_boxes(page: Page) -> tuple[Box, ...]:
    """The boxes of all fields of a page in which characters are written apart."""
    return joined([word for word in page.words if word.box is not None], page)[1]


def joined(words: Sequence[Word], page: Page) -> tuple[tuple[Word, ...], tuple[Box, ...]]:
    """The words with those in combs joined to what they spell, and the boxes of the combs."""
    fields = combs(page)
    ruled = [comb.box for comb in fields]
    places = [*((comb.box, comb.pitch) for comb in fields), *((box, None) for box in frames(page))]
    left, made, spaced = list(words), list[Word](), list[Box]()
    for box, pitch in places:
        if pitch is None and (box.height > _HIGHEST or any(box.common(other) > 0.5 * other.area for other in ruled)):
            continue
        inside = [word for word in left if word.box is not None and box.grown(0.5).covers(*word.box.middle)]
        inside.sort(key=lambda word: place_of(word).x0)
        step = pitch or (_step(inside) if inside else None)
        if not inside or step is None:
            continue
        made += _spelled([_untoothed(word) for word in inside], step)
        left = [word for word in left if word not in inside]
        if pitch is None:
            spaced.append(box)
    return (*left, *made), (*ruled, *spaced)


def _comb(frame: Box, uprights: Sequence[Box]) -> Comb | None:
    """A frame as a comb, if lines of its own height part it evenly into cells for one character each."""
    if not 8 <= frame.height <= _HIGHEST:
        return None
    parting = [
        u.middle[0]
        for u in uprights
        if frame.x0 - 2 < u.middle[0] < frame.x1 + 2 and u.top < frame.top + 3 and u.bottom > frame.bottom - 3
    ]
    sides = _distinct(sorted([frame.x0, *parting, frame.x1]))
    if len(sides) < 3:
        return None
    widths = [b - a for a, b in itertools.pairwise(sides)]
    pitch = min(widths)
    # A line that was not seen leaves a cell twice or three times as wide.
    even = all(abs(width / pitch - round(width / pitch)) < 0.2 and width < 3.5 * pitch for width in widths)
    pitch = (sides[-1] - sides[0]) / sum(round(width / pitch) for width in widths)
    fits = _NARROWEST < pitch < _WIDEST and pitch < 1.7 * frame.height and 2 * len(widths) > frame.width / pitch
    return Comb(frame, pitch) if even and fits else None


def _distinct(places: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for place in places:
        if not kept or place - kept[-1] > 3:
            kept.append(place)
    return kept


def _one_field(left: Comb, right: Comb) -> bool:
    level = abs(left.box.top - right.box.top) < 3 and abs(left.box.bottom - right.box.bottom) < 3
    alike = abs(left.pitch - right.pitch) < 0.2 * left.pitch
    return level and alike and -2 < right.box.x0 - left.box.x1 < _GROUP_GAP * left.pitch


def _step(words: Sequence[Word]) -> float | None:
    """The pitch at which the characters of these words stand, None if they are not apart as in cells."""
    boxes = [word.box for word in words if word.box is not None]
    height = median(box.height for box in boxes)
    steps = [
        (word.box.width - 0.75 * height) / (len(word.text) - 1)
        for word in words
        if word.box is not None and len(word.text) > 2
    ]
    gaps = [
        b.middle[0] - a.middle[0]
        for (one, a), (other, b) in itertools.pairwise(zip(words, boxes, strict=True))
        if len(one.text) == len(other.text) == 1
    ]
    steps += [gap for gap in gaps if gap < 1.4 * min(gaps)]
    if not steps:
        return None
    return median(steps) if _LOOSE * height < min(steps) and _NARROWEST < median(steps) < _WIDEST else None


def _spelled(words: Sequence[Word], step: float) -> list[Word]:
    """Words of the characters in cells, parted where a cell was left empty."""
    groups: list[list[Word]] = []
    for word in words:
        end = place_of(groups[-1][-1]).x1 if groups else -1e6
        middle = (
            place_of(groups[-1][-1]).middle[0] if groups and len(groups[-1][-1].text) == len(word.text) == 1 else -1e6
        )
        if place_of(word).x0 - end > _BLANK * step and place_of(word).middle[0] - middle > 1.6 * step:
            groups.append([])
        groups[-1].append(word)
    return [_word(group) for group in groups]


def _untoothed(word: Word) -> Word:
    """A character without the sign that a reader of pixels makes of the line beside it."""
    bare = word.text.strip(",.'|:;_")
    noisy = word.confidence is not None and len(word.text) == 2 and len(bare) == 1
    if not noisy:
        return word
    box = place_of(word)
    return replace(word, text=bare, box=replace(box, x1=box.x0 + box.width / 2))


def _word(group: Sequence[Word]) -> Word:
    sure = [word.confidence for word in group if word.confidence is not None]
    return Word(
        "".join(word.text for word in group),
        Box.around(word.box for word in group if word.box is not None),
        Span(min(word.span.start for word in group), max(word.span.end for word in group)),
        min(sure, default=None),
    )
