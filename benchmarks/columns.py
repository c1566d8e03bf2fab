"""Order of lines on sheets with two pages side by side, on prose in columns, and on pages that must stay row by row.

python -m benchmarks.columns --seed 41 [--pages 2]

*parted*: the sheet was taken for two pages, or the page for columns; *order*: the share of pairs of lines, one of each
side and both beside one another, of which the left one comes first in what should be parted, the upper one in what
should not.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np

from benchmarks.kinds import KINDS, make, rendered
from intake.columns import gutter, in_order
from intake.layout import take_apart
from intake.morphology import find_bodies
from intake.ocr import OcrEngine
from intake.page import open_eyes
from intake.scanned_page import prepare
from intake.segments import Segment, find_segments
from models.parsed import Pixels, Raster

_DPI = 200
_HALVES = ("form", "letter", "note", "laboratory", "dense", "table", "capitals", "figures", "bands")


def double(left: Pixels, right: Pixels, *, small: bool, rng: np.random.Generator) -> Pixels:
    """Two pages on one sheet, turned as one by up to two degrees; `small` fits them on a letter sheet."""
    rows = max(left.shape[0], right.shape[0])
    sheet = np.full((rows, left.shape[1] + right.shape[1]), 255, np.uint8)
    sheet[: left.shape[0], : left.shape[1]] = left
    sheet[: right.shape[0], left.shape[1] :] = right
    if rng.random() < 0.5:
        fold = left.shape[1] + int(rng.integers(-20, 20))
        sheet[:, fold - 2 : fold + 2] = 90
    if small:
        sheet = np.asarray(cv2.resize(sheet, (11 * _DPI, round(8.5 * _DPI)), interpolation=cv2.INTER_AREA), np.uint8)
    height, width = sheet.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-2, 2)), 1.0)
    return np.asarray(cv2.warpAffine(sheet, turn, (width, height), borderValue=(255.0,)), np.uint8)


def lines_of(pixels: Pixels, engine: OcrEngine) -> tuple[tuple[Segment, ...], tuple[Segment, ...], bool, int]:
    """Lines row by row, lines in reading order, whether the sheet is two pages, and its width."""
    picture, *_ = prepare(Raster(pixels, _DPI, _DPI, stated=True), engine)
    layout = take_apart(picture)
    segments = find_segments(find_bodies(layout.ink), layout.walls, picture.dpi)
    rules = (*layout.ruling.level, *layout.ruling.bands)
    middle = gutter(segments, rules, size=picture.size, dpi=picture.dpi)
    return segments, in_order(segments, layout.walls, picture.dpi, middle), middle is not None, picture.size[0]


def main() -> None:
    """Print one line a kind of page."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, default=41)
    options.add_argument("--pages", type=int, default=2)
    chosen = options.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    cv2.setNumThreads(1)
    engine = open_eyes().engine
    rows: defaultdict[str, list[tuple[bool, bool]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        for number in range(chosen.pages):
            for kind in KINDS:
                rng = random.Random(f"{chosen.seed}-{kind}-{number}")
                make(Path(name), kind, rng)
                page = rendered(Path(name, "page.pdf"), _DPI)
                plain, ordered, two, _ = lines_of(page, engine)
                rows[f"one page: {kind}"].append((two, plain != ordered))
                if kind in _HALVES:
                    make(Path(name), rng.choice(_HALVES), rng)
                    other, noise = rendered(Path(name, "page.pdf"), _DPI), np.random.default_rng(number)
                    for small in (False, True):
                        _, _, two, _ = lines_of(double(page, other, small=small, rng=noise), engine)
                        rows[f"two pages: {kind}{' small' if small else ''}"].append((two, two))
    for kind, found in sorted(rows.items()):
        print(f"{kind:28} {len(found):3} sheets  {sum(two for two, _ in found):3} taken for two pages  "
              f"{sum(new for _, new in found):3} in another order than row by row")  # fmt: skip


if __name__ == "__main__":
    main()
