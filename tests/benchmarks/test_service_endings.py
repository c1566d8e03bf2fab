from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.service_endings import Ended, Made, differences, ended, made_by_process, sentence, table

REQUEST = {"documents": [{"key": "k1", "parts": [{"pages": [1]}, {"pages": [2]}]}]}


def page(number: int, state: str = "request") -> dict[str, Any]:
    return {"document": "k1", "page": number, "state": state, "request": "r-1" if state == "request" else None}


def submission(**changed: Any) -> dict[str, Any]:
    file = {"path": "a.pdf", "state": "read", "code": None, "pages": [page(1), page(2)], **changed.pop("file", {})}
    return {"state": "done", "files": [file], "requests": ["r-1"], **changed}


def judged(told: dict[str, Any], *, codes: tuple[str, ...] = (), pages: int = 2) -> Ended:
    return ended("0001-a.pdf", "PDF", told, requests={"r-1": REQUEST}, codes=codes, pages=pages)


def test_what_ended_well_has_no_fault() -> None:
    ending = judged(submission())
    assert ending.faults == ()
    assert (ending.pages, ending.requests, ending.files) == (2, 1, Counter(read=1))


@pytest.mark.parametrize(
    ("told", "codes", "pages", "fault"),
    [
        (submission(state="processing"), (), 2, "the submission is processing"),
        (submission(file={"state": "quarantined"}), (), 2, "a file is quarantined"),
        (submission(file={"state": "rejected", "code": None}), (), 2, "rejected with the code None"),
        (submission(file={"state": "rejected", "code": "F099"}), (), 2, "rejected with the code F099"),
        (submission(file={"pages": []}, requests=[]), (), 0, "nothing came of it"),
        (submission(), ("F013",), 2, "F013"),
        (submission(), (), 3, "2 pages are listed, 3 were received"),
        (submission(file={"pages": [page(1), page(2, "in_progress")]}), (), 2, "1 pages are in_progress"),
        (submission(file={"pages": [page(1)]}), (), 1, "1 are in one besides"),
        (submission(file={"pages": [page(1), page(2), page(3)]}), (), 3, "1 pages are not in the request"),
    ],
)
def test_what_the_contract_forbids_is_named(
    told: dict[str, Any], codes: tuple[str, ...], pages: int, fault: str
) -> None:
    assert any(fault in one for one in judged(told, codes=codes, pages=pages).faults)


def test_the_same_as_by_the_command_is_no_difference() -> None:
    made = Made({"in/0001-a.pdf"}, requests=1, pages=2)
    assert list(differences(judged(submission()), made)) == []
    made.codes["F005"] = 1
    assert list(differences(judged(submission()), made)) == ["codes: , by dossier process F005 1"]


def test_a_mailbox_may_be_more_requests_by_the_command() -> None:
    made = Made({"in/0001-a.mbox/1", "in/0001-a.mbox/2"}, requests=2, pages=2)
    assert list(differences(judged(submission()), made)) == []
    assert list(differences(judged(submission()), Made({"in/0001-a.pdf"}, requests=2, pages=2)))


def test_results_of_the_command_are_counted_by_submission(tmp_path: Path) -> None:
    received, out = tmp_path / "received", tmp_path / "out"
    out.mkdir()
    lines: dict[str, list[dict[str, Any]]] = {
        "requests": [{"submissions": [f"{received}/1-a.mbox/{n}"], **REQUEST} for n in (1, 2)],
        "held": [{"submission": f"{received}/2-b.pdf", "page": 3}],
        "rejected": [{"submission": f"{received}/2-b.pdf", "code": "F005"}],
    }
    for name, told in lines.items():
        (out / f"{name}.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in told), encoding="utf-8")
    made = made_by_process(out, received)
    assert (made["1-a.mbox"].requests, made["1-a.mbox"].pages, len(made["1-a.mbox"].submissions)) == (2, 4, 2)
    assert made["2-b.pdf"] == Made({f"{received}/2-b.pdf"}, held=1, codes=Counter(F005=1))


def test_the_table_and_the_sentence_add_up() -> None:
    refused = Ended("0002-b.bin", "other", "too-large")
    rejected = judged(submission(file={"state": "rejected", "code": "F005", "pages": []}), codes=("F005",), pages=0)
    endings = [judged(submission()), refused, rejected]
    lines = list(table(endings, ("PDF", "TIFF", "other")))
    assert [line.split()[0] for line in lines] == ["format", "PDF", "other", "all"]
    assert lines[-1].split()[1:9] == ["3", "1", "1", "1", "0", "2", "2", "2"]
    told = sentence(endings, gap=0, compared=2)
    assert "(1 refused at the door): 1 files read, 1 rejected (F005 1), 0 in quarantine" in told
    assert "2 pages = 2 in 2 requests + 0 held, conservation gap 0; 1 submissions with a fault" in told
