from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.principal import Principal
from models.problem import TransientError
from store import audit, checkpoints
from store.audit import Break
from store.checkpoints import Checkpoint, FolderPlace, write_due
from store.db import Database
from store.signing import Signer, open_signer
from store.tables import AUDIT
from tests.reliability.tampering import unlock
from tests.store.databases import new_database

WHO = Principal("main", "key:1", "processor", "o1")


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return open_signer(tmp_path)


@pytest.fixture
def place(tmp_path: Path) -> FolderPlace:
    return FolderPlace(tmp_path / "second")


def write(database: Database, rows: int, who: Principal = WHO) -> None:
    with database.begin() as connection:
        for _ in range(rows):
            audit.record(connection, who, "request.read", "r-1")


def breaks(database: Database, place: FolderPlace, signer: Signer) -> tuple[Break, ...]:
    signed = checkpoints.read([place], signer.verifier)
    assert signed.faults == ()
    return audit.verify(database, lambda: signed.digests)[1]


def numbers(place: FolderPlace, signer: Signer) -> list[int]:
    return sorted(checkpoints.read([place], signer.verifier).digests.get("main", {}))


def test_the_head_is_signed_after_so_many_rows_or_so_long(
    any_database: Database, place: FolderPlace, signer: Signer
) -> None:
    write(any_database, 9)
    assert write_due(any_database, signer, places=[place], rows=10) == 0
    write(any_database, 1)
    assert write_due(any_database, signer, places=[place], rows=10) == 1
    assert write_due(any_database, signer, places=[place], rows=10, seconds=0.0) == 0
    write(any_database, 1)
    assert write_due(any_database, signer, places=[place], rows=10) == 0
    assert write_due(any_database, signer, places=[place], rows=10, seconds=0.0) == 1
    # Row 11 tells of the checkpoint of row 10.
    assert numbers(place, signer) == [10, 12]
    assert breaks(any_database, place, signer) == ()


def test_every_tenant_has_its_own(tmp_path: Path, place: FolderPlace, signer: Signer) -> None:
    database = new_database(tmp_path)
    write(database, 2)
    write(database, 3, replace(WHO, tenant="other"))
    assert write_due(database, signer, places=[place], seconds=0.0) == 2
    assert {path.name for path in place.path.iterdir()} == {"main.jsonl", "other.jsonl"}
    signed = checkpoints.read([place], signer.verifier)
    assert {tenant: list(found) for tenant, found in signed.digests.items()} == {"main": [2], "other": [3]}
    assert signed.count == 2


def test_a_tail_that_was_cut_off_is_found(any_database: Database, place: FolderPlace, signer: Signer) -> None:
    if any_database.postgres:
        with any_database.begin() as connection:
            connection.execute(sa.text("DROP TRIGGER audit_stays ON audit"))
    unlock(any_database) if not any_database.postgres else None
    write(any_database, 20)
    write_due(any_database, signer, places=[place], seconds=0.0)
    with any_database.begin() as connection:
        connection.execute(AUDIT.delete().where(AUDIT.c.number > 15))
    assert audit.verify(any_database) == (15, ())
    (found,) = breaks(any_database, place, signer)
    assert found.number == 16
    assert found.reason == "row 16 is missing: the end was cut off, for row 20 was signed"
    with any_database.begin() as connection:
        connection.execute(AUDIT.delete())
    (found,) = breaks(any_database, place, signer)
    assert (found.tenant, found.number) == ("main", 1)


def test_a_chain_that_was_written_anew_is_found(tmp_path: Path, place: FolderPlace, signer: Signer) -> None:
    database = new_database(tmp_path)
    for _ in range(2):
        write(database, 10)
        write_due(database, signer, places=[place], seconds=0.0)
    unlock(database)
    with database.begin() as connection:
        connection.execute(AUDIT.delete())
        for number in range(1, 22):
            audit.record(connection, WHO, "request.read", "r-1" if number != 13 else "r-2")
    assert audit.verify(database)[1] == ()
    (found,) = breaks(database, place, signer)
    assert (found.number, found.reason) == (
        1, "rows 1 to 10 are not those that were signed: they were written anew"
    )  # fmt: skip


def test_a_checkpoint_that_is_missing_is_found(tmp_path: Path, place: FolderPlace, signer: Signer) -> None:
    database = new_database(tmp_path)
    for _ in range(3):
        write(database, 10)
        write_due(database, signer, places=[place], seconds=0.0)
    file = place.path / "main.jsonl"
    first, second, third = file.read_text().splitlines(keepends=True)
    for left, missing in ((first + third, ["21"]), (first + second, ["32"]), ("", ["10", "21", "32"])):
        file.write_text(left)
        told = [one.reason for one in breaks(database, place, signer)]
        assert [reason.split()[4] for reason in told] == missing
        assert all("checkpoint of row" in reason for reason in told)


def test_a_checkpoint_that_is_forged_is_found(tmp_path: Path, place: FolderPlace, signer: Signer) -> None:
    database = new_database(tmp_path)
    write(database, 10)
    write_due(database, signer, places=[place], seconds=0.0)
    forger = open_signer(tmp_path / "forger")
    forged = Checkpoint("main", 5, "f" * 64, 1.5)
    place.append(replace(forged, signature=forger.sign(forged.message)))
    place.append(replace(forged, signature=signer.sign(replace(forged, number=6).message)))
    with (place.path / "main.jsonl").open("a") as file:
        file.write("nonsense\n")
        file.write("[" * 100_000 + "\n")
    (fault,) = checkpoints.read([place], signer.verifier).faults
    assert fault.startswith("4 checkpoints in ")
    assert fault.endswith("are not signed by the key of this installation, the first is that of row 5 of tenant main")
    (fault,) = checkpoints.read([place], None).faults
    assert "5 checkpoints" in fault
    assert checkpoints.furthest([place]) == {"main": 10}
    assert "cannot be checked without a key" in fault


@pytest.mark.parametrize("length", [1, 21, 4095, 4096, 4097, 20_000])
def test_a_line_that_a_power_cut_has_torn_is_none(
    tmp_path: Path, place: FolderPlace, signer: Signer, length: int
) -> None:
    database = new_database(tmp_path)
    write(database, 10)
    write_due(database, signer, places=[place], seconds=0.0)
    file = place.path / "main.jsonl"
    whole = file.read_text()
    file.write_text(whole + '{"tenant":"main","num'.ljust(length, "1")[:length])
    assert breaks(database, place, signer) == ()
    write(database, 10)
    write_due(database, signer, places=[place], seconds=0.0)
    assert numbers(place, signer) == [10, 21]
    assert breaks(database, place, signer) == ()
    assert file.read_text().startswith(whole)
    assert len(file.read_text().splitlines()) == 2


@pytest.mark.parametrize("length", [10, 4096, 9000])
def test_where_the_first_line_was_torn_nothing_of_it_stays(place: FolderPlace, signer: Signer, length: int) -> None:
    place.path.mkdir()
    (place.path / "main.jsonl").write_text("x" * length)
    place.append(Checkpoint("main", 5, "f" * 64, 1.5))
    assert [line for _, line in place.lines()] == [Checkpoint("main", 5, "f" * 64, 1.5).line]
    assert checkpoints.furthest([place]) == {"main": 5}


def test_a_second_place_that_cannot_be_read_is_said(place: FolderPlace, signer: Signer) -> None:
    (place.path / "main.jsonl").mkdir(parents=True)
    with pytest.raises(TransientError, match="cannot be read"):
        checkpoints.read([place], signer.verifier)


def test_where_the_second_place_is_away_the_audit_tells_of_nothing(tmp_path: Path, signer: Signer) -> None:
    database = new_database(tmp_path)
    write(database, 10)
    (tmp_path / "second").write_text("a file, no folder")
    with pytest.raises(TransientError):
        write_due(database, signer, places=[FolderPlace(tmp_path / "second")], seconds=0.0)
    assert audit.verify(database) == (10, ())


def test_a_row_that_came_while_the_head_was_signed_is_signed_next(
    any_database: Database, place: FolderPlace, signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = FolderPlace.append

    def slowly(self: FolderPlace, checkpoint: Checkpoint) -> None:
        append(self, checkpoint)
        write(any_database, 1)

    write(any_database, 2)
    with monkeypatch.context() as patch:
        patch.setattr(FolderPlace, "append", slowly)
        write_due(any_database, signer, places=[place], seconds=0.0)
    signed = checkpoints.read([place], signer.verifier).digests
    assert [(one.tenant, one.rows) for one in checkpoints.unsigned(any_database, signed)] == [("main", 1)]
    assert write_due(any_database, signer, places=[place], seconds=0.0) == 1
    assert write_due(any_database, signer, places=[place], seconds=0.0) == 0
    assert numbers(place, signer) == [2, 4]
    assert checkpoints.unsigned(any_database, checkpoints.read([place], signer.verifier).digests) == ()


def test_a_row_that_tells_of_no_number_stops_no_signing(tmp_path: Path, place: FolderPlace, signer: Signer) -> None:
    database = new_database(tmp_path)
    with database.begin() as connection:
        audit.record(connection, WHO, "request.read", "r-1")
        audit.record(connection, WHO, audit.CHECKPOINT, "nonsense")
    assert write_due(database, signer, places=[place], seconds=0.0) == 1
    assert numbers(place, signer) == [2]


@pytest.mark.parametrize("subject", ["9" * 5000, "\u0663", ""])
def test_a_forged_row_that_tells_of_one_stops_neither_the_counting_nor_the_signer(
    any_database: Database, place: FolderPlace, signer: Signer, subject: str
) -> None:
    write(any_database, 3)
    with any_database.begin() as connection:
        audit.record(connection, WHO, audit.CHECKPOINT, subject)
        (told,) = checkpoints.waiting(connection)
        assert told.rows == 3
    assert write_due(any_database, signer, places=[place], seconds=0.0) == 1
    with any_database.read() as connection:
        assert checkpoints.waiting(connection) == ()
    (found,) = breaks(any_database, place, signer)
    assert (found.number, "forged" in found.reason) == (4, True)


def test_a_row_with_a_word_for_its_time_has_waited_for_too_long(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    write(database, 1)
    unlock(database)
    with database.begin() as connection:
        connection.execute(sa.text("UPDATE audit SET at = 'never'"))
        (told,) = checkpoints.waiting(connection)
    assert told.late
