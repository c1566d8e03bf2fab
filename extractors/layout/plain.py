"""Plain text set as a typewriter would, so that labels and blanks in it are read as on any page."""

from __future__ import annotations

import re
from dataclasses import replace

from models.document import Page
from models.geometry import Box

# Ten characters to the inch, six lines to the inch: only the proportions matter.
_ADVANCE, _LEADING, _HEIGHT, _MARGIN = 6.0, 14.0, 9.0, 36.0


def typeset(page: Page) -> Page:
    """The page with a place for each of its words; a page that has places is returned as it is.

    The places are of no frame of a received page: evidence must be made of the page's own words, found by their spans.
    """
    if page.plain is None:
        return page
    words = []
    for word, match in zip(page.words, re.finditer(r"\S+", page.plain), strict=True):
        line = page.plain.count("\n", 0, match.start())
        column = match.start() - (page.plain.rfind("\n", 0, match.start()) + 1)
        left, top = _MARGIN + column * _ADVANCE, _MARGIN + line * _LEADING
        words.append(replace(word, box=Box(left, top, left + len(match[0]) * _ADVANCE, top + _HEIGHT)))
    right = max((word.box.x1 for word in words if word.box), default=0.0)
    return replace(
        page,
        words=tuple(words),
        width=max(612.0, right + _MARGIN),
        height=(page.plain.count("\n") + 1) * _LEADING + 2 * _MARGIN,
    )
