from __future__ import annotations

import datetime as dt
import io
import os
import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from models.arrival import Arrival, ArrivedFile
from models.problem import TransientError
from store import audit, objects
from store.blobs import Blobs, Bucket, LocalBlobs, Lying, Reserve
from store.blobs_s3 import S3Blobs, open_bucket
from store.db import Database, Scope
from store.inbox import accept
from store.tables import FILE
from tests.services.s3 import S3Server
from tests.store.databases import WHO, new_database

DAY = 86_400.0


def received(database: Database, blobs: Blobs, content: bytes) -> str:
    """A file whose bytes are stored, and a row that names them."""
    stored = blobs.put(WHO.tenant, content)
    accept(database, Arrival("api", "upload", (ArrivedFile("a.txt", stored.sha256, stored.size),)), WHO)
    return stored.sha256


def place(blobs: LocalBlobs, sha256: str) -> Path:
    (path,) = blobs.root.rglob(sha256)
    return path


def flip(path: Path, rng: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    path.write_bytes(content)


def test_what_nobody_names_and_what_is_gone_is_told(tmp_path: Path, any_blobs: Blobs) -> None:
    database = new_database(tmp_path)
    kept = received(database, any_blobs, b"kept")
    result = any_blobs.put(WHO.tenant, b"what was read")
    with database.begin() as connection:
        connection.execute(FILE.update().values(result=result.sha256))
    gone = "0" * 64
    accept(database, Arrival("api", "upload", (ArrivedFile("b.txt", gone, 1),)), WHO)
    orphan = any_blobs.put(WHO.tenant, b"never acknowledged").sha256
    now = time.time()
    found = objects.compare(database, any_blobs, now=now)
    assert (found.count, found.bytes, found.orphans, found.gone) == (3, 35, (), (("main", gone),))
    found = objects.compare(database, any_blobs, now=now + 2 * DAY)
    assert [one.sha256 for one in found.orphans] == [orphan]
    assert objects.files_of(database, WHO.tenant, kept) == objects.files_of(database, WHO.tenant, result.sha256)
    (one,) = found.orphans
    listed = {f"main/{orphan}": now + DAY}
    assert objects.removable(database, found.orphans, {}, now=now + 99 * DAY) == ()
    assert objects.removable(database, found.orphans, listed, now=now + 30 * DAY) == ()
    assert objects.removable(database, found.orphans, listed, now=now + 32 * DAY) == found.orphans
    assert objects.remove(database, any_blobs, one, now=now + 32 * DAY)
    assert not objects.remove(database, any_blobs, one, now=now + 32 * DAY)
    assert {one.sha256 for one in any_blobs.listed()} == {kept, result.sha256}


def test_a_file_that_was_refused_at_the_door_is_not_missed(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    received(database, LocalBlobs(tmp_path), b"kept")
    with database.begin() as connection:
        connection.execute(FILE.update().values(state="rejected", code="F002", sha256="1" * 64))
    assert objects.compare(database, LocalBlobs(tmp_path), now=time.time()).gone == ()


def test_an_orphan_that_is_named_meanwhile_or_stored_again_is_kept(tmp_path: Path) -> None:
    database, blobs = new_database(tmp_path), LocalBlobs(tmp_path, Reserve(0, 0))
    orphans = []
    for content in (b"named", b"stored again"):
        sha256 = blobs.put(WHO.tenant, content).sha256
        os.utime(place(blobs, sha256), (1.0, 1.0))
        orphans.append(Lying(WHO.tenant, sha256, 1, 1.0))
    accept(database, Arrival("api", "upload", (ArrivedFile("a", orphans[0].sha256, 5),)), WHO)
    blobs.put(WHO.tenant, b"stored again")
    listed = {f"main/{one.sha256}": 1.0 for one in orphans}
    assert objects.removable(database, tuple(orphans), listed, now=time.time()) == (orphans[1],)
    assert not objects.remove(database, blobs, orphans[1], now=time.time())
    assert len(list(blobs.listed())) == 2
    assert [row["outcome"] for row in audit.rows(database, Scope("main"), after=1)] == ["done", "kept"]


def test_the_audit_tells_of_a_removal_before_it_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database, blobs = new_database(tmp_path), LocalBlobs(tmp_path, Reserve(0, 0))

    def remove(*_: object, **__: object) -> bool:
        (row,) = audit.rows(database, Scope("main"))
        assert (row["action"], row["subject"], row["actor"]) == ("storage.remove", "0" * 64, "operator")
        raise TransientError("away")

    monkeypatch.setattr(LocalBlobs, "remove", remove)
    with pytest.raises(TransientError):
        objects.remove(database, blobs, Lying("main", "0" * 64, 1, 1.0), now=time.time())
    assert len(list(audit.rows(database, Scope("main")))) == 1


def test_what_is_foreign_in_a_bucket_is_skipped_and_said(bucket: Bucket, s3: S3Server, tmp_path: Path) -> None:
    blobs = open_bucket(bucket, tmp_path, Reserve(0, 0))
    sha256 = blobs.put("main", b"a page").sha256
    blobs.put_named("_checkpoints/main/1.json", b"{}")
    assert blobs.foreign() is None
    for name in ("notes.txt", f"main/{sha256}", f"main/x/{sha256[:2]}/{sha256[2:4]}/{sha256}"):
        blobs.put_named(name, b"not ours")
    assert [one.sha256 for one in blobs.listed()] == [sha256]
    assert [whole for _, whole in objects.damaged(blobs, rate=1e12)] == [True]
    assert blobs.foreign() is not None


def test_in_a_bucket_old_bytes_that_come_again_are_young(bucket: Bucket, s3: S3Server, tmp_path: Path) -> None:
    blobs = open_bucket(bucket, tmp_path, Reserve(0, 0))
    blobs.put("main", b"a page")
    (first,) = blobs.listed()
    time.sleep(1.1)
    blobs.put("main", b"a page")
    assert list(blobs.listed()) == [first]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.blobs_s3._YOUNG", dt.timedelta(0))
        blobs.put("main", b"a page")
    (again,) = blobs.listed()
    assert again.at > first.at
    assert not blobs.remove("main", first.sha256, before=again.at)


@pytest.mark.promise("intact")
def test_every_flip_of_a_bit_is_found_and_named(
    tmp_path: Path, sized: Callable[[int, int], int], record_property: Callable[[str, object], None]
) -> None:
    rng, blobs, flips = random.Random(7), LocalBlobs(tmp_path, Reserve(0, 0)), sized(20, 200)
    stored = [blobs.put("main", rng.randbytes(rng.randint(1, 50_000))).sha256 for _ in range(2 * flips)]
    chosen = set(rng.sample(stored, flips))
    for sha256 in chosen:
        flip(place(blobs, sha256), rng)
    found = {one.sha256 for one, whole in objects.damaged(blobs, rate=1e12) if not whole}
    record_property("flips", flips)
    record_property("found", len(found & chosen))
    assert found == chosen


def test_an_object_of_a_bucket_that_has_changed_is_found(bucket: Bucket, s3: S3Server, tmp_path: Path) -> None:
    blobs = open_bucket(bucket, tmp_path, Reserve(0, 0))
    sha256 = blobs.put("main", b"a page").sha256
    blobs.put("main", b"another")
    name = f"main/{sha256[:2]}/{sha256[2:4]}/{sha256}"
    s3.client().put_object(bucket.bucket, name, io.BytesIO(b"a cage"), 6)
    assert {one.sha256 for one, whole in objects.damaged(blobs, rate=1e12) if not whole} == {sha256}


def test_it_reads_no_faster_than_it_may(tmp_path: Path) -> None:
    blobs, slept = LocalBlobs(tmp_path, Reserve(0, 0)), list[float]()
    for number in range(4):
        blobs.put("main", bytes([number]) * 1000)
    assert len(list(objects.damaged(blobs, rate=1000.0, sleep=slept.append))) == 4
    assert 3.9 < sum(slept) <= 4.0


def test_one_object_that_cannot_be_read_is_damaged_and_a_store_that_is_away_is_away(
    tmp_path: Path, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs = LocalBlobs(tmp_path, Reserve(0, 0))
    sha256 = blobs.put("main", b"a page").sha256
    path = place(blobs, sha256)
    path.unlink()
    path.mkdir()
    assert [whole for _, whole in objects.damaged(blobs, rate=1e12)] == [False]
    away = open_bucket(replace(bucket, endpoint="127.0.0.1:1"), tmp_path / "spool", Reserve(0, 0))
    monkeypatch.setattr(S3Blobs, "listed", lambda _: iter([Lying("main", sha256, 6, 1.0)]))
    with pytest.raises(TransientError):
        list(objects.damaged(away, rate=1e12))
