from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.ocr import scanned
from benchmarks.service_workers import Turn, kept, made, speed_up, taken


def test_ways_take_turns_and_the_means_count(capsys: pytest.CaptureFixture[str]) -> None:
    order: list[str] = []

    def way(name: str, one_s: float, two_s: float) -> Turn:
        order.append(name)
        return Turn(10, one_s if name.endswith("1") else two_s, 5.0)

    ways = {
        "bare OCR": lambda n: way(f"bare {n}", 10.0, 5.0),
        "service": lambda n: way(f"service {n}", 20.0, 12.5),
    }
    turns = taken(ways, 2)
    assert order == ["bare 1", "service 1", "bare 2", "service 2"] * 2
    assert (speed_up(turns, "bare OCR"), speed_up(turns, "service")) == (2.0, 1.6)
    assert "service   2: 0.80 pages/s, 12 s, 0.50 CPU s/page, 0.40 cores busy" in capsys.readouterr().out


def test_faxes_are_made_until_there_are_enough_pages(tmp_path: Path) -> None:
    faxes = made(tmp_path, seed=1, pages=2)
    assert 2 <= sum(1 for fax in faxes for _ in scanned(fax)) <= 4


def test_what_is_kept_is_said_by_the_page() -> None:
    told = kept(750.4, [41.2, 9.0, 14.6])
    assert told == "service holds 750 MB in memory; KB a page: 41 received, 9 read off it, 15 in the database"
