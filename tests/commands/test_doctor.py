from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.runner import dossier


def test_this_machine_has_all_that_is_needed() -> None:
    ended = dossier("doctor", "--json")
    assert ended.status == 0
    checks = {check["name"]: check for check in ended.json()}
    assert {"python", "ocr tesserocr", "traineddata", "sandbox", "bubblewrap"} <= set(checks)
    assert all(check["ok"] for check in checks.values())
    assert "eng" in checks["traineddata"]["detail"]


def test_missing_data_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOSSIER_TESSDATA", str(tmp_path))
    ended = dossier("doctor")
    assert ended.status == 1
    line = next(line for line in ended.out.splitlines() if line.split()[1] == "traineddata")
    assert line.startswith("MISSING")
    assert "apt-get install tesseract-ocr-eng" in line
