from __future__ import annotations

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
from models.problem import UsageError
from store import audit
from store.checkpoints import FolderPlace, write_due
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
