from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from actions.audit import Audit, verify_audit
from actions.checkpoints import new_key, public_key, signing
from actions.house import open_house
from models.principal import SYSTEM
from models.problem import UsageError
from store import checkpoints, keys
from tests.actions.installations import installation


def test_the_audit_of_an_installation_is_walked(tmp_path: Path) -> None:
    with open_house(installation(tmp_path)) as house:
        keys.create(house.database, SYSTEM, role="admin")
    assert verify_audit(installation(tmp_path)) == Audit(1, 0, (), unsigned=1)


def test_it_is_compared_with_its_checkpoints_by_the_public_key_alone(tmp_path: Path) -> None:
    made = installation(tmp_path)
    with open_house(made) as house:
        for _ in range(1000):
            keys.create(house.database, SYSTEM, role="admin")
        signing(made, house.database)()
    assert verify_audit(made) == Audit(1001, 1, ())
    pem = public_key(made)
    (tmp_path / "audit.key").unlink()
    shutil.rmtree(tmp_path / "audit.keys")
    assert verify_audit(made, pem) == Audit(1001, 1, ())
    told = verify_audit(made)
    assert told.checkpoints == 0
    assert any("cannot be checked without a key" in fault for fault in told.faults)


def test_signing_that_has_stopped_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = installation(tmp_path)
    with open_house(made) as house:
        keys.create(house.database, SYSTEM, role="admin")
        keys.create(house.database, SYSTEM, role="admin")
    for name, value in (("LATE_S", -1.0), ("ROWS", 1)):
        with monkeypatch.context() as patch:
            patch.setattr(checkpoints, name, value)
            (told,) = verify_audit(made).faults
        assert told.startswith("tenant main: 2 rows wait for a checkpoint, the first for 0 hours: nobody signs")
    with open_house(made) as house, monkeypatch.context() as patch:
        write_due = checkpoints.write_due
        patch.setattr(checkpoints, "write_due", lambda *got, **named: write_due(*got, **named, seconds=0.0))
        signing(made, house.database)()
        # The row that tells of the checkpoint waits for none.
        patch.setattr(checkpoints, "LATE_S", -1.0)
        assert verify_audit(made) == Audit(3, 1, ())


def test_a_folder_without_an_installation_is_not_told_to_be_whole(tmp_path: Path) -> None:
    for look in (verify_audit, new_key):
        with pytest.raises(UsageError, match="no installation"):
            look(installation(tmp_path / "typo"))
    assert not (tmp_path / "typo").exists()
