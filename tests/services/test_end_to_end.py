"""The same papers through the embedded default, and through PostgreSQL, Redis and S3: the same requests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.actions import papers
from tests.services.postgres import Postgres
from tests.services.processes import children
from tests.services.redis import RedisServer
from tests.services.s3 import S3Server
from tests.services.system import System, installed, scaled_out, until

FORM = papers.pdf(papers.form())
OTHER = papers.pdf(papers.form("Ann Other", "01/02/1971", member="QRS99881"), papers.note("Ann Other", "01/02/1971"))
# These differ from run to run; nothing else may.
OWN = {"id", "submissions", "received_at", "starts_at", "due_at", "key"}


def alike(value: Any) -> Any:
    """A request without its ids and the times of its receipt."""
    if isinstance(value, dict):
        return {name: alike(inner) for name, inner in value.items() if name not in OWN}
    return [alike(inner) for inner in value] if isinstance(value, list) else value


def requests_through(system: System) -> list[Any]:
    """Send the papers, and an answer to the first; the requests by their patient."""
    who = system.caller("supervisor")
    first = who.upload({"form.pdf": FORM}, "k1")
    second = who.upload({"other.pdf": OTHER, "again.pdf": FORM}, "k2")
    assert who.upload({"form.pdf": FORM}, "k1") == first
    (request,) = who.requests_of(first)
    answer = who.upload({"note.pdf": papers.pdf(papers.note())}, "k3", request_id=request["id"])
    (answered,) = who.requests_of(answer)
    assert answered["id"] == request["id"]
    assert len(answered["documents"]) == 2
    requests = [answered, *who.requests_of(second)]
    files = who.get(f"/submissions/{second}")["files"]
    assert {page["state"] for file in files for page in file["pages"]} <= {"request", "held"}
    assert len({request["id"] for request in requests}) == len(requests)
    return sorted(map(alike, requests), key=lambda one: str(one["patient"]["name"]["full"]["value"]))


@pytest.mark.slow
@pytest.mark.promise("same")
def test_the_same_requests_come_of_the_same_papers_wherever_they_lie(
    tmp_path: Path, postgres: Postgres, redis: RedisServer, s3: S3Server
) -> None:
    with installed(tmp_path / "one") as system:
        served = system.start("cli", "serve", "--workers", "1")
        system.await_ready()
        embedded = requests_through(system)
        # A worker that is killed is replaced; a file laid into the watched folder comes in all the same.
        (killed,) = children(served.pid, "worker.py")
        killed.kill()
        (system.data / "inbox/fax.pdf").write_bytes(OTHER)
        until((system.data / "inbox/done/fax.pdf").exists, system)
        who = system.caller("supervisor")
        until(lambda: len(who.get("/requests")["items"]) == 4, system)
        assert "all as they were written." in system.dossier("audit", "verify")
        assert system.end() == [0]
    settings = scaled_out(postgres.new_database(), redis.url, s3.new_bucket())
    with installed(tmp_path / "many", settings) as system:
        system.start("api")
        system.await_ready()
        system.start("worker")
        system.start("worker")
        scaled = requests_through(system)
        assert "ok" in system.dossier("doctor")
        assert "all as they were written." in system.dossier("audit", "verify")
        assert system.end() == [0, 0, 0]
        assert not (system.data / "dossier.sqlite3").exists()
        assert not (system.data / "blobs").exists()
    assert len(embedded) == 3
    assert scaled == embedded
    left = [key for key in redis.client().keys("rq:*") if key != b"rq:queues"]
    assert left == []
