"""Sending while processes are killed, at named points and at any moment, and then looking at what is left."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import httpx

from store import keys
from tests.reliability.fleet import USUAL, Fleet, Servers, Victim
from tests.reliability.history import History
from tests.reliability.judge import Verdict, judge, release_all, wait_until_quiet
from tests.reliability.papers import Sent, batch
from tests.reliability.site import SENDER, Site
from tests.services.server import free_port

_SENDERS = 3


@dataclass(slots=True)
class Outcome:
    """What a campaign came to."""

    seed: int
    kills: Counter[str]
    verdict: Verdict
    seconds: float = 0.0
    attempts: int = 0
    quiet: bool = True
    released: frozenset[str] = frozenset()

    def figures(self) -> dict[str, object]:
        """What a report says of it."""
        told = self.verdict
        return {
            "kills": self.kills.total(),
            "seed": self.seed,
            "acknowledged": told.acked,
            "lost": len(told.lost),
            "doubled": len(told.doubled),
            "otherwise wrong": len(told.wrong),
            "kept for a person after many deaths, and released": len(self.released),
            "killed": ", ".join(f"{name} {count}" for name, count in sorted(self.kills.items())),
        }


def run(
    site: Site,
    *,
    kills: int,
    seed: int,
    mutation: str = "",
    of: Sequence[Victim] = USUAL,
    servers: Servers | None = None,
    workers: int = 2,
    quiet_s: float = 180,
) -> Outcome:
    """Send without end while processes are killed so many times; then wait until nothing is left to do, and judge.

    Whoever `of` names is killed in turn. What two deaths have put into quarantine is released once by its operator, as
    `dossier work release` does. Every number that chance decides follows from `seed`.
    """
    rng, history, began = random.Random(seed), History(), time.monotonic()
    site.prepare()
    database = site.open()
    key = keys.create(database, SENDER, role="integrator")
    fleet = Fleet(site, free_port(), rng, mutation, servers)
    over = threading.Event()
    with fleet.open(workers), _sending(history, fleet.port, key, seed, over):
        for number in range(kills):
            fleet.strike(of[number % len(of)])
        over.set()
    outcome = Outcome(seed, fleet.kills, Verdict(), attempts=history.attempts)
    with Fleet(site, free_port(), rng, mutation, servers).open(workers):
        outcome.quiet = wait_until_quiet(database, seconds=quiet_s)
        outcome.released = release_all(database)
        outcome.quiet = outcome.quiet and wait_until_quiet(database, seconds=quiet_s)
    outcome.verdict = judge(history, database, site.blobs(), outcome.released)
    if not outcome.quiet:
        outcome.verdict.wrong.append("there was still work to do when the time was up")
    outcome.seconds = time.monotonic() - began
    database.close()
    return outcome


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
                time.sleep(rng.uniform(0.0, 2.0))

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
