from __future__ import annotations

import datetime as dt

from tests.reliability.report import PROMISES, Proof, written


def test_a_promise_without_a_green_test_reads_not_proved() -> None:
    proofs = [
        Proof(("durable", "once"), "test_kills", True, 61.4, (("kills", 60), ("lost", 0))),
        Proof(("once",), "test_zombies", False, 3.0, ()),
    ]
    page = written(proofs, release=True, now=dt.datetime(2026, 11, 22, tzinfo=dt.UTC), seconds=120, cores=2)
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in page.splitlines() if line.startswith("| ")}
    assert "| yes | `test_kills` (61 s: kills 60; lost 0) |" in rows[PROMISES["durable"]]
    assert "| **not proved** |" in rows[PROMISES["once"]]
    assert "`test_zombies` (3 s, 1 failed)" in rows[PROMISES["once"]]
    assert "| **not proved** | no test has run |" in rows[PROMISES["private"]]


def test_the_runs_of_a_test_are_told_together() -> None:
    proofs = [
        Proof(("described",), f"test_calls[{name}]", passed, 2.0, (("cases", 51), ("seed", 6), ("way", name)))
        for name, passed in (("a", True), ("b", False))
    ]
    page = written(proofs, release=True, now=dt.datetime(2026, 11, 22, tzinfo=dt.UTC), seconds=120, cores=2)
    assert "`test_calls` (2 runs, 4 s, 1 failed: cases 102; seed 6; way a, b)" in page
