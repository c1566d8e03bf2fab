from __future__ import annotations

import json
from pathlib import Path

import pytest

from actions.import_directory import import_directory
from actions.match_directory import match_directory
from models.problem import UsageError


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "members.csv").write_text(
        "member_id,family_name,given_name,birth_date,sex\nM1234567,Smith,John,1962-03-14,M\n", "utf-8"
    )
    import_directory("members", tmp_path / "members.csv", tmp_path / "data", told=lambda _: None)
    return tmp_path / "data"


def matched(folder: Path, data: Path, queries: str) -> list[dict[str, object]]:
    (folder / "queries.csv").write_text(queries, "utf-8")
    match_directory("members", folder / "queries.csv", folder / "out.jsonl", data, told=lambda _: None)
    return [json.loads(line) for line in (folder / "out.jsonl").read_text("utf-8").splitlines()]


def test_a_line_of_answer_for_a_line_of_question_in_order(tmp_path: Path, data: Path) -> None:
    first, second, third = matched(
        tmp_path,
        data,
        "query_id,given_name,family_name,birth_date,member_id\n"
        "q2,John,Smith,1962-03-14,M1234567\nq1,Jane,Doe,,\nq0,John,Smith\n",
    )
    assert list(first) == ["query_id", "decision", "record", "probability", "candidates"]
    assert (first["query_id"], first["decision"], first["record"]) == ("q2", "link", "M1234567")
    assert first["candidates"] == [{"record": "M1234567", "probability": first["probability"]}]
    assert second == {"query_id": "q1", "decision": "non_link", "record": None, "probability": 0.0, "candidates": []}
    assert third["query_id"] == "q0"


@pytest.mark.parametrize(("queries", "said"), [("family_name\nSmith\n", "column query_id"), ("", "column query_id")])
def test_queries_that_are_none_are_refused(tmp_path: Path, data: Path, queries: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        matched(tmp_path, data, queries)


def test_without_a_directory_it_says_how_to_load_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="dossier directory import members"):
        matched(tmp_path, tmp_path / "nothing", "query_id\n")
    assert not (tmp_path / "nothing").exists()
