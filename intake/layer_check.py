"""Whether the words of a text layer are what the page shows. What is seen wins; what differs is kept as hidden.

Reading one word of clean print takes about 3 ms (benchmarks/text_layers.py), so every word with figures is read, a
sample of the others, and all of them once one of these is found to differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import cv2
import numpy as np

from intake.likeness import agrees, folded, has_figures, is_legible
from intake.ocr import OcrEngine, OcrWord
from intake.view import View
from models.document import HiddenWord
from models.geometry import Box
from models.parsed import HiddenReason, Pixels, VectorWord

# Grey levels of 255 between the darkest and the lightest pixel of a word's box, below which nobody sees a word there.
# Set by hand between white on white and the palest print of benchmarks/text_layers.py (80 % white, 51 levels).
_CONTRAST = 14
# Points: letters lower than this, and narrower than this on average, cannot be read; small print has 4-point letters.
_TINY = (1.7, 0.9)
# The share of the smaller of two words' boxes that they have in common when both claim one place.
_SAME_PLACE = 0.2
_SAME_HEIGHT = 1.8
# How sure (0..1) a reading must be to speak against the text layer.
_SURE = 0.8
# Words at most that are read for their figures, and of the others before there is any doubt.
_FIGURES, _SAMPLE = 400, 48
_LONGEST = 16
# Words this many times higher than wide run up or down the page.
_UPRIGHT = 1.3
_MARGIN = 10
# From this share of words that differ on, the whole page is read from its pixels.
_MOST = 0.5

Reading = tuple[str, float]
Why: TypeAlias = HiddenReason | Literal["unlike"]


@dataclass(frozen=True, slots=True)
class Sight:
    """A page as it looks: its grey levels, the same without rules and boxes, and the way from points to pixels."""

    gray: Pixels
    clean: Pixels
    view: View
    dpi: float


@dataclass(frozen=True, slots=True)
class Checked:
    """The words that stand, in the file's order, and those that cannot be seen as they are told."""

    standing: tuple[VectorWord, ...]
    hidden: tuple[HiddenWord, ...]
    lost: bool = False


def check_layer(words: Sequence[VectorWord], sight: Sight, engine: OcrEngine) -> Checked:
    """Compare a text layer with the drawn page; boxes are in the reading frame.

    A word without ink in its place is hidden; so is one that the file says is hidden, or that shares its place with
    another, unless it is what is read there; and one with ink that several readings clearly say is another word. Where
    most words are hidden, none stands: the page is to be read from its pixels.
    """
    check = _Check(tuple(words), sight, engine)
    return check.run()


def shows_ink(sight: Sight, box: Box) -> bool:
    """Whether anything that can be seen is drawn in a box of the reading frame."""
    part = _crop(sight.gray, sight, box)
    return bool(part.size) and int(part.max()) - int(part.min()) >= _CONTRAST


class _Check:
    """One run over the words of a page; verdicts are reasons by the word's number, None for words that stand."""

    def __init__(self, words: tuple[VectorWord, ...], sight: Sight, engine: OcrEngine) -> None:
        self._words = words
        self._sight = sight
        self._engine = engine
        self._hidden: dict[int, Why] = {}
        self._read: set[int] = set()
        self._agreed: set[int] = set()
        self._rivals = _rivals(words)

    def run(self) -> Checked:
        suspects = self._without_ink()
        self._judge(suspects)
        open_ = [n for n in range(len(self._words)) if n not in self._hidden and n not in self._read]
        figures = [n for n in open_ if has_figures(self._words[n].text)]
        self._judge(_spread(figures, _FIGURES))
        self._judge(_spread(self._sample(open_), _SAMPLE))
        if "unlike" in self._hidden.values():
            self._judge([n for n in open_ if n not in self._read])
        told = [n for n, word in enumerate(self._words) if is_legible(word.text)]
        inked = [n for n in told if self._hidden.get(n) in ("unlike", "garbled", "covered", "invisible")]
        lost = len(inked) > _MOST * max(1, len(told))
        return Checked(
            () if lost else tuple(word for n, word in enumerate(self._words) if n not in self._hidden),
            tuple(HiddenWord(self._words[n].text, self._words[n].box, why) for n, why in sorted(self._hidden.items())),
            lost,
        )

    def _without_ink(self) -> list[int]:
        """Give the verdict on words that have no ink or are too small; the numbers of those that have to be read."""
        suspects = []
        for number, word in enumerate(self._words):
            why: Why | None = word.hidden
            if why is None and any(c.isalnum() for c in word.text):
                why = "tiny" if _is_tiny(word) else None
            if why in ("off-page", "tiny"):
                self._hidden[number] = why
            elif any(c.isalnum() for c in word.text) and not shows_ink(self._sight, word.box):
                self._hidden[number] = why or "paper-coloured"
            elif why is not None or number in self._rivals:
                suspects.append(number)
        return suspects

    def _judge(self, numbers: Sequence[int]) -> None:
        """Read these words. One that the file says is hidden stands only if a reading agrees, others fall only if
        readings clearly say something else, or another word is what is read in their place.
        """
        self._read.update(numbers)
        wanted = [n for n in numbers if is_legible(self._words[n].text)]
        for n in set(numbers) - set(wanted):
            why = self._words[n].hidden
            if why is not None and not _is_sign(self._words[n]):
                self._hidden[n] = why
        readings: dict[int, list[Reading]] = {n: [] for n in wanted}
        for look in _LOOKS:
            open_ = [n for n in wanted if n not in self._agreed]
            if not open_:
                return
            pictures = [look(self._sight, self._words[n].box) for n in open_]
            for n, line in zip(open_, self._engine.read_lines(pictures, self._sight.dpi), strict=True):
                readings[n].append(_reading(line))
                if agrees(self._words[n].text, readings[n][-1][0]):
                    self._agreed.add(n)
        for n in wanted:
            if n not in self._agreed:
                replaced = any(other in self._agreed for other in self._rivals.get(n, ()))
                told: Why | None = self._words[n].hidden or ("covered" if replaced else None)
                if told is not None or _is_clear(self._words[n].text, readings[n]):
                    self._hidden[n] = told or "unlike"

    def _sample(self, numbers: Iterable[int]) -> list[int]:
        """Of each stretch of a line its longest word that can be read, and the words that follow a colon."""
        chosen: dict[tuple[int, int], int] = {}
        after: list[int] = []
        colon = False
        for n in numbers:
            word = self._words[n]
            if is_legible(word.text) and not has_figures(word.text) and word.box.height < 3 * word.box.width:
                if colon:
                    after.append(n)
                key = round(word.box.bottom / 4), int(word.box.x0 // 150)
                best = chosen.get(key)
                if len(word.text) <= _LONGEST and (best is None or len(word.text) > len(self._words[best].text)):
                    chosen[key] = n
            colon = word.text.endswith(":")
        return sorted({*_spread(after, _SAMPLE // 2), *chosen.values()})


def _is_tiny(word: VectorWord) -> bool:
    return word.box.height < _TINY[0] and word.box.width < _TINY[1] * len(word.text)


def _rivals(words: Sequence[VectorWord]) -> dict[int, set[int]]:
    """The words that share their place with others of about their height that say something else; and with which."""
    shelves: defaultdict[int, list[int]] = defaultdict(list)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for number, word in enumerate(words):
        if not is_legible(word.text) or word.hidden == "off-page":
            continue
        rows = range(int(word.box.top // 8), int(word.box.bottom // 8) + 1)
        for other in {n for row in rows for n in shelves[row]}:
            if _one_place(words[other].box, word.box) and folded(words[other].text) != folded(word.text):
                found[number].add(other)
                found[other].add(number)
        for row in rows:
            shelves[row].append(number)
    return dict(found)


def _one_place(one: Box, other: Box) -> bool:
    low, high = sorted((one.height, other.height))
    return high <= _SAME_HEIGHT * low and one.common(other) > _SAME_PLACE * min(one.area, other.area)


def _spread(numbers: Sequence[int], most: int) -> list[int]:
    """At most so many of the numbers, from all over."""
    if len(numbers) <= most:
        return list(numbers)
    return [numbers[int(at)] for at in np.linspace(0, len(numbers) - 1, most)]


def _crop(pixels: Pixels, sight: Sight, box: Box) -> Pixels:
    x0, top, x1, bottom = sight.view.pixels(box)
    return pixels[top : max(bottom, top + 1), x0 : max(x1, x0 + 1)]


def _cleaned(sight: Sight, box: Box) -> Pixels:
    return _printed(_level(_crop(sight.clean, sight, box.grown(0.5)), box))


def _enlarged(sight: Sight, box: Box) -> Pixels:
    part = _printed(_level(_crop(sight.gray, sight, box.grown(0.8)), box))
    return np.asarray(cv2.resize(part, None, fx=1.6, fy=1.6, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _softened(sight: Sight, box: Box) -> Pixels:
    part = _printed(_level(_crop(sight.gray, sight, box.grown(0.3)), box, clockwise=True))
    return np.asarray(cv2.GaussianBlur(part, (0, 0), 0.7), dtype=np.uint8)


def _overturned(sight: Sight, box: Box) -> Pixels:
    return np.rot90(_enlarged(sight, box), 2)


# Each look draws the same ink a little differently, so that a slip of one picture is not repeated by the next; print
# that runs up or down is turned both ways, and print that stands on its head is turned last.
_LOOKS = (_cleaned, _enlarged, _softened, _overturned)


def _level(part: Pixels, box: Box, *, clockwise: bool = False) -> Pixels:
    """Print that runs up the page, or with `clockwise` down it, turned level."""
    if box.height < _UPRIGHT * box.width or not part.size:
        return part
    return np.rot90(part, 1 if clockwise else 3)


def _printed(part: Pixels) -> Pixels:
    """The picture of a word as black on white, with a margin."""
    if part.size == 0:
        return np.full((2 * _MARGIN, 2 * _MARGIN), 255, dtype=np.uint8)
    low, high = int(part.min()), int(part.max())
    if high - low >= _CONTRAST:
        part = np.asarray((part.astype(np.float32) - low) * (255 / (high - low)), dtype=np.uint8)
    edge = np.concatenate((part[0], part[-1], part[:, 0], part[:, -1]))
    if float(np.median(edge)) < 128:
        part = np.asarray(255 - part, dtype=np.uint8)
    return np.pad(part, _MARGIN, constant_values=255)


def _reading(line: tuple[OcrWord, ...]) -> Reading:
    return "".join(word.text for word in line), min((word.confidence for word in line), default=0.0)


def _is_clear(told: str, readings: Sequence[Reading]) -> bool:
    """Whether two pictures of the word say the same other thing, one of them surely, and none as surely another."""
    seen = [(folded(text), confidence) for text, confidence in readings[:-1]]
    best, sure = max(seen, key=lambda reading: reading[1], default=("", 0.0))
    again = sum(text == best for text, _ in seen)
    return sure >= _SURE and again >= 2 and len(best) >= 0.5 * len(folded(told)) and len(best) > 0


def _is_sign(word: VectorWord) -> bool:
    """Whether a garbled word is one sign: a bullet or a box of a symbol font."""
    return word.hidden == "garbled" and len(word.text) == 1
