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
    assert (ended.status, ended.out) == (0, "In order: 13 checklists, 5 payers.\n")
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
    assert ended.out.splitlines()[:4] == [
        "Request r1, service line 1",
        "Biologic drug for an immune-mediated disease (biologic-drug 2026-11), item dose",
        "Looked for: The strength or dose of the drug. It is required.",
        "Verdict: met. The drug strength is stated on page 1 of fax.tif.",
    ]
    assert "  One of these is enough: met.\n" in ended.out
    assert "On the forms and letters, drug strength: met. The drug strength is stated on page 1" in ended.out
    assert "_" not in ended.out.replace("r1", "")
    assert ended_wrong(monkeypatch, "checklist", "explain", str(path), "--item", "no-such") == 2
    assert "Known items:" in capsys.readouterr().err


def test_the_twins_come_out_as_they_say(tmp_path: Path) -> None:
    ended = dossier("checklist", "test")
    assert ended.status == 0
    assert ended.out.endswith("13 checklists, 0 not as expected.\n")
    text = (ROOT / "tests/checklists/twins/spine-mri.yaml").read_text("utf-8")
    (tmp_path / "spine-mri.yaml").write_text(text.replace("{order: not_found}", "{order: met}"))
    ended = dossier("checklist", "test", str(tmp_path))
    assert ended.status == 1
    assert "spine-mri: there is no order: order is not_found, not met. No order was found" in ended.out
    assert "Without a twin: biologic-drug, " in ended.out


def test_replay_tells_what_would_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = drug_request(clinical=())
    done = assess(draft, policies().for_payer(None))
    whole = draft.model_copy(update={"checklists": done.applied, "findings": done.findings})
    (tmp_path / "requests.jsonl").write_text(whole.model_dump_json(by_alias=True) + "\n")
    ended = dossier("checklist", "replay", str(tmp_path))
    assert (ended.status, ended.out.splitlines()[-1].split(", ")[::2]) == (0, ["1 requests", "0 changes."])
    folder = tmp_path / "checklists"
    folder.mkdir()
    for path in (ROOT / "checklists").glob("*.yaml"):
        text = path.read_text("utf-8").replace("path: patient.birth_date", "path: patient.sex")
        (folder / path.name).write_text(text)
    found = dossier("checklist", "replay", str(tmp_path), "--checklists", str(folder), "--json").json()
    assert found["requests"] == 1
    assert [(one["item"], one["was"], one["becomes"]) for one in found["changes"]] == [
        ("member-birth-date", "met", "not_found")
    ]
    assert ended_wrong(monkeypatch, "checklist", "replay", str(tmp_path / "away")) == 2
    assert "cannot be read" in capsys.readouterr().err
