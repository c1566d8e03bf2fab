from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from actions.house import open_house
from actions.installation import Installation
from actions.storage import NothingRemoved, check_storage, scrub_storage
from models.arrival import Arrival, ArrivedFile
from models.principal import SYSTEM
from models.problem import TransientError, UsageError
from store import audit, checkpoints
from store.blobs import Bucket, LocalBlobs, Lying
from store.blobs_s3 import S3Blobs
from store.checkpoints import FolderPlace
from store.db import Scope
from store.signing import open_signer
from tests.actions.installations import installation


def long_ago(data: Path) -> None:
    """Let the last check have been 31 days ago."""
    file = data / "unnamed.json"
    file.write_text(json.dumps({name: at - 31 * 86_400 for name, at in json.loads(file.read_text()).items()}))


def test_the_objects_of_an_installation_are_compared_with_its_files(tmp_path: Path) -> None:
    made = installation(tmp_path)
    with open_house(made) as house:
        for content in (b"fax 1", b"fax 2"):
            stored = house.inbox.store(SYSTEM, "a.txt", [content])
            house.inbox.accept(Arrival("folder", "a.txt", (stored,)), SYSTEM)
        orphan = house.blobs.put("main", b"left over")
    assert check_storage(made, delete=True).orphans == ()
    (path,) = tmp_path.rglob(orphan.sha256)
    os.utime(path, (1.0, 1.0))
    told = check_storage(made)
    assert (told.count, told.lost, told.orphans, told.removed) == (
        3, (), (f"orphan\tmain\t{orphan.sha256}\t9 bytes",), 0
    )  # fmt: skip
    assert check_storage(made, delete=True).removed == 0
    long_ago(tmp_path)
    told = check_storage(made, delete=True)
    assert (told.orphans, told.removed) == ((f"removed\tmain\t{orphan.sha256}\t9 bytes",), 1)
    assert check_storage(made).count == 2
    with open_house(made) as house:
        (last,) = audit.rows(house.database, Scope("main"), after=2)
    assert (last["action"], last["subject"], last["actor"]) == ("storage.remove", orphan.sha256, "operator")
    (path,) = tmp_path.rglob(stored.sha256)
    path.write_bytes(b"fax 3")
    (line,) = scrub_storage(made, rate=1e12).lost
    assert line.startswith(f"damaged\tmain\t{stored.sha256}\tfile ")
    assert check_storage(made).lost == ()
    path.unlink()
    (line,) = check_storage(made).lost
    assert line.startswith(f"gone\tmain\t{stored.sha256}\tfile ")


def test_what_a_scrub_has_found_is_told_though_the_store_goes_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = installation(tmp_path)
    with open_house(made) as house:
        sha256 = house.blobs.put("main", b"fax 1").sha256
    listed = LocalBlobs.listed

    def then_away(self: LocalBlobs) -> Iterator[Lying]:
        yield from listed(self)
        raise TransientError("The store is away.")

    monkeypatch.setattr(LocalBlobs, "listed", then_away)
    with pytest.raises(TransientError):
        scrub_storage(made, rate=1e12)
    (path,) = tmp_path.rglob(sha256)
    path.write_bytes(b"fox 1")
    told = scrub_storage(made, rate=1e12)
    assert (told.lost, told.stopped) == ((f"damaged\tmain\t{sha256}",), "The store is away.")


def age(data: Path) -> None:
    """Let all objects be old."""
    for path in (data / "blobs/objects").rglob("*"):
        os.utime(path, (1.0, 1.0))


def test_nothing_is_removed_by_a_database_that_does_not_fit(tmp_path: Path) -> None:
    made = installation(tmp_path)
    with open_house(made) as house:
        for content in (b"fax 1", b"fax 2"):
            house.blobs.put("main", content)
    age(tmp_path)
    check_storage(made)
    long_ago(tmp_path)
    with pytest.raises(NothingRemoved, match="Nothing was removed"):
        check_storage(made, delete=True)
    with open_house(made) as house:
        for name, sha256 in (("a.txt", hashlib.sha256(b"fax 1").hexdigest()), ("b.txt", "0" * 64)):
            house.inbox.accept(Arrival("folder", name, (ArrivedFile(name, sha256, 5),)), SYSTEM)
    with pytest.raises(NothingRemoved, match="Nothing was removed"):
        check_storage(made, delete=True)
    assert check_storage(made).count == 2


def restored(data: Path, made: Installation) -> str:
    """Restore the database to a state before its last original came, an old one; what its SHA-256 is."""
    with open_house(made) as house:
        kept = house.inbox.store(SYSTEM, "a.txt", [b"fax 1"])
        house.inbox.accept(Arrival("folder", "a.txt", (kept,)), SYSTEM)
    shutil.copy(data / "dossier.sqlite3", data / "earlier")
    with open_house(made) as house:
        stored = house.inbox.store(SYSTEM, "b.txt", [b"fax 2"])
        house.inbox.accept(Arrival("folder", "b.txt", (stored,)), SYSTEM)
        checkpoints.write_due(
            house.database, open_signer(data), places=[FolderPlace(data / "checkpoints")], seconds=0.0
        )  # fmt: skip
    for name in ("dossier.sqlite3-wal", "dossier.sqlite3-shm"):
        (data / name).unlink(missing_ok=True)
    shutil.copy(data / "earlier", data / "dossier.sqlite3")
    age(data)
    return stored.sha256


def test_by_a_database_that_was_restored_nothing_is_removed(tmp_path: Path) -> None:
    made = installation(tmp_path, audit={"checkpoints": str(tmp_path / "second")})
    original = restored(tmp_path, made)
    check_storage(made)
    long_ago(tmp_path)
    with pytest.raises(NothingRemoved, match="restored to an older state"):
        check_storage(made, delete=True)
    # Nor at once when the checkpoints are put away: the list begins anew.
    shutil.rmtree(tmp_path / "checkpoints")
    told = check_storage(made, delete=True)
    assert (told.count, told.removed, told.orphans) == (2, 0, (f"orphan\tmain\t{original}\t5 bytes",))


def test_in_a_bucket_with_foreign_names_nothing_is_removed(tmp_path: Path, bucket: Bucket) -> None:
    made = replace(installation(tmp_path), bucket=bucket)
    with open_house(made) as house:
        assert isinstance(house.blobs, S3Blobs)
        house.blobs.put_named("notes.txt", b"not ours")
    assert check_storage(made).count == 0
    with pytest.raises(NothingRemoved, match="a bucket of its own"):
        check_storage(made, delete=True)


def test_a_folder_without_an_installation_is_not_all_right(tmp_path: Path) -> None:
    for look in (check_storage, scrub_storage):
        with pytest.raises(UsageError, match="no installation"):
            look(installation(tmp_path / "typo"))
    assert not (tmp_path / "typo").exists()
