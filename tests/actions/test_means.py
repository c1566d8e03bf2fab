from __future__ import annotations

from pathlib import Path

from actions.means import lend


def test_limits_that_are_named_differ_from_the_default() -> None:
    means = lend(Path("/t"), 3, limits={"pages": 9})
    assert (means.tessdata, means.jobs, means.limits.pages) == (Path("/t"), 3, 9)
    assert means.limits.memory_bytes == lend(Path("/t"), None, limits={}).limits.memory_bytes


def test_without_a_number_there_is_one_job_a_core() -> None:
    assert lend(Path("/t"), None, limits={}).jobs >= 1
