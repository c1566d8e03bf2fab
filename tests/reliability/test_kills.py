from __future__ import annotations

from pathlib import Path

import pytest

from tests.reliability.campaign import run
from tests.reliability.site import Site


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_or_done_twice_whoever_is_killed(tmp_path: Path) -> None:
    outcome = run(Site(tmp_path), kills=60, seed=60)
    assert outcome.verdict.good, outcome.verdict
    assert outcome.kills.total() == 60
    assert outcome.verdict.acked > 60


@pytest.mark.slow
def test_the_harness_sees_a_receipt_that_comes_before_its_commit(tmp_path: Path) -> None:
    tries = (
        run(Site(tmp_path / str(seed)), kills=6, seed=seed, mutation="answer-before-commit", only="api")
        for seed in (1, 2, 3)
    )
    assert any(outcome.verdict.lost for outcome in tries)
