from __future__ import annotations

import errno
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from actions.page_pool import PagePool
from actions.receive import Inbox
from models.arrival import Arrival
from models.problem import TransientError
from store import blobs
from store.db import Database
from store.tables import WORK
from tests.reliability.history import History
from tests.reliability.judge import judge
from tests.reliability.papers import Sent, batch
from tests.reliability.site import SENDER, Site
from tests.services.s3 import S3Server

Size = Callable[[int, int], int]


def send(inbox: Inbox, history: History, one: Sent) -> bool:
    """Try to send; False where it was refused in a way that tells the sender to try again."""
    history.try_to_send(one)
    try:
        file = inbox.store(SENDER, one.name, [one.content])
        accepted = inbox.accept(Arrival("api", one.name, (file,), source_key=one.key), SENDER)
    except TransientError:
        return False
    history.receipt(one.key, accepted.submission)
    return True


def worked_off(site: Site, database: Database) -> None:
    with PagePool(site.means().tessdata, 0) as readers:
        worker = site.worker("w", readers)
        while worker.once():
            pass
    with database.read() as connection:
        assert set(connection.execute(sa.select(WORK.c.state)).scalars()) == {"done"}


@pytest.mark.slow
@pytest.mark.promise("away", "durable")
@pytest.mark.parametrize("trouble", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_now_and_then_loses_nothing_that_was_promised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sized: Size, record_property: Callable[..., None], trouble: int
) -> None:
    site, history, rng = Site(tmp_path).prepare(), History(), random.Random(31)
    database = site.open()
    inbox, real, failures = site.inbox(database), blobs.sync, 0

    def sync(descriptor: int) -> None:
        nonlocal failures
        if rng.random() < 0.2:
            failures += 1
            raise OSError(trouble, "the disk")
        real(descriptor)

    monkeypatch.setattr(blobs, "sync", sync)
    count = sized(8, 100)
    refused = 0
    for one in batch(31, count):
        while not send(inbox, history, one):
            refused += 1
    monkeypatch.setattr(blobs, "sync", real)
    worked_off(site, database)
    record_property("failures", failures)
    record_property("refused and sent again", refused)
    assert refused > 0
    assert judge(history, database, site.blobs()).good


@pytest.mark.slow
@pytest.mark.promise("away", "durable")
def test_a_database_that_is_away_promises_nothing_and_its_workers_wait(
    tmp_path: Path, sized: Size, record_property: Callable[..., None]
) -> None:
    site, history = Site(tmp_path).prepare(), History()
    database = site.open()
    inbox = site.inbox(database)
    away: list[bool] = []

    @sa.event.listens_for(database.engine, "begin")
    def fail(_: Any) -> None:
        if away:
            raise sa.exc.OperationalError("BEGIN", {}, RuntimeError("away"))

    for one in batch(32, sized(4, 50)):
        away.append(True)
        assert not send(inbox, history, one)
        assert one.key not in history.acked
        away.clear()
        assert send(inbox, history, one)
    record_property("times away", len(history.acked))
    worked_off(site, database)
    assert judge(history, database, site.blobs()).good


@pytest.mark.slow
@pytest.mark.promise("away", "durable")
def test_a_store_that_is_away_promises_nothing_and_its_workers_wait(
    tmp_path: Path, s3: S3Server, sized: Size, record_property: Callable[..., None]
) -> None:
    site, history = Site(tmp_path, bucket=s3.new_bucket()).prepare(), History()
    database = site.open()
    inbox = site.inbox(database)
    sent = batch(33, sized(2, 10))
    for one in sent:
        assert send(inbox, history, one)
        s3.kill()
        assert not send(inbox, history, replace(one, key=f"{one.key}-again"))
        with PagePool(site.means().tessdata, 0) as readers, pytest.raises(TransientError):
            site.worker("w", readers).once()
        s3.start()
    record_property("times away", len(sent))
    assert history.acked.keys() == {one.key for one in sent}
    with database.begin() as connection:
        connection.execute(WORK.update().values(not_before=0.0))  # what was given back waits for half a minute
    worked_off(site, database)
    assert judge(history, database, site.blobs()).good
