from __future__ import annotations

import datetime as dt

import pytest

from models.correction import Correction
from store import cases
from store.assemblies import reassemble
from store.db import Database
from store.repository import Repository
from tests.store.cases import assembled, keys, read, request, send, taken
from tests.store.databases import WHO


@pytest.fixture
def database(any_database: Database) -> Database:
    return any_database


def corrected(database: Database, identifier: str, value: str) -> Correction:
    made = Correction("/patient/birth_date", value, "correct_reading", WHO.actor, dt.datetime.now(dt.UTC), "seen", "d1")
    Repository(database, WHO).correct(identifier, [made], body=request(identifier).model_dump_json(), version=None)
    return made


def test_a_file_is_found_by_the_work_on_it(database: Database) -> None:
    accepted = send(database, "a.pdf")
    found = cases.find_file(database, taken(database, "read"))
    assert (found.submission, found.path, found.state, found.result, found.version) == (
        accepted.submission, "a.pdf", "reading", None, 0
    )  # fmt: skip


def test_a_case_is_its_first_submission_then_the_answers_to_it(database: Database) -> None:
    first = send(database, "a.pdf", "b.pdf")
    read(database)
    read(database, version=4)
    assembled(database, request(d1=(1, 2), d2=(1, 2)))
    answer = send(database, "c.pdf", answers="r-1")
    found = cases.find_case(database, first.submission)
    assert [one.id for one in found.submissions] == [first.submission, answer.submission]
    assert [[file.path for file in one.files] for one in found.submissions] == [["a.pdf", "b.pdf"], ["c.pdf"]]
    assert [file.result for one in found.submissions for file in one.files] == ["b" * 64, "b" * 64, None]
    assert sorted(file.version for one in found.submissions for file in one.files) == [0, 3, 4]
    assert found.version == 4
    assert found.corrections == {}


def test_corrections_come_with_their_case_in_their_order_and_survive_it(database: Database) -> None:
    case = send(database).submission
    read(database)
    assembled(database, request(d1=(1, 2)))
    made = [corrected(database, "r-1", value) for value in ("1960-01-02", "1961-02-03")]
    for _ in range(2):
        found = cases.find_case(database, case).corrections["r-1"]
        assert [one.value for one in found] == [one.value for one in made]
        assert (found[0].kind, found[0].made_by, found[0].reason, found[0].document) == (
            "correct_reading", WHO.actor, "seen", "d1"
        )  # fmt: skip
        # Put together anew without it, the request is withdrawn and keeps what was said about it.
        assembled(database)
        with database.begin() as connection:
            reassemble(connection, WHO.tenant, case)


def test_documents_are_found_by_file_and_place(database: Database) -> None:
    send(database, "a.pdf", "b.pdf")
    subjects = [read(database).subject for _ in range(2)]
    known = keys(database)
    found = cases.keys_of(database, {"x": (subjects[0], 1), "y": (subjects[1], 1)})
    assert set(found.values()) == set(known.values())
    assert len(set(found.values())) == 2
