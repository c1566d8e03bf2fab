"""One installation of the service: where its database, its objects and its files lie, and how it works."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from actions.means import Means, lend
from intake.channels.imap import Account
from models.limits import UploadLimits, WebLimits
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
    embedded default: all of it under `data`. `shown` are the settings by name, without secrets; `origins` are the
    variable or file that each comes from, of those that are set.
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
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def watched(self) -> tuple[Path, ...]:
        """The folders that are watched."""
        return self.folder.paths or (self.data / INBOX,)


def install(
    settings: Mapping[str, Any], shown: Iterable[tuple[str, str]] = (), *, origins: Mapping[str, str] | None = None
) -> Installation:
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
        upload=UploadLimits(**settings["upload"]),
        folder=Watched(**settings["folder"]),
        mailbox=Account(**imap) if imap["host"] else None,
        mailbox_poll_s=poll_s,
        audit=Audited(**settings["audit"]),
        quota=Quota(**settings["quota"]),
        shown=tuple(shown),
        origins=origins or {},
        web=WebLimits(**settings["web"]),
    )
