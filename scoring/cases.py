"""Which request of the answer is which case of the truth."""

from __future__ import annotations

from collections.abc import Mapping

from models.truth import PacketTruth
from scoring.answer import Answer
from scoring.stated import cases_of, pages_of

# A page that asks decides more than the chart around it.
_ASKING = 10


def matched(packet: PacketTruth, answer: Answer) -> Mapping[int, int]:
    """The number of the request of each case that has one: that with most of its pages, the asking ones first."""
    homes = answer.homes()
    common: dict[tuple[int, int], int] = {}
    for file, number, _, paper in pages_of(packet):
        home = homes.get((file, number))
        if paper is None or paper.case is None or home is None:
            continue
        pair = (paper.case, home)
        common[pair] = common.get(pair, 0) + (_ASKING if paper.request else 1)
    found: dict[int, int] = {}
    wanted = cases_of(packet)
    for case, home in sorted(common, key=lambda pair: (-common[pair], pair)):
        if case in wanted and case not in found and home not in found.values():
            found[case] = home
    return found
