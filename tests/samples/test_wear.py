from __future__ import annotations

import random

import numpy as np
import pytest

from models.truth import PageTruth
from samples.wear import Pixels, Wear, grain, some, worn

TRUTH = PageTruth("other", 612, 792)


def blank() -> Pixels:
    page = np.full((1584, 1224), 255, np.uint8)
    page[700:760, 200:900] = 0
    return page


def damaged(wear: Wear) -> Pixels:
    return worn(blank(), TRUTH, wear=wear, rng=np.random.default_rng(3))


def test_without_wear_nothing_changes() -> None:
    assert np.array_equal(damaged(Wear()), blank())


@pytest.mark.parametrize("wear", [Wear(streaks=3), Wear(holes=True), Wear(edge=12), Wear(faint=0.4)])
def test_wear_is_seen_and_the_same_each_time(wear: Wear) -> None:
    assert not np.array_equal(damaged(wear), blank())
    assert np.array_equal(damaged(wear), damaged(wear))


def test_print_grows_pale_and_paper_stays_white() -> None:
    page = damaged(Wear(faint=0.4))
    assert (int(page.min()), int(page.max())) == (102, 255)


def test_what_is_lost_at_the_edge_is_no_more_than_said() -> None:
    assert np.array_equal(damaged(Wear(edge=12))[:, :-24], blank()[:, :-24])


def test_easy_pages_have_no_streaks() -> None:
    easy = [some(random.Random(seed), hard=False) for seed in range(50)]
    assert not any(wear.streaks or wear.faint or wear.edge for wear in easy)
    assert any(some(random.Random(seed), hard=True).streaks for seed in range(20))


def test_grain_follows_from_the_generator() -> None:
    one, other = (grain((40, 50), 4.0, np.random.default_rng(7)) for _ in range(2))
    assert np.array_equal(one, other)
    assert 3.5 < float(one.std()) < 4.5
