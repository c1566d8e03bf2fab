"""Shares of counted things, and how far a share can be believed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scoring.fields import Judged

# Two-sided 95 %, of the normal distribution.
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Rates:
    """Verdicts counted. Of nothing a share is None."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    unclear: int = 0
    extra: int = 0
    untold: int = 0
    near: int = 0
    doubted: int = 0

    @property
    def stated(self) -> int:
        """How many leaves the papers state."""
        return self.right + self.wrong + self.missed + self.unclear

    @property
    def precision(self) -> float | None:
        """Of the values given as clear, the share that is right."""
        return share(self.right - self.doubted, self.right - self.doubted + self.wrong + self.extra)

    @property
    def recall(self) -> float | None:
        """Of the stated values, the share that is right."""
        return share(self.right, self.stated)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        precision, recall = self.precision, self.recall
        if precision is None or recall is None or precision + recall == 0:
            return None if recall is None else 0.0
        return 2 * precision * recall / (precision + recall)


def rates(judged: Iterable[Judged]) -> Rates:
    """Count verdicts; a doubt that the papers give reason for is right, but is no value given."""
    every = tuple(judged)
    count = Counter(one.verdict for one in every)
    return Rates(
        **{str(verdict): number for verdict, number in count.items()},
        near=sum(one.near for one in every),
        doubted=sum(one.verdict == "right" and not one.asserted for one in every),
    )


def share(part: float, whole: float) -> float | None:
    """`part` of `whole`; None of nothing."""
    return part / whole if whole else None


def lower_bound(right: int, of: int) -> float | None:
    """The lower end of the 95 % interval of a share.

    Source:
        E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927).
    """
    if not of:
        return None
    p = right / of
    middle = p + _Z**2 / (2 * of)
    spread = _Z * math.sqrt(p * (1 - p) / of + _Z**2 / (4 * of**2))
    return max(0.0, (middle - spread) / (1 + _Z**2 / of))
