"""How fast somebody may try: a bucket that fills by and by."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from web.problems import Refusal

# Whose bucket was used the longest ago is forgotten first, and found full when it comes again.
_MOST = 50_000


@dataclass(slots=True)
class Pace:
    """Buckets by name, each for `burst` attempts, which come back at `per_s` (None: there is no bound)."""

    per_s: float | None
    burst: int
    detail: str | None = None
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self, name: str) -> None:
        """Let somebody try, without counting it.

        Raises:
            Refusal: there were too many attempts for now ("too-many-calls"); it tells when there may be another.
        """
        self._take(name, 0)

    def step(self, name: str) -> None:
        """Count an attempt.

        Raises:
            Refusal: it is one too many for now ("too-many-calls"); it tells when there may be another.
        """
        self._take(name, 1)

    def failed(self, name: str) -> None:
        """Count an attempt that has been made."""
        with self._lock:
            self._put(name, max(0.0, self._left(name) - 1))

    def charge(self, name: str, count: float) -> None:
        """Count so many attempts at once; of more than there are left the rest is owed."""
        with self._lock:
            self._put(name, self._left(name) - count)

    def _take(self, name: str, count: int) -> None:
        if self.per_s is None:
            return
        with self._lock:
            left = self._left(name)
            if left < 1:
                raise Refusal("too-many-calls", self.detail, retry_s=(1 - left) / self.per_s)
            if count:
                self._put(name, left - count)

    def _left(self, name: str) -> float:
        at = time.monotonic()
        left, since = self._buckets.get(name, (float(self.burst), at))
        return min(float(self.burst), left + (at - since) * (self.per_s or 0.0))

    def _put(self, name: str, left: float) -> None:
        self._buckets[name] = (left, time.monotonic())
        self._buckets.move_to_end(name)
        if len(self._buckets) > _MOST:
            self._buckets.popitem(last=False)
