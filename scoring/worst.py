"""The errors that would mislead a person most: wrong values given as sure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.fields import Judged
from scoring.figures import typed
from scoring.packet import PacketScore


@dataclass(frozen=True, slots=True)
class Error:
    """A wrong leaf, with the packet it was read from."""

    packet: str
    design: str
    channel: str
    judged: Judged


def worst(scores: Iterable[PacketScore], number: int) -> tuple[Error, ...]:
    """The wrong values with the highest confidence first, then those that nobody stated."""
    found = [
        Error(score.name, score.design, score.channel, one)
        for score in scores
        for one in typed([score])
        if one.asserted and one.verdict in {"wrong", "extra"}
    ]
    return tuple(sorted(found, key=_rank)[:number])


def _rank(error: Error) -> tuple[bool, float, str, str]:
    one = error.judged
    return one.verdict == "extra", -(one.confidence or 0.0), error.packet, one.path
