from __future__ import annotations

from pathlib import Path

from tests.commands.runner import dossier


def test_a_directory_is_loaded_and_bad_rows_are_told(tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_text("member_id,family_name\nM1,Smith\n,Nobody\n", "utf-8")
    ended = dossier("directory", "import", "members", str(file), "--data", str(tmp_path / "data"))
    assert ended.status == 4
    assert ended.out == "1 rows imported, 0 of them new for old; 1 skipped.\n"
    assert ended.err == "members.csv, line 3: the row has no member_id; skipped.\n"
    file.write_text("member_id,family_name\nM1,Brown\n", "utf-8")
    again = dossier("directory", "import", "members", str(file), "--data", str(tmp_path / "data"))
    assert (again.status, again.out) == (0, "1 rows imported, 1 of them new for old; 0 skipped.\n")


def test_an_unknown_directory_is_refused(tmp_path: Path) -> None:
    ended = dossier("directory", "import", "patients", "x.csv", "--data", str(tmp_path))
    assert ended.status != 0
