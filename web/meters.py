"""What is counted for Prometheus: calls, acknowledgements, and the service's own numbers when it is asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from actions.service import Measures

# Counting all pages takes a while on a large database.
_FRESH_S = 15.0
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 10.0, 30.0)


@dataclass(slots=True)
class Meters:
    """Counters of one process, and the gauges that all of them take from the database."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    calls: Counter = field(init=False)
    acks: Histogram = field(init=False)
    _gauges: dict[str, Gauge] = field(init=False)
    _looked: float | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Make the instruments."""
        self.calls = Counter(
            "dossier_http_requests", "Calls by route, method and status.", ("route", "method", "status"),
            registry=self.registry,
        )  # fmt: skip
        self.acks = Histogram(
            "dossier_ack_seconds", "From the first byte of an upload to its receipt.", buckets=_BUCKETS,
            registry=self.registry,
        )  # fmt: skip
        self._gauges = {
            name: Gauge(f"dossier_{name}", help_, labels, registry=self.registry) for name, help_, labels in _GAUGES
        }

    def text(self, measure: Callable[[], Measures]) -> bytes:
        """Everything in Prometheus's format; the database is asked at most every 15 seconds."""
        with self._lock:
            if self._looked is None or time.monotonic() - self._looked > _FRESH_S:
                self._set(measure())
                self._looked = time.monotonic()
        return generate_latest(self.registry)

    def _set(self, told: Measures) -> None:
        for gauge in self._gauges.values():
            if gauge._labelnames:  # noqa: SLF001 - the library has no other way to ask
                gauge.clear()
        for (stage, state), count in told.work.items():
            self._gauges["queue_depth"].labels(stage, state).set(count)
        for name, counts in (("requests", told.requests), ("submissions", told.submissions), ("outbox", told.outbox)):
            for state, count in counts.items():
                self._gauges[name].labels(state).set(count)
        self._gauges["oldest_waiting_seconds"].set(told.oldest_s)
        self._gauges["conservation_gap"].set(told.gap)
        self._gauges["audit_unsigned_rows"].set(told.unsigned)
        self._gauges["audit_unsigned_seconds"].set(told.unsigned_s)


_GAUGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("queue_depth", "Units of work by stage and state.", ("stage", "state")),
    ("oldest_waiting_seconds", "How long the oldest work that could be done now has waited.", ()),
    ("conservation_gap", "Pages that are in no place or in two: always 0.", ()),
    ("audit_unsigned_rows", "Rows of the audit that no signed checkpoint covers yet.", ()),
    ("audit_unsigned_seconds", "How long the oldest of these rows has waited for its checkpoint.", ()),
    ("requests", "Requests by status.", ("status",)),
    ("submissions", "Submissions by state.", ("state",)),
    ("outbox", "Messages to be sent by state.", ("state",)),
)
