from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from tests.reliability.report import PROMISES, Proof, Run, read_run, write_run, written

AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def page_of(*proofs: Proof) -> str:
    return written([Run(proofs, release=True, ended=AT, seconds=120)], cores=2)


def test_a_promise_without_a_green_test_reads_not_proved() -> None:
    page = page_of(
        Proof(("durable", "once"), "test_kills", True, 61.4, (("kills", 60), ("lost", 0))),
        Proof(("once",), "test_zombies", False, 3.0, ()),
    )
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
    page = page_of(*proofs)
    assert "`test_calls` (2 runs, 4 s, 1 failed: cases 102; seed 6; way a, b)" in page


def test_runs_are_kept_and_told_on_one_page(tmp_path: Path) -> None:
    kills = Run((Proof(("durable",), "test_kills", True, 61.4, (("kills", 60),)),), release=True, ended=AT, seconds=90)
    other = Run((Proof(("private",), "test_canaries", True, 9.0, ()),), release=True, ended=AT, seconds=30)
    for name, run in (("a", kills), ("b", other)):
        write_run(tmp_path / f"{name}.json", run)
    runs = [read_run(path) for path in sorted(tmp_path.glob("*.json"))]
    assert runs == [kills, other]
    page = written(runs, cores=2)
    again = Run((replace(kills.proofs[0], passed=False),), release=True, ended=AT + dt.timedelta(1), seconds=1)
    assert written([again, *runs], cores=2).count("| yes |") == 1
    assert "at the sizes of a release: 2 tests in 2 minutes" in page
    assert page.count("| yes |") == 2
