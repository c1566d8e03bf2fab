from __future__ import annotations

from pathlib import Path

from actions.audit import verify_audit
from actions.house import open_house
from models.principal import SYSTEM
from store import keys
from tests.actions.installations import installation


def test_the_audit_of_an_installation_is_walked(tmp_path: Path) -> None:
    with open_house(installation(tmp_path)) as house:
        keys.create(house.database, SYSTEM, role="admin")
    assert verify_audit(installation(tmp_path)) == (1, ())
