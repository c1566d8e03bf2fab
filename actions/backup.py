"""Backups of the embedded default: a folder that is a data folder, with a list of all its files by size and SHA-256.

The databases are copied while they are used, then every object that they speak of: objects are durable before the
database speaks of them, and never change. So are checkpoints of the audit; with them goes the key that signs them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from actions.checkpoints import FOLDER, folder_of
from actions.installation import Installation
from models.problem import FOUND, DossierError, TransientError, UsageError
from store import codes, directory, public_keys, signing
from store.blobs import sync, sync_folder
from store.db import FILE, DatabaseDamaged, is_damage

LIST = "MANIFEST.jsonl"
_CHUNK = 1 << 20
_DATABASES = (FILE, directory.FILE, codes.FILE)
_OBJECTS = "blobs/objects"


class BackupDamaged(DossierError):
    """A backup is not as it was written, or not whole: exit status 4, as of every look that finds something."""

    exit_status = FOUND


@dataclass(frozen=True, slots=True)
class Copied:
    """How many files a backup has, and their bytes."""

    files: int
    bytes: int


def create_backup(installation: Installation, target: Path) -> Copied:
    """Copy the installation into the new folder `target`, while it runs.

    Raises:
        UsageError: the database or the objects lie elsewhere, there is nothing to copy, or `target` is not empty.
        BackupDamaged: an object is gone or has changed; the others are copied first.
        DatabaseDamaged: a database is damaged; what was copied so far is no backup.
    """
    if installation.database_url is not None or installation.bucket is not None:
        raise UsageError(
            "This installation has a database or a bucket of its own: back them up with their own means, the database "
            "first (docs/operations.md)."
        )
    source = installation.data
    if not (source / FILE).is_file():
        raise UsageError(f"There is no installation in {source}. Name its folder with --data.")
    _make_empty(target)
    names = [_copy_database(source, target, name) for name in _DATABASES if (source / name).is_file()]
    lost = [name for name in _objects(target / FILE) if not _copy(source / name, target / name, _sha_of(name))]
    names += [name for name in _objects(target / FILE) if name not in lost]
    names += _copy_checkpoints(installation, target)
    if (source / signing.FILE).is_file():
        _copy(source / signing.FILE, target / signing.FILE, _digest(source / signing.FILE)[1], mode=0o600)
        names.append(signing.FILE)
    for file in sorted((source / public_keys.FOLDER).glob("*.pem")):
        name = f"{public_keys.FOLDER}/{file.name}"
        _copy(file, target / name, _digest(file)[1])
        names.append(name)
    copied = _write_list(target, names)
    if lost:
        raise BackupDamaged(f"{len(lost)} objects are gone or have changed, the first is {_sha_of(lost[0])}.")
    return copied


def verify_backup(folder: Path) -> Copied:
    """See that a backup is whole and as it was written.

    Raises:
        UsageError: it is none.
        BackupDamaged: it was not finished, a file is missing or has changed, a database is damaged, or an object it
            speaks of is not there.
        TransientError: it cannot be read now.
    """
    listed = _read_list(folder)
    total = 0
    for name, (size, sha256) in listed.items():
        if not (folder / name).is_file() or _digest(folder / name) != (size, sha256):
            raise BackupDamaged(f"{name} is missing or has changed.")
        total += size
    try:
        with _reading(folder / FILE, "mode=ro&immutable=1") as database:
            whole = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        absent = next((name for name in _objects(folder / FILE) if name not in listed), None) if whole else None
    except DatabaseDamaged:
        whole = False
    if not whole:
        raise BackupDamaged(f"{FILE} is damaged.")
    if absent is not None:
        raise BackupDamaged(f"The object {_sha_of(absent)} is not in the backup.")
    return Copied(len(listed), total)


def restore_backup(folder: Path, data: Path) -> Copied:
    """Make a backup that is whole the data folder `data`, which must not be there yet, or be empty.

    Raises:
        UsageError: `folder` is no backup, or `data` is not empty.
        BackupDamaged: the backup is not whole; nothing was written.
    """
    verified = verify_backup(folder)
    _make_empty(data)
    for name, (_, sha256) in _read_list(folder).items():
        if not _copy(folder / name, data / name, sha256, mode=0o600 if name == signing.FILE else None):
            raise BackupDamaged(f"{name} has changed while it was copied.")
    return verified


def _make_empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty. Name a new folder.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _copy_database(source: Path, target: Path, name: str) -> str:
    """A copy of a database as it is at one moment, whoever writes to it meanwhile; DatabaseDamaged if it is damaged."""
    with _reading(source / name, "mode=rw") as here, closing(sqlite3.connect(target / name)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")
        # Pages are copied as they are: a backup of a damaged database must not push out the last one that is whole.
        if there.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise DatabaseDamaged(name)
    return name


def _copy_checkpoints(installation: Installation, target: Path) -> list[str]:
    """Copy the checkpoints of the audit that speak of rows which the copied database has."""
    names = []
    with _reading(target / FILE) as database:
        heads = dict(database.execute("SELECT tenant, max(number) FROM audit GROUP BY tenant"))
    for file in sorted(folder_of(installation).glob("*.jsonl")):
        name = f"{FOLDER}/{file.name}"
        (target / FOLDER).mkdir(mode=0o700, exist_ok=True)
        with file.open("rb") as lines, (target / name).open("wb") as copy:
            copy.writelines(line for line in lines if _number(line) <= heads.get(file.stem, 0))
            copy.flush()
            sync(copy.fileno())
        names.append(name)
    return names


def _number(line: bytes) -> float:
    """The row that a checkpoint speaks of; beyond all rows for a line that is not whole."""
    try:
        return float(json.loads(line)["number"]) if line.endswith(b"\n") else float("inf")
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return 0.0


def _objects(database: Path) -> Iterator[str]:
    """The paths of all objects that a database speaks of."""
    # A file refused at the door was never stored.
    asked = (
        "SELECT tenant, sha256 FROM file WHERE state <> 'rejected' OR result IS NOT NULL "
        "UNION SELECT tenant, result FROM file WHERE result IS NOT NULL"
    )
    with _reading(database) as connection:
        for tenant, sha256 in connection.execute(asked):
            yield f"{_OBJECTS}/{tenant}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


@contextmanager
def _reading(file: Path, how: str = "mode=ro") -> Iterator[sqlite3.Connection]:
    """An opened database; DatabaseDamaged where it shows that it, or a copy made of it meanwhile, is damaged."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?{how}", uri=True)) as connection:
            yield connection
    except sqlite3.DatabaseError as fault:
        if is_damage(fault):
            raise DatabaseDamaged(file.name) from None
        raise


def _copy(source: Path, target: Path, sha256: str, *, mode: int | None = None) -> bool:
    """Copy a file durably; False, and no copy, if it is not the one that is meant. `mode` are its rights."""
    if not source.is_file():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    if mode is not None:
        target.touch(mode)
    with source.open("rb") as here, target.open("wb") as there:
        shutil.copyfileobj(here, there, _CHUNK)
        there.flush()
        sync(there.fileno())
    if _digest(target)[1] != sha256:
        target.unlink()
        return False
    return True


def _write_list(folder: Path, names: list[str]) -> Copied:
    total = 0
    with (folder / LIST).open("w", encoding="utf-8") as lines:
        for name in names:
            size, sha256 = _digest(folder / name)
            total += size
            lines.write(json.dumps({"path": name, "size": size, "sha256": sha256}) + "\n")
        lines.write(json.dumps({"files": len(names)}) + "\n")
        lines.flush()
        sync(lines.fileno())
    sync_folder(folder)
    return Copied(len(names), total)


def _read_list(folder: Path) -> dict[str, tuple[int, str]]:
    try:
        told = [json.loads(line) for line in (folder / LIST).read_text(encoding="utf-8").splitlines()]
        *files, last = told
        listed = {one["path"]: (one["size"], one["sha256"]) for one in files}
        whole = last == {"files": len(listed)}
    except (FileNotFoundError, NotADirectoryError):
        # The list is written last, the database first.
        if (folder / FILE).is_file():
            raise BackupDamaged(f"{folder} has no {LIST}: the backup was not finished. Make another one.") from None
        raise UsageError(f"{folder} is no backup: it has no {LIST}.") from None
    except OSError as failure:
        raise TransientError(f"{folder / LIST} cannot be read ({failure.strerror}).") from None
    except (ValueError, KeyError, TypeError):
        raise BackupDamaged(f"{LIST} is damaged.") from None
    if not whole:
        raise BackupDamaged(f"{LIST} is not whole: the backup was not finished.")
    return listed


def _digest(file: Path) -> tuple[int, str]:
    with file.open("rb") as content:
        return file.stat().st_size, hashlib.file_digest(content, "sha256").hexdigest()


def _sha_of(name: str) -> str:
    return name.rsplit("/", 1)[-1]
