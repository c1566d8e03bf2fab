from __future__ import annotations

from pathlib import Path

import pytest

from actions.people import check_role, create_person
from models.principal import ROLES, Principal
from models.problem import UsageError
from store import people
from tests.store.databases import new_database

ADMIN = Principal("main", "key:1", "admin")
PASSWORD = "correct horse battery"


def test_a_person_of_each_role_can_sign_in(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    for role in ROLES:
        office = "o1" if role == "provider-office" else None
        assert create_person(database, ADMIN, name=role, role=role, office=office, password=PASSWORD)
        session = people.sign_in(database, role, PASSWORD)
        assert session is not None
        assert session.who.role == role


@pytest.mark.parametrize(
    ("name", "role", "office", "said"),
    [
        ("ana", "procesor", None, "Did you mean 'processor'"),
        ("ana", "provider-office", None, "--office ID"),
        ("  ", "qa", None, "needs a name"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    tmp_path: Path, name: str, role: str, office: str | None, *, said: str
) -> None:  # fmt: skip
    with pytest.raises(UsageError, match=said):
        create_person(new_database(tmp_path), ADMIN, name=name, role=role, office=office, password=PASSWORD)


def test_only_a_provider_office_needs_its_office() -> None:
    def refused(role: str, office: str | None) -> bool:
        try:
            check_role(role, office)
        except UsageError:
            return True
        return False

    assert [role for role in ROLES if refused(role, None)] == ["provider-office"]
    assert [role for role in ROLES if refused(role, "o1")] == []
