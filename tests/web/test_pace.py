from __future__ import annotations

import pytest

from web.pace import Pace
from web.problems import Refusal


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    at = [1000.0]
    monkeypatch.setattr("web.pace.time.monotonic", lambda: at[0])
    return at


def test_a_bucket_empties_and_fills_again(clock: list[float]) -> None:
    pace = Pace(0.1, 3, "Slowly.")
    for _ in range(3):
        pace.step("a")
    with pytest.raises(Refusal, match="too-many-calls") as raised:
        pace.step("a")
    assert raised.value.detail == "Slowly."
    assert raised.value.retry_s == pytest.approx(10)
    pace.step("b")
    clock[0] += 10
    pace.step("a")
    with pytest.raises(Refusal):
        pace.step("a")
    clock[0] += 1000
    for _ in range(3):
        pace.step("a")


def test_only_failures_count_where_only_they_are_told(clock: list[float]) -> None:
    del clock
    pace = Pace(0.1, 2)
    for _ in range(10):
        pace.check("a")
    for _ in range(5):
        pace.failed("a")
    with pytest.raises(Refusal) as raised:
        pace.check("a")
    assert raised.value.retry_s == pytest.approx(10)


def test_what_is_charged_beyond_the_bound_is_owed(clock: list[float]) -> None:
    pace = Pace(1.0, 100)
    pace.charge("a", 250)
    with pytest.raises(Refusal) as raised:
        pace.check("a")
    assert raised.value.retry_s == pytest.approx(151)
    clock[0] += 151
    pace.check("a")


def test_without_a_bound_everything_passes() -> None:
    pace = Pace(None, 0)
    pace.step("a")
    pace.failed("a")
    pace.check("a")
    bounded = Pace(1.0, 1)
    bounded.step("a")
    with pytest.raises(Refusal):
        bounded.step("a")


def test_whose_bucket_was_used_the_longest_ago_is_forgotten(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    del clock
    monkeypatch.setattr("web.pace._MOST", 2)
    pace = Pace(0.1, 1)
    for name in ("a", "b", "c"):
        pace.step(name)
    pace.step("a")
    with pytest.raises(Refusal):
        pace.step("c")
