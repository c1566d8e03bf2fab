from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from actions.audit import Audit, verify_audit
from actions.checkpoints import folder_of, is_key_gone, new_key, public_key, read_checkpoints, signing
from actions.house import open_house
from actions.installation import Audited, Installation
from models.principal import SYSTEM
from models.problem import NotReady, UsageError
from store import audit, checkpoints
from store.blobs import Bucket
from store.db import Scope
from store.signing import find_signer, open_signer, read_verifier
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


def test_those_of_the_default_folder_count_where_another_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = checkpoints.write_due
    monkeypatch.setattr(checkpoints, "write_due", lambda *got, **named: due(*got, **named, seconds=0.0))
    earlier = installation(tmp_path)
    with open_house(earlier) as house:
        with house.database.begin() as connection:
            audit.record(connection, SYSTEM, "key.create", "k")
        signing(earlier, house.database)()
    later = installation(tmp_path, audit={"checkpoints": str(tmp_path / "second")})
    assert read_checkpoints(later).count == 1
    assert verify_audit(later) == Audit(2, 1, ())


@pytest.fixture
def lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """An installation whose key was lost after it had signed; whatever is due is signed at once."""
    due = checkpoints.write_due
    monkeypatch.setattr(checkpoints, "write_due", lambda *got, **named: due(*got, **named, seconds=0.0))
    made = installation(tmp_path)
    act_and_sign(made)
    (tmp_path / "audit.key").rename(tmp_path / "away")
    return made


def act_and_sign(made: Installation) -> None:
    with open_house(made) as house:
        with house.database.begin() as connection:
            audit.record(connection, SYSTEM, "key.create", "k")
        sign = signing(made, house.database)
        sign()
        sign()


def test_a_key_that_is_gone_is_not_replaced_unasked(
    lost: Installation, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    act_and_sign(lost)
    assert not (tmp_path / "audit.key").exists()
    assert caplog.text.count("The audit is not signed. Its key is gone") == 1
    # What it has signed holds still: its public half was kept.
    assert verify_audit(lost) == Audit(3, 1, (), unsigned=1)
    with pytest.raises(NotReady):
        public_key(lost)
    # Nor where only the rows tell of it, nor where only the checkpoints do.
    (tmp_path / "checkpoints").rename(tmp_path / "elsewhere")
    act_and_sign(lost)
    (tmp_path / "elsewhere").rename(tmp_path / "checkpoints")
    for file in tmp_path.glob("dossier.sqlite3*"):
        file.unlink()
    act_and_sign(lost)
    assert not (tmp_path / "audit.key").exists()
    assert is_key_gone(lost)


def test_a_key_that_is_given_back_signs_again(lost: Installation, tmp_path: Path) -> None:
    with open_house(lost) as house:
        sign = signing(lost, house.database)
        sign()
        (tmp_path / "away").rename(tmp_path / "audit.key")
        with house.database.begin() as connection:
            audit.record(connection, SYSTEM, "key.create", "k")
        sign()
    assert verify_audit(lost) == Audit(4, 2, ())


def test_another_key_is_begun_with_on_purpose_and_told_to_the_audit(lost: Installation, tmp_path: Path) -> None:
    given = find_signer(tmp_path, (tmp_path / "away").read_text())
    assert given is not None
    old = given.verifier.pem
    new = new_key(lost)
    assert new == public_key(lost) != old
    act_and_sign(lost)
    assert verify_audit(lost) == Audit(5, 2, ())
    assert verify_audit(lost, old + new) == Audit(5, 2, ())
    assert verify_audit(lost, new).checkpoints == 1
    with open_house(lost) as house:
        rows = list(audit.rows(house.database, Scope("main")))
    (told,) = [row for row in rows if row["action"] == "audit.key"]
    assert (told["actor"], told["subject"]) == ("operator", read_verifier(new).id)
    with pytest.raises(UsageError, match="DOSSIER_AUDIT__KEY"):
        new_key(replace(lost, audit=Audited(key=(tmp_path / "away").read_text())))


def test_a_key_that_is_replaced_while_it_is_there_keeps_its_public_half(lost: Installation, tmp_path: Path) -> None:
    (tmp_path / "away").rename(tmp_path / "audit.key")
    shutil.rmtree(tmp_path / "audit.keys")
    new_key(lost)
    assert len(list((tmp_path / "audit.keys").iterdir())) == 2
    assert verify_audit(lost) == Audit(3, 1, (), unsigned=1)
