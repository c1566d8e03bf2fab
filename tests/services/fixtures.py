"""The servers as fixtures of a session: started when a test first asks for one, stopped at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.channels.imap import Account
from store.blobs import Blobs, Bucket, LocalBlobs, Reserve
from store.blobs_s3 import open_bucket
from store.db import Database, open_database
from store.migrate import migrate
from tests.services.imap import ImapServer
from tests.services.postgres import Postgres
from tests.services.redis import RedisServer
from tests.services.s3 import S3Server
from tests.services.server import running


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    with running(server):
        yield server


@pytest.fixture(scope="session")
def redis() -> Iterator[RedisServer]:
    server = RedisServer()
    with running(server):
        yield server


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    server = S3Server()
    with running(server):
        yield server


@pytest.fixture(scope="session")
def imap() -> Iterator[ImapServer]:
    server = ImapServer()
    with running(server):
        yield server


@pytest.fixture
def bucket(s3: S3Server) -> Bucket:
    """An empty bucket."""
    return s3.new_bucket()


@pytest.fixture
def account(imap: ImapServer) -> Account:
    """A mail account with an empty INBOX."""
    return imap.new_account()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated database of each kind."""
    if request.param == "sqlite":
        database = open_database(tmp_path)
        migrate(database)
    else:
        database = open_database(tmp_path, request.getfixturevalue("postgres").migrated_database())
    yield database
    database.close()


@pytest.fixture(params=["local", "s3"])
def any_blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    """An empty store of each kind."""
    if request.param == "local":
        return LocalBlobs(tmp_path / "blobs", Reserve(0, 0))
    return open_bucket(request.getfixturevalue("s3").new_bucket(), tmp_path / "spool", Reserve(0, 0))
