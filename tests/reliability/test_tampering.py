from __future__ import annotations

from pathlib import Path

from store import audit
from tests.reliability.tampering import fill, found
from tests.store.databases import new_database


def test_whatever_is_changed_is_found_and_the_first_wrong_row_is_named(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    fill(database, 30)
    assert audit.verify(database) == (30, ())
    assert [seed for seed in range(60) if not found(database, seed, 30)] == []
    assert audit.verify(database) == (30, ())
