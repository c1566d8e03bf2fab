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
    assert "`test_zombies` (3 s, failed)" in rows[PROMISES["once"]]
    assert "| **not proved** | no test has run |" in rows[PROMISES["private"]]
