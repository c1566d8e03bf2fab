"""A day's batch, undisturbed and killed: `python -m benchmarks.batch [--count 100] [--seed N] [--jobs 2]`.

Makes a mixed batch (samples.batch; every tenth submission broken) and processes it twice: once in peace, watching the
memory of every process, and once killed with SIGKILL in the middle and resumed by another clock. Both results must be
the same to the byte. The exit status is 1 when they are not, or when a bar is missed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from rich.console import Console

from actions.means import lend
from actions.plan import plan_order
from actions.process import process
from actions.progress import Lines
from config import load
from samples.batch import make
from tests.services.processes import command, family, peak_mb

_FIRST, _SECOND = "2026-09-15T12:00:00+00:00", "2026-09-16T07:30:00+00:00"
_WORKER_MB = 800
_LOOK_S = 0.25


def main() -> int:
    """Take the size from the command line; print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch", description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--run", nargs=3, metavar=("RECEIVED", "OUT", "NOW"), help="one run, for the benchmark itself")
    parser.add_argument("--resume", action="store_true")
    arguments = parser.parse_args()
    if arguments.run:
        _run(*arguments.run, jobs=arguments.jobs, resume=arguments.resume)
        return 0
    with TemporaryDirectory() as folder:
        return _both(Path(folder), arguments)


def _run(received: str, out: str, now: str, *, jobs: int, resume: bool) -> None:
    """One run in this process, as the command does it but for the clock."""
    order = plan_order(
        (Path(received),),
        Path(out),
        each=True,
        payer=None,
        market=None,
        received_at=None,
        formats="native,html",
        resume=resume,
    )
    settings = load()
    means = lend(settings.tessdata, jobs, limits={})
    print(process(order, means, now=dt.datetime.fromisoformat(now), watcher=Lines(Console(stderr=True))))


def _both(folder: Path, arguments: argparse.Namespace) -> int:
    received = folder / "received"
    made = make(received, count=arguments.count, seed=arguments.seed)
    bad = sum(child.bad for child in made)
    print(f"seed {arguments.seed}: {len(made)} submissions, {bad} of them broken, {sum(c.pages for c in made)} pages")
    begun = time.monotonic()
    with _started(received, folder / "peace", _FIRST, arguments) as peace:
        memory = Memory()
        while peace.poll() is None:
            memory.look(peace.pid)
            time.sleep(_LOOK_S)
    seconds = time.monotonic() - begun
    pages = sum(child.pages for child in made)
    speed = f"{pages / seconds:.2f} pages/s with {arguments.jobs} jobs"
    print(f"undisturbed: exit {peace.returncode}, {seconds:.0f} s, {speed}")
    memory.tell()
    killed_at = _killed(received, folder / "killed", arguments, half=len(made) // 2)
    with _started(received, folder / "killed", _SECOND, arguments, "--resume") as resumed:
        resumed.wait()
    differing = tuple(_differing(folder / "peace", folder / "killed"))
    print(f"killed after {killed_at} submissions and resumed: exit {resumed.returncode}, {len(differing)} files differ")
    for name in differing[:10]:
        print(f"  {name}")
    return int(bool(differing) or peace.returncode != 0 or resumed.returncode != 0 or memory.worker_mb > _WORKER_MB)


def _started(received: Path, out: Path, now: str, arguments: argparse.Namespace, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "benchmarks.batch", "--jobs", str(arguments.jobs), *more]
    command += ["--run", str(received), str(out), now]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)


def _killed(received: Path, out: Path, arguments: argparse.Namespace, *, half: int) -> int:
    """Let a run get half-way and a little into the next submissions, then kill it; how many it had done."""
    journal = out / ".journal.jsonl"
    with _started(received, out, _FIRST, arguments) as run:
        while run.poll() is None and _lines(journal) < half + 1:
            time.sleep(_LOOK_S)
        time.sleep(random.Random(arguments.seed).uniform(0.5, 4.0))
        os.kill(run.pid, signal.SIGKILL)
    return _lines(journal) - 1


def _lines(file: Path) -> int:
    return file.read_bytes().count(b"\n") if file.exists() else 0


def _differing(one: Path, other: Path) -> Iterator[str]:
    here, there = ({p.relative_to(f).as_posix(): p for p in f.rglob("*") if p.is_file()} for f in (one, other))
    for name in sorted(here.keys() | there.keys()):
        if name.startswith(".journal"):
            continue
        if name not in here or name not in there or here[name].read_bytes() != there[name].read_bytes():
            yield name


@dataclass
class Memory:
    """The resident memory of a run's processes by what they do, in MB; `course` is that of the page readers in time."""

    peaks: dict[str, int] = field(default_factory=dict)
    course: list[int] = field(default_factory=list)

    @property
    def worker_mb(self) -> int:
        """The most that one page reader has held."""
        return self.peaks.get("page reader", 0)

    def look(self, root: int) -> None:
        """Read the kernel's figures of the process and all below it."""
        now = 0
        for one in family(root):
            role = "main" if one.pid == root else "file reader" if "sandbox.child" in command(one) else "page reader"
            self.peaks[role] = max(self.peaks.get(role, 0), round(peak_mb(one)))
            if role == "page reader":
                with suppress(psutil.NoSuchProcess):
                    now = max(now, one.memory_info().rss // 2**20)
        self.course.append(now)

    def tell(self) -> None:
        """Print the peaks, and the page readers' memory quarter by quarter."""
        print("peak MB: " + ", ".join(f"{role} {peak}" for role, peak in sorted(self.peaks.items())))
        quarter = max(1, len(self.course) // 4)
        parts = [max(self.course[at : at + quarter]) for at in range(0, 4 * quarter, quarter) if self.course[at:]]
        print("largest page reader in each quarter of the run, MB: " + ", ".join(map(str, parts)))


if __name__ == "__main__":
    sys.exit(main())
