from __future__ import annotations

from pathlib import Path

import pytest

from actions.show import console, full, table
from models.problem import UsageError
from tests.checklists.drafts import drug_request, request


@pytest.fixture
def out(tmp_path: Path) -> Path:
    lines = [made.model_dump_json(by_alias=True) for made in (request(), drug_request(id="r2"))]
    (tmp_path / "requests.jsonl").write_text("\n".join(lines) + "\n")
    return tmp_path


def printed(thing: object, capsys: pytest.CaptureFixture[str]) -> str:
    console().print(thing)
    return capsys.readouterr().out


def test_a_request_is_shown_from_a_folder_a_list_or_its_own_file(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    second = printed(full(out, number=2), capsys)
    assert "Adalimumab" in second
    assert second == printed(full(out / "requests.jsonl", number=2), capsys)
    (out / "native.json").write_text(drug_request(id="r2").model_dump_json(by_alias=True, indent=1))
    assert second == printed(full(out / "native.json", number=1), capsys)


def test_all_requests_are_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(table([request(), drug_request()]), capsys)
    assert text.count("Ada Example") == 2
    assert max(map(len, text.splitlines())) <= 110


@pytest.mark.parametrize(
    ("name", "number", "says"), [("no", 1, "no requests at"), (".", 3, "it holds 2"), (".", 0, "it holds 2")]
)
def test_what_is_not_there_is_said(out: Path, name: str, number: int, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        full(out / name, number=number)
