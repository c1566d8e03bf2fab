from __future__ import annotations

from pathlib import Path

from tests.codes.layouts.test_icd10cm import LINES
from tests.commands.runner import dossier


def test_import_and_list(tmp_path: Path) -> None:
    file, data = tmp_path / "icd10cm-order-2027.txt", str(tmp_path / "data")
    file.write_text("".join((*LINES, "rubbish\n")), "utf-8")
    ended = dossier("codes", "import", "icd10cm", str(file), "--data", data)
    assert ended.status == 0
    assert ended.out == "icd10cm: 3 rows, counting from 2026-10-01; 1 lines skipped.\n"
    assert ended.err == "line 4 skipped: no ICD-10-CM code in columns 7 to 13\n"
    assert "icd10cm-order-2027.txt" in dossier("codes", "list", "--data", data).out


def test_a_date_can_be_given(tmp_path: Path) -> None:
    file = tmp_path / "order.txt"
    file.write_text("".join(LINES), "utf-8")
    data = str(tmp_path)
    ended = dossier("codes", "import", "icd10cm", str(file), "--data", data, "--effective", "2026-10-01")
    assert "counting from 2026-10-01" in ended.out
