"""Photos of freshly made pages beside the same pages as 300 dpi scans: word recall, boxes, and the sheet's corners.

python -m benchmarks.photos --seed 51 [--pages 1] [--kinds form,letter] [--edges]

`--edges` reads nothing: it counts the photos in which the sheet was found with all corners within 1.5 % of the
picture's longer side, and the scans in which a sheet was seen although they hold nothing else.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.kinds import KINDS, make, rendered
from benchmarks.ocr import box_errors, shares
from intake.page import Eyes, open_eyes, read_page
from intake.photo import find_sheet
from intake.resolution import resolution
from models.geometry import Affine, Change
from models.parsed import ParsedPage, Pixels, Raster
from models.truth import PageTruth
from samples import photo

SHOTS = {
    "dark table": photo.Shot(table="dark", tilt=8, shadow=0.1),
    "wood in shadow": photo.Shot(table="wood", tilt=14, shadow=0.35),
    "light table": photo.Shot(table="light", tilt=10, shadow=0.2),
    "20 degrees": photo.Shot(table="grey", tilt=20, roll=8, fill=0.8),
    "sideways": photo.Shot(table="wood", tilt=10, turn=90, orientation=6),
    "glare and blur": photo.Shot(table="dark", tilt=10, glare=0.6, blur=2.2, noise=6),
    "filled": photo.Shot(table="wood", tilt=5, roll=1, fill=1.12),
    "bent": photo.Shot(table="dark", tilt=8, bend=45),
}


def taken(grey: Pixels, truth: PageTruth, shot: photo.Shot, rng: np.random.Generator) -> tuple[Pixels, Change]:
    """The photo as it is decoded, and the way of the page's points to its pixels."""
    seen, way = photo.take(grey, truth, shot=shot, rng=rng)
    _, jpeg = cv2.imencode(".jpg", seen, (cv2.IMWRITE_JPEG_QUALITY, shot.quality))
    return np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE), np.uint8), way


def parsed(pixels: Pixels, dpi: float | None = None) -> ParsedPage:
    """The page as the sandbox hands it over, of a file that states `dpi` or nothing."""
    rows, columns = pixels.shape
    dpi_x, dpi_y, stated = resolution(columns, rows, (dpi, dpi) if dpi else None)
    raster = Raster(pixels, dpi_x, dpi_y, stated=stated)
    return ParsedPage(1, columns / dpi_x * 72, rows / dpi_y * 72, raster, scanned=True)


def _figures(page: ParsedPage, truth: PageTruth, way: Change, eyes: Eyes) -> tuple[float, list[float], str]:
    assert page.raster is not None
    to_points = Affine.scaling(72 / page.raster.dpi_x, 72 / page.raster.dpi_y)
    moved = truth.moved(way, width=1, height=1).moved(to_points, width=page.width, height=page.height)
    read = read_page(page, eyes)
    recall, _ = shares([w.text for w in truth.words if w.kind != "handwritten"], [w.text for w in read.words])
    return recall, box_errors(moved, read), f"{read.quality.score:.2f} {read.quality.reason or ''}"


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, default=51)
    options.add_argument("--pages", type=int, default=1)
    options.add_argument("--kinds", default="form,letter,note,laboratory,table")
    options.add_argument("--shots", default=",".join(SHOTS))
    options.add_argument("--edges", action="store_true")
    chosen = options.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    cv2.setNumThreads(1)
    kinds = list(KINDS) if chosen.kinds == "all" else chosen.kinds.split(",")
    with tempfile.TemporaryDirectory() as name:
        pages = [
            (kind, make(Path(name), kind, random.Random(f"{chosen.seed}-{kind}-{number}")),
             rendered(Path(name, "page.pdf"), 300))
            for kind in kinds for number in range(chosen.pages)
        ]  # fmt: skip
    (_edges if chosen.edges else _words)(pages, chosen.shots.split(","), chosen.seed)


def _edges(pages: list[tuple[str, PageTruth, Pixels]], shots: list[str], seed: int) -> None:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for number, (_, truth, grey) in enumerate(pages):
        for name in shots:
            pixels, way = taken(grey, truth, SHOTS[name], np.random.default_rng((seed, number, len(name))))
            corners = [way.point(x, y) for x in (0, truth.width) for y in (0, truth.height)]
            found[name][_verdict(pixels, np.array(corners))] += 1
        noise = cv2.randn(np.empty(grey.shape, np.float32), np.array(0.0), np.array(4.0))
        for name, page in (("scan", grey), ("noisy scan", np.clip(grey + noise, 0, 255).astype(np.uint8))):
            found[name]["none" if find_sheet(page) is None else "a sheet"] += 1
    for name, counts in found.items():
        print(f"{name:14} {dict(counts)}")


def _verdict(pixels: Pixels, corners: npt.NDArray[np.float64]) -> str:
    sheet = find_sheet(pixels)
    if sheet is None:
        return "none"
    away = max(float(np.hypot(*(sheet.corners - corner).T).min()) for corner in corners)
    return "right" if away < 0.015 * max(pixels.shape) else "wrong"


def _words(pages: list[tuple[str, PageTruth, Pixels]], shots: list[str], seed: int) -> None:
    eyes = open_eyes()
    recalls: defaultdict[str, list[float]] = defaultdict(list)
    errors: defaultdict[str, list[float]] = defaultdict(list)
    for number, (kind, truth, grey) in enumerate(pages):
        made = {"scan": (parsed(grey, 300.0), Affine.scaling(300 / 72, 300 / 72))}
        for name in shots:
            rng = np.random.default_rng((seed, number, len(name)))
            pixels, way = taken(grey, truth, SHOTS[name], rng)
            made[name] = (parsed(pixels), way)  # type: ignore[assignment]
        for name, (page, way) in made.items():
            recall, off, told = _figures(page, truth, way, eyes)
            recalls[name].append(recall)
            errors[name] += off
            print(f"  {kind:12} {name:14} recall {recall:.3f}  quality {told}", flush=True)
    for name, values in recalls.items():
        off = np.array(errors[name] or [0.0])  # type: ignore[assignment]
        print(f"{name:14} recall {np.mean(values):.3f}  worst page {min(values):.3f}  "
              f"boxes median {np.median(off):.2f} p95 {np.percentile(off, 95):.2f} pt")  # fmt: skip


if __name__ == "__main__":
    main()
