from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.submissions import Arrival, Place, Source, sources
from models.problem import FileCode, UsageError


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b.pdf", "a/z.pdf", "a/2.pdf", "a/.hidden", ".git/x", "c/deep/er.tif", "empty/.keep"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def paths(source: Source) -> list[str]:
    return [path for path, _ in source.files]


def test_a_folder_is_one_submission_in_the_order_of_its_paths(tree: Path) -> None:
    (found,) = sources((tree,), each=False)
    assert found.name == str(tree)
    assert paths(found) == ["a/2.pdf", "a/z.pdf", "b.pdf", "c/deep/er.tif"]


def test_a_file_is_one_even_if_its_name_is_hidden(tree: Path) -> None:
    found = sources((tree / "b.pdf", tree / "a" / ".hidden"), each=False)
    assert [(source.name, paths(source)) for source in found] == [
        (str(tree / "b.pdf"), ["b.pdf"]),
        (str(tree / "a" / ".hidden"), [".hidden"]),
    ]


def test_each_child_is_one(tree: Path) -> None:
    assert [(source.name, paths(source)) for source in sources((tree,), each=True)] == [
        (str(tree / "a"), ["2.pdf", "z.pdf"]),
        (str(tree / "b.pdf"), ["b.pdf"]),
        (str(tree / "c"), ["deep/er.tif"]),
    ]


def test_files_are_read_with_their_hash_and_one_that_cannot_be_read_is_named(tree: Path) -> None:
    source = Source("s", (("b.pdf", Place(tree / "b.pdf")), ("gone.pdf", Place(tree / "gone.pdf"))))
    there, gone = source.arrivals(most=100)
    assert there.received is not None
    assert (there.path, there.received.path, there.received.content) == ("b.pdf", "b.pdf", b"b.pdf")
    assert there.sha256 == there.received.sha256 == hashlib.sha256(b"b.pdf").hexdigest()
    assert gone == Arrival("gone.pdf", "", None, FileCode.NOTHING_READABLE)


def test_a_file_that_is_too_large_is_hashed_and_not_read(tree: Path) -> None:
    (arrival,) = Source("s", (("b.pdf", Place(tree / "b.pdf")),)).arrivals(most=4)
    assert arrival == Arrival("b.pdf", hashlib.sha256(b"b.pdf").hexdigest(), None, FileCode.TOO_LARGE)


def test_a_submission_has_another_state_when_a_file_of_it_changes(tree: Path) -> None:
    (source,) = sources((tree / "a",), each=False)
    before = source.state()
    assert source.state() == before
    (tree / "a" / "z.pdf").write_text("other")
    assert source.state() != before
    (tree / "a" / "z.pdf").unlink()
    assert source.state() != before


@pytest.mark.parametrize(
    ("name", "each", "says"),
    [
        ("no.pdf", False, "nothing at"),
        ("b.pdf", True, "--each needs a folder"),
        ("empty", False, "no file in"),
        ("empty", True, "no file in"),
    ],
)
def test_wrong_paths_are_refused_in_a_sentence(tree: Path, name: str, each: bool, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        sources((tree / name,), each=each)


def test_a_submission_named_twice_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    with pytest.raises(UsageError, match="given twice"):
        sources([tmp_path / "a.txt", tmp_path / "a.txt"], each=False)


def test_what_is_neither_file_nor_folder_is_an_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="neither a file nor a folder"):
        sources([tmp_path / "pipe"], each=False)


def test_the_record_of_a_fax_server_goes_with_its_fax(tmp_path: Path) -> None:
    record = (
        "<Fax><CallerID>2165550192</CallerID><CSID>OFFICE</CSID><Pages>2</Pages>"
        "<ReceivedTime>2026-09-14T08:47:00</ReceivedTime></Fax>"
    )
    for name, content in (("a.tif", "x"), ("a.xml", record), ("b.tif", "x"), ("b.txt", "Please call the patient.")):
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert [(source.name, paths(source)) for source in sources((tmp_path,), each=True)] == [
        (str(tmp_path / "a.tif"), ["a.tif", "a.xml"]),
        (str(tmp_path / "b.tif"), ["b.tif"]),
        (str(tmp_path / "b.txt"), ["b.txt"]),
    ]


@pytest.mark.parametrize("each", [False, True])
def test_each_mail_of_a_mailbox_is_one(tmp_path: Path, each: bool) -> None:
    mails = "".join(
        f"From a@example.org Mon Sep 14 08:0{n}:00 2026\nFrom: a@example.org\nSubject: {n}\n\n>From there.\n\n"
        for n in (1, 2)
    )
    box = tmp_path / "in" / "day.mbox"
    box.parent.mkdir()
    box.write_text(mails, encoding="utf-8")
    found = sources((box.parent if each else box,), each=each)
    assert [(source.name, paths(source)) for source in found] == [(f"{box}/1", ["1.eml"]), (f"{box}/2", ["2.eml"])]
    (second,) = found[1].arrivals(most=1000)
    assert second.received is not None
    assert second.received.content.rstrip() == b"From: a@example.org\nSubject: 2\n\nFrom there."


def test_a_name_that_is_no_text_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with open(os.fsencode(tmp_path / "in") + b"/na\xefve.txt", "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(b"Visit")
    (source,) = sources((tmp_path / "in",), each=True)
    assert source.name == f"{tmp_path}/in/na\\xefve.txt"
    (arrival,) = source.arrivals(most=100)
    assert (arrival.path, arrival.received is not None) == ("na\\xefve.txt", True)


def test_a_folder_that_cannot_be_read_is_not_passed_over(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = Path.iterdir

    def locked(path: Path) -> Iterator[Path]:
        if path.name == "deep":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", locked)
    with pytest.raises(UsageError, match="deep cannot be read"):
        sources((tree,), each=True)


def test_a_pipe_among_the_files_is_named_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("Visit")
    pipe, _ = sources((tmp_path,), each=True)
    assert [arrival.code for arrival in pipe.arrivals(most=100)] == [FileCode.NOTHING_READABLE]


def test_a_record_beside_a_mailbox_is_a_submission_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "day.mbox").write_text("From a@example.org Mon Sep 14 08:01:00 2026\nFrom: a@example.org\n\nHello.\n")
    (tmp_path / "day.xml").write_text("<Fax><CallerID>2165550192</CallerID><CSID>A</CSID><Pages>2</Pages></Fax>")
    assert [source.name for source in sources((tmp_path,), each=True)] == [
        f"{tmp_path}/day.mbox/1",
        f"{tmp_path}/day.xml",
    ]
