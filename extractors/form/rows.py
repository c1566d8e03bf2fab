"""Rows: what the cells of a form's tables say, and where a reading stands in the request's lists."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.form.reading import Reading
from extractors.form.readings import read_blank
from extractors.form.targets import PRIOR, Target, kind_of
from extractors.form.written import written
from extractors.layout.runs import Run

MODIFIERS = "service_lines.modifiers"


def read_cell(path: str, runs: Sequence[Run]) -> tuple[Reading, ...]:
    """The values in a cell of the column that fills `path`; the number of the row itself says nothing."""
    if path == "row":
        return ()
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
