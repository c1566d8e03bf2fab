"""How much is taken from whom: defaults are reliability.md 5; docs/settings.md names those that can be set."""

from __future__ import annotations

import math
from dataclasses import dataclass

from actions.installation import UploadLimits, WebLimits


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of the web. Sizes are bytes, times seconds.

    At most `uploads` bodies are taken at a time, and `waiting` more wait for their turn, for `patience_s`; of one
    caller at most `of_a_caller` are taken or wait. A body is given up of which nothing comes for `stall_s`, or that
    was waited for longer than `grace_s` and what has come of it takes at `bytes_per_s`.

    `calls_per_s` and `burst` bound each caller's calls, `failures_per_s` and `failures` the keys and sessions that do
    not hold, by the address they come from (None: no bound). At most `streams` streams of events are open, of one
    caller `streams_of_a_caller`; one ends after `stream_s`, and looks every `tick_s`.
    """

    file_bytes: int = 100_000_000
    batch_bytes: int = 500_000_000
    batch_files: int = 200
    body_bytes: int = 1024**2
    uploads: int = 64
    waiting: int = 256
    of_a_caller: int = 20
    patience_s: float = 20.0
    calls_per_s: float | None = 50.0
    burst: int = 100
    failures_per_s: float | None = 1.0
    failures: int = 100
    stall_s: float = 30.0
    bytes_per_s: float = 10_000.0
    grace_s: float = 30.0
    streams: int = 100
    streams_of_a_caller: int = 10
    stream_s: float = 600.0
    tick_s: float = 1.0


def limits_of(upload: UploadLimits, web: WebLimits) -> Limits:
    """The limits that an installation has set."""
    return Limits(
        file_bytes=upload.file_bytes,
        batch_bytes=upload.bytes,
        batch_files=upload.files,
        uploads=upload.at_once,
        waiting=upload.waiting,
        of_a_caller=upload.of_a_caller,
        patience_s=upload.patience_s,
        stall_s=upload.stall_s,
        bytes_per_s=upload.bytes_per_s,
        grace_s=upload.grace_s,
        calls_per_s=web.calls_per_s,
        burst=web.burst,
        failures_per_s=web.failures_per_s,
        failures=web.failures,
        streams=web.streams,
        streams_of_a_caller=web.streams_of_a_caller,
    )


def megabytes(count: int) -> str:
    """Bytes as people are told their limit: "100" for 100,000,000, "0.5" for half of one; never more than may come."""
    return f"{math.floor(count / 100_000) / 10:g}"
