from __future__ import annotations

import shutil
from pathlib import Path

from actions.doctor_service import examine_service
from actions.house import open_house
from models.arrival import Arrival
from models.principal import SYSTEM
from store.blobs import Bucket
from store.checkpoints import Checkpoint, FolderPlace
from store.signing import open_signer
from tests.actions.installations import installation
from tests.services.postgres import Postgres
from tests.services.redis import RedisServer

AWAY = {"endpoint": "127.0.0.1:1", "access_key": "a", "secret_key": "very-secret", "secure": False}


def told(data: Path, **settings: object) -> dict[str, tuple[bool, str]]:
    return {one.name: (one.ok, one.detail) for one in examine_service(installation(data, **settings))}


def test_before_the_first_start_nothing_is_missing_and_nothing_is_made(tmp_path: Path) -> None:
    found = told(tmp_path / "data")
    assert all(ok for ok, _ in found.values())
    assert "the first start makes it" in found["database"][1]
    assert not (tmp_path / "data").exists()


def test_where_the_audit_is_signed_is_told(tmp_path: Path) -> None:
    assert told(tmp_path)["audit"] == (
        True, f"checkpoints in {tmp_path}/checkpoints, signed by a key that the first worker makes"
    )  # fmt: skip
    open_signer(tmp_path)
    assert told(tmp_path, audit={"checkpoints": "/mnt/second"})["audit"] == (True, "checkpoints in /mnt/second")
    place = FolderPlace(tmp_path / "checkpoints")
    place.append(Checkpoint("main", 1, "f" * 64, 1.5))
    (tmp_path / "audit.key").unlink()
    ok, detail = told(tmp_path)["audit"]
    assert (ok, "dossier audit key --new" in detail) == (False, True)
    shutil.rmtree(place.path)
    ok, detail = told(tmp_path, audit={"key": "nonsense"})["audit"]
    assert (ok, "no private key of ed25519" in detail, "nonsense" in detail) == (False, True, False)
    assert "one key" in told(tmp_path, database_url="postgresql://127.0.0.1:1/d")["audit"][1]


def test_a_running_installation_is_told_by_its_work(tmp_path: Path) -> None:
    with open_house(installation(tmp_path)) as house:
        stored = house.inbox.store(SYSTEM, "a.txt", [b"a fax"])
        house.inbox.accept(Arrival("folder", "a.txt", (stored,)), SYSTEM)
    found = told(tmp_path)
    assert found["work"] == (True, "1 waiting, 0 under way, 0 in quarantine")
    assert found["pages"] == (True, "every page is in one place")
    assert found["database"][0]


def test_servers_that_are_away_are_told_with_what_to_do_and_without_secrets(tmp_path: Path) -> None:
    found = told(
        tmp_path, database_url="postgresql://d:very-secret@127.0.0.1:1/x", redis_url="redis://127.0.0.1:1", s3=AWAY
    )
    assert [name for name, (ok, _) in found.items() if not ok] == ["database", "objects", "redis"]
    assert "DOSSIER_DATABASE_URL" in found["database"][1]
    assert "nothing is lost" in found["redis"][1]
    assert "very-secret" not in str(found)


def test_servers_that_answer_are_told(tmp_path: Path, postgres: Postgres, redis: RedisServer, bucket: Bucket) -> None:
    s3 = {
        "endpoint": bucket.endpoint, "bucket": bucket.bucket, "access_key": bucket.access_key,
        "secret_key": bucket.secret_key, "secure": False,
    }  # fmt: skip
    url = postgres.new_database()
    found = told(tmp_path, database_url=url, redis_url=redis.url, s3=s3)
    assert found["database"][0] is False
    assert "another version" in found["database"][1]
    with open_house(installation(tmp_path, database_url=url)):
        pass
    found = told(tmp_path, database_url=url, redis_url=redis.url, s3=s3)
    assert all(ok for ok, _ in found.values()), found
    assert found["database role"][1] == "row-level security binds it"
    admin = postgres.admin.rpartition("/")[0] + "/" + url.rpartition("/")[2]
    assert told(tmp_path, database_url=admin)["database role"][0] is False


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    found = told(tmp_path, reserve={"share": 0.999999, "bytes": 1 << 60})
    assert found["data folder"][0] is False
    assert "nothing new is accepted" in found["data folder"][1]


def test_a_damaged_database_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "dossier.sqlite3").write_bytes(b"no database" * 4096)
    (told,) = [one for one in examine_service(installation(tmp_path)) if one.name == "database"]
    assert (told.ok, "restore the last backup" in told.detail) == (False, True)
    assert "DOSSIER_DATABASE_URL" not in told.detail
