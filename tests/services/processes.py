"""Processes of this machine, with all that descend from them. Whoever has ended meanwhile tells nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

# A killed process that waits for the disk is gone when the disk has answered.
_GOES_WITHIN_S = 30.0


def below(pid: int) -> Sequence[psutil.Process]:
    """The processes that a process started, with theirs; parents come first."""
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).children(recursive=True)
    return ()


def children(pid: int, named: str) -> Sequence[psutil.Process]:
    """The processes that a process started itself, as something that says a word."""
    with suppress(psutil.NoSuchProcess):
        return [one for one in psutil.Process(pid).children() if named in command(one)]
    return ()


def family(pid: int) -> Sequence[psutil.Process]:
    """A process with all that descend from it."""
    with suppress(psutil.NoSuchProcess):
        return (psutil.Process(pid), *below(pid))
    return ()


def command(one: psutil.Process) -> str:
    """What it was started as."""
    with suppress(psutil.NoSuchProcess):
        return " ".join(one.cmdline())
    return ""


def is_stopped(pid: int) -> bool:
    """Whether it sleeps by SIGSTOP."""
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() == psutil.STATUS_STOPPED
    return False


def peak_mb(one: psutil.Process) -> float:
    """The most memory, in MB, that it has held so far (VmHWM of proc(5))."""
    with suppress(OSError):
        lines = Path(f"/proc/{one.pid}/status").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
    return 0.0


def kill_family(pid: int) -> None:
    """End a process and all that descend from it at once, and wait until none of them holds anything any more.

    Children may have left its group, as those of PostgreSQL do; others of it may have lost their parent.
    """
    doomed: dict[int, psutil.Process] = {}
    while fresh := [one for one in family(pid) if one.pid not in doomed]:
        for one in fresh:
            doomed[one.pid] = one
            with suppress(psutil.NoSuchProcess):
                one.suspend()  # it makes no more of them
    with suppress(ProcessLookupError):
        if os.getpgid(pid) == pid:
            os.killpg(pid, signal.SIGKILL)
    for one in doomed.values():
        with suppress(psutil.NoSuchProcess):
            one.kill()
    _, alive = psutil.wait_procs(list(doomed.values()), timeout=_GOES_WITHIN_S)
    assert not alive
