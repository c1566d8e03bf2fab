"""Words set with space between their letters ("P A T I E N T"), put together again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median_low

from intake.pdf.letters import Letter, Space

_Word = list[Letter]
# Ink of neighbouring letters that is usually this share of their height apart is letter-spaced: in ordinary text the
# share is a tenth and less.
_SPACED = 0.18
# A space between words is at least this share wider than the gap between letters; in ordinary fonts it is more.
_WIDER = 0.3
# Fewer letters in a row may be anything: "Y N", "a b c".
_FEWEST = 4
# Letters farther apart than this share of their height are marks in columns. A space of its own between two letters of
# ordinary fonts takes about half of a capital's height; titles are set with up to one.
_WIDEST = 1.2
# A gap so much wider than the others of its run parts two words.
_PARTS = 1.6


def parting_gaps(letters: Iterable[Letter | Space]) -> dict[int, float]:
    """By object, of letter-spaced ones alone: the narrowest gap that parts its words, in points."""
    gaps: dict[int, list[tuple[float, float]]] = {}
    for before, after in pairwise(one for one in letters if not isinstance(one, Space)):
        height = max(before.box[3] - before.box[1], after.box[3] - after.box[1])
        if before.owner == after.owner and height > 0:
            gaps.setdefault(before.owner, []).append((after.box[0] - before.box[2], height))
    parting = {}
    for owner, told in gaps.items():
        usual, height = median_low([gap for gap, _ in told]), max(height for _, height in told)
        if len(told) >= _FEWEST - 1 and _SPACED * height <= usual <= _WIDEST * height:
            parting[owner] = usual + _WIDER * height
    return parting


def joined_up(words: Iterable[_Word]) -> Iterator[_Word]:
    """The words, runs of single letters at regular distances put together.

    Runs of digits stay as they are (the scale 0 1 2 3 4), and so do letters that only count (a b c d, Y N Y N).
    """
    run: list[_Word] = []
    for word in words:
        if run and not (_single(word) and _follows(run[-1][0], word[0])):
            yield from _resolved(run)
            run = []
        if _single(word):
            run.append(word)
        else:
            yield word
    yield from _resolved(run)


def _single(word: _Word) -> bool:
    return len(word) == 1 and word[0].text.isalnum()


def _follows(before: Letter, after: Letter) -> bool:
    height = max(before.box[3] - before.box[1], after.box[3] - after.box[1])
    beside = min(before.box[3], after.box[3]) - max(before.box[1], after.box[1]) > 0.5 * height
    return beside and -0.1 * height <= after.box[0] - before.box[2] <= 2 * _WIDEST * height


def _resolved(run: Sequence[_Word]) -> Iterable[_Word]:
    if len(run) < _FEWEST or _counts("".join(word[0].text for word in run)):
        return run
    gaps = [after[0].box[0] - before[0].box[2] for before, after in pairwise(run)]
    usual = median_low(gaps)
    if usual > _WIDEST * max(word[0].box[3] - word[0].box[1] for word in run):
        return run
    joined: list[_Word] = [list(run[0])]
    for gap, word in zip(gaps, run[1:], strict=True):
        if gap > _PARTS * usual + 0.5:
            joined.append([])
        joined[-1] += word
    # A real word among them: otherwise these are marks that happen to stand together.
    return joined if max(map(len, joined)) >= _FEWEST - 1 else run


def _counts(letters: str) -> bool:
    """Whether the letters are an enumeration, not a word."""
    steps = {ord(after) - ord(before) for before, after in pairwise(letters)}
    return not any(letter.isalpha() for letter in letters) or len(set(letters.lower())) <= 2 or steps == {1}
