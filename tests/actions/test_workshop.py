from __future__ import annotations

import datetime as dt
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from actions import workshop
from actions.checklists import policies
from actions.means import Means, lend
from actions.page_pool import PagePool
from actions.receive import Inbox, nobody
from actions.workshop import Tempo, Worker
from models.arrival import Accepted, Arrival
from models.correction import Correction
from models.principal import Principal
from pipeline import Context
from samples.envelope import Sending, sidecar
from store import assemblies, cases, conservation, readings, work
from store.blobs import LocalBlobs
from store.db import Database
from store.repository import Repository
from store.tables import DOCUMENT, FILE, PAGE, REQUEST, SUBMISSION, WORK
from tests.actions import papers
from tests.store.databases import new_database

WHO = Principal("main", "key:1", "intake")
AT = dt.datetime(2026, 3, 2, 9, 5, tzinfo=dt.UTC)
NOTE = "\n".join(papers.note()).encode()
FORM = "\n".join(papers.form()).encode()


@pytest.fixture(scope="module")
def means() -> Means:
    return lend(Path("/usr/share/tesseract-ocr/5/tessdata"), 1, limits={})


@pytest.fixture
def worker(tmp_path: Path, means: Means) -> Iterator[Worker]:
    database = new_database(tmp_path)
    with PagePool(means.tessdata, 0) as readers:
        yield Worker(
            "w", database, LocalBlobs(tmp_path), means, Context(policies(), None, "us"), readers, tmp_path / "none"
        )


def send(worker: Worker, *contents: bytes, answers: str | None = None) -> Accepted:
    box = Inbox(worker.database, worker.blobs, nobody)
    files = tuple(box.store(WHO, f"{number}.txt", [content]) for number, content in enumerate(contents, 1))
    return box.accept(Arrival("api", "upload", files, answers=answers), WHO)


def send_named(worker: Worker, **contents: bytes) -> list[tuple[object, object]]:
    """Files by their names, `_` for the dot; the state and code of each when nothing is left to do."""
    box = Inbox(worker.database, worker.blobs, nobody)
    files = tuple(box.store(WHO, name.replace("_", "."), [content]) for name, content in contents.items())
    accepted = box.accept(Arrival("api", "upload", files), WHO)
    drain(worker)
    told = Repository(worker.database, WHO).submission(accepted.submission)
    assert told["state"] == "done"
    return [(file["state"], file["code"]) for file in told["files"]]


def drain(worker: Worker) -> int:
    count = 0
    while worker.once():
        count += 1
    return count


def all_of(database: Database, *columns: sa.Column[object]) -> list[tuple[object, ...]]:
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(sa.select(*columns))]


def test_what_was_accepted_becomes_a_request_and_every_page_has_its_place(worker: Worker) -> None:
    accepted = send(worker, FORM, NOTE)
    assert drain(worker) == 3
    ((identifier, status, version),) = all_of(worker.database, REQUEST.c.id, REQUEST.c.status, REQUEST.c.version)
    assert (status, version) == ("needs_review", 1)
    assert set(all_of(worker.database, PAGE.c.state, PAGE.c.request)) == {("request", identifier)}
    told = Repository(worker.database, WHO).submission(accepted.submission)
    assert (told["state"], told["requests"]) == ("done", [identifier])
    assert [file["state"] for file in told["files"]] == ["read", "read"]
    stored = Repository(worker.database, WHO).request(str(identifier))
    assert [document.id for document in stored.request.documents] == ["d1", "d2"]
    assert set(stored.keys) == {"d1", "d2"}
    with worker.database.read() as connection:
        assert conservation.gap(connection) == 0
    assert drain(worker) == 0


def test_a_file_that_cannot_be_used_keeps_its_place_with_a_code(worker: Worker) -> None:
    accepted = send(worker, FORM, b"")
    drain(worker)
    told = Repository(worker.database, WHO).submission(accepted.submission)
    assert [(file["state"], file["code"]) for file in told["files"]] == [("read", None), ("rejected", "F001")]
    assert told["state"] == "done"
    assert set(all_of(worker.database, DOCUMENT.c.code)) == {(None,), ("F001",)}


def test_a_mail_of_which_nothing_comes_is_rejected(worker: Worker) -> None:
    mail = b"From: a@example.org\nSubject: fax\nMIME-Version: 1.0\nContent-Type: application/zip\n\n\n"
    ((state, code),) = send_named(worker, fax_eml=mail)
    assert state == "rejected"
    assert code


def test_a_record_of_a_fax_server_is_missed_by_nobody_as_long_as_its_fax_came(worker: Worker) -> None:
    record = sidecar(Sending("Lakeview", "2165550192", "8005550100", AT, 1), kind="xml", received_at=AT)
    assert send_named(worker, **{"0001_txt": FORM, "0001_xml": record}) == [("read", None), ("read", None)]
    assert (None,) in (told := set(all_of(worker.database, DOCUMENT.c.code)))
    assert len(told) == 1
    assert send_named(worker, **{"0003_xml": record}) == [("rejected", "F017")]


def test_an_answer_joins_its_request_without_reading_a_page_again(worker: Worker) -> None:
    send(worker, FORM)
    drain(worker)
    ((identifier,),) = all_of(worker.database, REQUEST.c.id)
    ((before,),) = all_of(worker.database, FILE.c.result)
    send(worker, NOTE, answers=str(identifier))
    assert drain(worker) == 2
    assert all_of(worker.database, REQUEST.c.id, REQUEST.c.version) == [(identifier, 2)]
    stored = Repository(worker.database, WHO).request(str(identifier))
    assert [document.id for document in stored.request.documents] == ["d1", "d2"]
    assert len(stored.request.submissions) == 2
    assert (before,) in all_of(worker.database, FILE.c.result)
    assert set(all_of(worker.database, PAGE.c.request)) == {(identifier,)}


def test_what_another_version_has_read_is_read_again_from_the_original_bytes(worker: Worker) -> None:
    send(worker, FORM)
    assert worker.once()
    other = worker.blobs.put(WHO.tenant, b"written by a version to come")
    with worker.database.begin() as connection:
        connection.execute(FILE.update().values(result=other.sha256))
    assert drain(worker) == 3
    assert len(all_of(worker.database, REQUEST.c.id)) == 1
    assert all_of(worker.database, WORK.c.state) == [("done",)] * 4
    assert all_of(worker.database, FILE.c.state) == [("read",)]
    with worker.database.read() as connection:
        assert conservation.gap(connection) == 0


def test_what_a_later_version_has_read_waits_for_a_worker_of_that_one(
    worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    send(worker, FORM, NOTE)
    later = replace(worker, name="later", version=worker.version + 1)
    for _ in range(2):
        assert later.once()
    assert drain(worker) == 0
    # Work that does not say what it needs is looked at, and left.
    with worker.database.begin() as connection:
        connection.execute(WORK.update().values(needs=0))
    assert drain(worker) == 1
    assert all_of(worker.database, REQUEST.c.id) == []
    assert set(all_of(worker.database, WORK.c.stage, WORK.c.state, WORK.c.attempts, WORK.c.needs)) == {
        ("read", "done", 1, 0), ("assemble", "ready", 0, later.version)
    }  # fmt: skip
    assert f"is left to a worker of version {later.version}" in caplog.text
    assert drain(later) == 1
    assert len(all_of(worker.database, REQUEST.c.id)) == 1
    with worker.database.read() as connection:
        assert conservation.gap(connection) == 0


def test_a_correction_outlives_every_run(worker: Worker) -> None:
    send(worker, FORM)
    drain(worker)
    ((identifier,),) = all_of(worker.database, REQUEST.c.id)
    repository = Repository(worker.database, WHO)
    said = Correction("/patient/birth_date", "1961-02-03", "correct_reading", WHO.actor, dt.datetime.now(dt.UTC))
    body = repository.request(str(identifier)).request.model_dump_json(by_alias=True)
    assert repository.correct(str(identifier), [said], body=body, version=1) == 2
    drain(worker)
    send(worker, NOTE, answers=str(identifier))
    drain(worker)
    birth_date = repository.request(str(identifier)).request.patient.birth_date
    assert birth_date is not None
    assert (birth_date.value, birth_date.confirmed_by) == (dt.date(1961, 2, 3), WHO.actor)


def test_a_fault_of_ours_costs_one_file_only(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted = send(worker, FORM, NOTE)
    monkeypatch.setattr(work, "BACKOFF_S", (0.0,) * 2)
    read = Worker._read

    def stumble(self: Worker, lease: object) -> None:
        if cases.find_file(self.database, lease).path == "2.txt":  # type: ignore[arg-type]
            raise ValueError("a name from the page")
        read(self, lease)  # type: ignore[arg-type]

    monkeypatch.setattr(Worker, "_read", stumble)
    drain(worker)
    told = Repository(worker.database, WHO).submission(accepted.submission)
    assert [file["state"] for file in told["files"]] == ["read", "quarantined"]
    assert len(told["requests"]) == 1
    assert (None,) in all_of(worker.database, WORK.c.reason)
    assert ("ValueError",) in all_of(worker.database, WORK.c.reason)


def test_a_worker_that_lost_its_lease_writes_nothing(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    send(worker, FORM)
    read = Worker._read

    def late(self: Worker, lease: object) -> None:
        with self.database.begin() as connection:
            connection.execute(WORK.update().values(lease_until=0.0))
        work.reconcile(self.database, readings.end_file)
        read(self, lease)  # type: ignore[arg-type]

    monkeypatch.setattr(Worker, "_read", late)
    assert worker.once()
    assert all_of(worker.database, WORK.c.state) == [("ready",)]
    assert all_of(worker.database, DOCUMENT.c.id) == []


def test_what_was_put_together_of_an_older_case_is_not_written(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    send(worker, FORM)
    drain(worker)
    ((identifier,),) = all_of(worker.database, REQUEST.c.id)
    repository = Repository(worker.database, WHO)
    with worker.database.begin() as connection:
        assemblies.reassemble(connection, WHO.tenant, all_of(worker.database, REQUEST.c.case_id)[0][0])  # type: ignore[arg-type]
    save = assemblies.save_assembly

    def meanwhile(*arguments: object, **named: object) -> None:
        said = Correction("/patient/birth_date", "1961-02-03", "correct_reading", WHO.actor, dt.datetime.now(dt.UTC))
        if repository.request(str(identifier)).version == 1:
            body = repository.request(str(identifier)).request.model_dump_json(by_alias=True)
            repository.correct(str(identifier), [said], body=body, version=None)
        save(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(assemblies, "save_assembly", meanwhile)
    drain(worker)
    birth_date = repository.request(str(identifier)).request.patient.birth_date
    assert birth_date is not None
    assert birth_date.value == dt.date(1961, 2, 3)


def test_a_file_that_kills_its_workers_holds_up_no_other(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted = send(worker, FORM, NOTE)
    monkeypatch.setattr(work, "MOST_DEATHS", 1)
    lease = work.take(worker.database, "w")
    assert lease is not None
    with worker.database.begin() as connection:
        connection.execute(WORK.update().where(WORK.c.id == lease.work).values(lease_until=0.0))
    work.reconcile(worker.database, readings.end_file)
    drain(worker)
    told = Repository(worker.database, WHO).submission(accepted.submission)
    assert told["state"] == "done"
    assert sorted(file["state"] for file in told["files"]) == ["quarantined", "read"]
    before = told["requests"]
    with worker.database.begin() as connection:
        assert work.release(connection, [lease.work]) == 1
    assert Repository(worker.database, WHO).submission(accepted.submission)["state"] == "processing"
    drain(worker)
    told = Repository(worker.database, WHO).submission(accepted.submission)
    assert (told["state"], told["requests"]) == ("done", before)


def test_a_heartbeat_renews_the_lease_while_a_page_is_read(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    send(worker, FORM)
    worker.tempo = Tempo(lease_s=0.6, heartbeat_s=0.05)
    read = Worker._read

    def slow(self: Worker, lease: object) -> None:
        self.stop.wait(1.0)
        assert work.reconcile(self.database, readings.end_file) == ()
        read(self, lease)  # type: ignore[arg-type]

    monkeypatch.setattr(Worker, "_read", slow)
    assert worker.once()
    assert ("done",) in all_of(worker.database, WORK.c.state)


def test_a_worker_does_its_chores_though_one_of_them_fails(worker: Worker, caplog: pytest.LogCaptureFixture) -> None:
    done: list[int] = []

    def chore() -> None:
        done.append(1)
        if len(done) == 1:
            raise ValueError("a name from the page")
        worker.stop.set()

    worker.tempo, worker.chores = Tempo(reconcile_s=0.02), (chore,)
    worker.run(lambda _: time.sleep(0.05))
    assert len(done) >= 2
    assert "ValueError" in caplog.text
    assert "a name" not in caplog.text


def test_a_chore_that_hangs_keeps_nobody_from_taking_leases_back(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    hung, looks = threading.Event(), list[int]()

    def look(_: Worker) -> None:
        looks.append(1)
        if len(looks) == 3:
            worker.stop.set()

    monkeypatch.setattr(Worker, "_take_back", look)
    monkeypatch.setattr(workshop, "_CHORE_S", 0.1)
    worker.tempo, worker.chores = Tempo(reconcile_s=0.02), (lambda: hung.wait(120.0),)
    began = time.monotonic()

    def wait(_: float) -> None:
        worker.stop.wait(60.0)

    worker.run(wait)
    hung.set()
    assert len(looks) >= 3
    assert time.monotonic() - began < 30.0


def test_a_worker_stops_when_it_is_told(worker: Worker) -> None:
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        worker.stop.set()

    worker.run(wait)
    assert len(waited) == 1
    assert json.dumps(all_of(worker.database, SUBMISSION.c.id)) == "[]"
