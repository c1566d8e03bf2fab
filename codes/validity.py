"""Whether a code may be used on a day, by the releases at hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.code import Code
from models.code_table import CodeEntry, CodeTable, CodeTables


@dataclass(frozen=True, slots=True)
class Validity:
    """What the tables say of a code on a day.

    `listed`: some release holds it as a code that may stand on a claim. `heading`: it is there, but needs more
    characters. `problem` is a sentence, "" where nothing is wrong.
    """

    listed: bool
    heading: bool = False
    title: str = ""
    problem: str = ""


def validity(tables: CodeTables, code: Code, day: dt.date) -> Validity:
    """Look a code up in the release of its day, then in the others; without any release nothing is wrong with it."""
    table = tables.on(code.system, day)
    if table is None:
        return Validity(listed=True)
    entry = table.find(code.code)
    if entry is not None and entry.billable:
        return Validity(True, title=entry.title, problem=_out_of_days(entry, day))
    for other in tables.of(code.system):
        known = other.find(code.code)
        if known is not None and known.billable:
            return Validity(True, title=known.title, problem=_other_release(code, table, other, day))
    if entry is not None:
        problem = f"{code.code} ('{entry.title}') is a heading and needs more characters."
        return Validity(False, heading=True, title=entry.title, problem=problem)
    return Validity(False, problem=f"{code.code} is no {code.system} code of the release of {table.effective_on}.")


def _out_of_days(entry: CodeEntry, day: dt.date) -> str:
    if entry.valid_on(day):
        return ""
    if entry.valid_from is not None and day < entry.valid_from:
        return f"{entry.code} may be used from {entry.valid_from} on; the service is on {day}."
    return f"{entry.code} could be used until {entry.valid_to}; the service is on {day}."


def _other_release(code: Code, table: CodeTable, other: CodeTable, day: dt.date) -> str:
    return (
        f"{code.code} is in the release of {other.effective_on}, not in that of {table.effective_on}, which counts for "
        f"the day of service, {day}."
    )
