"""Work that waits for a person: seen, and released once its cause is gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from actions.house import open_house
from actions.installation import Installation
from models.principal import OPERATOR
from models.problem import NotFound
from store import audit, work


def kept_work(installation: Installation) -> tuple[str, ...]:
    """One line for each unit of work in quarantine: its id, since when, its stage, what it is about, and the fault."""
    with open_house(installation, begins=False) as house:
        return tuple(_line(one) for one in work.quarantined(house.database))


def release_work(installation: Installation, identifiers: Sequence[str]) -> int:
    """Have work tried again; how many units it was.

    Raises:
        NotFound: one of them is not in quarantine; none is released.
    """
    with open_house(installation, begins=False) as house:
        known = {one.id for one in work.quarantined(house.database)}
        missing = [one for one in identifiers if one not in known]
        if missing:
            raise NotFound(f"{missing[0]} is not in quarantine. See dossier work list.")
        with house.database.begin() as connection:
            released = work.release(connection, identifiers)
            for one in identifiers:
                audit.record(connection, OPERATOR, "work.release", one)
        house.inbox.wake(identifiers)
        return released


def _line(one: work.KeptWork) -> str:
    since = dt.datetime.fromtimestamp(one.changed_at, dt.UTC).isoformat(timespec="seconds")
    about = "file" if one.stage == "read" else "case"
    return "\t".join((one.id, since, one.stage, f"{about} {one.subject}", one.reason or ""))
