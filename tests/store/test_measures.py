from __future__ import annotations

from store.db import Database
from store.measures import measure
from store.readings import end_file
from store.work import put_off, take
from tests.store.databases import received


def test_everything_is_counted_by_its_state(any_database: Database) -> None:
    for number in range(3):
        received(any_database, key=f"k{number}")
    lease = take(any_database, "w")
    assert lease is not None
    put_off(any_database, lease, "ValueError", end_file, last=True)
    told = measure(any_database)
    # Its case goes on without the file that is quarantined.
    assert told.work == {("read", "ready"): 2, ("read", "quarantined"): 1, ("assemble", "ready"): 1}
    assert told.submissions == {"received": 3}
    assert told.outbox == {"ready": 3}
    assert (told.requests, told.gap) == ({}, 0)
    assert 0 <= told.oldest_s < 60


def test_an_empty_service_waits_for_nothing(any_database: Database) -> None:
    told = measure(any_database)
    assert (told.oldest_s, told.gap, told.work) == (0.0, 0, {})
