from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from store import audit
from store.checkpoints import FolderPlace
from store.signing import open_signer
from tests.reliability.tampering import fill, found, unlock, verified
from tests.store.databases import new_database


@pytest.mark.promise("audited")
def test_whatever_is_changed_is_found_and_the_first_wrong_row_is_named(
    tmp_path: Path, sized: Callable[[int, int], int], record_property: Callable[[str, object], None]
) -> None:
    database, signer, place = new_database(tmp_path), open_signer(tmp_path), FolderPlace(tmp_path / "second")
    unlock(database)
    fill(database, 30, signer=signer, place=place)
    assert verified(database, signer, place) == []
    count = sized(60, 1000)
    missed = [seed for seed in range(count) if not found(database, seed, 30, signer=signer, place=place)]
    record_property("tamperings", count)
    record_property("found", count - len(missed))
    assert missed == []
    assert verified(database, signer, place) == []


def test_without_checkpoints_a_cut_end_and_a_chain_written_anew_are_missed(tmp_path: Path) -> None:
    database, signer, place = new_database(tmp_path), open_signer(tmp_path), FolderPlace(tmp_path / "second")
    unlock(database)
    fill(database, 30, signer=signer, place=place)
    (place.path / "main.jsonl").unlink()
    missed = [seed for seed in range(60) if not found(database, seed, 30, signer=signer, place=place)]
    assert 10 <= len(missed) <= 30
    assert audit.verify(database) == (30, ())
