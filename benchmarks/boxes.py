"""Check boxes on freshly made fax pages: how dark empty and ticked ones are inside, and what was found.

python -m benchmarks.boxes --seed 21 [--cases 4]

The thresholds of `intake.marks` stand between the two distributions that this prints.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

from benchmarks.ocr import LINES, make, mark_report
from intake.page import Eyes, read_page
from models.geometry import Box
from tests.fakes.ocr_script import ScriptedOcr


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, default=21)
    options.add_argument("--cases", type=int, default=4)
    chosen = options.parse_args()
    reports = {name: Counter[str]() for name in LINES}
    inks: dict[tuple[str, bool], list[float]] = {(name, ticked): [] for name in LINES for ticked in (False, True)}
    with tempfile.TemporaryDirectory() as name:
        for sample in make(Path(name), seed=chosen.seed, cases=chosen.cases):
            page = read_page(sample.page, Eyes(ScriptedOcr()))
            reports[sample.line] += mark_report(sample.truth, page)
            for mark in sample.truth.marks:
                boxes = [box for box in page.checkboxes if _holds(page.received(box.box), mark.box)]
                inks[sample.line, mark.ticked] += [box.ink for box in boxes]
    for line, report in reports.items():
        empty, ticked = inks[line, False], inks[line, True]
        print(
            f"{line:8} {dict(report)}  ink of empty boxes: 95 % below {np.percentile(empty, 95):.3f}, "
            f"most {max(empty):.3f}; of ticked ones: 5 % below {np.percentile(ticked, 5):.3f}, least {min(ticked):.3f}"
        )


def _holds(box: Box, truth: Box) -> bool:
    return box.covers(*truth.middle)


if __name__ == "__main__":
    main()
