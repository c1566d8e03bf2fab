from __future__ import annotations

import stat
from pathlib import Path

import pytest

from models.problem import TransientError
from store.blobs import Lying
from store.unnamed import FILE, note

ONE, OTHER = Lying("main", "1" * 64, 5, 1.0), Lying("main", "2" * 64, 5, 1.0)
FIRST, SECOND = f"main/{ONE.sha256}", f"main/{OTHER.sha256}"


def test_since_when_each_is_unnamed_is_kept(tmp_path: Path) -> None:
    assert note(tmp_path, [ONE], 100.0) == {FIRST: 100.0}
    assert note(tmp_path, [ONE, OTHER], 200.0) == {FIRST: 100.0, SECOND: 200.0}
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_one_that_was_named_meanwhile_begins_anew(tmp_path: Path) -> None:
    note(tmp_path, [ONE, OTHER], 100.0)
    note(tmp_path, [OTHER], 200.0)
    assert note(tmp_path, [ONE, OTHER], 300.0) == {FIRST: 300.0, SECOND: 100.0}


def test_a_clock_that_was_wrong_makes_nothing_older(tmp_path: Path) -> None:
    note(tmp_path, [ONE], 500.0)
    assert note(tmp_path, [ONE], 100.0) == {FIRST: 100.0}


@pytest.mark.parametrize("damaged", ["", "[]", "[" * 100_000, f'{{"{FIRST}": "1"}}', "{"])
def test_a_list_that_is_damaged_counts_for_nothing(tmp_path: Path, damaged: str) -> None:
    (tmp_path / FILE).write_text(damaged)
    assert note(tmp_path, [ONE], 100.0) == {FIRST: 100.0}


def test_a_list_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(TransientError, match="cannot be written"):
        note(tmp_path / "none", [ONE], 100.0)
    (tmp_path / FILE).mkdir()
    with pytest.raises(TransientError, match="cannot be written"):
        note(tmp_path, [ONE], 100.0)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
