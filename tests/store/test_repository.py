from __future__ import annotations

import re

import pytest

from models.principal import Principal
from models.problem import NotFound, UsageError
from store.db import Database
from store.repository import CURSOR, Repository
from tests.store.databases import WHO, received

OFFICE = Principal("main", "key:2", "provider-office", "o1")
OTHER = Principal("other", "key:3", "supervisor")


def test_a_list_goes_on_where_it_ended_and_has_no_row_twice(any_database: Database) -> None:
    made = {received(any_database, who=WHO, key=f"k{number}").submission for number in range(7)}
    own, seen, cursor = Repository(any_database, WHO), list[str](), None
    while True:
        part = own.submissions(cursor=cursor, most=3)
        seen += [item["id"] for item in part.items]
        if part.next is None:
            break
        assert re.fullmatch(CURSOR, part.next)
        cursor = part.next
    assert len(seen) == 7
    assert set(seen) == made


@pytest.mark.parametrize("cursor", ["", "x", "1-2", "1.0000000-", "nan.0000000-a", "1.0000000-a b", "9" * 99])
def test_cursors_that_are_none_of_ours(any_database: Database, cursor: str) -> None:
    with pytest.raises(UsageError, match="Begin the list anew"):
        Repository(any_database, WHO).submissions(cursor=cursor)


def test_what_is_foreign_is_as_if_it_were_not_there(any_database: Database) -> None:
    own = received(any_database, who=OFFICE).submission
    assert Repository(any_database, OFFICE).state(own) == "received"
    assert Repository(any_database, WHO).placed([own]) == {own: {"files:received": 1}}
    for who in (OTHER, Principal("main", "key:9", "provider-office", "o2")):
        foreign = Repository(any_database, who)
        for name in ("state", "submission"):
            with pytest.raises(NotFound, match="There is no such submission"):
                getattr(foreign, name)(own)
        assert foreign.placed([own]) == {own: {}}
        assert foreign.submissions().items == ()
    for name in ("glance", "request"):
        with pytest.raises(NotFound, match="There is no such request"):
            getattr(Repository(any_database, WHO), name)("r-1")
    with pytest.raises(NotFound):
        Repository(any_database, WHO).ask("r-1", {})
