"""The figures that a change may not make worse: `python -m benchmarks.gate [--write]`.

A fixed small set of packets of the designs of development is made, read and scored. The test of the same name compares
what comes out with what was written down last (tests/benchmarks/gate.json) and allows `TOLERANCE`; whoever makes a
figure better, or worse for a reason, writes it down anew.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from actions.evaluate import evaluate
from actions.means import lend
from actions.process import Watcher
from actions.progress import Lines
from config import load
from samples.packets import make

WRITTEN = Path(__file__).resolve().parent.parent / "tests/benchmarks/gate.json"
# Packets, and the seed that makes them: both fixed, so that only the reader can change the figures.
PACKETS, SEED = 6, 2026
CHANNELS = ("native-pdf", "fax-204x196", "scan-300")
# How much less a figure may be than the one written down: one value of the set is about a third of a hundredth.
TOLERANCE = 0.015
_NOW = dt.datetime(2026, 9, 15, tzinfo=dt.UTC)


def measured(folder: Path, watcher: Watcher) -> dict[str, float]:
    """The figures of the set, made and read in `folder`: shares from 0 to 1."""
    settings = load()
    make(folder / "samples", count=PACKETS, seed=SEED, measuring=False, channels=CHANNELS, jobs=settings.jobs)
    means = lend(settings.tessdata, settings.jobs, limits={})
    told: Mapping[str, Any] = evaluate(folder / "samples", folder / "out", means, now=_NOW, watcher=watcher).figures
    every, fields = told["all"], told["all"]["fields"]
    figures = {
        "precision of fields": fields["precision"],
        "recall of fields": fields["recall"],
        "right of those with a confidence of .9": every["sure"]["precision"],
        "places": every["placed"],
        "page types": every["page_types"],
        "pages in their request": every["request_of_page"],
        "word recall": every["word_recall"],
    }
    return {name: round(float(value or 0.0), 4) for name, value in figures.items()}


def main() -> None:
    """Print the figures; with --write they become those that count."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measured(Path(folder), Lines(Console(stderr=True)))
    print(json.dumps(figures, indent=1))
    if chosen.write:
        WRITTEN.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
