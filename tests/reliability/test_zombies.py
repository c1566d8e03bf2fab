from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.arrival import Arrival
from store.tables import WORK
from tests.reliability.actors import kill, start_worker
from tests.reliability.history import History
from tests.reliability.judge import Verdict, judge, wait_until_quiet
from tests.reliability.papers import batch
from tests.reliability.site import SENDER, Site

Size = Callable[[int, int], int]
Record = Callable[[str, object], None]


def after_a_sleep(site: Site, *, seed: int, mutation: str = "") -> Verdict:
    """A worker sleeps with a lease in its hand until another has done its work, and then goes on."""
    site.prepare()
    database, history = site.open(), History()
    inbox = site.inbox(database)
    zombie = start_worker(site, "zombie", mutation=mutation)
    for one in batch(seed, 6):
        history.try_to_send(one)
        file = inbox.store(SENDER, one.name, [one.content])
        history.receipt(one.key, inbox.accept(Arrival("api", one.name, (file,), source_key=one.key), SENDER).submission)
    held = sa.select(WORK.c.id).where(WORK.c.leased_by == "zombie", WORK.c.state == "leased")
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with database.read() as connection:
            if connection.execute(held).first() is not None:
                break
        time.sleep(0.01)
    assert zombie.pid is not None
    os.kill(zombie.pid, signal.SIGSTOP)
    other = start_worker(site, "other", mutation=mutation)
    try:
        assert wait_until_quiet(database, seconds=60)
        os.kill(zombie.pid, signal.SIGCONT)
        time.sleep(2)
        assert wait_until_quiet(database, seconds=30)
        return judge(history, database, site.blobs())
    finally:
        kill(zombie)
        kill(other)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.promise("fenced", "once")
def test_a_worker_that_wakes_up_late_writes_nothing(tmp_path: Path, sized: Size, record_property: Record) -> None:
    sleeps = sized(1, 20)
    record_property("sleeps", sleeps)
    for seed in range(100, 100 + sleeps):
        assert after_a_sleep(Site(tmp_path / str(seed)), seed=seed) == Verdict(acked=6)


@pytest.mark.slow
@pytest.mark.promise("noticed")
def test_the_harness_sees_a_missing_fence(tmp_path: Path) -> None:
    tries = (after_a_sleep(Site(tmp_path / str(seed)), seed=seed, mutation="no-fencing") for seed in (22, 23, 24))
    assert any(not verdict.good for verdict in tries)
