"""Sections of a form: which heading speaks for which part of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.form.vocabulary import Vocabulary
from extractors.layout.runs import Run
from models.document import Page
from models.geometry import Box

# A dark band over this share of the page's width parts sections, whatever it says.
_WIDE = 0.4
# So far (points) below two headings side by side their columns are looked at to find what parts them.
_COLUMN_DEPTH = 140.0


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading: its role, where it stands, and the stretch of the page's width it speaks for."""

    role: str
    box: Box
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Sections:
    """The headings of a page, top to bottom."""

    headings: tuple[Heading, ...]

    def heading_at(self, box: Box) -> Heading | None:
        """The nearest heading above whose stretch of the page holds the box; None above them all."""
        x = box.middle[0]
        above = [h for h in self.headings if h.box.bottom <= box.middle[1] and h.left <= x <= h.right]
        return max(above, key=lambda h: h.box.bottom) if above else None

    def role_at(self, box: Box) -> str | None:
        """The role of that heading; "head" above all headings of a page: there the payer speaks of itself."""
        heading = self.heading_at(box)
        return heading.role if heading else "head" if self.headings else None


def read_sections(page: Page, runs: Sequence[Run], vocabulary: Vocabulary) -> tuple[Sections, frozenset[Run]]:
    """The sections of a page, and the runs that are their headings.

    Headings that stand side by side share the width between them: up to a ruled line in the gap, else to its middle.
    """
    found = [(run, role) for run in runs if (role := _role(run, page, runs, vocabulary)) is not None]
    headings = []
    for run, role in found:
        beside = [other for other, _ in found if other is not run and abs(other.box.middle[1] - run.box.middle[1]) < 6]
        left = max(
            (_border(page, other.box, run.box, runs) for other in beside if other.box.x1 <= run.box.x0), default=0.0
        )
        right = min(
            (_border(page, run.box, other.box, runs) for other in beside if other.box.x0 >= run.box.x1), default=1e6
        )
        headings.append(Heading(role, run.box, left, right))
    return Sections(tuple(headings)), frozenset(run for run, _ in found)


def _role(run: Run, page: Page, runs: Sequence[Run], vocabulary: Vocabulary) -> str | None:
    text = run.text
    if len(run.words) > 16 or re.search(r"\d{3}", text):
        return None
    in_band = any(band.covers(*run.box.middle) for band in page.bands)
    letters = [c for c in re.sub(r"\(.*?\)", "", text) if c.isalpha()]
    capitals = bool(letters) and all(c.isupper() for c in letters)
    bare = in_band or ((capitals or _leads(run, runs, vocabulary)) and not text.rstrip().endswith(":"))
    role = vocabulary.heading(text, bare=bare)
    wide = any(band.covers(*run.box.middle) and band.width > _WIDE * page.width for band in page.bands)
    return role or ("other" if wide and vocabulary.label(text) is None and len(letters) > 3 else None)


def _leads(run: Run, runs: Sequence[Run], vocabulary: Vocabulary) -> bool:
    """Whether a run stands alone on its line and is numbered, or a label follows on the next line."""
    beside = [other for other in runs if other is not run and abs(other.box.middle[1] - run.box.middle[1]) < 6]
    if any(vocabulary.heading(other.text, bare=True) is None for other in beside):
        return False
    if re.match(r"\s*(section|part|step)?\s*([ivx]+|[a-z]|\d{1,2})\s?[.,:)-]", run.text, re.IGNORECASE):
        return True
    below = [
        other
        for other in runs
        if 0 < other.box.top - run.box.bottom < 2.5 * run.box.height
        and other.box.x0 < run.box.x1
        and other.box.x1 > run.box.x0 - 120
    ]
    return any(
        vocabulary.label(other.text) is not None
        or vocabulary.label(" ".join(w.text for w in other.words[:2])) is not None
        for other in below
    )


def _border(page: Page, left: Box, right: Box, runs: Sequence[Run]) -> float:
    """Where the sections of two headings part: at a ruled line between them, else where the least text crosses."""
    between = [
        rule.box.middle[0]
        for rule in page.rules
        if not rule.horizontal
        and left.x1 - 2 <= rule.box.middle[0] <= right.x0 + 2
        and rule.box.bottom > left.bottom + 10
        and rule.box.top < left.bottom + 30
    ]
    if between:
        return between[0]
    below = [run.box for run in runs if 0 < run.box.top - left.bottom < _COLUMN_DEPTH]
    places = [left.x1 + (right.x0 - left.x1) * step / 24 for step in range(25)]
    return min(places, key=lambda x: (sum(box.x0 - 1 <= x <= box.x1 + 1 for box in below), -x))
