"""Rows: what the cells of a form's tables say, and where a reading stands in the request's lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.form.readings import Reading, read_blank
from extractors.form.targets import Target, kind_of
from extractors.form.written import written
from extractors.layout.runs import Run
from extractors.normalize.dates import find_dates

PRIOR = "service_lines.drug.prior_treatments"
MODIFIERS = "service_lines.modifiers"

_PERIOD = re.compile(
    r"(.*?\d[^\s]*)\s*(?:-|–|—|to|until|through|thru)\s+(.*\d.*|present|now|current|ongoing)", re.IGNORECASE
)


def read_cell(path: str, runs: Sequence[Run]) -> tuple[Reading, ...]:
    """The values in a cell of the column that fills `path`; the number of the row itself says nothing."""
    if path == "row":
        return ()
    if path == f"{PRIOR}.dates":
        return tuple(_period(runs))
    return read_blank(Target(path, kind_of(path)), runs, written)


def rows_of(reading: Reading, first: int) -> tuple[int, ...]:
    """The list positions on the way to a reading's leaf, `first` being that of its blank or table row."""
    if reading.path == MODIFIERS:
        return first, reading.row
    return positions(reading.path, first + reading.row)


def positions(path: str, row: int) -> tuple[int, ...]:
    """The list positions on the way to a leaf in the list's `row`."""
    if path.startswith(PRIOR):
        return (0, row)
    return (row,) if path.startswith(("service_lines", "diagnoses", "coverage.other_coverage")) else ()


def _period(runs: Sequence[Run]) -> Iterator[Reading]:
    """The dates of a treatment, from and to, as written."""
    text = written(runs)
    pieces = _PERIOD.fullmatch(text.text)
    if pieces:
        for leaf, group in (("from", 1), ("to", 2)):
            yield Reading(f"{PRIOR}.{leaf}", pieces[group].strip(), text.slice(*pieces.span(group)))
    elif next(find_dates(text.text), None):
        yield Reading(f"{PRIOR}.from", text.text, text.words)
