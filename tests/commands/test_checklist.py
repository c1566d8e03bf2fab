from __future__ import annotations

from pathlib import Path

import pytest

import cli
from actions.checklists import policies
from checklists.assess import assess
from tests.checklists.drafts import drug_request
from tests.commands.runner import dossier

ROOT = Path(__file__).resolve().parents[2]


def test_list() -> None:
    ended = dossier("checklist", "list", "--json")
    assert ended.status == 0
    assert {"general-minimum", "biologic-drug"} <= {entry["id"] for entry in ended.json()}
    assert "What every request must say" in dossier("checklist", "list").out


def ended_wrong(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The status of the whole program, which turns our errors into sentences."""
    monkeypatch.setattr("sys.argv", ["dossier", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def test_validate_tells_the_line_of_a_defect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = dossier("checklist", "validate")
    assert (ended.status, ended.out) == (0, "In order: 2 checklists, 1 payers.\n")
    for path in (ROOT / "checklists").glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text("utf-8").replace("path: patient.name", "path: patient.nome"))
    assert ended_wrong(monkeypatch, "checklist", "validate", str(tmp_path)) == 1
    told = capsys.readouterr().err
    assert told.startswith("dossier: general-minimum.yaml, line ")
    assert "patient.nome" in told
    assert dossier("checklist", "validate", str(tmp_path / "away")).status == 2


def test_explain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    draft = drug_request()
    applied = assess(draft, policies().for_payer(None)).applied
    path = tmp_path / "native.json"
    path.write_text(draft.model_copy(update={"checklists": applied}).model_dump_json(by_alias=True, indent=1))
    ended = dossier("checklist", "explain", str(path), "--item", "dose")
    assert ended.status == 0
    assert ended.out.splitlines()[0] == "r1  biologic-drug 2026-11  dose, service line 1"
    assert "field service_lines.drug.strength: met" in ended.out
    assert ended_wrong(monkeypatch, "checklist", "explain", str(path), "--item", "no-such") == 2
    assert "Known items:" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["test", "replay"])
def test_what_is_not_built_yet_says_so(name: str) -> None:
    ended = dossier("checklist", name, "--anything", "x")
    assert ended.status == 2
    assert "not built yet" in ended.err
