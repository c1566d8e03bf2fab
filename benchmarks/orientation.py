"""Which way up pages are found to be: freshly made pages of many kinds, and real ones, through many channels.

python -m benchmarks.orientation --seed 31 [--pages 1] [--kinds form,letter] [--channels 204x98,photo] [--real]

Every page goes through every channel in all four turns with a skew of up to five degrees. A page is right when the
quarter turn and the skew that were taken out leave less than half a degree, a photo when they leave less than ten.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from benchmarks.kinds import KINDS, make, rendered
from intake.page import Eyes, open_eyes
from intake.resolution import resolution
from intake.scanned_page import prepare
from models.geometry import Affine, Change, Projective
from models.parsed import Pixels, Raster
from models.truth import PageTruth
from samples import photo

# Dots an inch across and down, share of flipped pixels, noise in grey levels, one bit a pixel.
_SCANS = {
    "204x98": (204.0, 98.0, 0.0005, 0.0, True),
    "204x196": (204.0, 196.0, 0.0005, 0.0, True),
    "204x98 noisy": (204.0, 98.0, 0.004, 0.0, True),
    "300 grey": (300.0, 300.0, 0.0, 5.0, False),
    "100 grey": (100.0, 100.0, 0.0, 3.0, False),
}
CHANNELS = (*_SCANS, "photo")
_TURNS = (0, 90, 180, 270)
_FINE = 300.0


@dataclass(frozen=True, slots=True)
class Sent:
    """A page as it arrives, and the way from points of the drawn page to pixels of it."""

    raster: Raster
    way: Change
    middle: tuple[float, float]


def through(grey: Pixels, truth: PageTruth, channel: str, *, turn: int, rng: np.random.Generator) -> Sent:
    """Send a page, rendered at 300 dpi, turned clockwise through a channel."""
    if channel == "photo":
        return _photo(grey, truth, turn, rng)
    dpi_x, dpi_y, flips, noise, bilevel = _SCANS[channel]
    wide, high = (truth.width, truth.height) if turn % 180 == 0 else (truth.height, truth.width)
    angle = turn + float(rng.uniform(-5, 5))
    way = Affine.moving(-truth.width / 2, -truth.height / 2).then(Affine.turning(angle))
    way = way.then(Affine.moving(wide / 2, high / 2))
    fine = way.then(Affine.scaling(_FINE / 72, _FINE / 72))
    forth = Affine.scaling(truth.width / grey.shape[1], truth.height / grey.shape[0]).then(fine)
    matrix = np.array([[forth.a, forth.b, forth.c], [forth.d, forth.e, forth.f]])
    size = (round(wide / 72 * _FINE), round(high / 72 * _FINE))
    warped = cv2.warpAffine(grey, matrix, size, flags=cv2.INTER_LINEAR, borderValue=(255.0,))
    target = (round(wide / 72 * dpi_x), round(high / 72 * dpi_y))
    seen = cv2.resize(warped, target, interpolation=cv2.INTER_AREA).astype(np.float32)
    seen += cv2.randn(np.empty(seen.shape, np.float32), np.array(0.0), np.array(noise or 8.0))
    pixels = np.asarray(np.where(seen < 150, 0, 255) if bilevel else np.clip(seen, 0, 255), np.uint8)
    flipped = rng.random(pixels.shape) < flips
    pixels[flipped] = 255 - pixels[flipped]
    if bilevel and rng.random() < 0.7:
        _header(pixels, dpi_y)
    raster = Raster(pixels, dpi_x, dpi_y, stated=True, bilevel=bilevel)
    return Sent(raster, way.then(Affine.scaling(dpi_x / 72, dpi_y / 72)), (truth.width / 2, truth.height / 2))


def leftover(sent: Sent, to_received: Change) -> float:
    """By how many degrees the page is found to lie otherwise than it does, at its middle."""
    back = Projective.of(Affine.scaling(72 / sent.raster.dpi_x, 72 / sent.raster.dpi_y)).then(to_received.inverse())
    whole = Projective.of(sent.way).then(back)
    (x0, y0), (x1, y1) = whole.point(*sent.middle), whole.point(sent.middle[0] + 20, sent.middle[1])
    return float(np.degrees(np.arctan2(y1 - y0, x1 - x0)))


def _photo(grey: Pixels, truth: PageTruth, turn: int, rng: np.random.Generator) -> Sent:
    tables: tuple[photo.Table, ...] = ("dark", "wood", "grey", "light")
    shot = photo.Shot(turn=turn, table=tables[int(rng.integers(4))], tilt=14, shadow=float(rng.uniform(0, 0.4)))
    seen, way = photo.take(grey, truth, shot=shot, rng=rng)
    _, jpeg = cv2.imencode(".jpg", seen, (cv2.IMWRITE_JPEG_QUALITY, shot.quality))
    pixels = np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE), np.uint8)
    dpi_x, dpi_y, stated = resolution(pixels.shape[1], pixels.shape[0], None)
    return Sent(Raster(pixels, dpi_x, dpi_y, stated=stated), way, (truth.width / 2, truth.height / 2))


def _header(pixels: Pixels, dpi_y: float) -> None:
    """The line of the receiving machine, which stands upright however the page was fed."""
    strip = Image.new("L", (pixels.shape[1], 32), 255)
    font = ImageFont.load_default(size=25)
    ImageDraw.Draw(strip).text((60, 1), "09/14/2026 10:12  FROM: 312 555 0100   P.002/004", fill=0, font=font)
    rows = round(32 * dpi_y / 204)
    line = cv2.resize(np.asarray(strip), (pixels.shape[1], rows), interpolation=cv2.INTER_AREA)
    pixels[4 : 4 + rows] = np.where(line < 150, 0, 255)


def _samples(kind: str, number: int, seed: int, folder: Path) -> tuple[PageTruth, Pixels]:
    truth = make(folder, kind, random.Random(f"{seed}-{kind}-{number}"))
    return truth, rendered(folder / "page.pdf", _FINE)


def _trial(sent: Sent, eyes: Eyes, channel: str) -> tuple[bool, bool, float]:
    """Whether the quarter turn is right, whether the skew is too, and the CPU seconds."""
    start = time.process_time()
    picture, *_ = prepare(sent.raster, eyes.engine)
    took = time.process_time() - start
    left = leftover(sent, picture.to_received)
    return abs(left) < 20, abs(left) < (0.5 if channel != "photo" else 2.5), took


def _real(data: Path) -> Iterator[tuple[str, PageTruth, Pixels]]:
    """Pages of the four cases and of Tesseract's tests that stand upright."""
    for pdf in sorted(data.glob("cases/**/*.pdf")):
        for page in range(2):
            try:
                grey = rendered(pdf, _FINE, page)
            except (IndexError, RuntimeError, pypdfium2.PdfiumError):
                break
            yield "cases", PageTruth("other", grey.shape[1] * 72 / _FINE, grey.shape[0] * 72 / _FINE), grey
    for name in ("8071_093.3B.tif", "8087_054.3B.tif", "eurotext.tif", "phototest.tif"):
        image = Image.open(data / "fax" / "tesseract" / name).convert("L")
        grey = np.asarray(image, np.uint8)
        dpi = 300.0 if min(grey.shape) > 1400 else grey.shape[1] / 6.0
        yield "tesseract", PageTruth("other", grey.shape[1] * 72 / dpi, grey.shape[0] * 72 / dpi), grey


def main() -> None:
    """Print the share of right turns by kind and channel, then the cost."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, default=31)
    options.add_argument("--pages", type=int, default=1)
    options.add_argument("--kinds", default=",".join(KINDS))
    options.add_argument("--channels", default=",".join(CHANNELS))
    options.add_argument("--real", action="store_true", help="pages of TEST_DATA too")
    chosen = options.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    cv2.setNumThreads(1)
    eyes = open_eyes()
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    times: defaultdict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = [
            (kind, *_samples(kind, number, chosen.seed, folder))
            for kind in chosen.kinds.split(",") if kind for number in range(chosen.pages)
        ]  # fmt: skip
        if chosen.real:
            made += list(_real(Path(os.environ.get("TEST_DATA", "../shared/data"))))
        for number, (kind, truth, grey) in enumerate(made):
            for channel in chosen.channels.split(","):
                for turn in _TURNS:
                    rng = np.random.default_rng((chosen.seed, number, CHANNELS.index(channel), turn))
                    turned_right, level, took = _trial(through(grey, truth, channel, turn=turn, rng=rng), eyes, channel)
                    for key in ((kind, channel), (kind, "all"), ("all", channel), ("all", "all")):
                        counts[key] += Counter(all=1, turned=turned_right, level=level)
                    times[channel].append(took)
                    if not turned_right:
                        print(f"wrong: {kind} page {number} {channel} turn {turn}", flush=True)
    _print(counts, times)


def _print(counts: dict[tuple[str, str], Counter[str]], times: dict[str, list[float]]) -> None:
    kinds = list(dict.fromkeys(kind for kind, _ in counts))
    kinds = [kind for kind in kinds if kind != "all"] + ["all"]
    channels = [*times, "all"]
    print(f"{'right turns of all':18}" + "".join(f"{channel:>14}" for channel in channels) + f"{'level too':>12}")
    for kind in kinds:
        row = "".join(f"{counts[kind, c]['turned']:>9}/{counts[kind, c]['all']:<4}" for c in channels)
        every = counts[kind, "all"]
        print(f"{kind:18}{row}{every['level'] / every['all']:>12.3f}")
    total = counts["all", "all"]
    print(f"right: {total['turned'] / total['all']:.4f} of {total['all']}")
    for channel, spent in times.items():
        print(f"{channel:14} {1000 * np.mean(spent):6.0f} ms CPU/page, worst {1000 * max(spent):.0f}")


if __name__ == "__main__":
    main()
