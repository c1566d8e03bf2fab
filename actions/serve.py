"""`dossier serve`: the whole service on one machine, its processes kept running until it is told to end."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from actions.house import open_house
from actions.installation import Installation
from actions.listening import see_that_it_is_free
from actions.logbook import begin_log
from actions.parts import parts_of, surroundings
from actions.supervise import supervise
from models.principal import SYSTEM
from models.problem import NotReady
from store import keys

# Where only this machine itself comes in.
_LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})

Told = Callable[[str], None]


def serve(installation: Installation, told: Told) -> None:
    """Run the API, the workers and the channels until SIGTERM or SIGINT; `told` receives lines for the terminal.

    Raises:
        NotReady: the port is taken, another one serves this folder, or the database is of a later version.
        PartFailed: a part cannot start; it has said why.
    """
    see_that_it_is_free(installation.host, installation.port)
    installation.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(installation.data):
        _serve(installation, told)


def _serve(installation: Installation, told: Told) -> None:
    for folder in installation.watched:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open_house(installation) as house:
        if house.is_new:
            told("The first start has made a key for the administrator. It is shown once and kept nowhere:")
            told(f"  {keys.create(house.database, SYSTEM, role='admin', label='first start')}")
    begin_log()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _setting(stop))
    supervise(
        parts_of(installation),
        surroundings(installation, os.environ),
        stop=stop,
        grace_s=installation.pace.grace_s,
        watch=_Announced(installation, told),
    )


class _Announced:
    """Says where to open the service as soon as it answers."""

    def __init__(self, installation: Installation, told: Told) -> None:
        self._installation = installation
        self._told = told
        self._said = False

    def __call__(self) -> None:
        if self._said:
            return
        host = _reachable(self._installation.host)
        try:
            socket.create_connection((host, self._installation.port), timeout=1.0).close()
        except OSError:
            return
        self._said = True
        shown = f"[{host}]" if ":" in host else host
        self._told(f"Dossier is ready: http://{shown}:{self._installation.port}/")
        if not self._installation.web.secure and self._installation.host not in _LOCAL:
            self._told("It is reached without TLS: put a proxy in front that ends it (DOSSIER_WEB__SECURE).")
        self._told(f"Files laid into {', '.join(map(str, self._installation.watched))} are taken in. Ctrl-C ends it.")


@contextlib.contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Be the only one that serves a data folder: two would take the same files out of the watched one."""
    with (data / "serve.lock").open("a+b") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotReady(
                f"Another dossier serve runs in {data}. End it, or name another folder with --data."
            ) from None
        yield


def _reachable(host: str) -> str:
    """Where this machine itself reaches what listens on all addresses."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - as the settings have it


def _setting(stop: threading.Event) -> Callable[[int, FrameType | None], None]:
    def handle(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    return handle
