"""Keeping the processes of one machine running: a part that dies is started again, all end together."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from models.problem import NotReady

_LOG = logging.getLogger(__name__)

# A part that lived for so long had begun to work; one that did not is started again after a while that doubles.
_STEADY_S = 20.0
_MOST_WAIT_S = 30.0
_LOOK_S = 0.2
# Seconds beyond the grace after which a part that does not end is killed.
_MARGIN_S = 5.0
_PR_SET_PDEATHSIG = 1


@dataclass(slots=True)
class Part:
    """A process that is to run: what it is called, its command, and how much it stands back for others (0..19)."""

    name: str
    command: tuple[str, ...]
    nice: int = 0
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    not_before: float = 0.0
    wait_s: float = 1.0
    starts: int = 0


class PartFailed(NotReady):
    """A part cannot start at all; it has said why."""

    def __init__(self, name: str, status: int) -> None:
        """Name the part and the status that it ended with."""
        super().__init__(f"{name} could not start (status {status}).")


def supervise(
    parts: Sequence[Part],
    environment: Mapping[str, str],
    *,
    stop: threading.Event,
    grace_s: float,
    watch: Callable[[], None],
) -> None:
    """Run all parts until `stop` is set, then end them: they have `grace_s` seconds and a few for that.

    `watch` is called several times a second.

    Raises:
        PartFailed: a part ended by itself as soon as it was first started; the others were ended, too.
    """
    try:
        while not stop.is_set():
            for part in parts:
                _look_after(part, environment)
            watch()
            stop.wait(_LOOK_S)
    finally:
        _end(parts, grace_s + _MARGIN_S)


def _look_after(part: Part, environment: Mapping[str, str]) -> None:
    now = time.monotonic()
    if part.process is None:
        if now >= part.not_before:
            part.process, part.started, part.starts = _start(part, environment), now, part.starts + 1
        return
    status = part.process.poll()
    if status is None:
        return
    steady = now - part.started >= _STEADY_S
    if part.starts == 1 and status > 0 and not steady:
        raise PartFailed(part.name, status)
    part.wait_s = 1.0 if steady or part.starts == 1 else min(part.wait_s * 2, _MOST_WAIT_S)
    _LOG.warning("%s ended (status %d) and is started again in %.0f s", part.name, status, part.wait_s)
    part.process, part.not_before = None, now + part.wait_s


def _start(part: Part, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    parent = os.getpid()

    def prepare() -> None:
        os.nice(part.nice)
        # Whoever keeps it running may be killed: then it is told to end, as by that one.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return subprocess.Popen(
        part.command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        # Ctrl-C at a terminal reaches this process alone, which then ends its parts in order.
        process_group=0,
        preexec_fn=prepare,  # noqa: PLW1509 - this process runs no threads of its own
    )


def _end(parts: Sequence[Part], seconds: float) -> None:
    running = [part.process for part in parts if part.process is not None and part.process.poll() is None]
    for process in running:
        process.terminate()
    until = time.monotonic() + seconds
    for process in running:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
