from __future__ import annotations

import json
from pathlib import Path

from tests.commands.runner import dossier


def test_queries_are_matched(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    (tmp_path / "p.csv").write_text("provider_id,npi,family_name,given_name\nP1,2123456785,Okafor,Ngozi\n", "utf-8")
    assert dossier("directory", "import", "providers", str(tmp_path / "p.csv"), "--data", data).status == 0
    (tmp_path / "q.csv").write_text("query_id,npi,family_name\nq1,2123456785,Okafor\nq2,,Nobody\n", "utf-8")
    out = tmp_path / "out.jsonl"
    ended = dossier("match", "providers", str(tmp_path / "q.csv"), "--out", str(out), "--data", data)
    assert ended.status == 0
    assert ended.err == f"1 link, 0 possible_link, 1 non_link. Answers: {out}\n"
    first, second = (json.loads(line) for line in out.read_text("utf-8").splitlines())
    assert (first["query_id"], first["record"]) == ("q1", "P1")
    assert (second["decision"], second["record"]) == ("non_link", None)


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    assert dossier("match", "authorizations", "q.csv", "--out", str(tmp_path / "o")).status != 0
