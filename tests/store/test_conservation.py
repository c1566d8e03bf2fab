from __future__ import annotations

import sqlalchemy as sa

from store.conservation import gap
from store.db import Database
from store.tables import PAGE
from tests.store.cases import assembled, held, read, request, send


def told(database: Database) -> int:
    with database.read() as connection:
        return gap(connection)


def test_pages_that_are_on_their_way_are_in_their_place(any_database: Database) -> None:
    send(any_database, "a.pdf", "b.pdf")
    assert told(any_database) == 0
    read(any_database)
    assert told(any_database) == 0
    read(any_database)
    assert told(any_database) == 0
    assembled(any_database, request(d1=(1, 2)), held=[held("d2", 1), held("d2", 2)])
    assert told(any_database) == 0


def test_a_page_that_nobody_has_placed_is_counted(any_database: Database) -> None:
    send(any_database)
    read(any_database, pages=3)
    assembled(any_database, request(d1=(1,)), held=[held("d1", 2)])
    assert told(any_database) == 1


def test_a_page_that_is_lost_or_too_many_is_counted(any_database: Database) -> None:
    send(any_database)
    read(any_database, pages=3)
    assembled(any_database, request(d1=(1, 2, 3)))
    with any_database.begin() as connection:
        row = connection.execute(sa.select(PAGE).where(PAGE.c.page == 3)).one()
        connection.execute(PAGE.delete().where(PAGE.c.page == 3))
    assert told(any_database) == 1
    with any_database.begin() as connection:
        for page in (3, 4):
            connection.execute(PAGE.insert().values(**{**row._asdict(), "page": page}))
    assert told(any_database) == 1
