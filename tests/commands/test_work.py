from __future__ import annotations

from pathlib import Path

from models.problem import NotFound
from store import readings, work
from tests.commands.runner import dossier
from tests.store.databases import new_database, received


def test_work_in_quarantine_is_listed_and_released(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    received(database)
    lease = work.take(database, "w")
    assert lease is not None
    work.put_off(database, lease, "ValueError", readings.end_file, last=True)
    database.close()
    at = ("--data", str(tmp_path))
    assert dossier("work", "list", *at).out.startswith(f"{lease.work}\t")
    assert dossier("work", "release", lease.work, *at).out == "1 released.\n"
    assert dossier("work", "list", *at).out == ""
    assert isinstance(dossier("work", "release", lease.work, *at).fault, NotFound)
