from __future__ import annotations

from pathlib import Path

from actions.audit import Audit, verify_audit
from actions.checkpoints import public_key, signing
from actions.house import open_house
from models.principal import SYSTEM
from store import keys
from tests.actions.installations import installation


def test_the_audit_of_an_installation_is_walked(tmp_path: Path) -> None:
    with open_house(installation(tmp_path)) as house:
        keys.create(house.database, SYSTEM, role="admin")
    assert verify_audit(installation(tmp_path)) == Audit(1, 0, ())


def test_it_is_compared_with_its_checkpoints_by_the_public_key_alone(tmp_path: Path) -> None:
    made = installation(tmp_path)
    with open_house(made) as house:
        for _ in range(1000):
            keys.create(house.database, SYSTEM, role="admin")
        signing(made, house.database)()
    assert verify_audit(made) == Audit(1001, 1, ())
    pem = public_key(made)
    (tmp_path / "audit.key").unlink()
    assert verify_audit(made, pem) == Audit(1001, 1, ())
    told = verify_audit(made)
    assert told.checkpoints == 0
    assert any("cannot be checked without a key" in fault for fault in told.faults)
