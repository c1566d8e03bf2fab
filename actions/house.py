"""What all parts of an installation share: its database, its objects, and the desk where files are accepted."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from actions.installation import Installation
from actions.receive import Inbox, Wake, nobody
from store import keys, migrate
from store.blobs import Blobs, LocalBlobs
from store.blobs_s3 import open_bucket
from store.db import Database, open_database
from store.queue import open_bell


@dataclass(frozen=True, slots=True)
class House:
    """An opened installation."""

    database: Database
    blobs: Blobs
    inbox: Inbox

    @property
    def is_new(self) -> bool:
        """Whether nobody has a key yet."""
        return not keys.any_key(self.database)


@contextlib.contextmanager
def open_house(installation: Installation) -> Iterator[House]:
    """The database, migrated if need be, the objects, and the desk, for the time of a `with`.

    Raises:
        DatabaseAway: the database does not answer.
        NotReady: the database is of a later version than this program.
    """
    database = open_database(installation.data, installation.database_url)
    try:
        migrate.migrate(database)
        blobs = open_blobs(installation)
        yield House(database, blobs, Inbox(database, blobs, _wake(installation), installation.quota))
    finally:
        database.close()


def open_blobs(installation: Installation) -> Blobs:
    """The objects of an installation: in its bucket, else in the data folder."""
    if installation.bucket is not None:
        return open_bucket(installation.bucket, installation.data / "spool", installation.reserve)
    return LocalBlobs(installation.data / "blobs", installation.reserve)


def _wake(installation: Installation) -> Wake:
    return open_bell(installation.redis_url).wake if installation.redis_url else nobody
