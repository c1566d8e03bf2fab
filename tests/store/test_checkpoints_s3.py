from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from store import audit, checkpoints
from store.blobs import Bucket, Reserve
from store.blobs_s3 import open_bucket
from store.checkpoints import write_due
from store.checkpoints_s3 import BucketPlace
from store.s3_client import StoreAway
from store.signing import open_signer
from tests.store.databases import new_database
from tests.store.test_checkpoints import write


def test_checkpoints_lie_in_the_bucket_too(bucket: Bucket, tmp_path: Path) -> None:
    database, signer = new_database(tmp_path), open_signer(tmp_path)
    blobs = open_bucket(bucket, tmp_path / "spool", Reserve(0, 0))
    place = BucketPlace(blobs)
    assert list(place.lines()) == []
    for _ in range(2):
        write(database, 10)
        assert write_due(database, signer, places=[place], seconds=0.0) == 1
    signed = checkpoints.read([place], signer.verifier)
    assert (sorted(signed.digests["main"]), signed.faults, signed.count) == ([10, 21], (), 2)
    assert audit.verify(database, lambda: signed.digests) == (22, ())


def test_where_the_bucket_is_away_nothing_is_told(bucket: Bucket, tmp_path: Path) -> None:
    database, signer = new_database(tmp_path), open_signer(tmp_path)
    write(database, 10)
    away = open_bucket(replace(bucket, endpoint="127.0.0.1:1"), tmp_path / "spool", Reserve(0, 0))
    with pytest.raises(StoreAway):
        write_due(database, signer, places=[BucketPlace(away)], seconds=0.0)
    assert audit.verify(database) == (10, ())
