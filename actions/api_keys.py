"""API keys as whoever runs the service makes, sees and ends them."""

from __future__ import annotations

from actions.columns import day, plain
from actions.house import open_house
from actions.installation import Installation
from actions.people import check_role
from models.principal import OPERATOR
from models.problem import NotFound
from store import keys


def create_key(
    installation: Installation, *, role: str, office: str | None, label: str | None, scopes: frozenset[str],
    days: int | None,
) -> str:  # fmt: skip
    """Make a key; the key itself.

    Raises:
        UsageError: the role is unknown, or an office is missing or does not go with it.
    """
    check_role(role, office)
    with open_house(installation) as house:
        return keys.create(house.database, OPERATOR, role=role, office=office, label=label, scopes=scopes, days=days)


def known_keys(installation: Installation) -> tuple[str, ...]:
    """One line for each key, the oldest first."""
    with open_house(installation, begins=False) as house:
        return tuple(_line(one) for one in keys.known(house.database, OPERATOR))


def revoke_key(installation: Installation, identifier: str) -> None:
    """End a key at once.

    Raises:
        NotFound: there is no such key that still holds.
    """
    with open_house(installation, begins=False) as house:
        if not keys.revoke(house.database, OPERATOR, identifier):
            raise NotFound("There is no key of this id that still holds. See dossier key list.")


def _line(key: keys.KnownKey) -> str:
    holds = f"until {day(key.expires_at)}" if key.expires_at else "holds"
    ended = f"revoked {day(key.revoked_at)}" if key.revoked_at is not None else holds
    return "\t".join((key.id, key.role, key.office or "-", day(key.created_at), ended, plain(key.label or "")))
