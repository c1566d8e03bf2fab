"""The walls that stand where our own code fails: rows that stay, and PostgreSQL that keeps to tenants and offices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.principal import Principal
from store import audit
from store.db import Database, Scope, open_database
from store.repository import Repository
from store.tables import AUDIT, METADATA, SUBMISSION
from tests.services.postgres import Postgres
from tests.store.databases import received

OWNERS = {
    "staff": Principal("main", "key:1", "intake"),
    "o1": Principal("main", "key:2", "provider-office", "o1"),
    "o2": Principal("main", "key:3", "provider-office", "o2"),
    "other": Principal("other", "key:4", "intake"),
}


@pytest.fixture
def postgresql(postgres: Postgres, tmp_path: Path) -> Iterator[Database]:
    """A database with a submission of each owner, as the role of the application sees it."""
    database = open_database(tmp_path, postgres.migrated_database())
    for who in OWNERS.values():
        received(database, who=who)
    yield database
    database.close()


@pytest.mark.promise("audited")
@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
def test_rows_of_the_audit_stay_as_they_were_written(any_database: Database, statement: str) -> None:
    received(any_database)
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), any_database.begin() as connection:
        connection.execute(sa.text(statement))
    assert audit.verify(any_database) == (1, ())


def test_nor_can_they_be_thrown_away_together(postgresql: Database) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), postgresql.begin() as connection:
        connection.execute(sa.text("TRUNCATE audit"))


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=lambda table: table.name)
def test_every_table_has_its_policy_for_its_owner_too(postgresql: Database, table: sa.Table) -> None:
    with postgresql.read() as connection:
        row = connection.execute(
            sa.text("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = :name"),
            {"name": table.name},
        ).one()
        policies = connection.execute(
            sa.text("SELECT qual, with_check FROM pg_policies WHERE tablename = :name"), {"name": table.name}
        ).all()
    assert tuple(row) == (True, True)
    assert len(policies) == 1
    assert "dossier.tenant" in policies[0].qual
    assert policies[0].qual == policies[0].with_check
    if "office" in table.c and table.name not in {"audit", "api_key", "person"}:
        assert "dossier.office" in policies[0].qual


@pytest.mark.promise("bounded")
@pytest.mark.parametrize("table", ["submission", "file", "work", "outbox", "audit"])
def test_without_our_own_bounds_nothing_foreign_is_seen(postgresql: Database, table: str) -> None:
    rows = METADATA.tables[table]
    tenants = sa.select(rows.c.tenant).group_by(rows.c.tenant)
    with postgresql.read(Scope("main")) as connection:
        assert {row.tenant for row in connection.execute(tenants)} == {"main"}
    with postgresql.read(Scope("nobody")) as connection:
        assert connection.execute(tenants).all() == []
    with postgresql.engine.connect() as connection:
        assert connection.execute(tenants).all() == []


def test_an_office_sees_its_own_rows_only(postgresql: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Repository, "_bounds", lambda *_: ())
    for owner, who in OWNERS.items():
        seen = Repository(postgresql, who).submissions().items
        assert len(seen) == {"staff": 3, "o1": 1, "o2": 1, "other": 1}[owner]


def test_pages_are_whose_documents_are(postgresql: Database) -> None:
    with postgresql.begin() as connection:
        for office in ("o1", "o2"):
            of = {"tenant": "main", "case_id": office}
            file = connection.execute(
                sa.text("SELECT id FROM file WHERE office = :office"), {"office": office}
            ).scalar()
            connection.execute(
                METADATA.tables["document"].insert().values(
                    id=f"d-{office}", office=office, file=file, ordinal=1, path="a", sha256="a" * 64, page_count=1,
                    version="1", **of,
                )
            )  # fmt: skip
            connection.execute(METADATA.tables["page"].insert().values(document=f"d-{office}", page=1, **of))
    with postgresql.read(Scope("main", "o1")) as connection:
        assert connection.execute(sa.text("SELECT document FROM page")).scalars().all() == ["d-o1"]
    with postgresql.read(Scope("main")) as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM page")).scalar() == 2


def test_nothing_can_be_given_to_others(postgresql: Database) -> None:
    for change in ({"office": "o2"}, {"tenant": "other"}):
        with pytest.raises(sa.exc.DBAPIError), postgresql.begin(Scope("main", "o1")) as connection:
            connection.execute(SUBMISSION.update().values(**change))
    with postgresql.begin(Scope("main", "o1")) as connection:
        foreign = SUBMISSION.update().where(SUBMISSION.c.office == "o2").values(note="x")
        assert connection.execute(foreign).rowcount == 0


def test_one_chain_holds_whoever_writes(postgresql: Database) -> None:
    assert audit.verify(postgresql) == (4, ())
    with postgresql.read() as connection:
        assert connection.execute(sa.select(sa.func.max(AUDIT.c.number)).where(AUDIT.c.tenant == "main")).scalar() == 3
