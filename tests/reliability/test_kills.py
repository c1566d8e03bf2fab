from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reliability.campaign import run
from tests.reliability.resume import p95, resumed_s
from tests.reliability.site import QUICK, Site, production

Size = Callable[[int, int], int]
Record = Callable[[str, object], None]


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.promise("durable", "once", "placed")
@pytest.mark.parametrize("seed", [60, 62])
def test_nothing_acknowledged_is_lost_or_done_twice_whoever_is_killed(
    tmp_path: Path, sized: Size, record_property: Record, seed: int
) -> None:
    kills = sized(18, 350)
    outcome = run(Site(tmp_path), kills=kills, seed=seed, quiet_s=sized(180, 1800))
    for name, value in outcome.figures().items():
        record_property(name, value)
    assert outcome.verdict.good, outcome.verdict
    assert outcome.kills.total() == kills
    assert outcome.verdict.acked > kills


@pytest.mark.slow
@pytest.mark.promise("noticed")
def test_the_harness_sees_a_receipt_that_comes_before_its_commit(tmp_path: Path, record_property: Record) -> None:
    tries = (
        run(Site(tmp_path / str(seed)), kills=6, seed=seed, mutation="answer-before-commit", of=["api"])
        for seed in (1, 2, 3)
    )
    lost = next((len(outcome.verdict.lost) for outcome in tries if outcome.verdict.lost), 0)
    record_property("lost, as it should", lost)
    assert lost


@pytest.mark.slow
@pytest.mark.promise("resumed")
def test_work_goes_on_within_a_minute_of_a_worker_s_death(tmp_path: Path, sized: Size, record_property: Record) -> None:
    deaths, tempo = sized(3, 20), production() if sized(0, 1) else QUICK
    seconds = resumed_s(Site(tmp_path, tempo=tempo), deaths=deaths, seed=20)
    record_property("deaths", len(seconds))
    record_property(f"p95 in seconds, leases of {tempo.lease_s:.0f} s", round(p95(seconds), 1))
    assert len(seconds) == deaths
    assert p95(seconds) <= 2 * tempo.lease_s  # 60 seconds at the settings of production
