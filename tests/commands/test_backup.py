from __future__ import annotations

from pathlib import Path

from actions.backup import BackupDamaged
from models.problem import UsageError
from tests.commands.runner import dossier


def test_a_backup_is_made_seen_through_and_restored(tmp_path: Path) -> None:
    data, backup, again = (str(tmp_path / name) for name in ("data", "backup", "again"))
    dossier("key", "create", "--role", "auditor", "--data", data)
    assert dossier("backup", "create", backup, "--data", data).status == 0
    assert "all as they were written" in dossier("backup", "verify", backup).out
    assert dossier("backup", "restore", backup, "--data", again).status == 0
    assert dossier("key", "list", "--data", again).out == dossier("key", "list", "--data", data).out
    assert isinstance(dossier("backup", "restore", backup, "--data", again).fault, UsageError)
    (tmp_path / "backup/dossier.sqlite3").write_bytes(b"")
    assert isinstance(dossier("backup", "verify", backup).fault, BackupDamaged)
