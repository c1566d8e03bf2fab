"""What the senders know: which submission was sent under which key, and which receipt came back."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from tests.reliability.papers import Sent


@dataclass(slots=True)
class History:
    """Thread-safe. `acked` has the receipts by key; more than one for a key is a promise broken."""

    sent: dict[str, Sent] = field(default_factory=dict)
    acked: dict[str, set[str]] = field(default_factory=dict)
    attempts: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def try_to_send(self, one: Sent) -> None:
        """An attempt begins."""
        with self._lock:
            self.sent[one.key] = one
            self.attempts += 1

    def receipt(self, key: str, submission: str) -> None:
        """A receipt has come."""
        with self._lock:
            self.acked.setdefault(key, set()).add(submission)
