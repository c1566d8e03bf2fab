"""Streaks of a dirty scanner glass: thin lines over the whole length of a scan, which are no rules of a form."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from models.parsed import Pixels

# Points: a streak is no thicker; how far beside it the paper is looked at; the ends of a page it must run into.
_THICKEST, _ENDS = 2.6, 14.0
# Grey levels it is darker than the paper on both sides, and the shares of the length and of both ends where it is.
_DARKER, _SHARE, _END_SHARE = 14, 0.8, 0.7
# More than so many are a pattern of the page itself.
_MOST = 40


def without_streaks(gray: Pixels, dpi: float) -> Pixels:
    """The page without the streaks that run straight down it, or straight across."""
    down = _streaks(gray, dpi)
    if down:
        gray = _filled(gray.copy(), down)
    across = _streaks(gray.T, dpi)
    return np.ascontiguousarray(_filled(gray.copy().T, across).T) if across else gray


def has_streaks(gray: Pixels, dpi: float) -> bool:
    """Whether a scan has streaks down or across."""
    return bool(_streaks(gray, dpi) or _streaks(gray.T, dpi))


def _streaks(gray: Pixels, dpi: float) -> list[tuple[int, int]]:
    """First and last column of each streak."""
    rows, columns = gray.shape
    reach = max(2, round(_THICKEST * dpi / 72))
    if columns < 8 * reach or rows < 2 * dpi:
        return []
    every = gray[:: max(1, rows // 600)].astype(np.int16)
    darker = np.zeros(every.shape, np.bool_)
    paper = np.minimum(every[:, : -2 * reach], every[:, 2 * reach :])
    darker[:, reach:-reach] = every[:, reach:-reach] < paper - _DARKER
    end = max(4, round(_ENDS / 72 * dpi * len(every) / rows))
    full = (darker.mean(axis=0) >= _SHARE) & (darker[:end].mean(axis=0) >= _END_SHARE)
    full &= darker[-end:].mean(axis=0) >= _END_SHARE
    found = [(first, last) for first, last in _runs(full) if last - first < reach]
    return found if len(found) <= _MOST else []


def _runs(full: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(((False,), full, (False,))).astype(np.int8)))
    return [(int(first), int(last) - 1) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def _filled(gray: Pixels, streaks: list[tuple[int, int]]) -> Pixels:
    """Each streak painted over with the nearer of its two sides, so that strokes that it crosses go on."""
    for first, last in streaks:
        left, right = max(0, first - 1), min(gray.shape[1] - 1, last + 1)
        for x in range(first, last + 1):
            near, far = x - left, right - x
            side = np.maximum(gray[:, left], gray[:, right]) if near == far else gray[:, left if near < far else right]
            gray[:, x] = side
    return gray
