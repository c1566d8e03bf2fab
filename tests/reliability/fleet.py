"""The processes of an installation, and the servers it stands on: killed one after the other, and started again."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from typing import Literal

import httpx
import psutil

from tests.reliability.actors import Doom, kill, start_api, start_worker
from tests.reliability.site import Site
from tests.services.postgres import Postgres
from tests.services.processes import below, command
from tests.services.redis import RedisServer
from tests.services.s3 import S3Server
from tests.services.server import Server

Victim = Literal["worker", "api", "child", "postgres", "redis", "s3"]
USUAL: tuple[Victim, ...] = ("worker", "worker", "api")
EVERYBODY: tuple[Victim, ...] = ("worker", "child", "api", "postgres", "worker", "redis", "child", "s3")
_OF_INTAKE = (
    "after_part_write",
    "after_fsync",
    "after_rename",
    "after_dirsync",
    "before_commit",
    "after_commit_before_reply",
)
# A bucket has its own syncs, which nobody can be killed between.
_OF_INTAKE_BY_S3 = ("after_part_write", "before_commit", "after_commit_before_reply")
_OF_WORK = ("after_lease", "mid_ocr", "before_result_commit", "after_result_commit")


@dataclass(frozen=True, slots=True)
class Servers:
    """What an installation of many machines stands on."""

    postgres: Postgres
    redis: RedisServer
    s3: S3Server


@dataclass(slots=True)
class Fleet:
    """The processes of an installation; whoever dies is started again."""

    site: Site
    port: int
    rng: random.Random
    mutation: str = ""
    servers: Servers | None = None
    kills: Counter[str] = field(default_factory=Counter)
    workers: list[ForkServerProcess] = field(default_factory=list)
    api: ForkServerProcess | None = None

    @contextmanager
    def open(self, workers: int) -> Iterator[None]:
        """Everything runs as long as the context lasts."""
        self.api = start_api(self.site, self.port, mutation=self.mutation)
        self.workers = [start_worker(self.site, f"w{n}", mutation=self.mutation) for n in range(workers)]
        _until_open(self.port)
        try:
            yield
        finally:
            for process in (*self.workers, self.api):
                if process is not None:
                    kill(process)

    def strike(self, victim: Victim) -> None:
        """Kill one process, at a named point or at any moment."""
        self._revive()
        match victim:
            case "worker":
                self._strike_worker(self.rng.randrange(len(self.workers)))
            case "api":
                self._strike_api()
            case "child":
                self._strike_child(self.rng.randrange(len(self.workers)))
            case "redis" if self.rng.random() < 0.5:
                self._empty_redis()
            case _:
                self._strike_server(victim)

    def _revive(self) -> None:
        """Start again who ended because a child was killed while it began."""
        for number, worker in enumerate(self.workers):
            if worker.exitcode is not None:
                self.workers[number] = start_worker(self.site, f"w{number}", mutation=self.mutation)

    def _strike_api(self) -> None:
        assert self.api is not None
        if self.rng.random() < 0.5:
            point = self.rng.choice(_OF_INTAKE if self.site.bucket is None else _OF_INTAKE_BY_S3)
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

    def _strike_child(self, number: int) -> None:
        """Kill what a worker started: the walls around a file, the process behind them, or the one that reads pages."""
        worker, end = self.workers[number].pid, time.monotonic() + 3
        assert worker is not None
        walled = self.rng.random() < 0.7
        while time.monotonic() < end:
            those = [child for child in below(worker) if not walled or "bwrap" in command(child)]
            if those:
                chosen = self.rng.choice(those)
                with suppress(psutil.NoSuchProcess):
                    self.rng.choice((chosen, *chosen.children(recursive=True))).kill()
                    self.kills["child behind a wall" if walled else "child that reads pages"] += 1
                    return
            time.sleep(0.002)
        self._strike_worker(number)

    def _strike_server(self, name: Victim) -> None:
        server = self._server(name)
        time.sleep(self.rng.uniform(0.05, 0.4))
        server.kill()
        self.kills[name] += 1
        time.sleep(self.rng.uniform(0.0, 1.0))
        server.start()

    def _empty_redis(self) -> None:
        assert self.servers is not None
        with self.servers.redis.client() as client:
            client.flushall()
        self.kills["redis FLUSHALL"] += 1

    def _server(self, name: Victim) -> Server:
        assert self.servers is not None
        known: dict[Victim, Server] = {
            "postgres": self.servers.postgres,
            "redis": self.servers.redis,
            "s3": self.servers.s3,
        }
        return known[name]


def _until_open(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=2).status_code == 200:
                return
        time.sleep(0.05)
    raise TimeoutError("the API did not open")
