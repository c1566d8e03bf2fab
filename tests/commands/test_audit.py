from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from models.principal import SYSTEM
from models.problem import DONE, FAULT, FOUND, NotReady, TransientError, UsageError
from store import audit, checkpoints
from store.checkpoints import FolderPlace
from store.db import open_database
from store.signing import open_signer
from tests.commands.runner import dossier


def test_a_row_that_was_changed_is_named(tmp_path: Path) -> None:
    for _ in range(3):
        dossier("key", "create", "--role", "auditor", "--data", str(tmp_path))
    ended = dossier("audit", "verify", "--data", str(tmp_path))
    assert (ended.status, ended.out) == (0, "3 rows, all as they were written.\n3 rows wait for their checkpoint.\n")
    assert "No checkpoint was signed yet" in ended.err
    with sqlite3.connect(tmp_path / "dossier.sqlite3") as database:
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute("UPDATE audit SET actor = 'somebody' WHERE number = 2")
    database.close()
    ended = dossier("audit", "verify", "--data", str(tmp_path))
    assert ended.status == FOUND
    assert "row 2 is not as it was written" in ended.out


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """A data folder with three rows, the last of which is signed, and the row that tells so."""
    for _ in range(3):
        dossier("key", "create", "--role", "auditor", "--data", str(tmp_path))
    database = open_database(tmp_path)
    checkpoints.write_due(
        database, open_signer(tmp_path), places=[FolderPlace(tmp_path / "checkpoints")], seconds=0.0
    )  # fmt: skip
    database.close()
    return tmp_path


def test_an_end_that_was_cut_off_is_named_with_the_public_key_alone(signed: Path, tmp_path: Path) -> None:
    public = tmp_path / "public.pem"
    public.write_text(dossier("audit", "key", "--data", str(signed)).out)
    (signed / "audit.key").unlink()
    with_key = ("--data", str(signed), "--public-key", str(public))
    ended = dossier("audit", "verify", *with_key)
    assert (ended.status, ended.out) == (
        0, "4 rows, all as they were written.\n1 signed checkpoints, all of these rows.\n"
    )  # fmt: skip
    with sqlite3.connect(signed / "dossier.sqlite3") as database:
        database.execute("DROP TRIGGER audit_no_delete")
        database.execute("DELETE FROM audit WHERE number > 1")
    database.close()
    ended = dossier("audit", "verify", *with_key)
    assert ended.status == FOUND
    assert "row 2 is missing: the end was cut off, for row 3 was signed" in ended.out


def test_checkpoints_that_cannot_be_read_say_nothing_of_the_audit(signed: Path) -> None:
    (signed / "checkpoints/other.jsonl").mkdir()
    told = dossier("audit", "verify", "--data", str(signed))
    assert isinstance(told.fault, TransientError)
    assert (told.fault.exit_status, told.out) == (FAULT, "")


def test_a_database_that_does_not_answer_says_nothing_of_the_audit(
    signed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_DATABASE_URL", "postgresql://dossier:none@127.0.0.1:1/dossier")
    told = dossier("audit", "verify", "--data", str(signed))
    assert isinstance(told.fault, TransientError)
    assert told.fault.exit_status == FAULT


def test_where_nobody_signs_any_more_something_is_found(signed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier("key", "create", "--role", "auditor", "--data", str(signed))
    assert dossier("audit", "verify", "--data", str(signed)).status == DONE
    monkeypatch.setattr(checkpoints, "LATE_S", 0.0)
    ended = dossier("audit", "verify", "--data", str(signed))
    assert (ended.status, "nobody signs any more" in ended.out) == (FOUND, True)


def test_a_key_that_cannot_be_used_is_said(signed: Path, tmp_path: Path) -> None:
    (tmp_path / "public.pem").write_text("nonsense")
    for file in ("public.pem", "none.pem"):
        told = dossier("audit", "verify", "--data", str(signed), "--public-key", str(tmp_path / file))
        assert isinstance(told.fault, UsageError)
    assert isinstance(dossier("audit", "key", "--data", str(tmp_path / "none")).fault, NotReady)


def test_another_key_is_made_on_purpose(signed: Path) -> None:
    old = dossier("audit", "key", "--data", str(signed)).out
    (signed / "audit.key").unlink()
    ended = dossier("doctor", "--data", str(signed))
    assert "dossier audit key --new" in ended.out
    new = dossier("audit", "key", "--new", "--data", str(signed)).out
    assert new == dossier("audit", "key", "--data", str(signed)).out != old
    assert "dossier audit key --new" not in dossier("doctor", "--data", str(signed)).out


def test_a_forged_row_at_the_end_is_found_however_long_its_number_is(signed: Path) -> None:
    database = open_database(signed)
    with database.begin() as connection:
        audit.record(connection, SYSTEM, audit.CHECKPOINT, "9" * 5000)
    database.close()
    ended = dossier("audit", "verify", "--data", str(signed))
    assert (ended.status, ended.out) == (FOUND, "tenant main: row 5 tells of a checkpoint of no row: it is forged\n")
