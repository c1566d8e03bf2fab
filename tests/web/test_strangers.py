from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from models.principal import Principal
from store import keys
from store.db import Database
from store.tables import AUDIT
from tests.web.clients import TestClient
from tests.web.house import ADMIN, Installation, install
from web.limits import Limits
from web.pace import Pace

FEW = Limits(calls_per_s=None, failures_per_s=0.001, failures=5)


@pytest.fixture
def house(tmp_path: Path) -> Installation:
    return install(tmp_path, limits=FEW)


def asked(house: Installation, key: str, path: str = "/api/v1/submissions") -> tuple[int, str]:
    with house.with_key(key) as client:
        answer = client.get(path)
        return answer.status_code, answer.headers.get("retry-after", "")


def test_a_flood_of_wrong_keys_is_refused(house: Installation) -> None:
    told = [asked(house, f"dsk_wrong{n}")[0] for n in range(20)]
    assert told == [401] * 5 + [429] * 15
    assert int(asked(house, "dsk_wrong")[1]) > 60


def test_only_so_much_is_looked_up(house: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    lookups, real = list[str](), keys.find

    def find(database: Database, key: str) -> Principal | None:
        lookups.append(key)
        return real(database, key)

    monkeypatch.setattr(keys, "find", find)
    house.app.state.front.strangers.lookups = Pace(0.001, 10)
    # The same one again is not looked up once there were too many failures; of others, ten.
    assert [asked(house, "dsk_same")[0] for _ in range(9)] == [401] * 5 + [429] * 4
    for n in range(10):
        assert asked(house, f"dsk_wrong{n}")[0] == 429
    assert lookups == ["dsk_same"] * 5 + [f"dsk_wrong{n}" for n in range(5)]


def test_a_flood_by_a_revoked_key_fills_no_audit(house: Installation) -> None:
    key = house.key("intake")
    assert asked(house, key)[0] == 200
    who = keys.find(house.service.database, key)
    assert who is not None
    keys.revoke(house.service.database, ADMIN, who.actor.removeprefix("key:"))
    assert [asked(house, key)[0] for _ in range(20)] == [401] * 5 + [429] * 15
    with house.service.database.read() as connection:
        rows = connection.execute(sa.select(sa.func.count()).where(AUDIT.c.action == "key.use")).scalar_one()
    assert rows == 5


def test_a_key_that_holds_is_not_stopped_by_the_flood_of_others(house: Installation) -> None:
    key, late = house.key("intake"), house.key("intake")
    assert asked(house, key)[0] == 200
    for n in range(10):
        asked(house, f"dsk_wrong{n}")
    assert asked(house, "dsk_wrong")[0] == 429
    assert asked(house, key)[0] == 200
    assert asked(house, late)[0] == 200


def test_sessions_that_do_not_hold_count_too(house: Installation) -> None:
    client = TestClient(house.app, follow_redirects=False)
    told = [
        client.get("/api/v1/submissions", headers={"Cookie": f"dossier={n}"}).status_code for n in range(8)
    ]  # fmt: skip
    assert told == [401] * 5 + [429] * 3
    assert client.get("/api/v1/submissions").status_code == 401
