"""Word recall on pages that were damaged on their way, and what the page's quality says of it.

python -m benchmarks.damage --seed 61 [--pages 1] [--kinds form,note] [--only streaks,faint]

Kinds of damage: those of scanners (streaks, borders, holes, shadows, coloured paper), of lines (drop-outs, specks), of
printers (faint) and whole pages white on black. The last lines tell how well `Quality.poor` parts pages of a word
recall below .85 from those of .93 and more, and which reasons were given for each damage.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from benchmarks.kinds import KINDS, make, rendered
from benchmarks.ocr import shares
from intake.page import Eyes, open_eyes, read_page
from models.parsed import ParsedPage, Pixels, Raster
from models.truth import PageTruth

Damage = Callable[[Pixels, np.random.Generator], Raster]


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, default=61)
    options.add_argument("--pages", type=int, default=1)
    options.add_argument("--kinds", default="form,note,laboratory,dense")
    options.add_argument("--only", default=",".join(DAMAGES))
    chosen = options.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    cv2.setNumThreads(1)
    eyes = open_eyes()
    found: defaultdict[str, list[tuple[float, float, bool, str]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for kind in list(KINDS) if chosen.kinds == "all" else chosen.kinds.split(","):
            for number in range(chosen.pages):
                truth = make(Path(folder), kind, random.Random(f"{chosen.seed}-{kind}-{number}"))
                grey = rendered(Path(folder, "page.pdf"), 300)
                for name in chosen.only.split(","):
                    rng = np.random.default_rng((chosen.seed, number, len(kind), len(name)))
                    figures = _figures(DAMAGES[name](grey, rng), truth, eyes)
                    print(
                        f"  {kind:12} {name:18} recall {figures[0]:.3f} score {figures[1]:.3f} {figures[3]}", flush=True
                    )
                    found[name].append(figures)
    _print(found)


def _figures(raster: Raster, truth: PageTruth, eyes: Eyes) -> tuple[float, float, bool, str]:
    rows, columns = raster.pixels.shape
    page = ParsedPage(1, columns / raster.dpi_x * 72, rows / raster.dpi_y * 72, raster, scanned=True)
    read = read_page(page, eyes)
    recall, _ = shares([w.text for w in truth.words if w.kind != "handwritten"], [w.text for w in read.words])
    return recall, read.quality.score, read.quality.poor, read.quality.reason or ""


def _print(found: dict[str, list[tuple[float, float, bool, str]]]) -> None:
    for name, rows in found.items():
        reasons = Counter(reason for row in rows for reason in row[3].split(", ") if reason)
        print(f"{name:18} recall {np.mean([row[0] for row in rows]):.3f} worst {min(row[0] for row in rows):.3f}  "
              f"score {np.mean([row[1] for row in rows]):.3f}  poor {sum(row[2] for row in rows)}/{len(rows)}  "
              f"{dict(reasons)}")  # fmt: skip
    every = [row for rows in found.values() for row in rows]
    bad, good = [row for row in every if row[0] < 0.85], [row for row in every if row[0] >= 0.93]
    print(f"recall < .85: {sum(not row[2] for row in bad)} of {len(bad)} not called poor; "
          f"recall >= .93: {sum(row[2] for row in good)} of {len(good)} called poor")  # fmt: skip


def _scan(grey: Pixels, *, dpi: float = 300.0) -> Raster:
    size = (round(grey.shape[1] * dpi / 300), round(grey.shape[0] * dpi / 300))
    pixels = grey if dpi == 300 else cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return Raster(np.asarray(pixels, np.uint8), dpi, dpi, stated=True)


def _fax(grey: Pixels, rng: np.random.Generator, *, dpi_y: float = 196.0, flips: float = 0.0004) -> Raster:
    size = (round(grey.shape[1] * 204 / 300), round(grey.shape[0] * dpi_y / 300))
    seen = cv2.resize(grey, size, interpolation=cv2.INTER_AREA).astype(np.float32) + rng.normal(0, 8, size[::-1])
    pixels = np.where(seen < 150, 0, 255).astype(np.uint8)
    flipped = rng.random(pixels.shape) < flips
    pixels[flipped] = 255 - pixels[flipped]
    return Raster(pixels, 204.0, dpi_y, stated=True, bilevel=True)


def _noise(grey: Pixels, rng: np.random.Generator, sigma: float) -> Pixels:
    return np.clip(grey + rng.normal(0, sigma, grey.shape), 0, 255).astype(np.uint8)


def _streaks(raster: Raster, rng: np.random.Generator, dark: int) -> Raster:
    for x in rng.integers(60, raster.pixels.shape[1] - 60, 5):
        wide = int(rng.integers(1, 4))
        part = raster.pixels[:, x : x + wide]
        raster.pixels[:, x : x + wide] = np.minimum(part, dark)
    return raster


def _borders(grey: Pixels, rng: np.random.Generator) -> Raster:
    raster = _fax(grey, rng)
    raster.pixels[:, :40] = 0
    raster.pixels[-50:] = 0
    for y in (300, 1000, 1800):
        cv2.circle(raster.pixels, (70, y), 24, (0,), -1)
    return raster


def _shaded(grey: Pixels, rng: np.random.Generator) -> Raster:
    """A book pressed on glass: one edge falls into the dark, a soft shadow lies across."""
    xs = np.linspace(0, 1, grey.shape[1], dtype=np.float32)
    light = 1 - 0.75 * np.exp(-xs / 0.06) - 0.2 / (1 + np.exp(-(xs - 0.6) * 20))
    return _scan(_noise((grey * light).astype(np.uint8), rng, 3))


def _coloured(grey: Pixels, rng: np.random.Generator) -> Raster:
    return _scan(_noise((grey * 0.62).astype(np.uint8), rng, 3))


def _faint(grey: Pixels, rng: np.random.Generator) -> Raster:
    pale = 240 - (255 - grey.astype(np.float32)) * 0.24
    return _scan(_noise(pale.astype(np.uint8), rng, 3))


def _thermal(grey: Pixels, rng: np.random.Generator) -> Raster:
    """Faint print that the fax machine cut off at its threshold: strokes thin out and break."""
    pale = 255 - (255 - cv2.GaussianBlur(grey, (0, 0), 1.6).astype(np.float32)) * 0.82
    return _fax(pale.astype(np.uint8), rng)


def _negative(grey: Pixels, rng: np.random.Generator) -> Raster:
    return _fax(np.asarray(255 - grey, np.uint8), rng)


def _dropped(grey: Pixels, rng: np.random.Generator) -> Raster:
    raster = _fax(grey, rng)
    raster.pixels[rng.integers(0, raster.pixels.shape[0], 60)] = 255
    return raster


def _cut(grey: Pixels, rng: np.random.Generator) -> Raster:
    """The sheet was fed too far to the left: the first letters of the lines are lost."""
    return _fax(np.ascontiguousarray(grey[:, 330:]), rng)


DAMAGES: dict[str, Damage] = {
    "fine": _fax,
    "standard": lambda grey, rng: _fax(grey, rng, dpi_y=98),
    "grey": lambda grey, rng: _scan(_noise(grey, rng, 4)),
    "streaks fax": lambda grey, rng: _streaks(_fax(grey, rng), rng, 0),
    "streaks grey": lambda grey, rng: _streaks(_scan(_noise(grey, rng, 4)), rng, 150),
    "borders and holes": _borders,
    "shadow": _shaded,
    "coloured": _coloured,
    "faint": _faint,
    "thermal": _thermal,
    "negative": _negative,
    "negative grey": lambda grey, rng: _scan(_noise(np.asarray(255 - grey, np.uint8), rng, 4)),
    "dropped lines": _dropped,
    "specks 1 %": lambda grey, rng: _fax(grey, rng, flips=0.01),
    "specks 3 %": lambda grey, rng: _fax(grey, rng, flips=0.03),
    "specks standard": lambda grey, rng: _fax(grey, rng, dpi_y=98, flips=0.015),
    "blur": lambda grey, _: _scan(np.asarray(cv2.GaussianBlur(grey, (0, 0), 3.0), np.uint8)),
    "blur more": lambda grey, _: _scan(np.asarray(cv2.GaussianBlur(grey, (0, 0), 4.5), np.uint8)),
    "75 dpi": lambda grey, rng: _scan(_noise(grey, rng, 3), dpi=75),
    "60 dpi": lambda grey, rng: _scan(_noise(grey, rng, 3), dpi=60),
    "cut off": _cut,
}


if __name__ == "__main__":
    main()
