"""Pages that could not be drawn, remembered for a while: each attempt may cost all the time that a file is given."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

_FOR_S, _MOST = 300.0, 10_000


class Undrawn:
    """Pages by the key of their document and their number."""

    def __init__(self) -> None:
        """Begin without any."""
        self._since: OrderedDict[tuple[str, int], float] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, key: str, number: int) -> None:
        """Remember a page for five minutes."""
        with self._lock:
            self._since[key, number] = time.monotonic()
            self._since.move_to_end((key, number))
            if len(self._since) > _MOST:
                self._since.popitem(last=False)

    def has(self, key: str, number: int) -> bool:
        """Whether a page is not worth another attempt yet."""
        with self._lock:
            since = self._since.get((key, number))
        return since is not None and time.monotonic() - since < _FOR_S
