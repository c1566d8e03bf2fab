"""How good Dossier is: fresh packets with known truth, processed and scored.

python -m benchmarks.quality [--packets 60] [--seed N] [--jobs N] [--out DIR] [--write]

With --write the figures go into docs/quality.md, between its two marks, and the chart into docs/quality.svg. The seed
is a fresh one unless given, and is printed; --out keeps the packets, the report and all figures.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import random
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from actions.evaluate import evaluate
from actions.means import lend
from actions.progress import watcher
from actions.quality_report import table
from benchmarks.quality_page import Run, chart, replaced, section
from config import load
from samples.packets import make

ROOT = Path(__file__).resolve().parent.parent
PAGE, CHART = ROOT / "docs/quality.md", ROOT / "docs/quality.svg"


def main() -> None:
    """Make, process, score, print, and write if asked to."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--packets", type=int, default=60)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(100_000))
    options.add_argument("--jobs", type=int, default=None)
    options.add_argument("--out", type=Path, default=None, help="a new folder to keep everything in")
    options.add_argument("--write", action="store_true", help="write docs/quality.md and docs/quality.svg")
    chosen = options.parse_args()
    settings = load()
    means = lend(settings.tessdata, chosen.jobs or settings.jobs, limits={})
    with _folder(chosen.out) as folder:
        make(folder / "samples", count=chosen.packets, seed=chosen.seed, measuring=None)
        with watcher() as watching:
            told = evaluate(
                folder / "samples", folder / "evaluation", means, now=dt.datetime.now(dt.UTC), watcher=watching
            ).figures
    run = Run(chosen.seed, dt.datetime.now(dt.UTC).date(), _commit(), means.jobs)
    Console(width=110).print(table(told))
    print(f"seed {run.seed}")
    if chosen.write:
        PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), section(told, run)), encoding="utf-8")
        CHART.write_text(chart(told), encoding="utf-8")


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "unknown"


@contextlib.contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True)
        yield kept
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


if __name__ == "__main__":
    main()
