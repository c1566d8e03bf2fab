from __future__ import annotations

from collections import Counter

from benchmarks.service_ingest import Told, said


def test_the_sentence_has_all_figures() -> None:
    told = Told([float(n) for n in range(101)], Counter({"202": 101, "503 with Retry-After": 3}), [])
    text = said("a burst", 104, told, lost=0, peak_mb=212.4)
    assert text == (
        "a burst: 104 sent, 101 acknowledged after 50 ms (median), 95 (p95), 99 (p99), 0 lost; "
        "statuses 202: 101, 503 with Retry-After: 3; API at most 212 MB"
    )


def test_nothing_acknowledged_is_said_too() -> None:
    assert "0 acknowledged after 0 ms" in said("none", 1, Told(), lost=0, peak_mb=0.0)
