from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

import cli
from tests.actions import papers
from tests.commands.runner import Ended, dossier

Line = dict[str, Any]


def lines(out: Path, name: str) -> list[Line]:
    return [json.loads(line) for line in (out / f"{name}.jsonl").read_text("utf-8").splitlines()]


def process(*arguments: Path | str) -> Ended:
    return dossier("process", *map(str, arguments), "--format", "native", "--jobs", "2")


def ended_wrong(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """The status of the whole program, which turns our errors into sentences."""
    monkeypatch.setattr("sys.argv", ["dossier", "process", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    (tmp_path / "form.pdf").write_bytes(papers.pdf(papers.form()))
    return tmp_path / "form.pdf"


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ended, Path, Path]:
    """Good, strange and broken files in one folder, each a submission."""
    folder = tmp_path_factory.mktemp("batch")
    inside = folder / "in"
    inside.mkdir()
    stranger = ("Otto Different", "01/02/1999")
    files = {
        "bomb.pdf": papers.bomb(),
        "encrypted.pdf": papers.encrypted(),
        "fax.tif": papers.fax(papers.pdf(papers.form())),
        "good.pdf": papers.pdf(papers.form(), papers.note()),
        "strange.pdf": papers.pdf(papers.form(), papers.note(*stranger)),
        "truncated.tif": papers.truncated(),
        "two.pdf": papers.pdf(
            papers.form(), papers.note(), papers.form(*stranger, member="ABC99"), papers.note(*stranger)
        ),
        "words.docx": b"PK\x03\x04 nothing that we know",
    }
    for name, content in files.items():
        (inside / name).write_bytes(content)
    return process("--each", inside, "--out", folder / "out", "--json"), inside, folder / "out"


def test_bad_files_get_their_codes_and_good_ones_their_requests(batch: tuple[Ended, Path, Path]) -> None:
    ended, inside, out = batch
    assert ended.status == 4, ended.err
    assert {line["file"]: line["code"] for line in lines(out, "rejected") if line["file"] != "words.docx"} == {
        "bomb.pdf": "F010",
        "encrypted.pdf": "F005",
        "truncated.tif": "F006",
    }
    for line in lines(out, "rejected"):
        assert set(line) == {"submission", "file", "sha256", "code", "message"}
        assert line["submission"] == str(inside / line["file"])
        assert line["message"].endswith(".")
    assert [Path(line["submissions"][0]).name for line in lines(out, "requests")] == [
        "fax.tif",
        "good.pdf",
        "strange.pdf",
        "two.pdf",
        "two.pdf",
    ]


def test_no_traceback_and_a_line_for_every_submission(batch: tuple[Ended, Path, Path]) -> None:
    ended, inside, _ = batch
    assert "Traceback" not in ended.err
    for path in inside.iterdir():
        assert f"{path}: " in ended.err
    assert "F005. The file is protected by a password." in ended.err


def test_with_json_the_requests_and_nothing_else_are_on_stdout(batch: tuple[Ended, Path, Path]) -> None:
    ended, _, out = batch
    assert ended.out == (out / "requests.jsonl").read_text("utf-8")


def test_patients_are_never_mixed(batch: tuple[Ended, Path, Path]) -> None:
    _, _, out = batch
    strange, one, other = lines(out, "requests")[2:]
    (held,) = lines(out, "held")
    assert set(held) == {"submission", "file", "document", "page", "code", "reason"}
    assert (held["file"], held["page"], held["code"]) == ("strange.pdf", 2, "mixed-patient")
    assert "mixed-patient" in {flag["code"] for flag in strange["flags"]}
    assert "Otto" not in json.dumps(strange)
    assert one["patient"]["name"]["full"]["value"] == "Jane Sample"
    assert other["patient"]["name"]["full"]["value"] == "Otto Different"
    assert {page for d in one["documents"] for p in d["parts"] for page in p["pages"]} == {1, 2}
    assert {page for d in other["documents"] for p in d["parts"] for page in p["pages"]} == {3, 4}
    assert all(place["page"] in {3, 4} for place in places(other))
    assert one["id"] != other["id"]
    assert one["received_at"] == other["received_at"]


def test_every_page_is_in_one_place(batch: tuple[Ended, Path, Path]) -> None:
    _, _, out = batch
    pages: Counter[tuple[str, str, int]] = Counter()
    counts: dict[tuple[str, str], int] = {}
    for request in lines(out, "requests"):
        for document in request["documents"]:
            counts[request["submissions"][0], document["id"]] = document["page_count"]
            pages.update(
                (request["submissions"][0], document["id"], page)
                for part in document["parts"]
                for page in part["pages"]
            )
    pages.update((held["submission"], held["document"], held["page"]) for held in lines(out, "held"))
    assert set(pages.values()) == {1}
    assert sum(counts.values()) == len(pages)
    assert "9 pages = 8 in 5 requests + 1 held" in batch[0].err


def test_a_fax_is_read_with_its_places(batch: tuple[Ended, Path, Path]) -> None:
    fax = lines(batch[2], "requests")[0]
    assert fax["documents"][0]["dpi"] == [204.0, 98.0, "stated"]
    assert fax["patient"]["name"]["full"]["value"] == "Jane Sample"
    (box,) = fax["patient"]["birth_date"]["evidence"][0]["boxes"]
    left = 72 + stringWidth("Date of Birth: ", "Helvetica", 11)
    right = left + stringWidth("05/12/1960", "Helvetica", 11)
    baseline = 792 - 720 + papers.LINE * 4  # the fifth line
    assert (box[0], box[2], box[3]) == pytest.approx((left, right, baseline), abs=2)
    for place in places(fax):
        assert place["boxes"]
        assert all(0 <= x0 <= x1 <= 612 and 0 <= top <= bottom <= 792 for x0, top, x1, bottom in place["boxes"])


def places(value: Any) -> list[Line]:
    """Every place named anywhere in a request."""
    if isinstance(value, dict):
        own = [value] if {"quote", "boxes", "page"} <= set(value) else []
        return own + [place for child in value.values() for place in places(child)]
    return [place for child in value for place in places(child)] if isinstance(value, list) else []


def test_all_well_ends_with_zero_and_a_table(paper: Path, tmp_path: Path) -> None:
    ended = process(paper, "--out", tmp_path / "out")
    assert ended.status == 0, ended.err
    assert "Jane Sample" in ended.out
    (request,) = lines(tmp_path / "out", "requests")
    assert (lines(tmp_path / "out", "held"), lines(tmp_path / "out", "rejected")) == ([], [])
    assert (request["received_at_source"], request["payer"], request["market"], request["status"]) == (
        "now",
        None,
        "us",
        "needs_review",
    )
    assert json.loads((tmp_path / "out" / request["id"] / "native.json").read_text("utf-8")) == request


def test_two_runs_agree_byte_for_byte(paper: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        process(paper, "--out", tmp_path / name, "--received-at", "2026-11-22T09:30:00Z")
    assert (tmp_path / "one" / "requests.jsonl").read_bytes() == (tmp_path / "two" / "requests.jsonl").read_bytes()
    folders = [sorted(path.name for path in (tmp_path / name).iterdir()) for name in ("one", "two")]
    assert folders[0] == folders[1]


@pytest.mark.parametrize(
    ("options", "received_at"),
    [
        (("--received-at", "2026-11-22T09:30:00-05:00"), "2026-11-22T14:30:00Z"),
        (("--received-at", "2026-11-22T09:30:00"), "2026-11-22T09:30:00Z"),
        (("--received-at", "2026-11-22T09:30:00", "--payer", "us-medicare-advantage"), "2026-11-22T14:30:00Z"),
    ],
)
def test_the_stated_time_of_reception(tmp_path: Path, options: tuple[str, ...], received_at: str) -> None:
    (tmp_path / "a.txt").write_text("Visit")
    ended = process(tmp_path / "a.txt", "--out", tmp_path / "out", *options)
    assert ended.status == 0, ended.err
    (request,) = lines(tmp_path / "out", "requests")
    assert (request["received_at"], request["received_at_source"]) == (received_at, "option")
    assert all(deadline["starts_at"] == received_at for deadline in request["deadlines"])
    assert request["deadlines"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--payer", "us-medicare-advantge"), "Did you mean us-medicare-advantage?"),
        (("--received-at", "tomorrow"), "'tomorrow' is not a time"),
        (("--market", "uk"), "Known markets: us, hk"),
        (("--format", "x12-278"), "not built yet"),
        (("--members", "nowhere.csv"), "nowhere.csv cannot be read"),
        (("--each",), "--each needs a folder"),
        (("--jobs", "0"), "--jobs"),
    ],
)
def test_wrong_use_ends_with_two_in_a_sentence(
    paper: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    says: str,
) -> None:
    assert ended_wrong(monkeypatch, paper, "--out", tmp_path / "out", *options) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert said.out == ""
    assert not (tmp_path / "out").exists()


def test_a_missing_path_and_a_full_folder_end_with_two(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended_wrong(monkeypatch, tmp_path / "no.pdf", "--out", tmp_path / "out") == 2
    assert "There is nothing at" in capsys.readouterr().err
    assert ended_wrong(monkeypatch, paper, "--out", tmp_path) == 2
    assert "is not empty" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["form.pdf"]


def test_a_fault_of_the_program_ends_with_one(paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Jane Sample")

    monkeypatch.setattr("pipeline.assemble_requests", broken)
    ended = process(paper, "--out", tmp_path / "out")
    assert ended.status == 1
    assert "A fault of the program" in ended.err
    assert "Jane" not in ended.err
    assert [line["code"] for line in lines(tmp_path / "out", "rejected")] == ["F013"]


def test_directories_are_asked_for_those_on_the_pages(paper: Path, tmp_path: Path) -> None:
    texts = {
        "members": "member_id,family_name,given_name,birth_date,effective_on,terminated_on\n"
        "XYZ12345,Sample,Jane,1960-05-12,2020-01-01,2020-12-31\n,Nobody,,,,\n",
        "providers": "provider_id,npi,family_name,given_name\nP1,1234567893,Example,Bo\n",
        "authorizations": "authorization_number,member_id,code,from,to\nA1,XYZ12345,J0135,2026-01-01,\n",
    }
    files = []
    for kind, text in texts.items():
        (tmp_path / f"{kind}.csv").write_text(text, "utf-8")
        files += [f"--{kind}", str(tmp_path / f"{kind}.csv")]
    ended = process(paper, "--out", tmp_path / "out", *files)
    assert ended.status == 0, ended.err
    assert "members, line 3: the row has no member_id; skipped." in ended.err
    (request,) = lines(tmp_path / "out", "requests")
    match, covered = request["coverage"]["match"], request["coverage"]["eligibility"]
    assert (match["decision"], match["record"]) == ("link", "XYZ12345")
    assert (covered["status"], covered["reason"]) == ("inactive", "Coverage ended on 2020-12-31.")
    assert request["requesting_provider"]["match"]["record"] == "P1"
    flags = {flag["code"] for flag in request["flags"]}
    assert "ineligible" in flags
    assert not flags & {"member-not-found", "provider-not-found"}
    assert request["status"] == "needs_review"


def test_without_directories_nothing_is_said_of_members(paper: Path, tmp_path: Path) -> None:
    process(paper, "--out", tmp_path / "out")
    (request,) = lines(tmp_path / "out", "requests")
    assert request["coverage"]["match"] is None
    assert "member-not-found" not in {flag["code"] for flag in request["flags"]}
