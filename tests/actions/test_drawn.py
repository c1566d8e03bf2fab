from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest

from actions import drawn as drawn_module
from actions.drawn import Drawn

END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def png(size: int = 20) -> bytes:
    return b"x" * (size - len(END)) + END


def settle(drawn: Drawn) -> None:
    """Wait until the folder was looked through."""
    assert drawn._walker is not None
    drawn._walker.join(10)


def names(folder: Path) -> list[str]:
    return sorted(f"{path.parent.name}/{path.name}" for path in folder.glob("*/*/*"))


def test_what_was_drawn_is_kept(tmp_path: Path) -> None:
    drawn = Drawn(tmp_path / "drawn", 100)
    assert drawn.get("a", 1) is None
    drawn.keep("a", 1, png())
    assert drawn.get("a", 1) == png()
    assert drawn.has("a", [1])
    assert not drawn.has("a", [1, 2])
    assert (tmp_path / "drawn/0/a").stat().st_mode & 0o077 == 0


def test_those_not_looked_at_the_longest_go_first(tmp_path: Path) -> None:
    drawn = Drawn(tmp_path, 60)
    for number in (1, 2, 3):
        drawn.keep("a", number, png())
    drawn.get("a", 1)
    drawn.keep("b", 1, png())
    assert names(tmp_path) == ["a/1.png", "a/3.png", "b/1.png"]
    drawn.keep("b", 1, png(60))
    assert names(tmp_path) == ["b/1.png"]
    assert not (tmp_path / "0/a").exists()
    drawn.keep("c", 1, png(61))
    assert names(tmp_path) == ["b/1.png"]


def test_what_lies_there_at_the_start_counts_by_its_last_use(tmp_path: Path) -> None:
    first = Drawn(tmp_path, 100)
    for number, at in ((1, 300), (2, 100), (3, 200)):
        first.keep("a", number, png())
        os.utime(tmp_path / f"0/a/{number}.png", (at, at))
    (tmp_path / "0/a/9.0.part").write_bytes(b"half")
    (tmp_path / "0/a/notes.txt").write_bytes(b"of somebody else")
    os.utime(tmp_path / "0/a/9.0.part", (100, 100))
    (tmp_path / "0/a/8.0.part").write_bytes(b"of another, who writes now")
    later = Drawn(tmp_path, 60)
    later.keep("b", 1, png())
    settle(later)
    assert names(tmp_path) == ["a/1.png", "a/3.png", "a/8.0.part", "a/notes.txt", "b/1.png"]


def test_the_folder_is_looked_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walks, real = list[Path](), os.scandir

    def scandir(path: Any) -> Any:
        walks.append(Path(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    drawn = Drawn(tmp_path, 100)
    for number in range(100):
        drawn.keep("a", number, png())
        drawn.get("a", number)
    settle(drawn)
    assert walks.count(tmp_path / "0") == 1
    assert len(names(tmp_path)) == 5


def test_folders_that_go_while_all_are_looked_through_leave_the_bound_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Drawn(tmp_path, 1000, rules="before").keep("old", 1, png())
    first = Drawn(tmp_path, 1000)
    for key in "abcdefgh":
        first.keep(key, 1, png())
    drawn, real = Drawn(tmp_path, 60), os.scandir

    def scandir(path: Any) -> Any:
        if Path(path).name in {"c", "f"}:
            (Path(path) / "1.png").unlink()
            Path(path).rmdir()
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    drawn.keep("z", 1, png())
    settle(drawn)
    assert (len(names(tmp_path)), "z/1.png" in names(tmp_path)) == (3, True)
    assert not (tmp_path / "before").exists()
    assert (drawn._total, drawn._gone) == (60, None)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_goes_is_not_noted_for_ever_where_the_look_through_the_folder_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Path) -> None:
        raise RuntimeError("no folder can be looked through")

    monkeypatch.setattr(drawn_module, "_found", broken)
    drawn = Drawn(tmp_path, 60)
    drawn.keep("a", 1, png())
    settle(drawn)
    drawn.get("b", 1)
    assert drawn._gone is None


def test_the_folder_may_be_emptied_at_any_time(tmp_path: Path) -> None:
    drawn = Drawn(tmp_path, 40)
    drawn.keep("a", 1, png())
    (tmp_path / "0/a/1.png").unlink()
    (tmp_path / "0/a").rmdir()
    assert drawn.get("a", 1) is None
    assert not drawn.has("a", [1])
    drawn.keep("a", 2, png(40))
    assert drawn.get("a", 2) == png(40)


def test_what_cannot_be_kept_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "drawn").write_text("a file where a folder should be")
    drawn = Drawn(tmp_path / "drawn", 20)
    drawn.keep("a", 1, b"x")
    assert drawn.get("a", 1) is None


def test_what_goes_while_the_folder_is_looked_through_is_not_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, gone, real = threading.Event(), threading.Event(), drawn_module._found

    def found(folder: Path) -> list[tuple[float, tuple[str, int], int]]:
        told = real(folder)
        seen.set()
        gone.wait(60)
        return told

    monkeypatch.setattr(drawn_module, "_found", found)
    drawn = Drawn(tmp_path, 100)
    drawn.keep("a", 1, png())
    drawn.keep("a", 2, png())
    assert seen.wait(60)
    (tmp_path / "0/a/1.png").write_bytes(b"torn")
    assert drawn.get("a", 1) is None
    gone.set()
    settle(drawn)
    assert not drawn.has("a", [1])
    assert drawn.has("a", [2])


@pytest.mark.parametrize("torn", [b"", png()[:-1], bytes(20)])
def test_what_a_power_cut_has_torn_is_not_shown(tmp_path: Path, torn: bytes) -> None:
    drawn = Drawn(tmp_path, 100)
    drawn.keep("a", 1, png())
    (tmp_path / "0/a/1.png").write_bytes(torn)
    assert drawn.get("a", 1) is None
    assert not drawn.has("a", [1])


def test_what_was_drawn_by_other_rules_goes(tmp_path: Path) -> None:
    (tmp_path / "k").mkdir()
    (tmp_path / "k/1.png").write_bytes(png())
    first = Drawn(tmp_path, 100, rules="1")
    first.keep("k", 1, png())
    settle(first)
    assert not (tmp_path / "k").exists()
    second = Drawn(tmp_path, 100, rules="2")
    assert second.get("k", 1) is None
    second.keep("k", 2, png())
    settle(second)
    assert names(tmp_path) == ["k/2.png"]
    assert not (tmp_path / "1").exists()


def test_pages_are_shown_while_the_folder_is_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Drawn(tmp_path, 100).keep("a", 1, png())
    walking, real = threading.Event(), drawn_module._found

    def found(folder: Path) -> list[tuple[float, tuple[str, int], int]]:
        walking.wait(10)
        return real(folder)

    monkeypatch.setattr(drawn_module, "_found", found)
    drawn = Drawn(tmp_path, 100)
    drawn.keep("a", 2, png())
    assert drawn.has("a", [1, 2])
    assert drawn.get("a", 1) == png()
    walking.set()
    settle(drawn)
    assert drawn.has("a", [1, 2])


def test_a_folder_far_too_large_shrinks_by_and_by(tmp_path: Path) -> None:
    first = Drawn(tmp_path, 10_000)
    for number in range(100):
        first.keep("a", number, png())
    drawn = Drawn(tmp_path, 100)
    drawn.keep("b", 1, png())
    settle(drawn)
    assert len(names(tmp_path)) == 81
    drawn.keep("b", 2, png())
    assert len(names(tmp_path)) == 62
