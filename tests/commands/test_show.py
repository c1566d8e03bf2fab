from __future__ import annotations

from pathlib import Path

import pytest

import cli
from tests.checklists.drafts import drug_request, request
from tests.commands.runner import dossier


@pytest.fixture
def results(tmp_path: Path) -> Path:
    made = (request(), drug_request(id="r2"))
    (tmp_path / "requests.jsonl").write_text("".join(one.model_dump_json(by_alias=True) + "\n" for one in made))
    return tmp_path


def test_one_request_in_full(results: Path) -> None:
    first, second = dossier("show", str(results)), dossier("show", str(results), "-n", "2")
    assert (first.status, second.status) == (0, 0)
    assert "Adalimumab" in second.out
    assert "Adalimumab" not in first.out


def test_what_is_not_there_ends_with_two(
    results: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["dossier", "show", str(results), "-n", "3"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert "it holds 2" in capsys.readouterr().err
    assert dossier("show", str(results), "-n", "0").status == 2
