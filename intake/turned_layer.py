"""Which way up the text layer of a page is: a sheet that a program made may still be sent lying or upside down."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from models.geometry import Box, Change
from models.parsed import ParsedPage, VectorWord

# Neighbours that tell, at least, and the share of them that must agree: of pages that are not turned, tables that are
# written from right to left have the most against them, a tenth at most.
_FEWEST, _SHARE = 12, 0.8
# The widest gap between neighbours, in heights of a line; a word set upright is at least so many times as high as wide.
_GAP, _HIGH = 1.5, 1.3
# Letters of scripts that run from left to right.
_LETTERS = re.compile(r"[A-Za-z]{2}")


def turn_of(words: Sequence[VectorWord]) -> int:
    """The clockwise turn in degrees that makes the words of a layer run from left to right; 0 in doubt."""
    told = [word for word in words if word.hidden is None and _LETTERS.search(word.text)]
    votes = Counter(turn for one, two in pairwise(told) if (turn := _vote(one.box, two.box)) is not None)
    if votes.total() < _FEWEST:
        return 0
    turn, count = votes.most_common(1)[0]
    return turn if count >= _SHARE * votes.total() else 0


def moved(page: ParsedPage, way: Change) -> ParsedPage:
    """The page with all that has a place moved by `way`, but for its pixels."""
    return replace(
        page,
        words=tuple(replace(word, box=way.box(word.box)) for word in page.words),
        form_fields=tuple(replace(field, box=way.box(field.box)) for field in page.form_fields),
        annotations=tuple(replace(note, box=way.box(note.box)) for note in page.annotations),
    )


def _vote(one: Box, two: Box) -> int | None:
    """The turn for which the second of two words stands right of the first; None where they are no neighbours."""
    if one.rows_shared(two) > 0.5:
        room = _GAP * max(one.height, two.height)
        if 0 <= two.x0 - one.x1 <= room:
            return 0
        return 180 if 0 <= one.x0 - two.x1 <= room else None
    if min(one.height / max(one.width, 1.0), two.height / max(two.width, 1.0)) < _HIGH:
        return None
    room = _GAP * max(one.width, two.width)
    if one.columns_shared(two) <= 0.5:
        return None
    if 0 <= one.top - two.bottom <= room:
        return 90
    return 270 if 0 <= two.top - one.bottom <= room else None
