from __future__ import annotations

from pathlib import Path

from actions.code_tables import imported, listed


def test_without_a_data_folder_only_the_built_in_table_is_there(tmp_path: Path) -> None:
    assert imported(tmp_path / "away").releases == ()
    assert len(listed(tmp_path / "away")) == 1
    assert not (tmp_path / "away").exists()
