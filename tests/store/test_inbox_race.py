from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from store.db import Database
from store.tables import SUBMISSION
from tests.store.databases import received


def test_the_same_key_twice_at_once_is_one_submission(any_database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        for number in range(5):
            told = list(pool.map(lambda _, key=f"k{number}": received(any_database, key=key), range(8)))
            assert len({one.submission for one in told}) == 1
            assert sorted(one.again for one in told) == [False] + [True] * 7
    with any_database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(SUBMISSION)).scalar() == 5
