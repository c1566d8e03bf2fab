from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from actions.conservation import ConservationError, Tally, check_run
from actions.results import ResultFolder, Written
from actions.submissions import Place, Source
from models.problem import UsageError
from models.request import HeldPage, Rejection

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=5)
OPTIONS = {"payer": "p", "market": "us"}


def source(folder: Path, name: str) -> Source:
    (folder / name).write_text(name, encoding="utf-8")
    return Source(name, ((name, Place(folder / name)),))


def held(name: str, page: int) -> HeldPage:
    return HeldPage(submission=name, file=name, document="d1", page=page, code="mixed-patient", reason="Another name.")


def add(results: ResultFolder, one: Source, pages: int) -> None:
    results.add(
        one, (), tuple(held(one.name, page + 1) for page in range(pages)), rejected=(), pages=pages, failed=False
    )


@pytest.mark.parametrize("left", [b"", b"\0\0\0\n"])
def test_a_run_goes_on_behind_what_its_journal_vouches_for(tmp_path: Path, left: bytes) -> None:
    out, a, b = tmp_path / "out", source(tmp_path, "a"), source(tmp_path, "b")
    with ResultFolder.begin(out, options=OPTIONS, now=NOW) as results:
        add(results, a, 2)
        whole = (out / "held.jsonl").read_bytes()
        add(results, b, 3)
    journal = out / ".journal.jsonl"
    # The line of b was cut off by a kill, or not yet on the disk when the power went; its pages were written.
    journal.write_bytes(journal.read_bytes()[:-7] + left)
    with ResultFolder.go_on(out, options=OPTIONS, now=LATER) as results:
        assert results.started_at == NOW
        assert (results.has(a), results.has(b)) == (True, False)
        assert (out / "held.jsonl").read_bytes() == whole
        add(results, b, 3)
        assert check_run(results.written()) == Tally(submissions=2, pages=5, held=5)
    assert len((out / "held.jsonl").read_text("utf-8").splitlines()) == 5
    assert sorted(path.name for path in out.iterdir()) == [
        ".journal.jsonl",
        "held.jsonl",
        "rejected.jsonl",
        "requests.jsonl",
    ]


@pytest.mark.parametrize("cut", [0, 5])
def test_a_run_killed_before_its_first_line_begins_anew(tmp_path: Path, cut: int) -> None:
    with ResultFolder.begin(tmp_path / "out", options=OPTIONS, now=NOW):
        pass
    journal = tmp_path / "out" / ".journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:cut])
    with ResultFolder.go_on(tmp_path / "out", options=OPTIONS, now=LATER) as results:
        assert results.started_at == LATER
    assert json.loads(journal.read_bytes())["options"] == OPTIONS


def test_page_images_of_a_killed_run_are_removed(tmp_path: Path) -> None:
    with ResultFolder.begin(tmp_path / "out", options=OPTIONS, now=NOW) as results:
        (results.work / "left").touch()
        work = results.work
    work.mkdir()
    (work / "left").touch()
    with ResultFolder.go_on(tmp_path / "out", options=OPTIONS, now=NOW):
        assert not list(work.iterdir())
    assert not work.exists()


def test_only_the_same_order_can_be_resumed(tmp_path: Path) -> None:
    with ResultFolder.begin(tmp_path / "out", options=OPTIONS, now=NOW):
        pass
    with pytest.raises(UsageError, match="another market"):
        ResultFolder.go_on(tmp_path / "out", options={**OPTIONS, "market": "hk"}, now=NOW)
    with pytest.raises(UsageError, match="--resume"):
        ResultFolder.begin(tmp_path / "out", options=OPTIONS, now=NOW)


def test_a_folder_without_a_run_cannot_be_resumed_and_an_empty_one_begins(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.doc").touch()
    with pytest.raises(UsageError, match="no run that could be resumed"):
        ResultFolder.go_on(tmp_path / "full", options=OPTIONS, now=NOW)
    with ResultFolder.go_on(tmp_path / "new", options=OPTIONS, now=NOW) as results:
        assert results.started_at == NOW


def test_two_runs_cannot_write_to_one_folder(tmp_path: Path) -> None:
    with (
        ResultFolder.begin(tmp_path / "out", options=OPTIONS, now=NOW),
        pytest.raises(UsageError, match="Another program"),
    ):
        ResultFolder.go_on(tmp_path / "out", options=OPTIONS, now=NOW)


def test_a_submission_that_changed_is_not_passed_over(tmp_path: Path) -> None:
    a = source(tmp_path, "a")
    with ResultFolder.begin(tmp_path / "out", options=OPTIONS, now=NOW) as results:
        add(results, a, 1)
        (tmp_path / "a").write_text("other bytes", encoding="utf-8")
        with pytest.raises(UsageError, match="has changed"):
            results.has(a)


def test_sheets_that_lost_a_page_or_a_file_are_a_fault(tmp_path: Path) -> None:
    a, rejected = (
        source(tmp_path, "a"),
        Rejection(submission="a", file="a/1/x", sha256="", code="F006", message="Damaged."),
    )
    with ResultFolder.begin(tmp_path / "out", options=OPTIONS, now=NOW) as results:
        results.add(a, (), (held("a", 1),), rejected=(rejected,), pages=1, failed=True)
        (written,) = results.written()
    assert check_run([written]) == Tally(submissions=1, pages=1, held=1, rejected=1, failed=1)
    for lost in (
        Written(written.entry, (), (), written.rejected),
        Written(written.entry, (), written.held * 2, written.rejected),
    ):
        with pytest.raises(ConservationError, match="pages"):
            check_run([lost])
    with pytest.raises(ConservationError, match="no trace"):
        check_run([Written(written.entry, (), ({**written.held[0], "file": "b"},), ())])
