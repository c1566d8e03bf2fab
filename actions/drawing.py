"""Who may have pages drawn when: a burst of viewers starts no more sandboxes than the machine bears."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.limits import WebLimits
from models.problem import TransientError

_SET = WebLimits()


class Busy(TransientError):
    """More pages are wanted than can be drawn at a time."""


@dataclass(frozen=True, slots=True)
class Looking:
    """What looking at pages may cost one process.

    At most `sandboxes` files are open at a time, of one caller one; `waiting` more wait, of one caller `of_a_caller`
    (what a browser asks for at once), each for `wait_s` seconds. Half of the places are for those who wait for nothing
    else. Of what was drawn `kept_bytes` bytes are kept.
    """

    sandboxes: int = _SET.drawings
    waiting: int = 32
    of_a_caller: int = 6
    wait_s: float = _SET.drawing_wait_s
    kept_bytes: int = _SET.drawn_bytes


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """That somebody draws, or waits to draw, pages of the document with this key."""

    key: str
    who: str


class Desk:
    """Gives out turns: so many in all, of one caller and of one document one at a time.

    Who came first is first; but whoever had a turn stands behind all others with what else he waits for.
    """

    def __init__(self, looking: Looking) -> None:
        """Begin with all turns free."""
        self._looking = looking
        self._drawing: list[_Turn] = []
        self._waiting: list[_Turn] = []
        self._changed = threading.Condition()

    @contextlib.contextmanager
    def turn(self, key: str, there: Callable[[], bool], *, who: str) -> Iterator[bool]:
        """A turn of a caller to draw pages of a document, as long as the context lasts; False when they are `there`.

        Raises:
            Busy: too many wait already, or no turn came.
        """
        mine = _Turn(key, who)
        with self._changed:
            drawn = self._wait(mine, there)
            if not drawn:
                self._drawing.append(mine)
        try:
            yield not drawn
        finally:
            with self._changed:
                if not drawn:
                    self._drawing.remove(mine)
                    self._waiting.sort(key=lambda one: one.who == who)
                self._changed.notify_all()

    def _wait(self, mine: _Turn, there: Callable[[], bool]) -> bool:
        """Whether the pages are there by now; if not, it is this turn's time."""
        self._waiting.append(mine)
        try:
            if self._next() is not mine and not self._may_wait(mine):
                raise Busy("More pages are wanted than can be drawn at a time. Try again in a moment.")
            if not self._changed.wait_for(lambda: there() or self._next() is mine, self._looking.wait_s):
                raise Busy("More pages are wanted than can be drawn at a time. Try again in a moment.")
            return there()
        finally:
            self._waiting.remove(mine)

    def _may_wait(self, mine: _Turn) -> bool:
        own = sum(one.who == mine.who for one in self._waiting)
        most = self._looking.waiting if own == 1 else self._looking.waiting // 2
        return len(self._waiting) <= most and own <= self._looking.of_a_caller

    def _next(self) -> _Turn | None:
        """Whose time it is: of those whose caller and whose document have no turn, the first."""
        if len(self._drawing) >= self._looking.sandboxes:
            return None
        callers, keys = {one.who for one in self._drawing}, {one.key for one in self._drawing}
        return next((one for one in self._waiting if one.who not in callers and one.key not in keys), None)
