"""Sending while processes are killed, at named points and at any moment, and then looking at what is left."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from statistics import quantiles

import httpx
import sqlalchemy as sa

from store import keys
from store.db import Database
from store.tables import WORK
from tests.reliability.actors import Doom, kill, start_api, start_worker
from tests.reliability.history import History
from tests.reliability.judge import Verdict, judge, wait_until_quiet
from tests.reliability.papers import Sent, batch
from tests.reliability.site import SENDER, Site, free_port

_OF_INTAKE = (
    "after_part_write",
    "after_fsync",
    "after_rename",
    "after_dirsync",
    "before_commit",
    "after_commit_before_reply",
)
_OF_WORK = ("after_lease", "mid_ocr", "before_result_commit", "after_result_commit")
_SENDERS = 3


@dataclass(slots=True)
class Outcome:
    """What a campaign came to. `resumed_s` are seconds from the death of a worker until its work was taken up again."""

    seed: int
    kills: Counter[str]
    verdict: Verdict
    resumed_s: list[float] = field(default_factory=list)
    seconds: float = 0.0
    attempts: int = 0
    quiet: bool = True

    @property
    def resume_p95(self) -> float:
        """The 95th percentile of the seconds until work was resumed."""
        return quantiles(self.resumed_s, n=20)[-1] if len(self.resumed_s) > 1 else max(self.resumed_s, default=0.0)


def run(
    site: Site, *, kills: int, seed: int, mutation: str = "", only: str = "", workers: int = 2, quiet_s: float = 180
) -> Outcome:
    """Send without end while processes are killed so many times; then wait until nothing is left to do, and judge.

    `only` "api" or "worker" spares the others. Every number that chance decides follows from `seed`.
    """
    rng, history, began = random.Random(seed), History(), time.monotonic()
    site.prepare()
    database = site.open()
    key = keys.create(database, SENDER, role="integrator")
    house = _House(site, free_port(), mutation, rng)
    over = threading.Event()
    with house.open(workers), _sending(history, house.port, key, seed, over):
        for number in range(kills):
            house.strike({"api": 2, "worker": 0}.get(only, number))
        over.set()
    outcome = Outcome(seed, house.kills, Verdict(), attempts=history.attempts)
    with _House(site, free_port(), mutation, rng).open(workers):
        outcome.quiet = wait_until_quiet(database, seconds=quiet_s)
    outcome.verdict = judge(history, database, site.blobs())
    if not outcome.quiet:
        outcome.verdict.wrong.append("there was still work to do when the time was up")
    outcome.seconds = time.monotonic() - began
    database.close()
    return outcome


@dataclass(slots=True)
class _House:
    """The processes of an installation; whoever dies is started again."""

    site: Site
    port: int
    mutation: str
    rng: random.Random
    kills: Counter[str] = field(default_factory=Counter)
    workers: list[ForkServerProcess] = field(default_factory=list)
    api: ForkServerProcess | None = None

    @contextmanager
    def open(self, workers: int) -> Iterator[None]:
        self.api = start_api(self.site, self.port, mutation=self.mutation)
        self.workers = [start_worker(self.site, f"w{n}", mutation=self.mutation) for n in range(workers)]
        _until_open(self.port)
        try:
            yield
        finally:
            for process in (*self.workers, self.api):
                if process is not None:
                    kill(process)

    def strike(self, number: int) -> None:
        """Kill one process: in turn a worker or the API, at a named point or at any moment."""
        if number % 3 == 2:
            self._strike_api()
        else:
            self._strike_worker(self.rng.randrange(len(self.workers)))

    def _strike_api(self) -> None:
        assert self.api is not None
        if self.rng.random() < 0.5:
            point = self.rng.choice(_OF_INTAKE)
            kill(self.api)
            self.api = start_api(self.site, self.port, Doom(point, self.rng.randint(1, 3)), self.mutation)
            self._wait_for_death(self.api, f"api {point}")
        else:
            time.sleep(self.rng.uniform(0.05, 0.4))
            self.kills["api at any moment"] += 1
        kill(self.api)
        self.api = start_api(self.site, self.port, mutation=self.mutation)
        _until_open(self.port)

    def _strike_worker(self, number: int) -> None:
        name = f"w{number}"
        if self.rng.random() < 0.5:
            point = self.rng.choice(_OF_WORK)
            kill(self.workers[number])
            self.workers[number] = start_worker(self.site, name, Doom(point, self.rng.randint(1, 2)), self.mutation)
            self._wait_for_death(self.workers[number], f"worker {point}")
        else:
            time.sleep(self.rng.uniform(0.05, 0.6))
            self.kills["worker at any moment"] += 1
        kill(self.workers[number])
        self.workers[number] = start_worker(self.site, name, mutation=self.mutation)

    def _wait_for_death(self, process: ForkServerProcess, name: str) -> None:
        """Wait until it has come to its point; after a while it is killed where it is."""
        process.join(timeout=3)
        self.kills[name if process.exitcode is not None else "before its point"] += 1


@contextmanager
def _sending(history: History, port: int, key: str, seed: int, over: threading.Event) -> Iterator[None]:
    """Senders that send one submission after the other, each again and again until its receipt has come."""

    def send(number: int) -> None:
        rng = random.Random(f"{seed}-{number}")
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
            while not over.is_set():
                (one,) = batch(rng.getrandbits(32), 1)
                while not over.is_set() and not _sent(client, history, one, key):
                    time.sleep(0.05)
                time.sleep(rng.uniform(0.0, 0.4))

    threads = [threading.Thread(target=send, args=(number,), daemon=True) for number in range(_SENDERS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(timeout=30)


def _sent(client: httpx.Client, history: History, one: Sent, key: str) -> bool:
    """Try to send; whether a receipt came."""
    history.try_to_send(one)
    with suppress(httpx.HTTPError):
        answer = client.post(
            "/api/v1/submissions",
            files=[("files", (one.name, one.content, "text/plain"))],
            headers={"Authorization": f"Bearer {key}", "Idempotency-Key": one.key},
        )
        if answer.status_code == 202:
            history.receipt(one.key, answer.json()["submission"])
            return True
    return False


def _until_open(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=2).status_code == 200:
                return
        time.sleep(0.05)
    raise TimeoutError("the API did not open")


def resumed_after(database: Database, work: str, since: float, *, seconds: float) -> float | None:
    """Seconds until work that a dead worker held is taken up by another; None if it was not."""
    while time.monotonic() - since < seconds:
        with database.read() as connection:
            row = connection.execute(sa.select(WORK.c.state, WORK.c.deaths).where(WORK.c.id == work)).one()
        if row.deaths and row.state in ("leased", "done"):
            return time.monotonic() - since
        time.sleep(0.1)
    return None
