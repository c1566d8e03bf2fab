"""Accepting what comes in, by whatever channel: nothing is acknowledged before it is durable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from models.arrival import Accepted, Arrival, ArrivedFile
from models.principal import Principal
from store import inbox
from store.blobs import Blobs, Stored
from store.db import Database

Wake = Callable[[Sequence[str]], None]


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where files are accepted: bytes go to `blobs`, everything else to `database`; `wake` tells workers of new work.

    `wake` may fail or be lost: workers look for themselves, too.
    """

    database: Database
    blobs: Blobs
    wake: Wake

    def store(
        self, who: Principal, path: str, chunks: Iterable[bytes], declared_type: str | None = None
    ) -> ArrivedFile:
        """Make the bytes of a file durable.

        Raises:
            NoSpace: the disk is nearly full; nothing was kept.
        """
        self.blobs.check()
        writer = self.blobs.writer(who.tenant)
        try:
            for chunk in chunks:
                writer.write(chunk)
            stored = writer.commit()
        finally:
            writer.abort()
        return arrived(path, stored, declared_type)

    def accept(self, arrival: Arrival, who: Principal) -> Accepted:
        """Accept files that are durable; when this returns, whoever brought them may forget them.

        Raises:
            KeyUsedOtherwise, NotFound: see `store.inbox.accept`.
            DatabaseAway: nothing was accepted.
        """
        accepted = inbox.accept(self.database, arrival, who)
        if accepted.work:
            self.wake(accepted.work)
        return accepted


def arrived(path: str, stored: Stored, declared_type: str | None = None) -> ArrivedFile:
    """A file whose bytes are durable."""
    return ArrivedFile(path, stored.sha256, stored.size, declared_type)


def nobody(work: Sequence[str]) -> None:
    """Wake nobody: workers look for themselves."""
