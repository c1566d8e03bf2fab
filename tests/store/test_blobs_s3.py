from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from store.blobs import BlobDamaged, Blobs, Bucket, NoSpace, Reserve
from store.blobs_s3 import open_bucket
from store.s3_client import StoreAway
from tests.services.s3 import S3Server

CONTENT = bytes(range(256)) * 5000


def name(sha256: str) -> str:
    return f"main/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def test_what_is_stored_comes_back_whichever_store(any_blobs: Blobs) -> None:
    any_blobs.check()
    writer = any_blobs.writer("main")
    for start in range(0, len(CONTENT), 100_000):
        writer.write(CONTENT[start : start + 100_000])
    stored = writer.commit()
    writer.abort()
    assert (stored.sha256, stored.size) == (hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
    assert any_blobs.get("main", stored.sha256) == CONTENT
    assert any_blobs.put("main", CONTENT) == stored
    with pytest.raises(BlobDamaged, match="is gone"):
        any_blobs.get("other", stored.sha256)


def test_what_was_given_up_is_not_there(any_blobs: Blobs, tmp_path: Path) -> None:
    writer = any_blobs.writer("main")
    writer.write(b"never mind")
    writer.abort()
    assert not list(tmp_path.rglob("*.part"))
    with pytest.raises(BlobDamaged):
        any_blobs.get("main", hashlib.sha256(b"never mind").hexdigest())


def test_an_object_has_its_name_and_a_checked_sum(bucket: Bucket, s3: S3Server, tmp_path: Path) -> None:
    stored = open_bucket(bucket, tmp_path, Reserve(0, 0)).put("main", b"a page")
    there = s3.client().stat_object(bucket.bucket, name(stored.sha256))
    assert there.size == 6
    assert (there.metadata or {})["x-amz-meta-sha256"] == stored.sha256
    assert not list(tmp_path.rglob("*.part"))


def test_an_object_that_changed_is_found_and_written_anew(bucket: Bucket, s3: S3Server, tmp_path: Path) -> None:
    blobs = open_bucket(bucket, tmp_path, Reserve(0, 0))
    stored = blobs.put("main", b"a page")
    s3.client().put_object(bucket.bucket, name(stored.sha256), io.BytesIO(b"a cage"), 6)
    with pytest.raises(BlobDamaged, match="has changed"):
        blobs.get("main", stored.sha256)
    blobs.put("main", b"a page")
    assert blobs.get("main", stored.sha256) == b"a page"


def test_a_large_file_is_sent_in_parts(bucket: Bucket, tmp_path: Path) -> None:
    blobs = open_bucket(bucket, tmp_path, Reserve(0, 0))
    content = CONTENT * 16
    assert blobs.get("main", blobs.put("main", content).sha256) == content


def test_a_store_that_is_away_is_said_without_its_key(bucket: Bucket, tmp_path: Path) -> None:
    away = Bucket("127.0.0.1:1", bucket.bucket, "key", "very-secret", secure=False)
    blobs = open_bucket(away, tmp_path, Reserve(0, 0))
    with pytest.raises(StoreAway) as raised:
        blobs.put("main", b"a page")
    assert "very-secret" not in str(raised.value) + repr(away)
    with pytest.raises(StoreAway):
        blobs.check()


def test_a_bucket_that_is_not_there_and_a_disk_that_is_full_are_said(bucket: Bucket, tmp_path: Path) -> None:
    nowhere = Bucket(bucket.endpoint, "no-such-bucket", bucket.access_key, bucket.secret_key, secure=False)
    with pytest.raises(StoreAway, match="There is no bucket 'no-such-bucket'"):
        open_bucket(nowhere, tmp_path, Reserve(0, 0)).check()
    with pytest.raises(NoSpace):
        open_bucket(bucket, tmp_path, Reserve(0.999999, 1 << 60)).check()
    wrong = Bucket(bucket.endpoint, bucket.bucket, bucket.access_key, "wrong", secure=False)
    with pytest.raises(StoreAway, match=r"AccessDenied|SignatureDoesNotMatch"):
        open_bucket(wrong, tmp_path, Reserve(0, 0)).put("main", b"a page")
