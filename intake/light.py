"""Light and ink made even: shadows, coloured paper, faint or blurred print, and pages that came white on black."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from intake.image import binarise
from intake.morphology import find_bodies, grown, paper
from models.parsed import Pixels, Raster

# Thresholds from benchmarks/damage.py, which prints word recall with and without each repair.
_PAPER = 244.0
# Points: print and dark bands are narrower and vanish from the ground; pictures and shadows do not.
_NARROW = 42.0
# Ground lighter than this nearly everywhere is left as it is; none is taken for darker than this share of the usual.
_LIGHT, _DARKEST = 228.0, 0.34
# Ink lighter than this is faint and is drawn darker, down to `_INK`; less contrast with paper than `_TRACE` is none.
_FAINT, _INK, _TRACE = 105.0, 40.0, 20.0
# The share of a page inside its borders that is dark when it came white on black, and the pixels that tell.
_NEGATIVE, _SMALL = 0.62, 400
# Softness below which a page is sharpened, points of the halo taken off and how strongly. Of a form blurred by 2, 3 and
# 4 pixels at 300 dpi .81, .57 and .19 of the words were read before, .99, .87 and .43 after; sharp ones lose .01.
_SOFT, _HALO, _SHARPER = 0.36, 0.72, 3.0


def positive(raster: Raster) -> Raster:
    """The raster black on white, turned over where most of it is dark."""
    rows, columns = raster.pixels.shape
    middle = raster.pixels[rows // 10 : rows - rows // 10, columns // 10 : columns - columns // 10]
    if not middle.size or min(middle.shape) < 8:
        return raster
    scale = min(1.0, _SMALL / max(middle.shape))
    small = np.asarray(cv2.resize(middle, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    dark = float((small < 96).mean())
    if dark < _NEGATIVE or not _looks_written(small):
        return raster
    return replace(raster, pixels=np.asarray(255 - raster.pixels, np.uint8))


def evened(gray: Pixels, dpi: float) -> Pixels:
    """The page on white paper of one lightness, its ink dark; unchanged where it is so already."""
    ground = _ground(gray, dpi)
    usual = float(np.median(ground))
    if float(np.percentile(ground, 3)) < _LIGHT:
        factor = (_PAPER / np.clip(ground, max(30.0, _DARKEST * usual), 255)).astype(np.float32)
        wide = cv2.resize(factor, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
        gray = np.asarray(cv2.multiply(gray, wide, dtype=cv2.CV_8U), np.uint8)
    return _darkened(gray)


def sharpened(gray: Pixels, dpi: float) -> Pixels:
    """A blurred page with its strokes drawn sharper; a sharp one is left alone."""
    if softness(gray) >= _SOFT:
        return gray
    blurred = cv2.GaussianBlur(gray, (0, 0), _HALO / 72 * dpi)
    return np.asarray(cv2.addWeighted(gray, 1 + _SHARPER, blurred, -_SHARPER, 0), np.uint8)


def softness(gray: Pixels) -> float:
    """How steep the edges of print are: the share of the whole contrast that one pixel makes, for the steeper ones."""
    ink = binarise(gray, bilevel=False)
    if not ink.any():
        return 1.0
    x, y = cv2.Sobel(gray, cv2.CV_16S, 1, 0), cv2.Sobel(gray, cv2.CV_16S, 0, 1)
    edge = (grown(ink, 3, 3) & grown(paper(ink), 3, 3)) > 0
    contrast = float(np.percentile(gray[edge], 95)) - float(np.percentile(gray[ink > 0], 20))
    steep = np.hypot(x[edge].astype(np.float32), y[edge].astype(np.float32)) / 8
    return float(np.percentile(steep, 75)) / max(1.0, contrast)


def _ground(gray: Pixels, dpi: float) -> Pixels:
    """The lightness of the paper, one value for a few points each way."""
    shrink = max(2, round(dpi / 36))
    size = max(1, gray.shape[1] // shrink), max(1, gray.shape[0] // shrink)
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    narrow = 2 * int(_NARROW / 72 * dpi / shrink / 2) + 1
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((narrow, narrow), np.uint8))
    return np.asarray(cv2.blur(closed, (narrow, narrow), borderType=cv2.BORDER_REPLICATE), np.uint8)


def _darkened(gray: Pixels) -> Pixels:
    """Faint ink drawn darker: its darkest tenth becomes as dark as print is."""
    counts = np.bincount(gray[::2, ::2].ravel(), minlength=256)
    paper = float(np.searchsorted(np.cumsum(counts), 0.6 * counts.sum()))
    ink = counts[: max(1, int(paper - _TRACE))]
    if paper < 150 or ink.sum() < 0.002 * counts.sum():
        return gray
    dark = float(np.searchsorted(np.cumsum(ink), 0.1 * ink.sum()))
    if dark < _FAINT:
        return gray
    levels = np.arange(256, dtype=np.float32)
    stretched = np.where(levels < paper, paper - (paper - levels) * (paper - _INK) / (paper - dark), levels)
    return np.asarray(np.clip(stretched, 0, 255).astype(np.uint8)[gray], np.uint8)


def _looks_written(small: Pixels) -> bool:
    """Whether the light parts are many small bodies, as letters are, rather than one sheet on a dark ground."""
    light = np.asarray(small >= 96, np.uint8)
    bodies = find_bodies(light).stats[1:]
    return not len(bodies) or int(bodies[:, 4].max()) < 0.12 * light.size
