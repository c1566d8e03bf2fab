from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from actions.service import Ask, Change, Service
from models.access import Forbidden
from models.principal import Principal
from models.problem import NotFound, TransientError
from store.db import Database, DatabaseAway
from store.tables import AUDIT
from tests.web.house import install

ADMIN = Principal("main", "key:1", "admin")
CALLS: dict[str, tuple[Any, ...]] = {
    "submission": ("x",), "submissions": (), "placed": ([],), "progress": ("x",), "requests": (), "search": (),
    "request": ("x",), "glance": ("x",), "change": ("x", []), "formatted": ("x", "native"), "missing": ("x",),
    "ask": ("x", Ask("fax", "en", "2026-12-01", ())), "page_image": ("x", 1), "page_words": ("x", 1),
}  # fmt: skip
MORE: dict[str, dict[str, Any]] = {
    "submissions": {"cursor": None, "most": 1}, "requests": {"cursor": None, "most": 1},
    "change": {"version": 1, "now": None},
    "search": {"name": "x", "birth_date": None, "member_id": None, "cursor": None, "most": 1},
    "page_image": {"upright": False},
}  # fmt: skip


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return install(tmp_path).service


@pytest.mark.parametrize("name", CALLS)
def test_every_method_asks_first_whether_the_caller_may(service: Service, name: str) -> None:
    with pytest.raises(Forbidden):
        getattr(service, name)(ADMIN, *CALLS[name], **MORE.get(name, {}))


def test_a_refusal_is_told_to_the_audit(service: Service) -> None:
    service.refused(ADMIN, "request.read")
    with service.database.read() as connection:
        row = connection.execute(sa.select(AUDIT)).one()
    assert (row.actor, row.action, row.subject, row.outcome) == ("key:1", "request.read", "-", "refused")


def test_it_says_what_keeps_it_from_work(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert service.ready() == (True, "ready")
    assert not caplog.records

    def away(*_: object) -> None:
        raise TransientError("Jane Sample")

    monkeypatch.setattr(type(service.blobs), "check", away)
    assert service.ready() == (False, "the database or the store does not answer")
    assert [record.getMessage() for record in caplog.records] == ["not ready: TransientError"]


def test_changes_to_what_is_not_there(service: Service) -> None:
    who = Principal("main", "key:2", "processor")
    with pytest.raises(NotFound):
        service.change(who, "r-1", [Change("/patient/sex", "male", "correct_reading")], version=1, now=None)  # type: ignore[arg-type]


def test_a_database_that_is_away_is_no_fault_of_ours(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise DatabaseAway("The database does not answer (OperationalError).")

    monkeypatch.setattr(Database, "read", away)
    with pytest.raises(TransientError):
        service.caller("dsk_x")
