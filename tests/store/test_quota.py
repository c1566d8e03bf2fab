from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from actions.receive import Inbox, nobody
from models.arrival import Accepted, Arrival, ArrivedFile
from models.principal import Principal
from store import inbox, quota
from store.blobs import LocalBlobs, Reserve
from store.db import Database
from store.inbox import accept
from store.quota import Quota, TooLarge, TooManyCalls
from store.tables import SENT, SUBMISSION
from tests.store.databases import SHA, WHO

OFFICE = Principal("main", "key:1", "provider-office", "o1")


def send(database: Database, who: Principal, bound: Quota, *, size: int = 10, key: str | None = None) -> None:
    accept(database, Arrival("api", "u", (ArrivedFile("a.pdf", SHA, size),), source_key=key), who, quota=bound)


def count(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(SUBMISSION)).scalar_one())


@pytest.mark.parametrize("bound", [Quota(bytes=25), Quota(files=2), Quota(bytes=25, files=9)])
def test_what_is_more_than_the_quota_is_refused_whole(any_database: Database, bound: Quota) -> None:
    for _ in range(2):
        quota.check(any_database, WHO, bound)
        send(any_database, WHO, bound)
    with pytest.raises(TooManyCalls, match="send it again in") as raised:
        send(any_database, WHO, bound)
    assert raised.value.http_status == 429
    assert 1 <= (raised.value.retry_s or 0) <= 86_401
    assert count(any_database) == 2
    with any_database.read() as connection:
        row = connection.execute(sa.select(SENT)).one()
    assert (row.sender, row.bytes, row.files) == (WHO.actor, 20, 2)


def test_nothing_is_stored_of_a_sender_whose_quota_is_spent(any_database: Database) -> None:
    send(any_database, WHO, Quota(bytes=10))
    with pytest.raises(TooManyCalls):
        quota.check(any_database, WHO, Quota(bytes=10))
    quota.check(any_database, WHO, Quota(bytes=11))
    quota.check(any_database, WHO, Quota())


def test_what_says_that_it_is_larger_than_what_is_left_is_refused_before_it_comes(any_database: Database) -> None:
    bound = Quota(bytes=30)
    for left in (20, 10):
        send(any_database, WHO, bound)
        quota.check(any_database, WHO, bound, size=left)
        with pytest.raises(TooManyCalls, match="more than is taken from this sender on one day") as raised:
            quota.check(any_database, WHO, bound, size=left + 1)
        assert 1 <= (raised.value.retry_s or 0) <= 86_401
    quota.check(any_database, WHO, Quota(files=3), size=10**12)


@pytest.mark.parametrize(("bound", "size", "many"), [(Quota(bytes=30), 31, 1), (Quota(bytes=99, files=2), 1, 3)])
def test_what_is_more_than_a_whole_day_is_not_told_to_come_again(
    any_database: Database, bound: Quota, size: int, many: int
) -> None:
    files = tuple(ArrivedFile(f"{n}.pdf", SHA, size) for n in range(many))
    send(any_database, WHO, bound, size=1)
    with pytest.raises(TooLarge, match="send it in smaller parts") as raised:
        accept(any_database, Arrival("api", "u", files), WHO, quota=bound)
    assert (raised.value.http_status, raised.value.retry_s, count(any_database)) == (413, None, 1)
    with pytest.raises(TooLarge):
        quota.check(any_database, WHO, Quota(bytes=30), size=31)


def test_what_was_accepted_by_a_larger_quota_comes_again(any_database: Database, tmp_path: Path) -> None:
    send(any_database, WHO, Quota(bytes=50), size=40, key="k")
    desk = Inbox(any_database, LocalBlobs(tmp_path, Reserve(0, 0)), nobody, Quota(bytes=30))
    desk.check(WHO, "k", size=40)
    send(any_database, WHO, desk.quota, size=40, key="k")
    assert count(any_database) == 1


def test_what_comes_again_is_not_counted_again(any_database: Database) -> None:
    for _ in range(3):
        send(any_database, WHO, Quota(files=1), key="k")
    assert count(any_database) == 1


def test_what_was_accepted_comes_again_though_the_quota_is_spent(any_database: Database, tmp_path: Path) -> None:
    desk = Inbox(any_database, LocalBlobs(tmp_path, Reserve(0, 0)), nobody, Quota(files=1))
    send(any_database, WHO, desk.quota, key="k")
    for key in (None, "other"):
        with pytest.raises(TooManyCalls):
            desk.check(WHO, key)
    desk.check(WHO, "k")
    desk.check(WHO, "k", size=10**12)


def test_what_is_accepted_while_one_looks_whether_it_may_come_again_may(
    any_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Inbox(any_database, LocalBlobs(tmp_path, Reserve(0, 0)), nobody, Quota(files=1))
    real = quota.check

    def late(*given: Any, **named: Any) -> None:
        send(any_database, WHO, desk.quota, key="k")
        real(*given, **named)

    monkeypatch.setattr(quota, "check", late)
    desk.check(WHO, "k")
    assert count(any_database) == 1
    with pytest.raises(TooManyCalls):
        desk.check(WHO, "other")


def test_the_same_key_twice_at_once_is_accepted_once_though_the_quota_is_spent_by_it(
    any_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(any_database, WHO, Quota(files=1), key="k")
    known, looks = inbox._known, list[int]()

    def late(*arguments: Any) -> Accepted | None:
        looks.append(1)
        return None if len(looks) == 1 else known(*arguments)

    monkeypatch.setattr(inbox, "_known", late)
    send(any_database, WHO, Quota(files=1), key="k")
    assert (count(any_database), len(looks)) == (1, 2)


def test_keys_of_an_office_share_its_quota_and_no_others(any_database: Database) -> None:
    bound = Quota(files=1)
    send(any_database, OFFICE, bound)
    for who in (OFFICE, replace(OFFICE, actor="key:2")):
        with pytest.raises(TooManyCalls):
            send(any_database, who, bound)
    for who in (replace(OFFICE, office="o2"), replace(OFFICE, office=None), replace(OFFICE, tenant="other")):
        send(any_database, who, bound)


def test_on_the_next_day_there_is_room_again(any_database: Database) -> None:
    send(any_database, WHO, Quota(files=1))
    with any_database.begin() as connection:
        connection.execute(SENT.update().values(day=SENT.c.day - 1))
    send(any_database, WHO, Quota(files=1))
    with any_database.read() as connection:
        assert connection.execute(sa.select(SENT.c.files)).scalars().all() == [1, 1]


def test_many_at_once_are_counted_one_by_one(any_database: Database) -> None:
    refused: list[int] = []

    def run() -> None:
        for _ in range(5):
            try:
                send(any_database, OFFICE, Quota(files=12))
            except TooManyCalls:
                refused.append(1)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (count(any_database), len(refused)) == (12, 8)


def test_without_a_bound_nothing_is_counted(any_database: Database) -> None:
    send(any_database, WHO, Quota())
    with any_database.read() as connection:
        assert connection.execute(sa.select(SENT)).first() is None
