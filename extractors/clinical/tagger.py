"""Problems, drugs, tests and procedures that no list of ours names: a small linear sequence model over words.

The weights (data/tagger.npz) are made by benchmarks/train_tagger.py. A booster of recall beside the vocabulary, never
its judge: what it finds has no concept.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from extractors.data_files import load_arrays
from models.geometry import Span
from models.mention import EntityCategory

BUCKETS = 1 << 17
CATEGORIES: tuple[EntityCategory, ...] = ("problem", "drug", "test", "procedure")
TAGS: tuple[str, ...] = ("O", *(f"{place}-{category}" for category in CATEGORIES for place in "BI"))

# Taken from the score of "no name": the reports are few, and their model too shy. On the held-out fifth of the training
# reports recall rises by .022 and precision falls by .005 from 0 to 4 (benchmarks/train_tagger.py).
EAGERNESS = 4.0

_TOKEN = re.compile(r"[A-Za-z]+(?:'s\b)?|\d+(?:[.,]\d+)*|[^\sA-Za-z\d]")
# Within a name nothing else follows its first word: an I tag only after its own B or I.
_FORBIDDEN = -1e4


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in a text: its category and its place there."""

    category: EntityCategory
    span: Span


def find_names(text: str) -> Iterator[Name]:
    """Find names in a sentence, in reading order, none overlapping another."""
    tokens = tokens_of(text)
    if not tokens:
        return
    words = [text[token.start : token.end] for token in tokens]
    emissions = np.stack([_weights()[feature_ids].sum(axis=0) for feature_ids in features(words)])
    emissions[:, 0] -= EAGERNESS
    for first, last, category in spans_of(best_path(emissions, _transitions())):
        yield Name(category, Span(tokens[first].start, tokens[last].end))


def tokens_of(text: str) -> tuple[Span, ...]:
    """Words, numbers and single marks of a text."""
    return tuple(Span(*match.span()) for match in _TOKEN.finditer(text))


def features(words: Sequence[str]) -> tuple[NDArray[np.int64], ...]:
    """The buckets of the features of each word: itself, its shape, ends, and neighbours."""
    low = ["<", "<", *(word.lower() for word in words), ">", ">"]
    seen = _Seen(
        low, ["", "", *map(_shape, words), "", ""], [_word_classes().get(_key(word), ("", "")) for word in low]
    )
    return tuple(
        np.array([zlib.crc32(name.encode()) % BUCKETS for name in _names(seen, n + 2)], dtype=np.int64)
        for n in range(len(words))
    )


def best_path(emissions: NDArray[np.float32], transitions: NDArray[np.float32]) -> list[int]:
    """The tags of the highest sum (Viterbi). `emissions` is (words, tags), `transitions` (from, to)."""
    score = emissions[0] + _START
    back = np.zeros(emissions.shape, dtype=np.int64)
    for n in range(1, len(emissions)):
        step = score[:, None] + transitions
        back[n] = step.argmax(axis=0)
        score = step[back[n], np.arange(len(TAGS))] + emissions[n]
    tags = [int(score.argmax())]
    for n in range(len(emissions) - 1, 0, -1):
        tags.append(int(back[n, tags[-1]]))
    return tags[::-1]


def allowed_steps() -> NDArray[np.float32]:
    """0 where a tag may follow another (from, to), else a large negative number."""
    steps = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    for n, before in enumerate(TAGS):
        for m, after in enumerate(TAGS):
            if after.startswith("I-") and before[2:] != after[2:]:
                steps[n, m] = _FORBIDDEN
    return steps


def spans_of(tags: Sequence[int]) -> Iterator[tuple[int, int, EntityCategory]]:
    """First and last word and category of each name."""
    first = None
    for n, tag in enumerate([*tags, 0]):
        if first is not None and not TAGS[tag].startswith("I-"):
            yield first, n - 1, CATEGORIES[(tags[first] - 1) // 2]
            first = None
        if TAGS[tag].startswith("B-"):
            first = n


_START = np.array([_FORBIDDEN if tag.startswith("I-") else 0.0 for tag in TAGS], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Words in lower case, their shapes and their classes (coarse, fine; "" for a rare word)."""

    low: Sequence[str]
    shapes: Sequence[str]
    classes: Sequence[tuple[str, str]]


def _names(seen: _Seen, n: int) -> Iterator[str]:
    low, shapes, classes = seen.low, seen.shapes, seen.classes
    word, before, after = low[n], low[n - 1], low[n + 1]
    for offset in (-2, -1, 0, 1, 2):
        coarse, fine = classes[n + offset]
        yield f"k{offset} {coarse}"
        yield f"f{offset} {fine}"
    yield f"ff- {classes[n - 1][1]} {classes[n][1]}"
    yield f"ff+ {classes[n][1]} {classes[n + 1][1]}"
    yield f"fs {classes[n][1]} {word[-3:]}"
    yield f"w {word}"
    yield f"-1 {before}"
    yield f"+1 {after}"
    yield f"-2 {low[n - 2]}"
    yield f"+2 {low[n + 2]}"
    yield f"-1w {before} {word}"
    yield f"w+1 {word} {after}"
    yield f"-1+1 {before} {after}"
    yield f"-2-1 {low[n - 2]} {before}"
    yield f"+1+2 {after} {low[n + 2]}"
    yield f"s {shapes[n]} {shapes[n - 1]} {shapes[n + 1]}"
    yield f"s {shapes[n]}"
    for size in (2, 3, 4, 5):
        if len(word) > size:
            yield f"e{size} {word[-size:]}"
            yield f"b{size} {word[:size]}"
    yield f"e-1 {before[-4:]}"
    yield f"e+1 {after[-4:]}"
    yield f"e3-1 {before[-3:]} {word[-3:]}"
    yield f"e3+1 {word[-3:]} {after[-3:]}"


def _key(word: str) -> str:
    return "0" if word[0].isdigit() else word


def _shape(word: str) -> str:
    if word.isdigit():
        return "0"
    if not word[0].isalnum():
        return word
    if word.isupper():
        return "A" if len(word) == 1 else "AA"
    return "Aa" if word[0].isupper() and word[1:].islower() else "aa" if word.islower() else "aA"


@cache
def _word_classes() -> dict[str, tuple[str, str]]:
    """The classes of benchmarks/train_word_classes.py, kept beside the weights as lines of "word coarse fine"."""
    lines = load_arrays("word_classes")["lines"].tobytes().decode().split("\n")
    return {word: (coarse, fine) for word, coarse, fine in (line.split(" ") for line in lines)}


@cache
def _weights() -> NDArray[np.float32]:
    arrays = load_arrays("tagger")
    return (arrays["weights"].astype(np.float32) * arrays["scale"].astype(np.float32)).astype(np.float32)


@cache
def _transitions() -> NDArray[np.float32]:
    return (load_arrays("tagger")["transitions"].astype(np.float32) + allowed_steps()).astype(np.float32)
