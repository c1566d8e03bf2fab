"""What a fax line does to pages: a header line, a crooked feed, noise, and one bit a pixel."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from models.geometry import Affine
from models.truth import PageTruth
from samples.wear import Wear, worn

Pixels = npt.NDArray[np.uint8]
# Writes the header line of page n over a received page.
Stamp = Callable[[Pixels, int], Pixels]

# A letter page on a fax: 1728 pixels of 204 to the inch are 8.47 inches wide (ITU-T T.4); 98 or 196 lines to the inch.
WIDTH_PX, DPI_X = 1728, 204.0
_FINE = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A fax connection.

    `dpi_y` is 98 (standard) or 196 (fine). `skew` is the largest angle in degrees at which a page is fed, `specks` the
    share of pixels that flip, `fading` 0..1 how much thinner strokes get, `dropouts` lost scan lines a page.
    """

    dpi_y: float = 196.0
    skew: float = 0.8
    specks: float = 0.0004
    fading: float = 0.0
    dropouts: int = 1
    header: str = ""


def fax(
    pdf: Path,
    tiff: Path,
    *,
    pages: Sequence[PageTruth],
    line: Line,
    rng: np.random.Generator,
    wear: Wear | None = None,
    stamp: Stamp | None = None,
) -> tuple[PageTruth, ...]:
    """Send `pdf` over a `line`: a G4 TIFF with its true resolutions is written to `tiff`.

    `wear` is what the paper has gone through; `stamp` writes the header in place of the line's own.

    Returns:
        The truth of the pages in points of the received file.
    """
    images, truths = [], []
    for number, (clean, truth) in enumerate(zip(_rendered(pdf), pages, strict=True), 1):
        grey = clean if wear is None else worn(clean, truth, wear=wear, rng=rng)
        angle = float(rng.uniform(-line.skew, line.skew))
        bilevel, way = _transmitted(grey, truth, line=line, angle=angle, rng=rng)
        bilevel = bilevel if stamp is None else stamp(bilevel, number)
        _stamp_header(bilevel, f"{line.header}   P.{number:03d}/{len(pages):03d}" if line.header else "", line)
        images.append(Image.fromarray(bilevel).convert("1", dither=Image.Dither.NONE))
        height, width = bilevel.shape
        truths.append(truth.moved(way, width=width / DPI_X * 72, height=height / line.dpi_y * 72))
    images[0].save(
        tiff,
        save_all=True,
        append_images=images[1:],
        compression="group4",
        dpi=(DPI_X, line.dpi_y),
        resolution_unit=2,
    )
    return tuple(truths)


def _rendered(pdf: Path) -> Iterator[Pixels]:
    """The pages as the sending machine's scanner sees them: grey, 204 dpi across, 196 down, twice over."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    for page in document:
        bitmap = page.render(scale=_FINE * DPI_X / 72, grayscale=True, may_draw_forms=True)
        yield bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()
        page.close()
    document.close()


def _transmitted(
    grey: Pixels, truth: PageTruth, *, line: Line, angle: float, rng: np.random.Generator
) -> tuple[Pixels, Affine]:
    """Turn the page about its middle, sample it to the line's pixels, add noise; with the way its points went."""
    rows = round(truth.height / 72 * line.dpi_y)
    middle = truth.width / 2, truth.height / 2
    shift = (WIDTH_PX / DPI_X * 72 - truth.width) / 2
    turned = Affine.moving(-middle[0], -middle[1]).then(Affine.turning(angle)).then(Affine.moving(*middle))
    way = turned.then(Affine.moving(shift, 0))
    fine = way.then(Affine.scaling(_FINE * DPI_X / 72, _FINE * DPI_X / 72))
    matrix = Affine.scaling(72 / (_FINE * DPI_X), 72 / (_FINE * DPI_X)).then(fine)
    size = (_FINE * WIDTH_PX, round(truth.height / 72 * _FINE * DPI_X))
    warped = cv2.warpAffine(
        grey,
        np.array([[matrix.a, matrix.b, matrix.c], [matrix.d, matrix.e, matrix.f]], dtype=np.float64),
        size,
        flags=cv2.INTER_LINEAR,
        borderValue=(255.0,),
    )
    sampled = cv2.resize(warped, (WIDTH_PX, rows), interpolation=cv2.INTER_AREA)
    return _noisy(sampled.astype(np.uint8), line, rng), way


def _noisy(grey: Pixels, line: Line, rng: np.random.Generator) -> Pixels:
    threshold = 150 - 60 * line.fading + rng.normal(0, 8, size=grey.shape)
    bilevel = np.where(grey < threshold, 0, 255).astype(np.uint8)
    flips = rng.random(grey.shape) < line.specks
    bilevel[flips] = 255 - bilevel[flips]
    for row in rng.integers(0, grey.shape[0], size=line.dropouts):
        bilevel[row : row + 1, :] = 255
    return bilevel


def _stamp_header(bilevel: Pixels, text: str, line: Line) -> None:
    """Write the sender's line over the top edge, as receiving machines do, in lines of the page's own height."""
    if not text:
        return
    strip = Image.new("L", (WIDTH_PX, math.ceil(DPI_X * 0.16)), 255)
    font = ImageFont.load_default(size=25)
    ImageDraw.Draw(strip).text((60, 1), text, fill=0, font=font)
    rows = round(strip.height * line.dpi_y / DPI_X)
    pixels = cv2.resize(np.asarray(strip), (WIDTH_PX, rows), interpolation=cv2.INTER_AREA)
    top = round(0.06 * line.dpi_y)
    bilevel[top : top + rows, :] = np.where(pixels < 150, 0, 255)
