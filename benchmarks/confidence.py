"""What a reader's confidence in a word is worth: the share of words read exactly right, by confidence.

python -m benchmarks.confidence [--seed N] [--cases 4]

Every word read off freshly made fax pages is held against the true word at its place; one where nothing is printed is
wrong.
`extractors/trust.py` takes its curve from this table.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from benchmarks.ocr import make
from intake.page import open_eyes, read_page
from models.document import Page
from models.truth import PageTruth

BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.96, 1.01)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    options.add_argument("--cases", type=int, default=4)
    chosen = options.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    eyes = open_eyes()
    with tempfile.TemporaryDirectory() as name:
        seen = [
            pair
            for sample in make(Path(name), seed=chosen.seed, cases=chosen.cases)
            for pair in judged(sample.truth, read_page(sample.page, eyes))
        ]
    print(f"seed {chosen.seed}, {len(seen)} words")
    for low, high in pairwise(BINS):
        right = [correct for confidence, correct in seen if low <= confidence < high]
        if right:
            print(f"{low:.2f} to {min(high, 1.0):.2f}  {len(right):5} words  {sum(right) / len(right):.3f} right")


def judged(truth: PageTruth, page: Page) -> Iterator[tuple[float, bool]]:
    """The confidence of each word that was read, and whether it is the word that is printed there."""
    for word in page.words:
        if word.box is None or word.confidence is None:
            continue
        box = page.received(word.box)
        there = [other for other in truth.words if other.box.common(box) > 0.4 * min(other.box.area, box.area)]
        yield word.confidence, any(other.text == word.text for other in there)


if __name__ == "__main__":
    main()
