"""A second look at short lines that were read with doubt or hold figures: the same ink, drawn a little differently.

One picture of "5721" read as "$721" with high confidence is a slip of that picture; the same ink enlarged or thinned is
read right. Readings vote word by word, and what they agree on sets the confidence: a number on which every picture
agrees is surer than its single score says, one on which they differ less sure. benchmarks/confidence.py prints what
share of words is right at each confidence that comes out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from intake.ocr import OcrEngine, OcrWord
from intake.two_languages import TwoLanguages, is_chinese
from models.parsed import Pixels

# Lines of more words are prose: their words support one another, and they would cost most of the time.
_SHORT = 7
_DOUBT = 0.9
# No page gets more second looks than this; a form has 40 to 70 short lines with figures.
_MOST = 80

# Lines of a page that are cut where two words may touch; each costs up to 48 readings, a form has one or two.
_MOST_PARTED = 8
# So many lines of a mean confidence below this are halftone, hatching or specks; the worst fax pages of
# benchmarks/damage.py that hold text read at .5 and more.
_NOISE_LINES, _NOISE = 60, 0.35
# Of so many lines one is read first; when these come out surer than this on average, the others are read too.
_SAMPLE, _NOTHING = 4, 0.2

# What a vote is worth, by the share of readings that agree and by whether one of them was sure, as the confidence of
# a single reading that is as often right: of 681 voted words on 18 fresh fax pages .98 and .92 right where all agreed,
# .94 and .38 where four of five did, .79 and .40 where three did, .5 and .35 where two did. Counted once on pages made
# by benchmarks/confidence.py (seed 4242), which itself prints all words together, voted or not.
_SURE = 0.93
_WORTH = ((1.0, (0.97, 0.945)), (0.8, (0.955, 0.65)), (0.6, (0.885, 0.65)), (0.4, (0.75, 0.57)), (0.0, (0.3, 0.2)))

# A long word that no picture makes readable may be two that touch; both must then read this well for the cut to count.
_TOUCHING = 0.7
_TOUCHING_LETTERS = 9
_WELL = 0.8
_CUTS = 24

# Signs that figures and letters turn into when misread; a good reading without them is preferred.
_QUOTES = str.maketrans("’‘“”", "''\"\"")
_ODD = re.compile(r"[$§¥€£{}\\|~^<>¢©®«»]")

Line = tuple[OcrWord, ...]


def read_lines_twice(engine: OcrEngine, pictures: Sequence[Pixels], dpi: float, *, blur: float) -> tuple[Line, ...]:
    """The words of each one-line picture, short doubtful lines and short lines with figures read several times.

    The first reading is of the pictures blurred by `blur` pixels (sigma; 0: not at all), the others of the pictures
    as given.
    """
    lines = _first_look(engine, [_blurred(picture, blur) for picture in pictures], dpi)
    if isinstance(engine, TwoLanguages):
        lines = engine.read_again([_blurred(picture, blur) for picture in pictures], lines, dpi)
    if _is_noise(lines):
        return tuple(lines)
    wanted = [at for at, line in enumerate(lines) if _wanted(line)][:_MOST]
    partings = 0
    first = {at: [lines[at]] for at in wanted}
    for variants in (_NEAR, _FAR):
        open_ = [at for at in wanted if variants is _NEAR or len({_text(line) for line in first[at]}) > 1]
        for variant in variants:
            redrawn = [(at, *variant(pictures[at], blur)) for at in open_]
            read = engine.read_lines([picture for _, picture, _ in redrawn], dpi)
            for (at, _, scale), line in zip(redrawn, read, strict=True):
                first[at].append(tuple(_scaled(word, scale) for word in line))
    for at in wanted:
        lines[at] = _agreed(first[at])
        if partings < _MOST_PARTED and any(_may_touch(word) for word in lines[at]):
            partings += 1
            lines[at] = _parted(engine, _blurred(pictures[at], blur), lines[at], dpi)
    return tuple(lines)


def _first_look(engine: OcrEngine, pictures: Sequence[Pixels], dpi: float) -> list[Line]:
    """Every line once; of a pattern, of which a sample reads as nothing at all, the sample alone."""
    lines: list[Line] = [()] * len(pictures)
    step = _SAMPLE if len(pictures) >= _NOISE_LINES else 1
    for start in range(step):
        lines[start::step] = engine.read_lines(pictures[start::step], dpi)
        words = [word for line in lines[start::step] for word in line]
        if step > 1 and sum(word.confidence for word in words) < _NOTHING * max(1, len(words)):
            break
    return lines


def _is_noise(lines: Sequence[Line]) -> bool:
    """Whether so many lines read so badly that they are dots and dirt, not worth another look."""
    words = [word for line in lines for word in line]
    return len(lines) >= _NOISE_LINES and sum(word.confidence for word in words) < _NOISE * max(1, len(words))


def _wanted(line: Line) -> bool:
    if not 0 < len(line) <= _SHORT or is_chinese(line):
        return False
    figures = any(letter.isdigit() for word in line for letter in word.text)
    return figures or any(word.confidence < _DOUBT and any(c.isalnum() for c in word.text) for word in line)


def _blurred(picture: Pixels, sigma: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), dtype=np.uint8) if sigma else picture


def _enlarged(picture: Pixels, _: float) -> tuple[Pixels, float]:
    return np.asarray(cv2.resize(picture, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC), dtype=np.uint8), 1.5


def _thinned(picture: Pixels, blur: float) -> tuple[Pixels, float]:
    return _blurred(np.asarray(cv2.dilate(picture, np.ones((2, 2), np.uint8)), dtype=np.uint8), blur), 1.0


def _doubled(picture: Pixels, _: float) -> tuple[Pixels, float]:
    large = cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.GaussianBlur(large, (0, 0), 1.2), dtype=np.uint8), 2.0


def _reduced(picture: Pixels, blur: float) -> tuple[Pixels, float]:
    return np.asarray(
        cv2.resize(_blurred(picture, blur), None, fx=0.8, fy=0.8, interpolation=cv2.INTER_AREA), dtype=np.uint8
    ), 0.8


_NEAR = (_enlarged, _thinned)
_FAR = (_doubled, _reduced)


def _agreed(readings: Sequence[Line]) -> Line:
    """The words most readings agree on; readings of another number of words than most have no vote."""
    counts = Counter(len(line) for line in readings if line)
    if not counts:
        return readings[0]
    usual = max(counts, key=lambda length: (counts[length], length == len(readings[0])))
    voters = [line for line in readings if len(line) == usual]
    return tuple(_elected(column, len(readings)) for column in zip(*voters, strict=True))


def _elected(column: Sequence[OcrWord], readings: int) -> OcrWord:
    """The word with the most votes; typographic quotes make no other word, and odd signs no rival to a good plain
    reading.
    """
    votes: dict[str, list[OcrWord]] = {}
    for word in column:
        votes.setdefault(word.text.translate(_QUOTES), []).append(word)
    plain = {text: words for text, words in votes.items() if not _ODD.search(text)}
    if plain and max(word.confidence for words in plain.values() for word in words) >= _WELL:
        readings -= sum(len(words) for text, words in votes.items() if text not in plain)
        votes = plain
    winner = max(votes.values(), key=lambda words: (len(words), max(word.confidence for word in words)))
    sure = max(word.confidence for word in winner) >= _SURE
    worth = next(pair for share, pair in _WORTH if len(winner) >= share * readings)
    return replace(winner[0], confidence=worth[0] if sure else worth[1])


def _scaled(word: OcrWord, scale: float) -> OcrWord:
    x0, top, x1, bottom = (round(side / scale) for side in (word.x0, word.top, word.x1, word.bottom))
    return replace(word, x0=x0, top=top, x1=x1, bottom=bottom)


def _may_touch(word: OcrWord) -> bool:
    """Whether a word may be two: long, doubtful, and of letters, since figures are never set into one another."""
    long = len(word.text) >= _TOUCHING_LETTERS and not any(letter.isdigit() for letter in word.text)
    return long and word.confidence < _TOUCHING


def _parted(engine: OcrEngine, picture: Pixels, line: Line, dpi: float) -> Line:
    """Two texts that touch, as one typed onto the end of a printed label.

    Cut where little ink joins them, if both read well.
    """
    doubtful = min(line, key=lambda word: word.confidence)
    ink = (picture < 128).sum(axis=0)
    inside = range(max(2, doubtful.x0 + 8), min(len(ink) - 2, doubtful.x1 - 8))
    low = [x for x in inside if ink[x] <= ink[x - 2 : x + 3].min() and not (ink[x] == 0 and ink[x - 1] == 0)]
    cuts = sorted(low, key=lambda x: int(ink[x]))[:_CUTS]
    if not cuts:
        return line
    pads = ((0, 0), (10, 10))
    sides = [np.pad(part, pads, constant_values=255) for x in cuts for part in (picture[:, :x], picture[:, x:])]
    read = engine.read_lines(sides, dpi)
    best: tuple[float, Line] = (_WELL, line)
    for at, x in enumerate(cuts):
        left, right = read[2 * at], read[2 * at + 1]
        score = min((word.confidence for word in (*left, *right)), default=0.0) if left and right else 0.0
        if score > best[0]:
            best = (score, (*(_moved(word, -10) for word in left), *(_moved(word, x - 10) for word in right)))
    return best[1]


def _moved(word: OcrWord, by: int) -> OcrWord:
    return replace(word, x0=word.x0 + by, x1=word.x1 + by)


def _text(line: Line) -> str:
    return " ".join(word.text for word in line)
