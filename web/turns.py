"""Who may upload when: so many at a time, the others in line, no caller's before those of callers with fewer.

And who may watch, so many at a time.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

from web.limits import Limits
from web.problems import Refusal


@dataclass(slots=True)
class Turns:
    """The uploads that are taken, and those that wait. Used from one event loop."""

    limits: Limits
    taken: Counter[str] = field(default_factory=Counter)
    line: list[tuple[str, asyncio.Future[None]]] = field(default_factory=list)

    @asynccontextmanager
    async def taking(self, caller: str) -> AsyncIterator[None]:
        """A turn of a caller, as long as the context lasts.

        Raises:
            Refusal: the caller has too many already ("too-many-calls"), or the line is too long or slow ("busy").
        """
        await self._wait(caller)
        try:
            yield
        finally:
            self._leave(caller)

    async def _wait(self, caller: str) -> None:
        waiting = sum(1 for name, _ in self.line if name == caller)
        if self.taken[caller] + waiting >= self.limits.upload.of_a_caller:
            raise Refusal("too-many-calls", "You upload more at a time than one caller may. Wait for an answer first.")
        if self.taken.total() < self.limits.upload.at_once and not self.line:
            self.taken[caller] += 1
            return
        if len(self.line) >= self.limits.upload.waiting:
            raise Refusal("busy")
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.line.append((caller, turn))
        try:
            await asyncio.wait_for(turn, self.limits.upload.patience_s)
        except TimeoutError:
            raise Refusal("busy") from None
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._leave(caller)
            raise
        finally:
            self.line = [one for one in self.line if one[1] is not turn]

    def _leave(self, caller: str) -> None:
        self.taken[caller] -= 1
        if not self.taken[caller]:
            del self.taken[caller]
        waiting = [one for one in self.line if not one[1].done()]
        if waiting:
            # Whoever has the fewest is next; among equals the one who came first.
            name, turn = min(waiting, key=lambda one: self.taken[one[0]])
            self.taken[name] += 1
            turn.set_result(None)


@dataclass(slots=True)
class Streams:
    """The streams of events that are open. Used from one event loop."""

    limits: Limits
    open: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def taking(self, caller: str) -> Iterator[None]:
        """A stream of a caller, as long as the context lasts.

        Raises:
            Refusal: the caller has too many already ("too-many-calls"), or all have together ("busy").
        """
        if self.open[caller] >= self.limits.streams_of_a_caller:
            raise Refusal("too-many-calls", "You watch more at a time than one caller may. End a stream first.")
        if self.open.total() >= self.limits.streams:
            raise Refusal("busy", "More is being watched than can be at a time. Try again after Retry-After seconds.")
        self.open[caller] += 1
        try:
            yield
        finally:
            self.open[caller] -= 1
            self.open += Counter()
