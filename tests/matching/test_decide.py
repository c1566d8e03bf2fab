from __future__ import annotations

import pytest

from matching.decide import Compared, Kin, Odds, decide


def compared(record: str, bits: float, **more: bool) -> Compared:
    return Compared(record, (Odds("field", "exact", 2.0**bits, 1.0, 1.0, 1.0, **more),))


@pytest.mark.parametrize(
    ("bits", "decision"), [(40.0, "link"), (28.0, "link"), (22.0, "possible_link"), (12.0, "non_link")]
)
def test_the_decision_follows_the_weight(bits: float, decision: str) -> None:
    found = decide([compared("a", bits)], size=1_000_000)
    assert found.decision == decision
    assert (found.record == "a") == (decision != "non_link")
    assert found.comparisons[0].weight == bits


def test_a_larger_directory_asks_for_more() -> None:
    assert decide([compared("a", 24)], size=10_000).decision == "link"
    assert decide([compared("a", 24)], size=10_000_000).decision == "possible_link"


def test_a_runner_up_takes_its_share() -> None:
    assert decide([compared("a", 40), compared("b", 30)], size=10_000).decision == "link"
    near = decide([compared("a", 40), compared("b", 38)], size=10_000)
    assert (near.decision, near.record) == ("possible_link", "a")
    assert sum(one.probability for one in near.candidates) == pytest.approx(1, abs=0.001)
    assert decide([compared("b", 40), compared("a", 40)], size=10_000).record is None


def test_a_veto_holds_whatever_the_weight() -> None:
    assert decide([compared("a", 60, vetoed=True)], size=10_000).decision == "possible_link"
    alone = Kin(0.0, 0.0, 0.0, certain=True)
    assert decide([compared("a", 60, vetoed=True)], size=10_000, kin=alone).decision == "link"


def test_one_of_the_fields_needed_must_speak() -> None:
    assert decide([compared("a", 60)], size=10_000, needed=frozenset({"other"})).decision == "possible_link"
    assert decide([compared("a", 60)], size=10_000, needed=frozenset({"field"})).decision == "link"


def test_what_a_household_shares_is_no_proof() -> None:
    shared = Compared("a", (Odds("phone", "exact", 2.0**40, 2.0**40, 2.0**40, 1.0),))
    assert decide([shared], size=10_000).decision == "possible_link"
