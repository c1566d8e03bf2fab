from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.service_site import Served, work_left
from store.db import open_database
from store.migrate import migrate
from store.work import add_work, finish, take

# Has a child that computed and is gone, and one that stays until nothing more can be read.
PARENT = """
import subprocess, sys
subprocess.run([sys.executable, "-c", "sum(range(4 * 10**7))"])
child = subprocess.Popen([sys.executable, "-c", "print(flush=True); input()  # a part"], stdin=subprocess.PIPE)
sys.stdin.read()
child.communicate()
"""


def test_memory_and_computing_are_those_of_the_children(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        here = Served(tmp_path, 0, parent)
        parent.stdout.readline()
        assert here.cpu_s() > 0.1
        assert here.peak_mb("a part") > 5
        assert here.peak_mb("no such part") == 0.0
        assert 5 < here.memory_mb() < 200
        parent.stdin.close()


def test_only_work_that_is_not_over_is_left(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    migrate(database)
    with database.begin() as connection:
        for number in range(3):
            add_work(connection, tenant="main", stage="assemble", subject=f"c{number}", version=1, due_at=0.0)
    lease = take(database, "w")
    assert lease is not None
    with database.begin() as connection:
        finish(connection, lease)
    assert work_left(database) == {"ready": 2}
    database.close()


def test_objects_and_the_database_are_measured_apart(tmp_path: Path) -> None:
    (tmp_path / "blobs" / "main" / "ab").mkdir(parents=True)
    (tmp_path / "blobs" / "main" / "ab" / "object").write_bytes(bytes(30))
    database = open_database(tmp_path)
    migrate(database)
    database.close()
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        objects, size = Served(tmp_path, 0, process).stored()
    assert objects == 30
    assert size % 4096 == 0
    assert size > 50_000
