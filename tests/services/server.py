"""Servers of others for tests: started on free ports of this machine, stopped by their pid."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.services.processes import kill_family

# A database that was killed looks through all its files before it answers.
_PATIENCE_S = 120.0
# Servers such as PostgreSQL refuse to run as root.
_OTHER = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")


class Server:
    """A server in a folder of its own; it can be killed and started again, and finds what it wrote."""

    def __init__(self, name: str, ready: Callable[[Server], bool], *, as_other: bool = False) -> None:
        """With `as_other` it never runs as root, which some refuse; what it needs must be open to others then."""
        self.name = name
        self.user = _OTHER if as_other and os.geteuid() == 0 else ()
        self.folder = Path(tempfile.mkdtemp(prefix=f"dossier-test-{name}-"))
        if self.user:
            # pytest's own folders are closed to others.
            shutil.chown(self.folder, "nobody", "nogroup")
        self.port = free_port()
        self.command: tuple[str, ...] = ()
        self._ready = ready
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*self.user, *self.command],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder, process_group=0,
                env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C", "TZ": "UTC"},
            )  # fmt: skip
        until = time.monotonic() + _PATIENCE_S
        while not self._ready(self):
            if self._process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"{self.name} does not start:\n{self.log()[-2000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it and its children at once, as a power cut of its machine would."""
        if self._process is not None and self._process.poll() is None:
            kill_family(self._process.pid)
            self._process.wait(10)

    def stop(self, number: int = signal.SIGTERM) -> None:
        """End it in order."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(number)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace") if (self.folder / "log").exists() else ""


@contextlib.contextmanager
def running(server: Server) -> Iterator[Server]:
    """The server for the time of a `with`; nothing of it is left."""
    try:
        server.start()
        yield server
    finally:
        server.stop()
        server.kill()
        shutil.rmtree(server.folder, ignore_errors=True)


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def listens(server: Server) -> bool:
    """Whether something answers at its port."""
    try:
        socket.create_connection(("127.0.0.1", server.port), timeout=0.2).close()
    except OSError:
        return False
    return True


def need(program: str, *folders: str) -> str:
    """The path of a program. Without it the test skips; with CI=true that is a failure."""
    found = shutil.which(program, path=os.pathsep.join([*folders, os.environ["PATH"], "/usr/sbin"]))
    if found is not None:
        return found
    message = f"{program} is not installed: make test installs it (deploy/setup.sh dev)"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
