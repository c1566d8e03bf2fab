from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.commands.runner import dossier


def test_a_row_that_was_changed_is_named(tmp_path: Path) -> None:
    for _ in range(3):
        dossier("key", "create", "--role", "auditor", "--data", str(tmp_path))
    ended = dossier("audit", "verify", "--data", str(tmp_path))
    assert (ended.status, ended.out) == (0, "3 rows, all as they were written.\n")
    with sqlite3.connect(tmp_path / "dossier.sqlite3") as database:
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute("UPDATE audit SET actor = 'somebody' WHERE number = 2")
    database.close()
    ended = dossier("audit", "verify", "--data", str(tmp_path))
    assert ended.status == 1
    assert "row 2 is not as it was written" in ended.out
