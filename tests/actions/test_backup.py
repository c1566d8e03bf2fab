from __future__ import annotations

import hashlib
import json
import shutil
import stat
from pathlib import Path

import pytest

from actions import backup as backups
from actions.audit import Audit, verify_audit
from actions.backup import LIST, BackupDamaged, create_backup, restore_backup, verify_backup
from actions.house import open_house
from actions.installation import Installation
from models.arrival import Arrival
from models.principal import SYSTEM
from models.problem import FOUND, TransientError, UsageError
from store import audit
from store.checkpoints import FolderPlace, write_due
from store.db import FILE, DatabaseDamaged
from store.directory import reading
from store.public_keys import keep
from store.signing import generate, open_signer
from tests.actions.installations import installation


@pytest.fixture
def made(tmp_path: Path) -> Installation:
    made = installation(tmp_path / "data")
    with open_house(made) as house:
        for number in range(3):
            stored = house.inbox.store(SYSTEM, "a.txt", [b"fax %d" % number])
            house.inbox.accept(Arrival("folder", "a.txt", (stored,)), SYSTEM)
        # Bytes that nothing speaks of, as a process leaves them that dies before it has accepted them.
        house.blobs.put("main", b"left over")
    with reading(made.data):
        pass
    return made


def objects(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "blobs/objects").rglob("*") if path.is_file())


def test_a_backup_holds_the_databases_and_what_they_speak_of(made: Installation, tmp_path: Path) -> None:
    with open_house(made) as house, house.database.begin():
        done = create_backup(made, tmp_path / "b")
    assert verify_backup(tmp_path / "b") == done
    assert len(objects(tmp_path / "b")) == 3
    names = [json.loads(line).get("path") for line in (tmp_path / "b" / LIST).read_text().splitlines()]
    assert {"dossier.sqlite3", "directory.sqlite3"} <= set(names)
    assert restore_backup(tmp_path / "b", tmp_path / "new") == done
    with open_house(installation(tmp_path / "new")) as house:
        accepted = [house.blobs.get("main", path.name) for path in objects(tmp_path / "new")]
    assert sorted(accepted) == [b"fax 0", b"fax 1", b"fax 2"]


def test_checkpoints_of_the_audit_go_with_it_and_hold_when_it_is_restored(made: Installation, tmp_path: Path) -> None:
    signer, place = generate(), FolderPlace(made.data / "checkpoints")
    # An earlier key has signed, the one that signs now is another: the public half of the first one is kept.
    keep(made.data, signer.verifier)
    open_signer(made.data)
    with open_house(made) as house:
        write_due(house.database, signer, places=[place], seconds=0.0)
        done = create_backup(made, tmp_path / "b")
        # One more is signed between the copy of the database and that of the checkpoints.
        with house.database.begin() as connection:
            audit.record(connection, SYSTEM, "key.create", "k")
        write_due(house.database, signer, places=[place], seconds=0.0)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(backups, "_copy_database", lambda _, target, name: _copied(tmp_path / "b", target, name))
            create_backup(made, tmp_path / "c")
    assert verify_backup(tmp_path / "b") == done
    for name in ("b", "c"):
        restore_backup(tmp_path / name, tmp_path / f"new-{name}")
        restored = installation(tmp_path / f"new-{name}")
        assert verify_audit(restored) == Audit(4, 1, ())
        assert stat.S_IMODE((restored.data / "audit.key").stat().st_mode) == 0o600


def _copied(first: Path, target: Path, name: str) -> str:
    """The database as it was when the first backup was made."""
    shutil.copy(first / name, target / name)
    return name


def test_an_object_that_is_damaged_is_named_and_the_others_are_kept(made: Installation, tmp_path: Path) -> None:
    backup = tmp_path / "b"
    create_backup(made, tmp_path / "good")
    damaged = objects(tmp_path / "good")[0].name
    (path,) = made.data.rglob(damaged)
    path.write_bytes(b"fax X")
    with pytest.raises(BackupDamaged, match=damaged):
        create_backup(made, backup)
    assert len(objects(backup)) == 2
    with pytest.raises(BackupDamaged, match="is not in the backup"):
        verify_backup(backup)


def test_whatever_is_wrong_with_a_backup_is_found_before_anything_is_written(
    made: Installation, tmp_path: Path
) -> None:
    backup = tmp_path / "b"
    create_backup(made, backup)
    victim = objects(backup)[0]
    for spoil in (lambda: victim.write_bytes(b"fax X"), victim.unlink):
        kept = victim.read_bytes()
        spoil()
        with pytest.raises(BackupDamaged, match=victim.name):
            restore_backup(backup, tmp_path / "new")
        victim.write_bytes(kept)
    (backup / LIST).write_text("".join((backup / LIST).read_text().splitlines(keepends=True)[:-1]))
    with pytest.raises(BackupDamaged, match="not finished"):
        restore_backup(backup, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_what_cannot_be_backed_up_so_is_said(made: Installation, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="their own means"):
        create_backup(installation(tmp_path, database_url="postgresql://db/d"), tmp_path / "b")
    with pytest.raises(UsageError, match="no installation"):
        create_backup(installation(tmp_path / "none"), tmp_path / "b")
    with pytest.raises(UsageError, match="is not empty"):
        create_backup(made, made.data)
    with pytest.raises(UsageError, match="no backup"):
        verify_backup(tmp_path)


def test_one_that_was_cut_short_is_told_to_be_unfinished(made: Installation, tmp_path: Path) -> None:
    backup = tmp_path / "b"
    create_backup(made, backup)
    (backup / LIST).unlink()
    for look in (verify_backup, lambda folder: restore_backup(folder, tmp_path / "new")):
        with pytest.raises(BackupDamaged, match="was not finished"):
            look(backup)
    assert not (tmp_path / "new").exists()
    (backup / LIST).mkdir()
    with pytest.raises(TransientError, match="cannot be read"):
        verify_backup(backup)


def test_a_database_that_is_damaged_is_not_copied_as_if_it_were_whole(made: Installation, tmp_path: Path) -> None:
    whole = (made.data / FILE).read_bytes()
    torn = b"\x55" * 4096
    # All of it, all but the first page, and the last one, which nothing else here reads.
    for number, content in enumerate((torn * 4, whole[:4096] + torn * (len(whole) // 4096 - 1), whole[:-4096] + torn)):
        (made.data / FILE).write_bytes(content)
        with pytest.raises(DatabaseDamaged, match="is damaged") as damaged:
            create_backup(made, tmp_path / str(number))
        assert damaged.value.exit_status == FOUND
        assert str(damaged.value).startswith(f"{FILE} is damaged")


def test_a_database_that_was_damaged_when_it_was_copied_is_found(made: Installation, tmp_path: Path) -> None:
    backup = tmp_path / "b"
    create_backup(made, backup)
    file = backup / FILE
    size = file.stat().st_size
    lines = (backup / LIST).read_text().splitlines()
    for content in (b"none" * (size // 4), file.read_bytes()[:4096] + b"\x55" * (size - 4096)):
        file.write_bytes(content)
        told = {"path": FILE, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        (backup / LIST).write_text("\n".join((json.dumps(told), *lines[1:])) + "\n")
        with pytest.raises(BackupDamaged, match=f"{FILE} is damaged"):
            verify_backup(backup)


def test_a_forged_line_among_the_checkpoints_stops_no_backup(made: Installation, tmp_path: Path) -> None:
    (made.data / "checkpoints").mkdir()
    forged = '{"number": 1' + "0" * 400 + "}\n" + "[" * 100_000 + "\n"
    (made.data / "checkpoints/main.jsonl").write_text(forged)
    assert create_backup(made, tmp_path / "b") == verify_backup(tmp_path / "b")
    # What speaks of no row is kept: an audit that is verified must find it.
    assert (tmp_path / "b/checkpoints/main.jsonl").read_text() == forged
