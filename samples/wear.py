"""What paper and glass have gone through before a page is sent: streaks, faint print, holes, edges, a reader's pen."""

from __future__ import annotations

import random
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from models.truth import PageTruth

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Wear:
    """Damage of a page as it lies on the glass.

    `streaks` are lines of dirt down the page, `faint` 0..1 how pale the print is, `holes` punched into the left margin,
    `edge` the points that the glass loses at one side, dark where its lid stood open, `strokes` those of a pen that
    someone drew into the margin of some pages.
    """

    streaks: int = 0
    faint: float = 0.0
    holes: bool = False
    edge: float = 0.0
    strokes: int = 0


def some(rng: random.Random, *, hard: bool) -> Wear:
    """The wear of a day's page: mostly none where it is not `hard`."""
    if not hard:
        return Wear(holes=rng.random() < 0.15, strokes=int(rng.random() < 0.1))
    return Wear(
        streaks=rng.choice((0, 1, 3)),
        faint=rng.choice((0.0, 0.0, 0.35)),
        holes=rng.random() < 0.4,
        edge=rng.choice((0.0, 6.0, 12.0)),
        strokes=rng.choice((0, 0, 1)),
    )


def worn(grey: Pixels, truth: PageTruth, *, wear: Wear, rng: np.random.Generator) -> Pixels:
    """The page with its damage; the places of its words stay."""
    page = grey.copy()
    scale = grey.shape[1] / truth.width
    if wear.faint:
        page = np.asarray(255 - (255 - page.astype(np.float32)) * (1 - wear.faint), np.uint8)
    if wear.holes:
        for share in (0.15, 0.5, 0.85):
            place = (round(14 * scale), round(share * page.shape[0] + float(rng.uniform(-9, 9))))
            cv2.circle(page, place, round(7 * scale), (40,), -1)
    for _ in range(wear.strokes):
        if rng.random() < 0.4:
            _stroke(page, scale, rng)
    for x in rng.integers(0, page.shape[1], size=wear.streaks):
        page[:, x : x + max(1, round(scale * 0.35))] = int(rng.integers(30, 150))
    if wear.edge:
        lost = round(wear.edge * scale)
        page[:, -lost:] = 0 if rng.random() < 0.5 else 255
    return page


def grain(shape: tuple[int, ...], sigma: float, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """The noise of a sensor in grey levels, quicker than the generator's own; the same for the same state of `rng`."""
    cv2.setRNGSeed(int(rng.integers(1 << 31)))
    return np.asarray(cv2.randn(np.empty(shape, np.float32), np.array(0.0), np.array(sigma)), np.float32)


def _stroke(page: Pixels, scale: float, rng: np.random.Generator) -> None:
    """A line and a hook in the outer margin, beside something that mattered to whoever drew it."""
    x = page.shape[1] - round(float(rng.uniform(14, 24)) * scale)
    y = int(rng.integers(page.shape[0] // 4, page.shape[0] * 3 // 4))
    wander = np.cumsum(rng.normal(0, 0.5 * scale, 20))
    line = [(x + round(float(step)), y + round(number * 2.5 * scale)) for number, step in enumerate(wander)]
    hook = [(line[-1][0] - round(7 * scale), line[-1][1] + round(3 * scale))]
    cv2.polylines(page, [np.array([*line, *hook], np.int32)], False, (70,), round(1.2 * scale), cv2.LINE_AA)
