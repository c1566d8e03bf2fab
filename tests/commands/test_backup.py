from __future__ import annotations

from pathlib import Path

from actions.backup import BackupDamaged
from models.problem import FOUND, MISUSE, DossierError, UsageError
from store.db import DatabaseDamaged
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


def test_a_damaged_database_is_told_with_4_by_whatever_looks_at_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    dossier("key", "create", "--role", "auditor", "--data", str(data))
    (data / "dossier.sqlite3").write_bytes(b"no database" * 4096)
    looks = (("audit", "verify"), ("storage", "check"), ("storage", "scrub"), ("backup", "create", str(tmp_path / "b")))
    for look in looks:
        fault = dossier(*look, "--data", str(data)).fault
        assert isinstance(fault, DatabaseDamaged), look
        assert fault.exit_status == FOUND


def test_what_was_cut_short_is_damaged_and_what_is_something_else_wrong_use(tmp_path: Path) -> None:
    dossier("key", "create", "--role", "auditor", "--data", str(tmp_path / "data"))
    dossier("backup", "create", str(tmp_path / "backup"), "--data", str(tmp_path / "data"))
    (tmp_path / "backup/MANIFEST.jsonl").unlink()
    for folder, status in (("backup", FOUND), (".", MISUSE)):
        fault = dossier("backup", "verify", str(tmp_path / folder)).fault
        assert isinstance(fault, DossierError)
        assert fault.exit_status == status
