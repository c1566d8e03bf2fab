"""The processes of an installation under test. Each may be told to die at a named point, or to break a promise."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

from actions.page_pool import PagePool
from store import faults
from tests.reliability import mutations
from tests.reliability.site import Site


@dataclass(frozen=True, slots=True)
class Doom:
    """Where a process dies: when it comes to `point` for the `nth` time. An empty point: nowhere.

    By SIGSTOP it falls asleep there instead, again and again until `wakes` is there.
    """

    point: str = ""
    nth: int = 1
    by: signal.Signals = signal.SIGKILL
    wakes: Path | None = None


LONG_LIFE = Doom()


def context() -> ForkServerContext:
    """Processes fork from a server that has everything loaded and runs no threads."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["tests.reliability.warm"])
    return made


def start_worker(site: Site, name: str, doom: Doom = LONG_LIFE, mutation: str = "") -> ForkServerProcess:
    """A worker process that looks for work ten times a second, or when it is called."""
    return _start(_work, site, name, doom, mutation)


def start_api(site: Site, port: int, doom: Doom = LONG_LIFE, mutation: str = "") -> ForkServerProcess:
    """The API on a port of this machine."""
    return _start(_serve, site, port, doom, mutation)


def _start(target: Callable[..., None], *arguments: object) -> ForkServerProcess:
    process = context().Process(target=target, args=arguments)
    process.start()
    return process


def _work(site: Site, name: str, doom: Doom, mutation: str) -> None:
    _begin(doom, mutation)
    with PagePool(site.means().tessdata, site.readers) as readers:
        worker, bell = site.worker(name, readers), site.bell()
        signal.signal(signal.SIGTERM, lambda *_: worker.stop.set())

        def wait(_: float) -> None:
            if bell is not None:
                bell.wait(1.0, worker.stop)
            else:
                worker.stop.wait(0.1)

        worker.run(wait)


def _serve(site: Site, port: int, doom: Doom, mutation: str) -> None:
    import uvicorn

    from tests.reliability.api import app_of

    _begin(doom, mutation)
    uvicorn.run(app_of(site), host="127.0.0.1", port=port, log_level="critical", access_log=False)


def _begin(doom: Doom, mutation: str) -> None:
    logging.disable(logging.CRITICAL)
    mutations.apply(mutation)
    count = 0
    lock = threading.Lock()

    def die(point: str) -> None:
        nonlocal count
        if point != doom.point:
            return
        with lock:
            count += 1
            if count != doom.nth:
                return
            os.kill(os.getpid(), doom.by)
            while doom.wakes is not None and not doom.wakes.exists():
                os.kill(os.getpid(), doom.by)

    if doom.point:
        faults.hook = die


def kill(process: ForkServerProcess) -> None:
    """End a process without a word, and wait until it is gone."""
    process.kill()
    process.join()
