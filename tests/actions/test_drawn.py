from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.drawn import Drawn


def names(folder: Path) -> list[str]:
    return sorted(f"{path.parent.name}/{path.name}" for path in folder.glob("*/*"))


def test_what_was_drawn_is_kept(tmp_path: Path) -> None:
    drawn = Drawn(tmp_path / "drawn", 100)
    assert drawn.get("a", 1) is None
    drawn.keep("a", 1, b"png")
    assert drawn.get("a", 1) == b"png"
    assert drawn.has("a", [1])
    assert not drawn.has("a", [1, 2])
    assert (tmp_path / "drawn/a").stat().st_mode & 0o077 == 0


def test_those_not_looked_at_the_longest_go_first(tmp_path: Path) -> None:
    drawn = Drawn(tmp_path, 30)
    for number in (1, 2, 3):
        drawn.keep("a", number, b"x" * 10)
    drawn.get("a", 1)
    drawn.keep("b", 1, b"x" * 10)
    assert names(tmp_path) == ["a/1.png", "a/3.png", "b/1.png"]
    drawn.keep("b", 1, b"x" * 30)
    assert names(tmp_path) == ["b/1.png"]
    assert not (tmp_path / "a").exists()
    drawn.keep("c", 1, b"x" * 31)
    assert names(tmp_path) == ["b/1.png"]


def test_what_lies_there_at_the_start_counts_by_its_last_use(tmp_path: Path) -> None:
    first = Drawn(tmp_path, 100)
    for number, at in ((1, 300), (2, 100), (3, 200)):
        first.keep("a", number, b"x" * 10)
        os.utime(tmp_path / f"a/{number}.png", (at, at))
    (tmp_path / "a/9.0.part").write_bytes(b"half")
    (tmp_path / "a/notes.txt").write_bytes(b"of somebody else")
    Drawn(tmp_path, 30).keep("b", 1, b"x" * 10)
    assert names(tmp_path) == ["a/1.png", "a/3.png", "a/notes.txt", "b/1.png"]


def test_the_folder_is_looked_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walks, real = list[Path](), Path.glob

    def glob(path: Path, pattern: str) -> Iterator[Path]:
        walks.append(path)
        return iter(real(path, pattern))

    monkeypatch.setattr(Path, "glob", glob)
    drawn = Drawn(tmp_path, 50)
    for number in range(100):
        drawn.keep("a", number, b"x" * 10)
        drawn.get("a", number)
    assert len(walks) == 1
    assert len(list(real(tmp_path, "*/*"))) == 5


def test_the_folder_may_be_emptied_at_any_time(tmp_path: Path) -> None:
    drawn = Drawn(tmp_path, 20)
    drawn.keep("a", 1, b"x" * 10)
    (tmp_path / "a/1.png").unlink()
    (tmp_path / "a").rmdir()
    assert drawn.get("a", 1) is None
    assert not drawn.has("a", [1])
    drawn.keep("a", 2, b"x" * 20)
    assert drawn.get("a", 2) == b"x" * 20


def test_what_cannot_be_kept_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "drawn").write_text("a file where a folder should be")
    drawn = Drawn(tmp_path / "drawn", 20)
    drawn.keep("a", 1, b"x")
    assert drawn.get("a", 1) is None
