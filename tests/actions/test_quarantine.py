from __future__ import annotations

from pathlib import Path

import pytest

from actions.house import open_house
from actions.quarantine import kept_work, release_work
from models.principal import OPERATOR
from models.problem import NotFound
from store import audit, readings, work
from store.db import Scope
from tests.actions.installations import installation
from tests.store.databases import received


def test_what_waits_for_a_person_is_listed_and_released(tmp_path: Path) -> None:
    made = installation(tmp_path)
    with open_house(made) as house:
        received(house.database)
        lease = work.take(house.database, "w")
        assert lease is not None
        work.put_off(house.database, lease, "ValueError", readings.end_file, last=True)
    (line,) = kept_work(made)
    identifier, _, stage, about, reason = line.split("\t")
    assert (identifier, stage, about, reason) == (lease.work, "read", f"file {lease.subject}", "ValueError")
    with pytest.raises(NotFound, match="none is not in quarantine"):
        release_work(made, [identifier, "none"])
    assert release_work(made, [identifier]) == 1
    assert kept_work(made) == ()
    with open_house(made) as house:
        while (again := work.take(house.database, "w")) is not None and again.stage != "read":
            pass
        told = list(audit.rows(house.database, Scope("main")))
    assert again is not None
    assert (again.work, again.attempts) == (identifier, 1)
    assert (told[-1]["actor"], told[-1]["action"], told[-1]["subject"]) == (OPERATOR.actor, "work.release", identifier)
