"""Words that coarse print broke, read again by what forms print: "Subm1ttrd" is no word, "submitted" is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from intake.ocr import OcrWord
from intake.printed_words import PRINTED_WORDS

# A word of at least this confidence is left alone.
_DOUBT = 0.9
# What a mended word is worth: never enough for a value that nobody looks at again. Of 41 mended on 32 fax pages 39
# were right (204 x 98, counted once).
_WORTH = 0.8
# The slips that are forgiven, in letters of the word; a runner-up must be worse by as much as _MARGIN slips.
# Halves of a word that are put together may have fewer slips; a line of more words is prose, full of other words.
_SLIPS, _SLIPS_OF_HALVES, _MARGIN = 0.15, 0.12, 0.3
_LONGEST_LINE = 9
# What a slip costs: between letters that lose their difference when strokes break, at a broken-off piece, elsewhere.
_ALIKE, _PIECE, _OTHER = 0.4, 0.4, 1.0
_PIECES = frozenset("il1tjrf'’‘!|.,-;:\"~`")
_CLASSES = (
    "iltj1!|fr",
    "eocg0qdaG6",
    "efprbk",
    "nhumrwa",
    "s58$b3",
    "vyuf",
    "zs42",
    "tfr7",
    "mnwh",
    "0do8q",
    "dol",
    "ab4",
)
_CORE = re.compile(r"^([(\[\"'“‘]*)(.*?)([\])}.,:;?*#\"'’”]*)$")
# What broken strokes leave before a word.
_TICKS = "'‘“\""
# Heights of a letter that may lie between two halves of a word.
_SPLIT = 0.75
_SHORTEST, _SHORTEST_OF_HALVES = 5, 7
# Words that are no halves of others.
_SMALL_WORDS = (
    "a an and any as at by do for from has have he her his if in is it its no not of on or per phone so than that the "
    "their then they this to too up use used was we what when which who will with you your date name number code item "
    "page plan call part fax tax zip yes new sex age"
)
_WHOLE = frozenset(_SMALL_WORDS.split())


def mended(line: Sequence[OcrWord]) -> tuple[OcrWord, ...]:
    """The words of a line, doubtful ones that are a slip or two away from a word that forms print made that word."""
    return tuple(_mended(word) for word in _united(line)) if len(line) <= _LONGEST_LINE else tuple(line)


def _mended(word: OcrWord) -> OcrWord:
    if word.confidence >= _DOUBT:
        return word
    found = _printed(word.text)
    return word if found is None else replace(word, text=found, confidence=max(word.confidence, _WORTH))


def _united(line: Sequence[OcrWord]) -> Iterator[OcrWord]:
    """The words, two halves of one that forms print put together."""
    at = 0
    while at < len(line):
        word, after = line[at], line[at + 1] if at + 1 < len(line) else None
        joined = _halves(word, after) if after is not None else None
        yield joined or word
        at += 2 if joined else 1


def _halves(left: OcrWord, right: OcrWord) -> OcrWord | None:
    if min(left.confidence, right.confidence) >= _DOUBT:
        return None
    if right.x0 - left.x1 > _SPLIT * max(left.bottom - left.top, right.bottom - right.top):
        return None
    if any(_is_whole(word.text) for word in (left, right)):
        return None
    found = _printed(left.text + right.text, _SLIPS_OF_HALVES, _SHORTEST_OF_HALVES)
    if found is None:
        return None
    return OcrWord(found, left.x0, min(left.top, right.top), right.x1, max(left.bottom, right.bottom), _WORTH)


def _is_whole(text: str) -> bool:
    """Whether a text is a word or a number by itself."""
    match = _CORE.match(text)
    core = match[2].lower() if match is not None else ""
    return not core or core in PRINTED_WORDS or core in _WHOLE or any(c.isdigit() for c in core)


@lru_cache(maxsize=20_000)
def _printed(text: str, slips: float = _SLIPS, shortest: int = _SHORTEST) -> str | None:
    """The word of the vocabulary that a misread text stands for, with its signs and its capitals; None: none does."""
    match = _CORE.match(text)
    if match is None:
        return None
    before, core, after = match.groups()
    letters = [c for c in core if c.isalpha()]
    if len(core) < shortest or len(letters) < 0.7 * len(core):
        return None
    key = core.lower()
    if key in PRINTED_WORDS:
        return text
    most = slips * len(key)
    rivals = process.extract(
        key, _sized(len(key)), scorer=Levenshtein.distance, score_cutoff=int(most / _ALIKE), limit=12
    )
    ranked = sorted((_distance(key, rival), rival) for rival, _, _ in rivals)
    if not ranked or ranked[0][0] > most or (len(ranked) > 1 and ranked[1][0] - ranked[0][0] < _MARGIN):
        return None
    return before.strip(_TICKS) + _cased(ranked[0][1], core, letters) + after


def _cased(word: str, core: str, letters: Sequence[str]) -> str:
    if sum(c.isupper() for c in letters) > 0.6 * len(letters):
        return word.upper()
    return word.capitalize() if core[0].isupper() else word


@lru_cache(maxsize=64)
def _sized(length: int) -> tuple[str, ...]:
    """The words of about this length."""
    return tuple(sorted(word for word in PRINTED_WORDS if abs(len(word) - length) <= 2 and len(word) >= _SHORTEST))


def _distance(read: str, meant: str) -> float:
    """The least cost of the slips that turn one word into another."""
    before = [0.0]
    for letter in meant:
        before.append(before[-1] + (_PIECE if letter in _PIECES else _OTHER))
    for sign in read:
        row = [before[0] + (_PIECE if sign in _PIECES else _OTHER)]
        for at, letter in enumerate(meant):
            row.append(
                min(
                    before[at] + (0.0 if sign == letter else _ALIKE if (sign, letter) in _PAIRS else _OTHER),
                    before[at + 1] + (_PIECE if sign in _PIECES else _OTHER),
                    row[at] + (_PIECE if letter in _PIECES else _OTHER),
                )
            )
        before = row
    return before[-1]


_PAIRS = frozenset((one, other) for group in _CLASSES for one in group for other in group if one != other)
