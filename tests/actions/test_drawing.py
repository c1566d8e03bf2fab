from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from actions.drawing import Busy, Desk, Looking


def never() -> bool:
    return False


class Viewer(threading.Thread):
    """Takes a turn and keeps it until told."""

    def __init__(self, desk: Desk, key: str, there: Callable[[], bool] = never, who: str | None = None) -> None:
        super().__init__(daemon=True)
        self._desk, self._key, self._there, self._who = desk, key, there, who or f"of {id(self)}"
        self.has, self.may_go = threading.Event(), threading.Event()
        self.mine: bool | None = None
        self.start()

    def run(self) -> None:
        with self._desk.turn(self._key, self._there, who=self._who) as self.mine:
            self.has.set()
            self.may_go.wait(10)

    def end(self) -> None:
        self.may_go.set()
        self.join(10)


def test_only_so_many_draw_at_a_time() -> None:
    desk = Desk(Looking(sandboxes=2, wait_s=0.05))
    first, second = Viewer(desk, "a"), Viewer(desk, "b")
    assert first.has.wait(5)
    assert second.has.wait(5)
    with pytest.raises(Busy, match="Try again"), desk.turn("c", never, who="z"):
        pass
    first.end()
    with desk.turn("c", never, who="z") as mine:
        assert mine
    second.end()


def test_others_wait_for_a_while() -> None:
    desk = Desk(Looking(sandboxes=1, wait_s=10))
    first = Viewer(desk, "a")
    assert first.has.wait(5)
    second = Viewer(desk, "b")
    assert not second.has.wait(0.05)
    first.end()
    assert second.has.wait(5)
    assert second.mine
    second.end()


def test_only_so_many_wait() -> None:
    desk = Desk(Looking(sandboxes=1, waiting=0))
    first = Viewer(desk, "a")
    assert first.has.wait(5)
    with pytest.raises(Busy), desk.turn("b", never, who="z"):
        pass
    first.end()


def test_of_one_document_one_draws_and_the_others_find_it_drawn() -> None:
    desk, drawn = Desk(Looking(sandboxes=2)), threading.Event()
    first = Viewer(desk, "a", drawn.is_set)
    assert first.has.wait(5)
    others = [Viewer(desk, "a", drawn.is_set) for _ in range(3)]
    assert not others[0].has.wait(0.05)
    drawn.set()
    first.end()
    for other in others:
        assert other.has.wait(5)
        assert other.mine is False
        other.end()


def test_a_turn_ends_with_an_error() -> None:
    desk = Desk(Looking(sandboxes=1, wait_s=0))
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"), desk.turn("a", never, who="z"):
            raise ValueError("broken")


def test_a_caller_has_one_turn_and_few_places_to_wait() -> None:
    desk = Desk(Looking(sandboxes=2, waiting=8, of_a_caller=2, wait_s=10))
    mine = [Viewer(desk, key, who="me") for key in "ab"]
    assert mine[0].has.wait(5)
    assert not mine[1].has.wait(0.05)
    other = Viewer(desk, "c", who="other")
    assert other.has.wait(5)
    mine.append(Viewer(desk, "d", who="me"))
    assert not mine[2].has.wait(0.05)
    with pytest.raises(Busy), desk.turn("e", never, who="me"):
        pass
    for viewer in (other, *mine):
        viewer.end()


def test_half_of_the_places_are_for_those_who_wait_for_nothing_else() -> None:
    desk = Desk(Looking(sandboxes=1, waiting=2, wait_s=10))
    first = Viewer(desk, "a", who="me")
    assert first.has.wait(5)
    second = Viewer(desk, "b", who="me")
    assert not second.has.wait(0.05)
    with pytest.raises(Busy), desk.turn("c", never, who="me"):
        pass
    other = Viewer(desk, "d", who="other")
    assert not other.has.wait(0.05)
    first.end()
    # It came last, and the caller who came before has just had a turn.
    assert other.has.wait(5)
    assert not second.has.is_set()
    other.end()
    assert second.has.wait(5)
    second.end()
