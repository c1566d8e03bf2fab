"""The text layer that came with a scan: someone else's OCR. It is never read; what it says that the scan does not show
is kept as hidden.

Ordinary differences between two OCR readings of one page are no news: of a layer that fits the page only values on bare
paper are told, and those that a nearly faultless layer gives otherwise than what is surely read in their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from intake.hidden_text import in_place, worth_telling
from intake.likeness import agrees, folded, likeness
from models.document import HiddenWord, Page, Word
from models.geometry import Box, Change
from models.parsed import Raster, VectorWord

# Shares of a layer's words that our own reading confirms. Below `_SAME_PAGE` it is of another page; from `_FAULTLESS`
# on a single value can tell; from `_FAIR` on a layer whose words are right and whose values are not (`_STRANGE`) is of
# another paper of the same kind. benchmarks/text_layers.py has layers with up to 60 % of the words misread.
_SAME_PAGE, _FAULTLESS, _FAIR, _STRANGE = 0.3, 0.85, 0.55, 0.2
# Likeness 0..1 of two readings of one word: surely, perhaps, hardly, and not at all.
_EQUAL, _LIKE, _UNLIKE, _NOTHING = 0.85, 0.7, 0.6, 0.35
# How sure (0..1) our own reading must be to speak against the layer; how many words and values tell about a page.
_SURE, _GOOD = 0.9, 0.8
_ENOUGH, _VALUES = 12, 3
_LONG = 4
# Heights of a line within which another word belongs to a value: two short words and their spaces.
_REACH = 3.0
_SAMPLE = 150
# Grey levels by which the darkest and the lightest twentieth of a box differ where something is written.
_INK = 40
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\W?")
_CODE = re.compile(r"\W?[A-Z]{0,3}\d[\d.-]{3,}[A-Z]?\W?|[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?\W?")


def with_hidden(read: Page, layer: Sequence[VectorWord], raster: Raster) -> Page:
    """A page that was read from its pixels, with the words of its text layer (received frame) that it does not show."""
    if not layer:
        return read
    seen = (*read.words, *read.margin)
    return replace(read, hidden=worth_telling(_unseen(layer, seen, raster=raster, to_received=read.to_received), seen))


def _unseen(
    layer: Iterable[VectorWord], seen: Sequence[Word], *, raster: Raster, to_received: Change
) -> Sequence[HiddenWord]:
    back = to_received.inverse()
    told = [(word, HiddenWord(word.text, back.box(word.box), word.hidden or "elsewhere")) for word in layer]
    long = [pair for pair in told if sum(c.isalnum() for c in pair[1].text) >= _LONG]
    if not long:
        return ()
    beyond = [word for _, word in told if word.reason == "off-page"]
    bare = [word for raw, word in told if word.reason != "off-page" and _is_bare(raw.box, raster)]
    visible = [folded(word.text) for word in seen]
    visible += ["".join(pair) for pair in pairwise(visible)]
    sample = long[:: max(1, len(long) // _SAMPLE)]
    if not seen or (_share(_closeness(sample, visible), _LIKE) < _SAME_PAGE and _is_good(seen)):
        others = [word for _, word in told] if seen else [*beyond, *bare]
        return [word for word in others if _nearest(word.text, visible) < _LIKE]
    prose = [pair for pair in sample if not _is_regular(pair[1].text)]
    fair = len(prose) >= _ENOUGH and _share(_closeness(prose, visible), _EQUAL) >= _FAIR
    values = [pair for pair in long if _is_regular(pair[1].text)]
    near = _closeness(values, visible)
    if fair and _is_good(seen) and len(values) >= _VALUES and _share(near, _EQUAL) <= _STRANGE:
        return [*beyond, *(word for (_, word), close in zip(values, near, strict=True) if close < _EQUAL)]
    found = list(beyond)
    if len(bare) < 0.5 * len(told):
        found += [w for w in bare if _is_regular(w.text) and _nearest(w.text, visible) < _UNLIKE and fair]
    found += _replaced([word for _, word in long], seen, visible=visible)
    return [*found, *_beside(found, [word for _, word in told if word not in found], bare=bare, seen=seen)]


def _beside(
    found: Sequence[HiddenWord], layer: Sequence[HiddenWord], *, bare: Sequence[HiddenWord], seen: Sequence[Word]
) -> list[HiddenWord]:
    """The words next to these in their lines that are not seen in their place either: "May 12," before "1960"."""
    near = [word for word in layer if any(_follow(word.box, other.box) for other in found)]
    return [
        word for word in near if word in bare or not any(agrees(word.text, w.text) for w in in_place(word.box, seen))
    ]


def _follow(one: Box, other: Box) -> bool:
    gap = max(one.x0, other.x0) - min(one.x1, other.x1)
    return one.rows_shared(other) > 0.5 and gap < _REACH * max(one.height, other.height)


def _closeness(pairs: Sequence[tuple[VectorWord, HiddenWord]], visible: Sequence[str]) -> list[float]:
    return [_nearest(word.text, visible) for _, word in pairs]


def _share(numbers: Sequence[float], least: float) -> float:
    return sum(number >= least for number in numbers) / max(1, len(numbers))


def _replaced(layer: Sequence[HiddenWord], seen: Sequence[Word], *, visible: Sequence[str]) -> list[HiddenWord]:
    """Values of a nearly faultless layer in whose place something else is surely read."""
    sure = [word for word in seen if word.confidence is not None and word.confidence >= _SURE]
    pairs = [(word, "".join(other.text for other in in_place(word.box, sure))) for word in layer]
    pairs = [(word, there) for word, there in pairs if there]
    right = sum(folded(word.text) in folded(there) for word, there in pairs)
    if len(pairs) < _ENOUGH or right < _FAULTLESS * len(pairs):
        return []
    return [
        word
        for word, there in pairs
        if _is_other(word.text, there) and (_is_regular(word.text) or _nearest(word.text, visible) < _UNLIKE)
    ]


def _is_other(told: str, there: str) -> bool:
    """Whether two values differ by more than a misread figure, or two words have next to nothing in common."""
    one, other = folded(told), folded(there)
    if not _is_regular(told):
        return told.strip(".,;:").isalpha() and likeness(one, other) < _NOTHING
    return (
        one not in other
        and other not in one
        and Levenshtein.distance(one, other) >= 2
        and likeness(one, other) < _EQUAL
    )


def _is_regular(text: str) -> bool:
    """Whether a word has the form of a date, a number or a code, and is no other word misread."""
    return _DATE.fullmatch(text) is not None or _CODE.fullmatch(text) is not None


def _nearest(text: str, visible: Sequence[str]) -> float:
    """The likeness of the visible word most like this one."""
    best = process.extract(folded(text), visible, scorer=fuzz.ratio, limit=1)
    return float(best[0][1]) / 100 if best else 0.0


def _is_good(seen: Sequence[Word]) -> bool:
    known = [word.confidence for word in seen if word.confidence is not None]
    return len(known) >= _ENOUGH and float(np.mean(known)) >= _GOOD


def _is_bare(box: Box, raster: Raster) -> bool:
    """Whether a box of the received page holds paper alone."""
    x, y = raster.dpi_x / 72, raster.dpi_y / 72
    top, left = max(0, int(box.top * y)), max(0, int(box.x0 * x))
    part = raster.pixels[top : max(top + 1, round(box.bottom * y)), left : max(left + 1, round(box.x1 * x))]
    return bool(part.size) and float(np.percentile(part, 95)) - float(np.percentile(part, 5)) < _INK
