from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.installations import installation
from web.limits import Limits, limits_of, megabytes


def test_what_is_not_set_is_as_the_web_has_it(tmp_path: Path) -> None:
    made = installation(tmp_path)
    assert limits_of(made.upload, made.web) == Limits()


def test_what_an_operator_sets_counts(tmp_path: Path) -> None:
    upload = {
        "at_once": 3,
        "waiting": 4,
        "of_a_caller": 5,
        "patience_s": 6,
        "stall_s": 7,
        "bytes_per_s": 8,
        "grace_s": 9,
    }
    web = {
        "calls_per_s": 10,
        "burst": 11,
        "failures_per_s": 12,
        "failures": 13,
        "streams": 14,
        "streams_of_a_caller": 15,
    }
    made = installation(tmp_path, upload=upload, web=web)
    told = limits_of(made.upload, made.web)
    assert told.uploads == 3
    for name, value in {**upload, **web}.items():
        if name != "at_once":
            assert getattr(told, name) == value


@pytest.mark.parametrize(
    ("count", "said"), [(100_000_000, "100"), (104_857_600, "104.8"), (500_000, "0.5"), (99_999_999, "99.9")]
)
def test_how_much_may_come_is_told_in_round_numbers(count: int, said: str) -> None:
    assert megabytes(count) == said
