"""Whether a confidence can be believed: how many of the values that claim it are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from scoring.fields import Judged
from scoring.rates import lower_bound, rates, share

# Finer where the values are, and where a reviewer is let off looking.
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.96, 0.98, 1.0)
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Bin:
    """The values with a confidence from `low` to below `high` (the last bin: to 1): how many, how many of them right.

    `claimed` is the mean of their confidences.
    """

    low: float
    high: float
    count: int
    right: int
    claimed: float


@dataclass(frozen=True, slots=True)
class Sure:
    """The values with a confidence of SURE and more: how many, how many of them right, of how many stated.

    `bound` is the lower end of the 95 % interval of the share that is right; `covered` the share of what the papers
    state that is among them and right.
    """

    count: int
    right: int
    stated: int
    precision: float | None
    bound: float | None
    covered: float | None


def bins(judged: Iterable[Judged]) -> tuple[Bin, ...]:
    """The reliability curve of all values that are given as clear, bins without any left out."""
    given = [(confidence, one.verdict == "right") for one, confidence in _given(judged)]
    found = []
    for low, high in pairwise(EDGES):
        inside = [(c, right) for c, right in given if low <= c < high or (c == high == 1.0)]
        if inside:
            claimed = sum(c for c, _ in inside) / len(inside)
            found.append(Bin(low, high, len(inside), sum(right for _, right in inside), claimed))
    return tuple(found)


def expected_error(curve: Iterable[Bin]) -> float | None:
    """The mean distance of claim and truth over all values: the expected calibration error."""
    every = tuple(curve)
    total = sum(one.count for one in every)
    return share(sum(abs(one.claimed * one.count - one.right) for one in every), total)


def sure(judged: Iterable[Judged]) -> Sure:
    """How many values claim a confidence that lets a reviewer off looking, and whether they are right."""
    every = tuple(judged)
    given = [one for one, confidence in _given(every) if confidence >= SURE]
    right = sum(one.verdict == "right" for one in given)
    stated = rates(every).stated
    return Sure(
        len(given), right, stated, share(right, len(given)), lower_bound(right, len(given)), share(right, stated)
    )


def _given(judged: Iterable[Judged]) -> Iterator[tuple[Judged, float]]:
    """The values given as clear of which the truth knows whether they are right."""
    for one in judged:
        if one.asserted and one.confidence is not None and one.verdict != "untold":
            yield one, one.confidence
