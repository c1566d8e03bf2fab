from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from actions.submissions import Source, sources
from models.problem import UsageError


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
    source = Source("s", (("b.pdf", tree / "b.pdf"), ("gone.pdf", tree / "gone.pdf")))
    (path, received), gone = source.received()
    assert received is not None
    assert (path, received.path, received.content) == ("b.pdf", "b.pdf", b"b.pdf")
    assert received.sha256 == hashlib.sha256(b"b.pdf").hexdigest()
    assert gone == ("gone.pdf", None)


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
