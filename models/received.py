"""A file as it arrived, before anything is believed about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Channel = Literal["upload", "fax", "email", "folder", "api", "cli"]
# The media type under which the record of a fax server, a file beside the fax itself, goes.
SIDECAR = "application/x-fax-sidecar"
ReceivedAtSource = Literal["option", "mail-received", "sidecar", "mail-date", "fax-header", "now"]


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """One received file.

    `path` is relative to its submission ("form.pdf", "scans/2.tif"); `declared_type` is what the sender called it.
    """

    path: str
    content: bytes
    sha256: str
    declared_type: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """When and how a submission came in. `received_at` is UTC-aware: the end of reception at the plan."""

    submission: str
    channel: Channel
    received_at: dt.datetime
    source: ReceivedAtSource
