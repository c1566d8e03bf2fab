"""The four sample cases, as given and as faxes: every typed field, tick, type and page."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests import cases
from tests.commands.runner import dossier

Runs = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def runs(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """The request of each case, by case and by how its pages came."""
    place = tmp_path_factory.mktemp("cases")
    paths = {(case, "given"): data_dir / "cases" / case for case in cases.CASES}
    paths |= {(case, "fax"): cases.fax(data_dir / "cases" / case, place / "fax" / case) for case in cases.CASES}
    done = dossier("process", *map(str, paths.values()), "--out", str(place / "out"), "--format", "native")
    assert done.status == 0, done.err
    requests = [
        json.loads(line) for line in (place / "out" / "requests.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [request["submissions"] for request in requests] == [[str(path)] for path in paths.values()]
    return dict(zip(paths, requests, strict=True))


_EVERY = [(case, way) for way in ("given", "fax") for case in cases.CASES]


@pytest.mark.parametrize(("case", "way"), _EVERY)
def test_every_typed_field_is_found_and_none_is_wrong(runs: Runs, data_dir: Path, case: str, way: str) -> None:
    assert cases.differences(runs[case, way], cases.truth(data_dir, case)) == []


@pytest.mark.parametrize(("case", "way"), _EVERY)
def test_no_value_comes_from_printed_words(runs: Runs, case: str, way: str) -> None:
    """What nobody typed is null: these forms ask neither for it nor say it."""
    request = runs[case, way]
    for path in (
        "signature.signed_on",
        "servicing_provider.name",
        "facility.name",
        "coverage.group_number",
        "service_lines.0.code",
    ):
        assert cases.leaf(request, path) is None, path
    assert len(request["diagnoses"]) == 1
    assert len(request["service_lines"]) == 1


@pytest.mark.parametrize(("case", "way"), _EVERY)
def test_document_types_and_pages(runs: Runs, data_dir: Path, case: str, way: str) -> None:
    for document in runs[case, way]["documents"]:
        expected = cases.PART_TYPES[document["path"].split("/")[0]]
        assert {part["type"] for part in document["parts"]} - {"blank"} == {expected}
        pages = Counter(page for part in document["parts"] for page in part["pages"])
        assert pages == Counter(range(1, document["page_count"] + 1))
    assert len(runs[case, way]["documents"]) == len(list((data_dir / "cases" / case).rglob("*.pdf")))


@pytest.mark.parametrize("way", ["given", "fax"])
@pytest.mark.parametrize("case", cases.CASES)
def test_ticks(data_dir: Path, tmp_path: Path, case: str, way: str) -> None:
    folder = data_dir / "cases" / case
    folder = folder if way == "given" else cases.fax(folder, tmp_path)
    done = dossier("read", str(next((folder / "pa_form").iterdir())), "--json")
    marks = [mention for mention in done.json()["mentions"] if mention["kind"] == "mark"]
    ticked = [mark for mark in marks if mark["value"] != "empty"]
    assert all(mark["value"] == "checked" for mark in ticked)
    assert len(marks) == cases.BOXES[case]
    assert len(ticked) == len(cases.TICKS[case])
    for question, option in cases.TICKS[case]:
        assert any(question in mark["category"] and mark["text"] == option for mark in ticked), (question, option)
