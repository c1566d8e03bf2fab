from __future__ import annotations

from pathlib import Path

from actions.house import open_house
from models.arrival import Arrival
from models.principal import SYSTEM
from store import keys
from store.blobs import Bucket, LocalBlobs
from store.blobs_s3 import S3Blobs
from tests.actions.installations import installation
from tests.services.redis import RedisServer


def test_a_new_installation_is_migrated_and_takes_files(tmp_path: Path) -> None:
    with open_house(installation(tmp_path)) as house:
        assert house.is_new
        assert isinstance(house.blobs, LocalBlobs)
        stored = house.inbox.store(SYSTEM, "a.pdf", [b"a fax"])
        house.inbox.accept(Arrival("folder", "a.pdf", (stored,), source_key="k"), SYSTEM)
        keys.create(house.database, SYSTEM, role="admin")
    with open_house(installation(tmp_path)) as house:
        assert not house.is_new
        assert house.inbox.accept(Arrival("folder", "a.pdf", (stored,), source_key="k"), SYSTEM).again


def test_servers_of_others_are_used_where_settings_name_them(
    tmp_path: Path, bucket: Bucket, redis: RedisServer
) -> None:
    redis.client().flushall()
    s3 = {
        "endpoint": bucket.endpoint, "bucket": bucket.bucket, "access_key": bucket.access_key,
        "secret_key": bucket.secret_key, "secure": False,
    }  # fmt: skip
    with open_house(installation(tmp_path, s3=s3, redis_url=redis.url)) as house:
        assert isinstance(house.blobs, S3Blobs)
        stored = house.inbox.store(SYSTEM, "a.pdf", [b"a fax"])
        accepted = house.inbox.accept(Arrival("folder", "a.pdf", (stored,)), SYSTEM)
    assert redis.client().llen("rq:queue:dossier") == 1
    (job,) = redis.client().keys("rq:job:*")
    assert accepted.work[0].encode() in redis.client().hget(job, "description")  # type: ignore[operator]
    redis.client().flushall()
