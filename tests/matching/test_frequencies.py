from __future__ import annotations

import pytest

from matching.frequencies import family_share, given_share
from models.directory import Population

LARGE = Population(1_000_000, family={"SMITH": 9000}, given={"JOHN": 20_000, "JOAN": 3000, "ZEBULON": 20})


def test_a_name_is_as_frequent_as_the_directory_has_it() -> None:
    assert given_share("JOHN", LARGE) == pytest.approx(0.02, rel=0.01)
    assert family_share("SMITH", LARGE) == pytest.approx(0.009, rel=0.01)
    assert given_share("ZEBULON", LARGE) == pytest.approx(2e-5, rel=0.1)


def test_a_misreading_is_as_frequent_as_the_names_it_may_come_from() -> None:
    assert given_share("JOHNN", LARGE) == pytest.approx(0.02 * 3e-4, rel=0.01)
    assert given_share("JOXN", LARGE) == pytest.approx(0.023 * 3e-4, rel=0.01), "of John or of Joan"
    assert given_share("J0HN".replace("0", "Q"), LARGE) == pytest.approx(0.02 * 4e-3, rel=0.02), "read alike"
    assert given_share("QWERTYUIOP", LARGE) == 5e-7


def test_a_small_directory_is_no_judge_of_what_is_rare() -> None:
    assert given_share("HAYDEN", Population(5)) == pytest.approx(1e-3, rel=0.02)
