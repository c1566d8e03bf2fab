"""A PostgreSQL of the tests' own: a cluster in a folder, and databases whose owner is no superuser."""

from __future__ import annotations

import signal
import subprocess
import uuid
from pathlib import Path

import psycopg

from store.db import open_database
from store.migrate import migrate
from tests.services.server import Server, need

_BINARIES = "/usr/lib/postgresql/15/bin"
ROLE = "dossier"


class Postgres(Server):
    """The server; `kill` leaves it to crash recovery."""

    def __init__(self) -> None:
        super().__init__("postgres", _answers, as_other=True)
        self._migrated: str | None = None
        cluster = self.folder / "cluster"
        subprocess.run(
            [*self.user, need("initdb", _BINARIES), "-D", str(cluster), "-U", "postgres", "-A", "trust", "-E", "UTF8",
             "--locale=C", "--no-sync", "--no-instructions"],
            check=True, capture_output=True, cwd=self.folder,
        )  # fmt: skip
        self.command = (
            need("postgres", _BINARIES), "-D", str(cluster), "-h", "127.0.0.1", "-p", str(self.port),
            "-k", str(self.folder), "-c", "max_connections=200", "-c", "shared_buffers=64MB",
        )  # fmt: skip

    def start(self) -> None:
        """Start it; the role of the application is made the first time."""
        super().start()
        with psycopg.connect(self.admin, autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone() is None:
                connection.execute(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS")

    @property
    def admin(self) -> str:
        """Where its superuser comes in."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def stop(self, number: int = signal.SIGQUIT) -> None:
        """End it without waiting for whoever is connected; it recovers when it is started again."""
        super().stop(number)

    def new_database(self, template: str = "template0") -> str:
        """The URL of an empty database of its own, for the role of the application."""
        name = f"d{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} OWNER {ROLE} TEMPLATE {template}")
        return f"postgresql://{ROLE}@127.0.0.1:{self.port}/{name}"

    def migrated_database(self) -> str:
        """The URL of a database of its own with all tables, which are made once."""
        if self._migrated is None:
            url = self.new_database()
            database = open_database(Path(), url)
            migrate(database)
            database.close()
            self._migrated = url.rsplit("/", 1)[-1]
        return self.new_database(self._migrated)


def _answers(server: Server) -> bool:
    try:
        psycopg.connect(f"postgresql://postgres@127.0.0.1:{server.port}/postgres", connect_timeout=1).close()
    except psycopg.OperationalError:
        return False
    return True
