from __future__ import annotations

import subprocess

import psutil

from tests.services.processes import kill_family


def started(shell: str) -> tuple[subprocess.Popen[bytes], list[int]]:
    """A shell in a group of its own, and the ids that it prints."""
    process = subprocess.Popen(["/bin/sh", "-c", shell], stdout=subprocess.PIPE, process_group=0)
    assert process.stdout is not None
    return process, [int(process.stdout.readline()) for _ in range(2)]


def test_whoever_descends_from_a_process_goes_with_it() -> None:
    # One has a session of its own, as the processes of a database have; one has lost its parent.
    process, below = started("setsid sh -c 'echo $$; sleep 60' & (sleep 60 & echo $!); sleep 60")
    with process:
        kill_family(process.pid)
        process.wait(10)
        psutil.wait_procs([psutil.Process(pid) for pid in below if psutil.pid_exists(pid)], timeout=10)
        assert not any(psutil.pid_exists(pid) for pid in below)


def test_a_process_that_has_ended_is_no_error() -> None:
    with subprocess.Popen(["/bin/true"]) as process:
        process.wait(10)
    kill_family(process.pid)
