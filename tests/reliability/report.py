"""RELIABILITY.md: each promise with the tests that prove it, their sizes and figures, as they ended.

`python -m tests.reliability.report build/proofs RELIABILITY.md` makes it of what the runs of `make reliability` have
written.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

# The promises of the service, by the name that a test's marker has.
PROMISES = {
    "durable": "What was acknowledged is never lost, whoever is killed and whenever the power fails.",
    "intact": "A bit that flips in a stored object is found, and never read as if nothing had happened.",
    "once": "What was acknowledged is done once: no submission, document or request is doubled.",
    "placed": "Every received page ends in exactly one place: a request, held, or rejected.",
    "resumed": "Work goes on within 60 seconds of the death of the worker that held it (95 %).",
    "fenced": "A worker that was thought dead writes nothing when it wakes up.",
    "away": "While the database, Redis, the store or the disk is away nothing is promised, and nothing kept is lost.",
    "same": "One machine with SQLite and PostgreSQL with Redis and S3 give the same requests.",
    "bounded": "Nobody sees what is another tenant's or another office's, or what the role has no right to.",
    "described": "The API does what its description says, whatever is sent.",
    "private": "No word of a document or a person reaches a log, a metric, a queue, a URL or an error.",
    "audited": "No row of the audit log can be changed, taken out or put in unseen.",
    "noticed": "The tests above fail when a promise is broken on purpose.",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """How a test of a promise ended."""

    promises: tuple[str, ...]
    test: str
    passed: bool
    seconds: float
    figures: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of tests, with when it ended and how long it took."""

    proofs: tuple[Proof, ...]
    release: bool
    ended: dt.datetime
    seconds: float


def main() -> None:
    """Make the page."""
    folder, page = map(Path, sys.argv[1:])
    runs = [read_run(path) for path in sorted(folder.glob("*.json"))]
    page.write_text(written(runs, cores=os.cpu_count() or 1), encoding="utf-8")


def write_run(path: Path, run: Run) -> None:
    """Keep a run as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(run) | {"ended": run.ended.isoformat()}, indent=1), encoding="utf-8")


def read_run(path: Path) -> Run:
    """A run that was kept."""
    told = json.loads(path.read_text(encoding="utf-8"))
    proofs = tuple(
        Proof(
            tuple(one["promises"]), one["test"], one["passed"], one["seconds"],
            tuple((name, value) for name, value in one["figures"]),
        )
        for one in told["proofs"]
    )  # fmt: skip
    return Run(proofs, told["release"], dt.datetime.fromisoformat(told["ended"]), told["seconds"])


def written(runs: Sequence[Run], *, cores: int) -> str:
    """The page. A promise without a test that passed reads "not proved".

    Of a test that was run again the last run counts. Its figures stand where it is first named.
    """
    runs = sorted(runs, key=lambda run: run.ended)
    proofs = tuple({proof.test: proof for run in runs for proof in run.proofs}.values())
    usual = not all(run.release for run in runs)
    size = "the sizes of every test run (no `--release`)" if usual else "the sizes of a release"
    ended, seconds = max(run.ended for run in runs), sum(run.seconds for run in runs)
    lines = [
        "# What the service promises, and how it was proved",
        "",
        f"Written by `make reliability` on {ended:%d %B %Y} at {size}: "
        f"{len(proofs)} tests in {seconds / 60:.0f} minutes on {cores} cores, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}. Seeds are in the figures.",
        "",
        "| promise | proved | by |",
        "|---|---|---|",
    ]
    told: set[str] = set()
    for name, sentence in PROMISES.items():
        own = [proof for proof in proofs if name in proof.promises]
        good = bool(own) and all(proof.passed for proof in own)
        tests = _by_function(own)
        by = "<br>".join(_told(test, runs, figures=test not in told) for test, runs in tests.items())
        told.update(tests)
        lines.append(f"| {sentence} | {'yes' if good else '**not proved**'} | {by or 'no test has run'} |")
    return "\n".join(lines) + "\n"


def _by_function(proofs: Sequence[Proof]) -> dict[str, list[Proof]]:
    """The runs of a test with each of its parameters stand together."""
    found: dict[str, list[Proof]] = {}
    for proof in proofs:
        found.setdefault(proof.test.partition("[")[0], []).append(proof)
    return found


def _told(name: str, proofs: Sequence[Proof], *, figures: bool) -> str:
    """A test with how long it took, in how many runs, and its figures."""
    runs = f"{len(proofs)} runs, " if len(proofs) > 1 else ""
    failed = sum(not proof.passed for proof in proofs)
    state = f", {failed} failed" if failed else ""
    found: dict[str, list[object]] = {}
    for figure, value in (one for proof in proofs if figures for one in proof.figures):
        found.setdefault(figure, []).append(value)
    told = "; ".join(f"{figure} {_joined(figure, values)}" for figure, values in found.items())
    return f"`{name}` ({runs}{sum(proof.seconds for proof in proofs):.0f} s{state}{': ' + told if told else ''})"


def _joined(figure: str, values: Sequence[object]) -> str:
    """Counts of several runs are added up; seeds and words stand once."""
    counts = [value for value in values if isinstance(value, int | float)]
    if figure != "seed" and len(counts) == len(values):
        return f"{sum(counts):g}"
    return ", ".join(sorted({str(value) for value in values}))


if __name__ == "__main__":
    main()
