"""A real `dossier serve` in a folder of its own, as the benchmarks of the service start it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import sqlalchemy as sa

from models.principal import SYSTEM
from models.work import WorkState
from store import keys
from store.db import Database, open_database
from store.tables import WORK
from tests.services.processes import children, family, peak_mb
from tests.services.server import free_port

ROOT = Path(__file__).resolve().parent.parent
OVER = frozenset({WorkState.DONE, WorkState.QUARANTINED})
_LOG = "log.txt"
_OPENS_WITHIN_S = 120
_ENDS_WITHIN_S = 120


@dataclass(frozen=True, slots=True)
class Served:
    """A service that runs: where its data lie, its port, and the process that keeps its parts running."""

    data: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def database(self) -> Database:
        """Its database, to look at."""
        return open_database(self.data)

    def key(self, role: str = "integrator") -> str:
        """A new key."""
        return keys.create(self.database(), SYSTEM, role=role)

    def log(self) -> str:
        """What it has written so far."""
        return (self.data.parent / _LOG).read_text(encoding="utf-8", errors="replace")

    def peak_mb(self, part: str = "api.py") -> float:
        """The most memory, in MB, that a part of it has held so far: the entry point of a child of `dossier serve`."""
        return max(map(peak_mb, children(self.process.pid, part)), default=0.0)

    def cpu_s(self) -> float:
        """Seconds of computing so far of all its processes, those that have ended included."""
        return sum(map(_cpu_s, family(self.process.pid)))

    def memory_mb(self) -> float:
        """What all its processes hold now, in MB; what several of them share is counted once."""
        return sum(map(_held_mb, family(self.process.pid)))

    def stored(self) -> tuple[int, int]:
        """Bytes of its objects, and of its database (SQLite) without what waits in the log of writes."""
        objects = sum(file.stat().st_size for file in (self.data / "blobs").rglob("*") if file.is_file())
        size = sa.text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        with self.database().read() as connection:
            return objects, int(connection.execute(size).scalar_one())


@contextmanager
def served(data: Path, *, workers: int) -> Iterator[Served]:
    """Run `dossier serve` with the settings that an installation has unless it is told others.

    Raises:
        TimeoutError: it did not open; its own words are in `log.txt` beside `data`.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DOSSIER_")}
    port = free_port()
    command = [sys.executable, str(ROOT / "cli.py"), "serve", "--data", str(data), "--port", str(port)]
    with (data.parent / _LOG).open("ab") as log:
        process = subprocess.Popen(
            command, env={**kept, "DOSSIER_WORKERS": str(workers)}, cwd=ROOT, stdout=log, stderr=log
        )  # fmt: skip
    here = Served(data, port, process)
    try:
        _until_ready(here)
        yield here
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_ENDS_WITHIN_S)


def work_left(database: Database) -> Counter[str]:
    """How many units of work are not over, by their state."""
    left = (
        sa.select(WORK.c.state, sa.func.count().label("many")).where(WORK.c.state.not_in(OVER)).group_by(WORK.c.state)
    )
    with database.read() as connection:
        return Counter({row.state: row.many for row in connection.execute(left)})


def _until_ready(here: Served) -> None:
    end = time.monotonic() + _OPENS_WITHIN_S
    while time.monotonic() < end and here.process.poll() is None:
        try:
            if httpx.get(f"{here.url}/readyz").status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise TimeoutError(f"the service did not open; see {here.data.parent / _LOG}")


def _cpu_s(one: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        return sum(one.cpu_times()[:4])  # its own, and those of its children that have ended
    return 0.0


def _held_mb(one: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        return float(one.memory_full_info().pss) / 2**20
    return 0.0
