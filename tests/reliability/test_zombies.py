from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from actions.receive import Inbox
from models.arrival import Arrival
from store.db import FILE
from tests.reliability.actors import Doom, kill, start_worker
from tests.reliability.history import History
from tests.reliability.judge import Verdict, judge, wait_until_quiet
from tests.reliability.papers import Sent, batch
from tests.reliability.site import SENDER, Site
from tests.services.processes import is_stopped

Size = Callable[[int, int], int]
Record = Callable[[str, object], None]

# Where a lease is held and nothing is written yet. The first to come there reads a file, the second puts a case
# together: what came in earlier is finished first.
POINTS = (("after_lease", 1), ("before_result_commit", 1), ("after_lease", 2), ("before_result_commit", 2))


def send(inbox: Inbox, history: History, one: Sent) -> None:
    history.try_to_send(one)
    file = inbox.store(SENDER, one.name, [one.content])
    history.receipt(one.key, inbox.accept(Arrival("api", one.name, (file,), source_key=one.key), SENDER).submission)


def until_asleep(pid: int, site: Site) -> None:
    """Until it sleeps, and none of its threads has fallen asleep while it was writing: nobody else could."""
    end = time.monotonic() + 60
    while not (is_stopped(pid) and can_write(site)):
        assert time.monotonic() < end
        if is_stopped(pid):
            os.kill(pid, signal.SIGCONT)
        time.sleep(0.05)


def can_write(site: Site) -> bool:
    with contextlib.closing(sqlite3.connect(site.data / FILE, timeout=0.2)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        connection.rollback()
        return True


def after_a_sleep(site: Site, *, seed: int, point: str, nth: int, mutation: str = "") -> Verdict:
    """A worker sleeps with a lease in its hand until another has done its work, and then goes on."""
    site.prepare()
    database, history = site.open(), History()
    inbox = site.inbox(database)
    *usual, last = batch(seed, 5)
    for one in usual:
        send(inbox, history, one)
    wakes = site.data / "wakes"
    zombie = start_worker(site, "zombie", Doom(point, nth, signal.SIGSTOP, wakes), mutation)
    assert zombie.pid is not None
    other = None
    try:
        until_asleep(zombie.pid, site)
        other = start_worker(site, "other", mutation=mutation)
        assert wait_until_quiet(database, seconds=60)
        kill(other)
        # What is sent now it does after what it held in its sleep: when that is done, it has tried to write.
        wakes.touch()
        os.kill(zombie.pid, signal.SIGCONT)
        send(inbox, history, last)
        assert wait_until_quiet(database, seconds=60)
        return judge(history, database, site.blobs())
    finally:
        kill(zombie)
        if other is not None:
            kill(other)
        database.close()


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.promise("fenced", "once")
def test_a_worker_that_wakes_up_late_writes_nothing(tmp_path: Path, sized: Size, record_property: Record) -> None:
    sleeps = sized(2, 20)
    record_property("sleeps", sleeps)
    for number in range(sleeps):
        point, nth = POINTS[(number + 1) % len(POINTS)]
        site = Site(tmp_path / str(number))
        assert after_a_sleep(site, seed=100 + number, point=point, nth=nth) == Verdict(acked=5)


@pytest.mark.slow
@pytest.mark.promise("noticed")
@pytest.mark.parametrize(("point", "nth"), POINTS)
def test_the_harness_sees_a_missing_fence(tmp_path: Path, point: str, nth: int) -> None:
    assert not after_a_sleep(Site(tmp_path), seed=22, point=point, nth=nth, mutation="no-fencing").good
