from __future__ import annotations

import os
from pathlib import Path

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
    assert (ended.status, ended.out.split("\t")[:3]) == (1, ["damaged", "main", sha256])
    path.unlink()
    ended = dossier("storage", "check", *at)
    assert (ended.status, ended.out.split("\t")[:3]) == (1, ["gone", "main", sha256])
