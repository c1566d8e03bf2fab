from __future__ import annotations

from pathlib import Path

import pytest

import cli
from tests.actions.samples import form_with_truth
from tests.commands.runner import dossier


def test_it_prints_the_figures_and_where_the_report_is(tmp_path: Path) -> None:
    form_with_truth(tmp_path / "samples")
    ended = dossier("evaluate", str(tmp_path / "samples"), "--jobs", "1")
    assert ended.status == 0
    assert "native-pdf" in ended.out
    assert ended.err.endswith(f"Report: {tmp_path / 'samples/evaluation/report.html'}\n")
    assert (tmp_path / "samples/evaluation/report.html").stat().st_size > 10_000


def test_a_folder_of_something_else_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["dossier", "evaluate", str(tmp_path)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert not (tmp_path / "evaluation").exists()
