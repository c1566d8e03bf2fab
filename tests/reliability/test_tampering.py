from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from store import audit
from tests.reliability.tampering import fill, found, unlock
from tests.store.databases import new_database


@pytest.mark.promise("audited")
def test_whatever_is_changed_is_found_and_the_first_wrong_row_is_named(
    tmp_path: Path, sized: Callable[[int, int], int], record_property: Callable[[str, object], None]
) -> None:
    database = new_database(tmp_path)
    unlock(database)
    fill(database, 30)
    assert audit.verify(database) == (30, ())
    count = sized(60, 1000)
    missed = [seed for seed in range(count) if not found(database, seed, 30)]
    record_property("tamperings", count)
    record_property("found", count - len(missed))
    assert missed == []
    assert audit.verify(database) == (30, ())
