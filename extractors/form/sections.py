"""Sections of a form: which heading speaks for which part of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.form.vocabulary import Vocabulary
from extractors.layout.cells import Grid, blanks, grid
from extractors.layout.runs import Run
from models.document import Page
from models.geometry import Box

# A dark band over this share of the page's width parts sections, whatever it says.
_WIDE = 0.4
# So far (points) below two headings side by side their columns are looked at to find what parts them.
_COLUMN_DEPTH = 140.0
# A box for the plan's own staff; what stands in it is never the sender's.
_OFFICE = re.compile(
    r"\b((office|plan|payer|insurer|internal|reviewer|department|staff|company|administrative)\s+(staff\s+)?(use\s*)?only"
    r"|(office|plan|internal|payer|insurer) use|do not write (below|in this))\b",
    re.IGNORECASE,
)
_OFFICE_WORDS, _OFFICE_HEIGHT = 10, 200.0
# Points: a cell beside several rows, with room below its words; and the share of the page it is narrower than.
_TALL, _TALL_BELOW, _NARROW = 34.0, 12.0, 0.3
# The share of that depth that a line between sections is drawn over; and points: lines at one place.
_PARTS, _SAME_PLACE = 0.6, 3.0
# Headings are set larger than labels by this factor, and indented by so many points less or more.
_LARGER, _INDENT = 1.12, 24.0
# Points: how far what is written sinks into its line or stands above it.
_SUNK, _ABOVE = 4.0, 6.0
# A column of sections is narrower than this share of the page, and its sides go on so far (points) below a heading.
_COLUMN_WIDTH, _GOES_ON = 0.62, 25.0
# Where a service is given, too; the section about an office is called so on a band only.
_SETTING = re.compile(r"\W*office\W*", re.IGNORECASE)
# Points: a line beside a heading is longer, what stands level on one line differs by less; words of a heading.
_LONG, _LEVEL, _MOST = 40.0, 6.0, 9
# The share of the page in which titles stand, and the words in them.
_TOP, _HEAD = 0.2, 0.1
_TITLE = re.compile(
    r"\b(request|form|review|authorization|pre-?certification|approval|notification|referral|pre-?determination)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading: its role, where it stands, and the stretch of the page's width it speaks for."""

    role: str
    box: Box
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the page that one heading speaks for: the rows beside it, or the box around it."""

    role: str
    box: Box


@dataclass(frozen=True, slots=True)
class Sections:
    """The headings of a page, top to bottom."""

    headings: tuple[Heading, ...]
    areas: tuple[Area, ...] = ()

    def heading_at(self, box: Box) -> Heading | None:
        """The nearest heading above whose stretch of the page holds the box; None above them all, and in an area."""
        if self._area_at(box) is not None:
            return None
        x = box.middle[0]
        above = [h for h in self.headings if h.box.bottom <= box.middle[1] and h.left <= x <= h.right]
        return max(above, key=lambda h: h.box.bottom) if above else None

    def role_at(self, box: Box) -> str | None:
        """The role of that heading; "head" above all headings of a page: there the payer speaks of itself."""
        area, heading = self._area_at(box), self.heading_at(box)
        if area is not None:
            return area.role
        return heading.role if heading else "head" if self.headings else None

    def _area_at(self, box: Box) -> Area | None:
        holding = [area for area in self.areas if area.box.covers(*box.middle)]
        return min(holding, key=lambda area: area.box.area) if holding else None


def read_sections(page: Page, runs: Sequence[Run], vocabulary: Vocabulary) -> tuple[Sections, frozenset[Run]]:
    """The sections of a page, and the runs that are their headings.

    Headings that stand side by side share the width between them: up to a ruled line in the gap, else to its middle.
    """
    lines = grid(page)
    areas, titles = _areas(page, runs, vocabulary, lines)
    found = [
        (run, role) for run in runs if run not in titles and (role := _role(run, page, runs, vocabulary)) is not None
    ]
    headings = []
    for run, role in found:
        beside = [other for other, _ in found if other is not run and abs(other.box.middle[1] - run.box.middle[1]) < 6]
        left = max(
            (_border(page, other.box, run.box, runs) for other in beside if other.box.x1 <= run.box.x0), default=0.0
        )
        right = min(
            (_border(page, run.box, other.box, runs) for other in beside if other.box.x0 >= run.box.x1), default=1e6
        )
        left, right = _framed(run, page, lines, (left, right))
        headings.append(Heading(role, run.box, left, right))
    return Sections(tuple(headings), areas), frozenset((*(run for run, _ in found), *titles))


def _areas(
    page: Page, runs: Sequence[Run], vocabulary: Vocabulary, lines: Grid
) -> tuple[tuple[Area, ...], frozenset[Run]]:
    """The boxes that are the plan's own, the rows beside a tall cell that names somebody, and the runs that say so."""
    areas: list[Area] = []
    titles: set[Run] = set()
    cells: dict[Box, list[Run]] = {}
    for run in runs:
        cell = lines.cell(run.box)
        if _OFFICE.search(run.text) and len(run.words) <= _OFFICE_WORDS:
            if lines.ruled(cell) and cell.height < _OFFICE_HEIGHT:
                areas.append(Area("office", _office(cell, lines)))
                titles.add(run)
        elif lines.boxed(cell):
            cells.setdefault(cell, []).append(run)
    for cell, inside in cells.items():
        text = " ".join(run.text for run in inside)
        low = max(run.box.bottom for run in inside)
        tall = cell.height > _TALL and cell.width < _NARROW * page.width and cell.bottom - low > _TALL_BELOW
        role = (
            vocabulary.heading(text, bare=True)
            if tall and text.upper() == text and any(map(str.isalpha, text))
            else None
        )
        if role is not None or (
            tall and text.upper() == text and any(band.covers(*cell.middle) for band in page.bands)
        ):
            areas.append(Area(role or "other", Box(cell.x1, cell.top - 1, 1e4, cell.bottom + 1)))
            titles.update(inside)
    return tuple(areas), frozenset(titles)


def _framed(run: Run, page: Page, lines: Grid, sides: tuple[float, float]) -> tuple[float, float]:
    """The sides of the frame that a heading begins, if it has one that goes on below it; else these `sides`."""
    cell = lines.cell(run.box)
    width = page.height if page.rotation in (90, 270) else page.width
    if not (cell.x0 > 0 and cell.x1 < width and cell.width < _COLUMN_WIDTH * width):
        return sides
    low = run.box.bottom + _GOES_ON
    goes_on = all(
        any(abs(u.middle[0] - x) < 5 and u.top < run.box.bottom and u.bottom > low for u in lines.uprights)
        for x in (cell.x0, cell.x1)
    )
    return (max(sides[0], cell.x0 - 3), min(sides[1], cell.x1 + 3)) if goes_on else sides


def _office(cell: Box, lines: Grid) -> Box:
    """The box around a title of the plan's own; with the box below it where the title has one to itself."""
    if cell.height > 20 or not lines.boxed(cell):
        return cell
    below = lines.cell(Box(cell.x0 + 2, cell.bottom + 4, cell.x0 + 4, cell.bottom + 6))
    return Box.around((cell, below)) if below.height < _OFFICE_HEIGHT else cell


def _role(run: Run, page: Page, runs: Sequence[Run], vocabulary: Vocabulary) -> str | None:
    text = run.text
    if len(run.words) > 16 or re.search(r"\d{3}", text):
        return None
    in_band = any(band.covers(*run.box.middle) for band in page.bands)
    if not in_band and (_answered(run, page) or _filled(run, vocabulary) or _SETTING.fullmatch(text)):
        return None
    letters = [c for c in re.sub(r"\(.*?\)", "", text) if c.isalpha()]
    capitals = bool(letters) and all(c.isupper() for c in letters)
    leads = capitals or _leads(run, runs, vocabulary)
    apart = _stands_out(run, page, runs, vocabulary)
    bare = in_band or ((leads or apart) and not text.rstrip().endswith(":"))
    ruled = _beside_rule(run, page)
    bare = bare or ruled
    plain = in_band or ruled or ((capitals or apart) and vocabulary.label(text) is None)
    role = vocabulary.heading(text, bare=bare, plain=plain)
    if role is None and plain and (in_band or ruled or _alone(run, page, runs)) and not _titles(run, page):
        role = vocabulary.heading_by_words(text)
    wide = any(band.covers(*run.box.middle) and band.width > _WIDE * page.width for band in page.bands)
    role = role or ("other" if wide and vocabulary.label(text) is None and len(letters) > 3 else None)
    # A dark head of the page is no section: what stands below it is the head of the form still.
    return "head" if role == "other" and run.box.top < _HEAD * page.height else role


def _filled(run: Run, vocabulary: Vocabulary) -> bool:
    """Whether a label stands at the head of a run and its value behind it: "ICD-10: K50.90"."""
    words = [word.text for word in run.words]
    ends = (at for at, word in enumerate(words[:-1], 1) if word.endswith(":"))
    return any(vocabulary.label(" ".join(words[:at])) is not None for at in ends)


def _answered(run: Run, page: Page) -> bool:
    """Whether a blank or a box to tick follows on the line: then the words are a label."""
    x, y = run.box.x1, run.box.bottom
    lines = not _beside_rule(run, page) and any(
        -4 <= blank.x0 - x <= 16 and -4 < blank.middle[1] - y < 6 for blank in blanks(page)
    )
    return lines or any(0 < o.box.x0 - x < 20 and o.box.rows_shared(run.box) > 0.4 for o in page.checkboxes)


def _beside_rule(run: Run, page: Page) -> bool:
    """Whether a line is drawn from the middle of a run's height to the side of the page, as beside headings."""
    box = run.box
    low, high = box.top + 0.2 * box.height, box.bottom - 0.2 * box.height
    return any(
        rule.horizontal
        and low < rule.box.middle[1] < high
        and rule.box.width > _LONG
        and (0 < rule.box.x0 - box.x1 < _INDENT or 0 < box.x0 - rule.box.x1 < _INDENT)
        for rule in page.rules
    )


def _alone(run: Run, page: Page, runs: Sequence[Run]) -> bool:
    """Whether a run has its line to itself and stands at the left side of the print or in the middle of the page."""
    beside = any(o is not run and abs(o.box.middle[1] - run.box.middle[1]) < _LEVEL for o in runs)
    width = page.height if page.rotation in (90, 270) else page.width
    margin = min(o.box.x0 for o in runs)
    lines = grid(page)
    cell = lines.cell(run.box)
    narrow = lines.boxed(cell) and cell.width < _COLUMN_WIDTH * width
    placed = run.box.x0 - margin < _INDENT or abs(run.box.middle[0] - width / 2) < _INDENT
    return (
        placed and not beside and not narrow and not run.text.rstrip().endswith((":", ".")) and len(run.words) <= _MOST
    )


def _titles(run: Run, page: Page) -> bool:
    """Whether a run may be the title of the form."""
    high = page.width if page.rotation in (90, 270) else page.height
    return run.box.top < _HEAD * high or (run.box.top < _TOP * high and bool(_TITLE.search(run.text)))


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


def _stands_out(run: Run, page: Page, runs: Sequence[Run], vocabulary: Vocabulary) -> bool:
    """Whether a run is set larger than the labels on the next line that begin where it does, and is no answer."""
    on_line = any(
        blank.x0 - 3 < run.box.middle[0] < blank.x1 and -_SUNK < blank.middle[1] - run.box.bottom < _ABOVE
        for blank in blanks(page)
    )
    lines = grid(page)
    cell = lines.cell(run.box)
    if on_line or (lines.boxed(cell) and cell.width < _COLUMN_WIDTH * page.width):
        return False
    below = [
        other.box.height
        for other in runs
        if -1 < other.box.top - run.box.bottom < 2.0 * run.box.height
        and abs(other.box.x0 - run.box.x0) < _INDENT
        and vocabulary.caption(other.text) is not None
    ]
    return bool(below) and run.box.height > _LARGER * max(below)


def _ruled(page: Page, x: float, top: float) -> float:
    """How much of the depth below a heading is ruled upright at a place."""
    end = top + _COLUMN_DEPTH
    beside = [rule.box for rule in page.rules if not rule.horizontal and abs(rule.box.middle[0] - x) < _SAME_PLACE]
    return sum(max(0.0, min(box.bottom, end) - max(box.top, top)) for box in beside)


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
    # The side of a frame for one answer parts nothing; where a line parts sections, most of the depth is ruled.
    parting = [x for x in between if _ruled(page, x, left.bottom) > _PARTS * _COLUMN_DEPTH]
    if parting:
        return max(parting, key=lambda x: _ruled(page, x, left.bottom))
    if len(between) == 1:
        return between[0]
    below = [run.box for run in runs if 0 < run.box.top - left.bottom < _COLUMN_DEPTH]
    places = [left.x1 + (right.x0 - left.x1) * step / 24 for step in range(25)]
    return min(places, key=lambda x: (sum(box.x0 - 1 <= x <= box.x1 + 1 for box in below), -x))
