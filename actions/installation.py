"""One installation of the service: where its database, its objects and its files lie, and how it works."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from actions.means import Means, lend
from intake.channels.imap import Account
from store.blobs import Bucket, Reserve

# The folder within the data folder that is watched unless others are named.
INBOX = "inbox"


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds of a lease, its heartbeat, the reconciler, a worker's look for work and its end (docs/settings.md)."""

    lease_s: float
    heartbeat_s: float
    reconcile_s: float
    poll_s: float
    grace_s: float


@dataclass(frozen=True, slots=True)
class Watched:
    """Folders into which others lay files; seconds that a file must have been left alone, and between two looks."""

    paths: tuple[Path, ...]
    settle_s: float
    poll_s: float


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Of one upload: bytes of a file, bytes in all, and files."""

    file_bytes: int
    bytes: int
    files: int


@dataclass(frozen=True, slots=True)
class Installation:
    """Everything an entry point lends to the use cases of the service, made of its settings.

    Without `database_url`, `bucket` or `redis_url` the database, the objects and the wake-up calls are those of the
    embedded default: all of it under `data`. `shown` are the settings by name, without secrets.
    """

    means: Means
    data: Path
    database_url: str | None = field(repr=False)
    redis_url: str | None = field(repr=False)
    bucket: Bucket | None
    host: str
    port: int
    workers: int
    payer: str | None
    market: str | None
    pace: Pace
    reserve: Reserve
    upload: UploadLimits
    folder: Watched
    mailbox: Account | None
    mailbox_poll_s: float
    secure: bool
    open_metrics: bool
    shown: tuple[tuple[str, str], ...] = ()

    @property
    def watched(self) -> tuple[Path, ...]:
        """The folders that are watched."""
        return self.folder.paths or (self.data / INBOX,)


def install(settings: Mapping[str, Any], shown: Iterable[tuple[str, str]] = ()) -> Installation:
    """Join settings, as `config.Settings` dumps them, to an installation; `shown` is what may be shown of them."""
    s3, imap, pace = settings["s3"], settings["imap"], settings["work"]
    sandbox = {name: value for name, value in settings["sandbox"].items() if value is not None}
    means = lend(settings["tessdata"], settings["jobs"], limits=sandbox)
    poll_s = imap.pop("poll_s")
    return Installation(
        means=means,
        data=settings["data"],
        database_url=settings["database_url"],
        redis_url=settings["redis_url"],
        bucket=Bucket(**s3) if s3["endpoint"] else None,
        host=settings["host"],
        port=settings["port"],
        workers=settings["workers"] or os.cpu_count() or 1,
        payer=settings["payer"],
        market=settings["market"],
        pace=Pace(**pace),
        reserve=Reserve(**settings["reserve"]),
        upload=UploadLimits(means.limits.file_bytes, **settings["upload"]),
        folder=Watched(**settings["folder"]),
        mailbox=Account(**imap) if imap["host"] else None,
        mailbox_poll_s=poll_s,
        shown=tuple(shown),
        **settings["web"],
    )
