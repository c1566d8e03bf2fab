"""One installation of the service: where its database, its objects and its files lie, and how it works."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any

from actions.drawing import Looking
from actions.means import Means, lend
from intake.channels.imap import Account
from store.blobs import Bucket, Reserve
from store.quota import UNBOUNDED, Quota

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
    """Of one upload: bytes of a file, bytes in all, and files; of all at a time: see docs/settings.md."""

    file_bytes: int
    bytes: int
    files: int
    at_once: int
    waiting: int
    of_a_caller: int
    patience_s: float
    stall_s: float
    bytes_per_s: int
    grace_s: float


@dataclass(frozen=True, slots=True)
class WebLimits:
    """How it is reached, and how often and how much at a time (docs/settings.md)."""

    secure: bool
    open_metrics: bool
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]
    calls_per_s: float
    burst: int
    failures_per_s: float
    failures: int
    streams: int
    streams_of_a_caller: int
    looking: Looking


@dataclass(frozen=True, slots=True)
class Audited:
    """Where checkpoints of the audit are written, and the private key that signs them (PEM); None: the data folder's.

    Checkpoints lie in the bucket of the objects, too, if there is one.
    """

    checkpoints: Path | None = None
    key: str | None = field(default=None, repr=False)


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
    web: WebLimits
    audit: Audited = Audited()
    quota: Quota = UNBOUNDED
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
        audit=Audited(**settings["audit"]),
        quota=Quota(**settings["quota"]),
        shown=tuple(shown),
        web=_web(settings["web"]),
    )


def _web(told: Mapping[str, Any]) -> WebLimits:
    rest = dict(told)
    looking = Looking(
        sandboxes=rest.pop("drawings"), wait_s=rest.pop("drawing_wait_s"), kept_bytes=rest.pop("drawn_bytes")
    )
    return WebLimits(looking=looking, **rest)
