from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from actions.checkpoints import folder_of, public_key, read_checkpoints, signing
from actions.house import open_house
from actions.installation import Audited
from models.principal import SYSTEM
from models.problem import NotReady
from store import audit, checkpoints
from store.blobs import Bucket
from store.signing import open_signer
from tests.actions.installations import installation


def test_they_lie_in_the_data_folder_unless_another_is_named(tmp_path: Path) -> None:
    assert folder_of(installation(tmp_path)) == tmp_path / "checkpoints"
    assert folder_of(installation(tmp_path, audit={"checkpoints": "/mnt/other"})) == Path("/mnt/other")


def test_a_worker_signs_what_is_due_by_a_key_that_is_made_or_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = checkpoints.write_due
    monkeypatch.setattr(checkpoints, "write_due", lambda *got, **named: due(*got, **named, seconds=0.0))
    given = open_signer(tmp_path / "given")
    pem = (tmp_path / "given/audit.key").read_text()
    for audited in (Audited(), Audited(key=pem)):
        made = replace(installation(tmp_path / str(audited.key is None)), audit=audited)
        if audited.key is None:
            with pytest.raises(NotReady, match="first worker"):
                public_key(made)
        with open_house(made) as house:
            with house.database.begin() as connection:
                audit.record(connection, SYSTEM, "key.create", "k")
            signing(made, house.database)()
        assert (made.data / "audit.key").exists() == (audited.key is None)
        assert (public_key(made) == given.verifier.pem) == (audited.key is not None)
        assert read_checkpoints(made).count == 1
        assert read_checkpoints(made, open_signer(tmp_path / "stranger").verifier.pem).count == 0


def test_where_objects_lie_in_a_bucket_checkpoints_lie_there_too(
    tmp_path: Path, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = checkpoints.write_due
    monkeypatch.setattr(checkpoints, "write_due", lambda *got, **named: due(*got, **named, seconds=0.0))
    made = replace(installation(tmp_path), bucket=bucket)
    with open_house(made) as house:
        with house.database.begin() as connection:
            audit.record(connection, SYSTEM, "key.create", "k")
        signing(made, house.database)()
    assert read_checkpoints(made).count == 2
    assert read_checkpoints(replace(made, bucket=None)).count == 1
