"""Who may have pages drawn when: a burst of viewers starts no more sandboxes than the machine bears."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.problem import TransientError


class Busy(TransientError):
    """More pages are wanted than can be drawn at a time."""


@dataclass(frozen=True, slots=True)
class Looking:
    """What looking at pages may cost one process.

    At most `sandboxes` files are open at a time; `waiting` more callers wait, each for `wait_s` seconds. Of what was
    drawn `kept_bytes` bytes are kept.
    """

    sandboxes: int = 2
    waiting: int = 16
    wait_s: float = 20.0
    kept_bytes: int = 2 * 1024**3


class Desk:
    """Gives out turns: so many in all, of one document one at a time."""

    def __init__(self, looking: Looking) -> None:
        """Begin with all turns free."""
        self._looking = looking
        self._drawing: set[str] = set()
        self._waiting = 0
        self._changed = threading.Condition()

    @contextlib.contextmanager
    def turn(self, key: str, there: Callable[[], bool]) -> Iterator[bool]:
        """A turn to draw pages of a document, as long as the context lasts; False when they are `there` by now.

        Raises:
            Busy: too many wait already, or no turn came.
        """
        with self._changed:
            mine = self._wait(key, there)
            if mine:
                self._drawing.add(key)
        try:
            yield mine
        finally:
            if mine:
                with self._changed:
                    self._drawing.remove(key)
                    self._changed.notify_all()

    def _wait(self, key: str, there: Callable[[], bool]) -> bool:
        if self._free(key):
            return not there()
        if self._waiting >= self._looking.waiting:
            raise Busy("More pages are wanted than can be drawn at a time. Try again in a moment.")
        self._waiting += 1
        try:
            come = self._changed.wait_for(lambda: there() or self._free(key), self._looking.wait_s)
        finally:
            self._waiting -= 1
        if not come:
            raise Busy("More pages are wanted than can be drawn at a time. Try again in a moment.")
        return not there()

    def _free(self, key: str) -> bool:
        return key not in self._drawing and len(self._drawing) < self._looking.sandboxes
