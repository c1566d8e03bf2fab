"""What becomes of every odd, damaged and hostile file at hand: `python -m benchmarks.files [FOLDER ...]`.

Default: the folders files/ and fax/ of TEST_DATA. Each file goes through `sandbox.open_file` alone, with the default
limits, and is used up wholly. `--judges` asks ordinary viewers that are installed (poppler-utils, mupdf-tools,
imagemagick, Pillow, OpenCV, Python's email and zipfile) what they open, and names the files that they open and we do
not. `--process` runs `dossier process --each` over all of it instead.

Columns: *files*; *content*: those with page images or text; *leaves*: documents in containers; *F013*: children whose
death nobody can explain; *crash*: exceptions in the parent; *late*: files over the limit of their seconds; *p50*, *max*
seconds; *MB*: the most that a child held (where it exceeds the parent's own memory).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benchmarks.endings import Ending, ending_of
from benchmarks.judges import asked
from sandbox import Limits, describe

ROOT = Path(__file__).resolve().parent.parent
# What the contract names; other formats are refused by design.
GROUPS = (
    "PDF",
    "TIFF",
    "JPEG",
    "PNG",
    "GIF",
    "BMP",
    "WebP",
    "HEIC",
    "mail",
    "MSG",
    "TNEF",
    "ZIP",
    "office",
    "text",
    "HTML",
)
_BAR = 0.97


@dataclass(frozen=True, slots=True)
class Job:
    """One file to open, and how."""

    path: Path
    limits: Limits
    judges: bool = False


def main() -> int:
    """Print the table; exit status 1 where a bar is missed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="*", type=Path)
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options.add_argument("--wall", type=float, help="seconds a file may take, instead of the default")
    options.add_argument("--only", default="", help="a part of the file's path")
    options.add_argument("--judges", action="store_true")
    options.add_argument("--process", action="store_true")
    options.add_argument("--json", action="store_true", help="one line a file")
    chosen = options.parse_args()
    files = [file for file in files_in(chosen.folders or default_folders()) if chosen.only in str(file)]
    if chosen.process:
        return _process(files, chosen.jobs)
    limits = Limits() if chosen.wall is None else replace(Limits(), wall_s=chosen.wall)
    endings = list(ends([Job(file, limits, chosen.judges) for file in files], chosen.jobs))
    if chosen.json:
        for ending in endings:
            print(json.dumps(asdict(ending)))
    else:
        _print_table(endings)
        _print_worst(endings)
        if chosen.judges:
            _print_judged(endings)
    return int(any(ending.crash or ending.late or "F013" in ending.codes + ending.deaths for ending in endings))


def ends(jobs: list[Job], processes: int) -> Iterator[Ending]:
    """What became of each file, each in a process of its own, so that memory is told apart."""
    describe()  # which walls stand is found out once, before the processes part
    context = multiprocessing.get_context("fork")
    with context.Pool(processes, maxtasksperchild=1) as pool:
        yield from pool.imap(_end, jobs, chunksize=1)


def _end(job: Job) -> Ending:
    ending = ending_of(_name(job.path), job.path.read_bytes(), job.limits)
    ending.peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    if job.judges:
        ending.judges = asked(job.path, ending.group)
    return ending


def _print_table(endings: list[Ending]) -> None:
    print(
        f"{'format':8}{'files':>6}{'content':>8}{'leaves':>7}{'pages':>7}{'F013':>5}{'crash':>6}{'late':>5}"
        f"{'p50':>6}{'max':>6}{'MB':>5}  codes of rejected documents"
    )
    groups = [group for group in (*GROUPS, "other") if any(ending.group == group for ending in endings)]
    for group in (*groups, "all"):
        print(_row(group, [ending for ending in endings if group in (ending.group, "all")]))


def _row(group: str, these: list[Ending]) -> str:
    codes = Counter(code for ending in these for code in ending.codes)
    seconds = [ending.seconds for ending in these]
    return (
        f"{group:8}{len(these):6}{sum(ending.opened for ending in these):8}{sum(ending.leaves for ending in these):7}"
        f"{sum(ending.pages for ending in these):7}"
        f"{sum((ending.codes + ending.deaths).count('F013') > 0 for ending in these):5}"
        f"{sum(bool(ending.crash) for ending in these):6}{sum(ending.late for ending in these):5}"
        f"{statistics.median(seconds):6.2f}{max(seconds):6.1f}{max(ending.peak_mb for ending in these):5.0f}"
        f"  {'  '.join(f'{code} {times}' for code, times in sorted(codes.items()))}"
    )


def _print_worst(endings: list[Ending]) -> None:
    """The files that a bar forbids, by name, and the slowest three."""
    for ending in endings:
        if ending.crash or not ending.accounted:
            print(f"CRASH {ending.name}\n{ending.crash}")
        for code in sorted({*ending.deaths, *(code for code in ending.codes if code == "F013")}):
            print(f"{code}  {ending.name} (a child ended early)")
        if ending.late:
            print(f"LATE  {ending.name} {ending.seconds:.1f} s")
    for ending in sorted(endings, key=lambda ending: -ending.seconds)[:3]:
        print(f"slow  {ending.name} {ending.seconds:.1f} s, {ending.pages} pages")


def _print_judged(endings: list[Ending]) -> None:
    """Of the files that a judge opens, the share that we open, by format; and the others by name."""
    judged = [ending for ending in endings if ending.group in GROUPS and any(ending.judges.values())]
    print("opened by a viewer, and by us:")
    for group in (*GROUPS, "all"):
        these = [ending for ending in judged if group in (ending.group, "all")]
        if these:
            ours = sum(ending.opened for ending in these)
            print(f"{group:8}{len(these):6}{ours:8}  {ours / len(these):7.1%}")
    for ending in judged:
        if not ending.opened:
            by = ", ".join(name for name, opens in ending.judges.items() if opens)
            print(f"MISS  {ending.name}: {' '.join(ending.codes) or 'no content'} (opened by {by})")
    if judged and sum(ending.opened for ending in judged) < _BAR * len(judged):
        print(f"below the bar of {_BAR:.0%}")


def _process(files: list[Path], jobs: int) -> int:
    """One run of the real command over all files, each a submission; whether each of them is in its results."""
    with tempfile.TemporaryDirectory() as name:
        received, out = Path(name) / "received", Path(name) / "out"
        received.mkdir()
        names = [f"{number:04}-{file.name}" for number, file in enumerate(files)]
        for file, submission in zip(files, names, strict=True):
            (received / submission).symlink_to(file)
        command = [sys.executable, str(ROOT / "cli.py"), "process", "--each", str(received), "--out", str(out)]
        started = time.monotonic()
        done = subprocess.run(
            [*command, "--jobs", str(jobs), "--format", "native"], capture_output=True, text=True, check=False
        )
        took = time.monotonic() - started
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"exit status {done.returncode}, {took:.0f} s, peak of a process {peak:.0f} MB")
        print("\n".join(done.stderr.strip().splitlines()[-3:]))
        return _account(names, out, done.returncode)


def _account(names: list[str], out: Path, status: int) -> int:
    """Every submission must be named in a request, among the held pages or among the rejected files."""
    lines = {kind: _lines(out / f"{kind}.jsonl") for kind in ("held", "rejected")}
    requests = "".join(file.read_text(encoding="utf-8") for file in out.rglob("*.json"))
    codes = Counter(str(json.loads(line).get("code")) for line in lines["rejected"])
    print("rejected:", "  ".join(f"{code} {times}" for code, times in sorted(codes.items())))
    everything = requests + "".join(lines["held"]) + "".join(lines["rejected"])
    lost = [name for name in names if json.dumps(name)[1:-1] not in everything]
    print(f"{len(names)} submissions, {len(lost)} in no result")
    for name in lost:
        print(f"LOST  {name}")
    return int(bool(lost) or status not in (0, 4) or codes["F013"] > 0)


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def default_folders() -> list[Path]:
    """The folders of TEST_DATA that hold files of every kind."""
    data = Path(os.environ.get("TEST_DATA", ROOT / "../shared/data")).resolve()
    return [data / "files", data / "fax"]


def files_in(folders: list[Path]) -> Iterator[Path]:
    """All files below some folders, each folder's sorted by path."""
    for folder in folders:
        yield from sorted(file for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else [folder]


def _name(path: Path) -> str:
    return "/".join(path.parts[-2:])


if __name__ == "__main__":
    sys.exit(main())
