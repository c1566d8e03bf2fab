"""What comes in by a channel, as it is accepted: stored bytes and what their source says about them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.received import Channel, ReceivedAtSource


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """A file whose bytes are durable. `path` is what its source called it: data, never a name of ours."""

    path: str
    sha256: str
    size: int
    declared_type: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """Files that came in together. The same `source_key` never makes a second submission.

    `received_at` is None where the moment of acceptance counts; `answers` is the id of the request that these answer.
    """

    channel: Channel
    name: str
    files: tuple[ArrivedFile, ...]
    source_key: str | None = None
    received_at: dt.datetime | None = None
    received_at_source: ReceivedAtSource = "now"
    payer: str | None = None
    note: str | None = None
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The receipt: everything named here is durable. `again` says that it was accepted before under the same key."""

    submission: str
    received_at: dt.datetime
    files: tuple[ArrivedFile, ...]
    again: bool = False
    work: tuple[str, ...] = ()
