from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from actions import supervise as module
from actions.supervise import Part, PartFailed, supervise

ROOT = Path(__file__).resolve().parents[2]
LIVES = "import os, pathlib, time; pathlib.Path({0!r}).open('a').write(str(os.getpid()) + '\\n'); time.sleep(60)"


def part(name: str, code: str, nice: int = 0) -> Part:
    return Part(name, (sys.executable, "-c", code), nice)


def pids(file: Path) -> list[int]:
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_part_that_is_killed_is_started_again_and_all_end_together(tmp_path: Path) -> None:
    file, stop = tmp_path / "pids", threading.Event()
    nices: list[int] = []

    def watch() -> None:
        seen = pids(file)
        if len(seen) == 1 and not nices:
            nices.append(os.getpriority(os.PRIO_PROCESS, seen[0]))
            os.kill(seen[0], signal.SIGKILL)
        if len(seen) == 2:
            stop.set()

    parts = [part("worker", LIVES.format(str(file)), nice=5)]
    supervise(parts, os.environ, stop=stop, grace_s=0.0, watch=watch)
    first, second = pids(file)
    assert first != second
    assert not alive(second)
    assert min(nices) >= os.getpriority(os.PRIO_PROCESS, 0) + 5 or min(nices) == 19


def test_a_part_that_cannot_start_ends_everything(tmp_path: Path) -> None:
    file = tmp_path / "pids"
    parts = [part("worker", LIVES.format(str(file))), part("api", "raise SystemExit(2)")]
    with pytest.raises(PartFailed, match="api could not start"):
        supervise(parts, os.environ, stop=threading.Event(), grace_s=0.0, watch=lambda: None)
    assert all(not alive(pid) for pid in pids(file))


def test_a_part_that_fails_later_is_tried_again_after_longer_and_longer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file, stop = tmp_path / "pids", threading.Event()
    note = f"import os, pathlib; f = pathlib.Path({str(file)!r}); f.open('a').write(str(os.getpid()) + '\\n');"
    dies = note + "os.kill(os.getpid(), 9) if len(f.read_text().split()) == 1 else exit(3)"

    def watch() -> None:
        if "in 2 s" in caplog.text:
            stop.set()

    supervise([part("worker", dies)], os.environ, stop=stop, grace_s=0.0, watch=watch)
    assert "worker ended (status -9) and is started again in 1 s" in caplog.text
    assert "worker ended (status 3) and is started again in 2 s" in caplog.text


def test_a_part_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "_MARGIN_S", 0.3)
    file, stop = tmp_path / "pids", threading.Event()
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + LIVES.format(str(file))

    def watch() -> None:
        if pids(file):
            stop.set()

    supervise([part("deaf", deaf)], os.environ, stop=stop, grace_s=0.0, watch=watch)
    (pid,) = pids(file)
    assert not alive(pid)


def test_parts_end_when_their_keeper_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "pids"
    parts = f"[Part('a', (sys.executable, '-c', {LIVES.format(str(file))!r}))]"
    code = (
        f"import os, sys, threading; sys.path.insert(0, {str(ROOT)!r}); from actions.supervise import Part, supervise;"
        f"supervise({parts}, os.environ, stop=threading.Event(), grace_s=0.0, watch=lambda: None)"
    )
    keeper = os.posix_spawn(sys.executable, [sys.executable, "-c", code], os.environ)
    until = time.monotonic() + 20
    while not pids(file) and time.monotonic() < until:
        time.sleep(0.05)
    (pid,) = pids(file)
    os.kill(keeper, signal.SIGKILL)
    os.waitpid(keeper, 0)
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(pid)
