"""How quickly the service lists and searches many requests, by its own time: `python -m benchmarks.service_lists`.

Requests of the length of one that was read are put into a database of their own (SQLite), with names, ids and times
drawn anew. Times are those of the whole call within the process of the API (no network), in milliseconds; the last line
names the slowest way, whose p95 is to be 300 ms or less with 100,000 requests.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import sqlalchemy as sa

from actions.means import lend
from actions.receive import Inbox, nobody
from actions.render_page import PageRoom
from actions.service import Service
from models.principal import SYSTEM
from store import keys
from store.blobs import LocalBlobs
from store.db import Database, open_database
from store.migrate import migrate
from store.tables import REQUEST, SUBMISSION
from tests.web.clients import TestClient
from web.app import make_app
from web.limits import Limits

_BATCH = 2_000
_BAR_MS = 300
_BODY = '{"about": "' + "x" * 30_000 + '"}'  # a request of one form and five notes is about as long


def main() -> None:
    """Fill a database, ask it, print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        data = Path(folder)
        database = open_database(data)
        migrate(database)
        began = time.monotonic()
        names = _fill(database, given.requests, random.Random(given.seed))
        size = sum(file.stat().st_size for file in data.iterdir() if file.is_file())
        print(
            f"seed {given.seed}: {given.requests} requests ({size / 1e9:.1f} GB) "
            f"written in {time.monotonic() - began:.0f} s",
            flush=True,
        )
        print(_slowest(_measure(database, data, names, given.calls, random.Random(given.seed + 1))))


def _measure(database: Database, data: Path, names: list[str], calls: int, rng: random.Random) -> dict[str, float]:
    """Call in every way, print the times, and tell the p95 of each."""
    blobs = LocalBlobs(data)
    means = lend(Path("/usr/share/tesseract-ocr/5/tessdata"), 1, limits={})
    service = Service(database, blobs, Inbox(database, blobs, nobody), PageRoom(blobs, means, data / "pages"))
    app = make_app(service, limits=Limits(calls_per_s=None))
    key = keys.create(database, SYSTEM, role="supervisor")
    with TestClient(app, headers={"Authorization": f"Bearer {key}"}) as client:
        cursors = _cursors(client, rng)
        ways: dict[str, Callable[[], Any]] = {
            "first part of the list": lambda: client.get("/api/v1/requests"),
            "a part further on": lambda: client.get("/api/v1/requests", params={"cursor": rng.choice(cursors)}),
            "by status": lambda: client.get("/api/v1/requests", params={"status": "ready"}),
            "search by name": lambda: client.post("/api/v1/requests/search", json={"name": rng.choice(names)}),
            "search by member": lambda: client.post(
                "/api/v1/requests/search", json={"member_id": f"M{rng.randrange(10**8):08d}"}
            ),
            "submissions": lambda: client.get("/api/v1/submissions"),
        }
        slow: dict[str, float] = {}
        for name, way in ways.items():
            took = list(_timed(way, calls))
            slow[name] = quantiles(took, n=20, method="inclusive")[-1]
            print(f"{name}: median {median(took):.1f}, p95 {slow[name]:.1f} ms over {calls} calls", flush=True)
        return slow


def _slowest(slow: dict[str, float]) -> str:
    """The last line."""
    name = max(slow, key=slow.__getitem__)
    return f"slowest: {name}, p95 {slow[name]:.0f} ms (bar {_BAR_MS})"


def _timed(way: Callable[[], Any], calls: int) -> Iterator[float]:
    for _ in range(calls):
        began = time.perf_counter()
        answer = way()
        yield (time.perf_counter() - began) * 1000
        assert answer.status_code == 200, answer.text


def _cursors(client: TestClient, rng: random.Random) -> list[str]:
    found: list[str] = []
    cursor = None
    for _ in range(rng.randint(20, 30)):
        told = client.get("/api/v1/requests", params={"limit": 200, **({"cursor": cursor} if cursor else {})}).json()
        cursor = told["next"]
        if cursor is None:
            break
        found.append(cursor)
    return found


def _fill(database: Database, count: int, rng: random.Random) -> list[str]:
    given, family = [[f"{end}{n}" for n in range(400)] for end in ("given", "family")]
    names: list[str] = []
    for start in range(0, count, _BATCH):
        rows = [_row(number, rng, given, family) for number in range(start, min(start + _BATCH, count))]
        names.append(rows[0]["patient_name"])
        with database.begin() as connection:
            connection.execute(REQUEST.insert(), rows)
            connection.execute(
                SUBMISSION.insert(),
                [
                    {
                        "id": row["case_id"], "tenant": "main", "case_id": row["case_id"], "channel": "api",
                        "name": "upload", "received_at": row["received_at"], "received_at_source": "now",
                        "body_digest": "0", "created_by": "key:1", "state": "done",
                    }
                    for row in rows
                ],
            )  # fmt: skip
    with database.begin() as connection:
        connection.execute(sa.text("ANALYZE"))
    return names


def _row(number: int, rng: random.Random, given: list[str], family: list[str]) -> dict[str, Any]:
    at = 1.75e9 + rng.random() * 3e7
    return {
        "id": f"r-{number:016x}", "tenant": "main", "office": rng.choice([None, "o1", "o2"]),
        "case_id": f"{number:032x}",
        "ordinal": 0, "status": rng.choice(["ready", "needs_review", "needs_review"]), "payer": None, "received_at": at,
        "due_at": at + 259_200, "changed_at": at, "patient_name": f"{rng.choice(given)} {rng.choice(family)}",
        "birth_date": "1960-01-01", "member_id": f"m{rng.randrange(10**8):08d}", "body": _BODY,
    }  # fmt: skip


if __name__ == "__main__":
    main()
