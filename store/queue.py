"""Waking workers through Redis with RQ. It remembers nothing: the table of work is the truth, Redis may be emptied.

A job of ours is only ever taken off the queue, never run; its one argument is the id of a unit of work.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DequeueTimeout
from rq.serializers import JSONSerializer

_LOG = logging.getLogger(__name__)

NAME = "dossier"
# What a job would run if it were run.
_CALL = "worker.look"
# More calls than this wake nobody sooner: workers that are busy look again when they are done.
_MOST = 1000
# Seconds after which a call that woke nobody is forgotten.
_TTL_S = 300
_TIMEOUT_S = 2.0
# Whoever rings waits for Redis once; then it is not asked again for so long.
_PAUSE_S = 10.0


@dataclass(slots=True)
class Bell:
    """Rings for workers, and lets them wait. Where Redis is away, ringing does nothing and waiting is sleeping."""

    queue: Queue
    _quiet_until: float = 0.0
    _away: bool = False

    def wake(self, work: Sequence[str]) -> None:
        """Tell that there is work, after it was committed; a failure is only logged, for workers look anyway."""
        if time.monotonic() < self._quiet_until:
            return
        try:
            if self.queue.count < _MOST:
                for identifier in work[:_MOST]:
                    self.queue.enqueue_call(_CALL, args=(identifier,), ttl=_TTL_S, result_ttl=0, failure_ttl=0)
            self._is_back()
        except (RedisError, OSError) as failure:
            self._quiet_until = time.monotonic() + _PAUSE_S
            self._is_away(failure)

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Return when there may be work, after `seconds` at the latest or when `stop` is set (within a second)."""
        until = time.monotonic() + seconds
        while not stop.is_set() and time.monotonic() < until:
            try:
                heard = self._heard(1)
            except (RedisError, OSError) as failure:
                self._is_away(failure)
                stop.wait(max(0.0, until - time.monotonic()))
            else:
                self._is_back()
                if heard:
                    return

    def answers(self) -> bool:
        """Whether Redis is there."""
        try:
            return bool(self.queue.connection.ping())
        except (RedisError, OSError):
            return False

    def _is_away(self, failure: Exception) -> None:
        """Say so once."""
        if not self._away:
            _LOG.warning("Redis is away (%s) and wakes nobody; workers look for themselves", type(failure).__name__)
        self._away = True

    def _is_back(self) -> None:
        if self._away:
            _LOG.info("Redis is back")
        self._away = False

    def _heard(self, seconds: int) -> bool:
        """Wait for a call and take it away."""
        connection = self.queue.connection
        try:
            found = Queue.dequeue_any([self.queue], seconds, connection, serializer=JSONSerializer)
        except DequeueTimeout:
            return False
        finally:
            # RQ keeps here what it has handed out until a worker of its own runs it; calls whose time was over, too.
            connection.delete(self.queue.intermediate_queue_key)
        if found is not None:
            found[0].delete(remove_from_queue=False)
        return True


def open_bell(url: str) -> Bell:
    """The bell at a Redis or Valkey; nothing is connected yet."""
    connection = Redis.from_url(url, socket_timeout=_TIMEOUT_S + 2, socket_connect_timeout=_TIMEOUT_S)
    return Bell(Queue(NAME, connection=connection, serializer=JSONSerializer))
