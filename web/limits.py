"""How much is taken from whom: defaults are reliability.md 5, all of them can be set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of the web. Sizes are bytes, times seconds.

    At most `uploads` bodies are taken at a time, and `waiting` more wait for their turn, for `patience_s`; of one
    caller at most `of_a_caller` are taken or wait. A body of which nothing comes for `stall_s` is given up.
    `calls_per_s` and `burst` bound each caller's calls (None: no bound). A stream of events ends after `stream_s`, and
    looks every `tick_s`.
    """

    file_bytes: int = 100 * 1024**2
    batch_bytes: int = 500 * 1024**2
    batch_files: int = 200
    body_bytes: int = 1024**2
    uploads: int = 64
    waiting: int = 256
    of_a_caller: int = 20
    patience_s: float = 20.0
    calls_per_s: float | None = 50.0
    burst: int = 100
    stall_s: float = 30.0
    streams: int = 100
    stream_s: float = 600.0
    tick_s: float = 1.0
