"""Accepting what comes in, by whatever channel: nothing is acknowledged before it is durable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from models.arrival import Accepted, Arrival, ArrivedFile
from models.principal import Principal
from models.problem import FileCode
from store import inbox, quota
from store.blobs import Blobs, Stored
from store.db import Database
from store.quota import UNBOUNDED, Quota, TooManyCalls

Wake = Callable[[Sequence[str]], None]


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where files are accepted: bytes go to `blobs`, everything else to `database`; `wake` tells workers of new work.

    `wake` may fail or be lost: workers look for themselves, too. `quota` bounds what a sender may send on a day.
    """

    database: Database
    blobs: Blobs
    wake: Wake
    quota: Quota = UNBOUNDED

    def check(self, who: Principal, source_key: str | None = None, *, size: int = 0) -> None:
        """See before the first byte comes whether anything can be accepted from a sender.

        `size` says that at least so many bytes are to come. What was accepted under the `source_key` may come again,
        whatever came since.

        Raises:
            NoSpace: the disk is nearly full.
            TooManyCalls: the sender has sent as much as it may today, or would have with this.
            TransientError: the store or the database is away.
        """
        self.blobs.check()
        try:
            quota.check(self.database, who, self.quota, size=size)
        except TooManyCalls:
            # Looked up after it: what was accepted in the meantime has spent the quota, and is known by now.
            if source_key is None or not inbox.is_known(self.database, who, source_key):
                raise

    def store(
        self, who: Principal, path: str, chunks: Iterable[bytes], declared_type: str | None = None
    ) -> ArrivedFile:
        """Make the bytes of a file durable.

        Raises:
            NoSpace: the disk is nearly full; nothing was kept.
            TooManyCalls: the sender has sent as much as it may today; nothing was kept.
        """
        self.check(who)
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
            KeyUsedOtherwise, NotFound, TooManyCalls: see `store.inbox.accept`.
            DatabaseAway: nothing was accepted.
        """
        accepted = inbox.accept(self.database, arrival, who, quota=self.quota)
        if accepted.work:
            self.wake(accepted.work)
        return accepted

    def refuse(self, arrival: Arrival, who: Principal, code: FileCode) -> Accepted:
        """Keep a receipt of files that can never be taken, without their bytes: people see them as rejected.

        Raises:
            DatabaseAway: nothing was kept.
        """
        return inbox.refuse(self.database, arrival, who, code)


def arrived(path: str, stored: Stored, declared_type: str | None = None) -> ArrivedFile:
    """A file whose bytes are durable."""
    return ArrivedFile(path, stored.sha256, stored.size, declared_type)


def nobody(work: Sequence[str]) -> None:
    """Wake nobody: workers look for themselves."""
