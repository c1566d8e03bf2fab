from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from models.principal import SYSTEM
from store import keys
from store.db import open_database
from store.tables import AUDIT, OUTBOX, WORK
from tests.actions import papers
from tests.services.server import free_port

ROOT = Path(__file__).resolve().parents[2]
# Words that no program of ours would write by itself: a family name, a member id, a street.
CANARIES = ("Zyxwquell", "QXZ77160045", "Vorbrickle")


@contextmanager
def served(data: Path, port: int) -> Iterator[None]:
    """The service as its users start it; whatever it writes goes to a file."""
    environment = {**os.environ, "DOSSIER_WORKERS": "1", "OMP_THREAD_LIMIT": "1"}
    with (data.parent / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "cli.py"), "serve", "--data", str(data), "--port", str(port)],
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=ROOT,
        )
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def filled(name: str) -> bytes:
    told = (f"Patient name: {CANARIES[0]}, {name}", f"Member ID: {CANARIES[1]}", f"{CANARIES[2]} Street 4")
    return "\n".join([*papers.form(), *told]).encode()


def send(client: httpx.Client, name: str, content: bytes) -> httpx.Response:
    return client.post("/submissions", files=[("files", (name, content, None))])


@pytest.mark.slow
@pytest.mark.promise("private")
def test_no_word_of_a_document_or_a_person_reaches_a_log_or_a_table_of_ids(tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    spilled: list[str] = []
    with served(data, port), httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1", timeout=30) as client:
        _wait(client)
        key = keys.create(open_database(data), SYSTEM, role="integrator")
        client.headers["Authorization"] = f"Bearer {key}"
        sent = [send(client, f"{CANARIES[0]} {n}.txt", filled(f"Ann{n}")) for n in range(3)]
        sent.append(send(client, f"{CANARIES[2]}.pdf", b"%PDF-1.7 " + filled("Bo")))
        assert [answer.status_code for answer in sent] == [202] * 4
        for answer in sent:
            _wait_until_done(client, answer.json()["submission"])
        ways = (f"/requests?status={CANARIES[0]}", f"/requests/{CANARIES[1]}", f"/{CANARIES[2]}", "/requests/%ff")
        spilled.extend(client.get(way).text for way in ways)
        spilled.append(client.post("/requests/search", json={"name": CANARIES[0], CANARIES[1]: 1}).text)
        spilled.append(client.post("/submissions", content=CANARIES[0].encode()).text)
        spilled.append(client.get(f"http://127.0.0.1:{port}/metrics").text)
    with open_database(data).read() as connection:
        spilled.extend(str(connection.execute(sa.select(table)).all()) for table in (AUDIT, OUTBOX, WORK))
    spilled.append((tmp_path / "log").read_text(encoding="utf-8"))
    assert "202" in spilled[-1]
    assert [(word, number) for number, text in enumerate(spilled) for word in CANARIES if word in text] == []


def _wait(client: httpx.Client) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            client.get("/requests")
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the service did not open")


def _wait_until_done(client: httpx.Client, submission: str) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if client.get(f"/submissions/{submission}").json()["state"] == "done":
            return
        time.sleep(0.5)
    pytest.fail("a submission was not done in two minutes")
