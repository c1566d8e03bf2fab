"""Words that were read beside the words that stand there: exact, case-sensitive multisets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from models.document import Page
from models.truth import PageTruth
from scoring.rates import share


@dataclass(frozen=True, slots=True)
class WordCount:
    """How many words stand on a page, how many of them were read, and how many were read at all."""

    true: int = 0
    hits: int = 0
    read: int = 0

    @property
    def recall(self) -> float | None:
        """The share of the true words that was read."""
        return share(self.hits, self.true)

    @property
    def precision(self) -> float | None:
        """The share of the words read that stand there."""
        return share(self.hits, self.read)


def count_words(true: Iterable[str], read: Iterable[str]) -> WordCount:
    """Compare two multisets of words."""
    wanted, got = Counter(true), Counter(read)
    return WordCount(wanted.total(), (wanted & got).total(), got.total())


def words_of(truth: PageTruth, page: Page | None) -> WordCount:
    """The words of a page but for those written by hand, which nobody claims to read; None: it was not read."""
    by_hand = Counter(word.text for word in truth.words if word.kind == "handwritten")
    true = [word.text for word in truth.words if word.kind != "handwritten"]
    read = Counter(word.text for word in page.words) if page is not None else Counter[str]()
    spare = read - Counter(true)
    return count_words(true, (read - (spare & by_hand)).elements())


def total(counts: Iterable[WordCount]) -> WordCount:
    """The sum over pages."""
    every = tuple(counts)
    return WordCount(sum(one.true for one in every), sum(one.hits for one in every), sum(one.read for one in every))
