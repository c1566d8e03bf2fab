from __future__ import annotations

from store import outbox
from store.db import Database


def test_the_same_thing_is_told_once(any_database: Database) -> None:
    database = any_database
    with database.begin() as connection:
        for version in (1, 1, 2):
            outbox.announce(connection, "main", "request.changed", "r-1", {"version": version})
    first, second = outbox.waiting(database)
    assert (first.body, second.body) == ({"version": 1}, {"version": 2})
    assert first.key != second.key
    outbox.mark(database, first, "sent")
    assert outbox.waiting(database) == (second,)
