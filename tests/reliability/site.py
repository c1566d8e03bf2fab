"""An installation of a test's own, opened by each process for itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from actions.checklists import policies
from actions.means import Means, lend
from actions.page_pool import PagePool
from actions.receive import Inbox, nobody
from actions.workshop import Tempo, Worker
from models.principal import Principal
from pipeline import Context
from store.blobs import Blobs, Bucket, LocalBlobs, Reserve
from store.blobs_s3 import open_bucket
from store.db import Database, open_database
from store.migrate import migrate
from store.queue import Bell, open_bell

# Leases of two seconds: a test waits for nobody longer.
QUICK = Tempo(lease_s=2.0, heartbeat_s=0.5, reconcile_s=0.5)
TESSDATA = Path("/usr/share/tesseract-ocr/5/tessdata")
SENDER = Principal("main", "key:sender", "integrator")


@dataclass(frozen=True, slots=True)
class Site:
    """Where an installation lies and how fast its clocks run; only what can be handed to a process.

    With `readers` each worker has so many processes of its own that read pages, as in production.
    """

    data: Path
    database_url: str | None = None
    redis_url: str | None = None
    bucket: Bucket | None = None
    readers: int = 0
    tempo: Tempo = QUICK

    def open(self) -> Database:
        """Its database."""
        return open_database(self.data, self.database_url)

    def prepare(self) -> Site:
        """Itself, migrated."""
        database = self.open()
        migrate(database)
        database.close()
        return self

    def blobs(self) -> Blobs:
        """Its store."""
        if self.bucket is None:
            return LocalBlobs(self.data)
        return open_bucket(self.bucket, self.data / "spool", Reserve(share=0, bytes=0))

    def bell(self) -> Bell | None:
        """What wakes its workers, if anything does."""
        return open_bell(self.redis_url) if self.redis_url is not None else None

    def inbox(self, database: Database) -> Inbox:
        """Where its files are accepted."""
        bell = self.bell()
        return Inbox(database, self.blobs(), bell.wake if bell is not None else nobody)

    def means(self) -> Means:
        """What the machine lends."""
        return lend(TESSDATA, 1, limits={})

    def worker(self, name: str, readers: PagePool) -> Worker:
        """One of its workers."""
        context = Context(policies(), None, "us")
        return Worker(name, self.open(), self.blobs(), self.means(), context, readers, self.data / "none", self.tempo)


def production() -> Tempo:
    """The settings that an installation has unless it is told others."""
    return Tempo()
