"""People as whoever runs the service adds them and keeps them out, on the machine itself."""

from __future__ import annotations

from actions.columns import day, plain
from actions.house import open_house
from actions.installation import Installation
from actions.people import create_person
from models.principal import OPERATOR
from models.problem import NotFound
from store import people


def add_person(installation: Installation, *, name: str, role: str, office: str | None, password: str) -> str:
    """Add a person; the id.

    Raises:
        UsageError: the role is unknown, an office is missing, the name is taken or the password too short.
    """
    with open_house(installation) as house:
        return create_person(house.database, OPERATOR, name=name, role=role, office=office, password=password)


def known_people(installation: Installation) -> tuple[str, ...]:
    """One line for each person, in the order in which they were added."""
    with open_house(installation, begins=False) as house:
        return tuple(_line(one) for one in people.known(house.database, OPERATOR))


def block_person(installation: Installation, identifier: str) -> None:
    """Keep a person out from now on.

    Raises:
        NotFound: there is no such person, or it is kept out already.
    """
    with open_house(installation, begins=False) as house:
        if not people.block(house.database, OPERATOR, identifier):
            raise NotFound("There is no person of this id who may sign in. See dossier user list.")


def _line(person: people.KnownPerson) -> str:
    state = f"blocked {day(person.blocked_at)}" if person.blocked_at is not None else "may sign in"
    last = day(person.signed_in_at) if person.signed_in_at is not None else "-"
    name, added = plain(person.name), day(person.created_at)
    return "\t".join((person.id, name, person.role, person.office or "-", added, state, last))
