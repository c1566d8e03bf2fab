from __future__ import annotations

import os
from pathlib import Path

import pytest

from models.problem import FAULT, FOUND, MISUSE, TransientError, UsageError
from store.blobs import LocalBlobs
from tests.actions.test_storage import long_ago
from tests.commands.runner import dossier
from tests.store.databases import new_database
from tests.store.test_objects import received


def test_objects_are_checked_and_scrubbed(tmp_path: Path) -> None:
    database, blobs = new_database(tmp_path), LocalBlobs(tmp_path / "blobs")
    sha256 = received(database, blobs, b"a fax")
    database.close()
    at = ("--data", str(tmp_path))
    for command in (("check",), ("scrub", "--rate", "1000")):
        ended = dossier("storage", *command, *at)
        assert (ended.status, ended.out) == (0, "1 objects, 5 bytes: 0 gone or damaged, 0 orphans, 0 removed.\n")
    orphan = blobs.put("main", b"left over").sha256
    (path,) = tmp_path.rglob(orphan)
    os.utime(path, (1.0, 1.0))
    ended = dossier("storage", "check", *at)
    assert (ended.status, ended.out.splitlines()[0]) == (0, f"orphan\tmain\t{orphan}\t9 bytes")
    assert path.exists()
    ended = dossier("storage", "check", "--delete", *at)
    assert ended.out.endswith("1 orphans, 0 removed.\n")
    long_ago(tmp_path)
    ended = dossier("storage", "check", "--delete", *at)
    assert ended.out.endswith("2 objects, 14 bytes: 0 gone or damaged, 0 orphans, 1 removed.\n")
    assert not path.exists()
    (path,) = tmp_path.rglob(sha256)
    path.write_bytes(b"a fox")
    ended = dossier("storage", "scrub", *at)
    assert (ended.status, ended.out.split("\t")[:3]) == (FOUND, ["damaged", "main", sha256])
    path.unlink()
    ended = dossier("storage", "check", *at)
    assert (ended.status, ended.out.split("\t")[:3]) == (FOUND, ["gone", "main", sha256])


@pytest.mark.parametrize("command", ["check", "scrub"])
def test_where_nothing_could_be_looked_at_nothing_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    ended = dossier("storage", command, "--data", str(tmp_path / "none"))
    assert isinstance(ended.fault, UsageError)
    assert ended.fault.exit_status == MISUSE
    monkeypatch.setenv("DOSSIER_DATABASE_URL", "postgresql://dossier:none@127.0.0.1:1/dossier")
    ended = dossier("storage", command, "--data", str(tmp_path))
    assert isinstance(ended.fault, TransientError)
    assert (ended.fault.exit_status, ended.out) == (FAULT, "")
