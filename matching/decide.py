"""From weights to a decision: link, possible link, or no link."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.request import Candidate, Comparison, Match

# A link must be this probable among all candidates and the chance that none is right; below `_POSSIBLE` a person need
# not look. benchmarks/matching.py prints precision and recall of both.
_LINK = 0.99
_POSSIBLE = 0.05
# Where nobody shares a household there is nobody to be taken for: likelier than not is enough (benchmarks/febrl.py).
_LINK_ALONE = 0.5
# How many in a hundred that are asked for are not in the directory at all.
_ABSENT = 0.1
# Smaller directories are parts of a larger world: its size is what coincidence is measured by. A roster is its own.
_SMALLEST = 10_000
_SHOWN = 5
_LEAST_SHOWN = 0.001


@dataclass(frozen=True, slots=True)
class Kin:
    """How many in the directory share a household, a birth and household, or name and household with a person.

    `certain` says that nobody shares them: then a name that conflicts is no reason to refuse a link.
    """

    relatives: float
    twins: float
    namesakes: float
    certain: bool = False


# Where nobody shares a household, one field may be wrong altogether: none speaks more than this against a record.
# Of the Febrl files' typed duplicates, one in twelve has another given name.
_LEAST = 0.02
# The twins are far above the truth (one birth in thirty): one taken for another is the costly error.
HOUSEHOLD = Kin(3.0, 0.5, 0.05)


@dataclass(frozen=True, slots=True)
class Odds:
    """What the comparisons of one field come to, by who the record belongs to, as ratios to a stranger's chance.

    `vetoed` says that this field alone forbids a link.
    """

    field: str
    level: str
    same: float
    relative: float
    twin: float
    namesake: float
    vetoed: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """A record compared with whom is looked for."""

    record: str
    odds: tuple[Odds, ...]
    also: tuple[str, ...] = ()


def decide(
    compared: Sequence[Compared], *, size: int, kin: Kin = HOUSEHOLD, needed: frozenset[str] = frozenset()
) -> Match:
    """Choose among the candidates; `size` is the number of records in the directory, `kin` whom each stands
    beside. Of the fields `needed`, one at least must speak for a link.

    The rows of one record, and records under its other numbers, are one. Two that are as likely share the probability,
    so that neither is a link.
    """
    world = size if kin.certain else max(size, _SMALLEST)
    best: dict[str, tuple[float, Compared]] = {}
    for one in compared:
        likelihood = _likelihood(one.odds, world, kin)
        if one.record not in best or likelihood > best[one.record][0]:
            best[one.record] = (likelihood, one)
    merged = _merged(best)
    scale = (1 - _ABSENT) / world
    total = _ABSENT + sum(likelihood * scale for likelihood, _ in merged)
    ranked = sorted(((likelihood * scale / total, one) for likelihood, one in merged), key=_order)
    return _decision(ranked, kin, needed)


def _order(pair: tuple[float, Compared]) -> tuple[float, str]:
    return -pair[0], pair[1].record


def _likelihood(odds: Iterable[Odds], world: int, kin: Kin) -> float:
    """How much likelier all comparisons are for the same person than for anybody else there may be."""
    same = relative = twin = namesake = 1.0
    least = _LEAST if kin.certain else 0.0
    for one in odds:
        same *= max(one.same, least)
        relative *= one.relative
        twin *= one.twin
        namesake *= one.namesake
    others = kin.relatives * relative + kin.twins * twin + kin.namesakes * namesake
    return same / (1 + others / world)


def _merged(best: dict[str, tuple[float, Compared]]) -> list[tuple[float, Compared]]:
    """A record whose number is another's old one is the same person: the newer one stands for both."""
    newer = {old: record for record, (_, one) in best.items() for old in one.also if old in best and old != record}
    return [(likelihood, one) for record, (likelihood, one) in best.items() if record not in newer]


def _decision(ranked: Sequence[tuple[float, Compared]], kin: Kin, needed: frozenset[str]) -> Match:
    if not ranked:
        return Match(decision="non_link", record=None, probability=0.0)
    probability, first = ranked[0]
    shown = tuple(
        Candidate(record=one.record, probability=_rounded(chance))
        for chance, one in ranked[:_SHOWN]
        if chance >= _LEAST_SHOWN
    )
    comparisons = tuple(
        Comparison(field=odds.field, level=odds.level, weight=round(math.log2(odds.same), 2)) for odds in first.odds
    )
    vetoed = not kin.certain and (
        any(odds.vetoed for odds in first.odds)
        or (bool(needed) and not any(odds.same > 1 for odds in first.odds if odds.field in needed))
    )
    tied = len(ranked) > 1 and ranked[1][0] > probability / 2
    if probability >= (_LINK_ALONE if kin.certain else _LINK) and not vetoed:
        return _match("link", first.record, probability, comparisons, shown)
    if probability >= _POSSIBLE:
        return _match("possible_link", None if tied else first.record, probability, comparisons, shown)
    return _match("non_link", None, probability, comparisons, shown)


def _match(
    decision: str,
    record: str | None,
    probability: float,
    comparisons: tuple[Comparison, ...],
    shown: tuple[Candidate, ...],
) -> Match:
    return Match.model_validate(
        {
            "decision": decision,
            "record": record,
            "probability": _rounded(probability),
            "comparisons": comparisons,
            "candidates": shown,
        }
    )


def _rounded(probability: float) -> float:
    return round(probability, 6)
