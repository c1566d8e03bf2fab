"""People who may sign in: added and shut out by an administrator."""

from __future__ import annotations

import difflib

from models.principal import ROLES, Principal
from models.problem import UsageError
from store import people
from store.db import Database


def create_person(
    database: Database, by: Principal, *, name: str, role: str, office: str | None, password: str
) -> str:  # fmt: skip
    """Add a person; the id.

    Raises:
        UsageError: the role is unknown, a provider office has no id, the name is taken or the password too short.
    """
    check_role(role, office)
    if not name.strip():
        raise UsageError("A person needs a name to sign in with.")
    return people.create(database, by, name=name, role=role, office=office, password=password)


def check_role(role: str, office: str | None) -> None:
    """Whether a key or a person can have this role.

    Raises:
        UsageError: it is unknown (the nearest one is named), or an office is missing.
    """
    if role not in ROLES:
        near = difflib.get_close_matches(role, ROLES, n=1, cutoff=0.0)[0]
        raise UsageError(f"There is no role '{role}'. Did you mean '{near}'? Roles: {', '.join(ROLES)}.")
    if role == "provider-office" and not office:
        raise UsageError("A provider office needs the id of its office: --office ID.")
