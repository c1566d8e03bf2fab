"""What all parts of an installation share: its database, its objects, and the desk where files are accepted."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass

from actions.installation import Installation
from actions.receive import Inbox, Wake, nobody
from models.problem import UsageError
from store import keys, migrate
from store.blobs import Blobs, LocalBlobs
from store.blobs_s3 import open_bucket
from store.db import FILE, Database, open_database
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
def open_house(installation: Installation, *, begins: bool = True) -> Iterator[House]:
    """The database, migrated if need be, the objects, and the desk, for the time of a `with`.

    What is made within is for this user alone. Unless it `begins` one, the installation must be there.

    Raises:
        UsageError: there is no installation in the data folder.
        DatabaseAway: the database does not answer.
        NotReady: the database is of a later version than this program.
    """
    if not begins:
        see_that_it_is_there(installation)
    before = os.umask(0o077)
    database = open_database(installation.data, installation.database_url)
    try:
        migrate.migrate(database)
        blobs = open_blobs(installation)
        yield House(database, blobs, Inbox(database, blobs, _wake(installation), installation.quota))
    finally:
        database.close()
        os.umask(before)


def see_that_it_is_there(installation: Installation) -> None:
    """Answer for no installation that a slip of the pen would make.

    Raises:
        UsageError: there is none in the data folder, and no database elsewhere is named.
    """
    if installation.database_url is None and not (installation.data / FILE).is_file():
        raise UsageError(f"There is no installation in {installation.data}. Name its folder with --data.")


def open_blobs(installation: Installation) -> Blobs:
    """The objects of an installation: in its bucket, else in the data folder."""
    if installation.bucket is not None:
        return open_bucket(installation.bucket, installation.data / "spool", installation.reserve)
    return LocalBlobs(installation.data / "blobs", installation.reserve)


def _wake(installation: Installation) -> Wake:
    return open_bell(installation.redis_url).wake if installation.redis_url else nobody
