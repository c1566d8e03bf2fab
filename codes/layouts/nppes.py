"""The NPPES provider file: one CSV row a National Provider Identifier, with a header line.

Source: CMS, "NPPES Data Dissemination File - Code Values" and its header. Kept are the number, the name, and the days
on which it was given and taken back.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator

from codes.layouts.layout import BadLine, Layout, day_of
from models.code_table import CodeEntry
from models.identifiers import fits

_NAME = re.compile(r"npidata_pfile_\d{8}-(?P<last>\d{8})", re.IGNORECASE)
_ORGANIZATION = "Provider Organization Name (Legal Business Name)"
_PERSON = ("Provider First Name", "Provider Middle Name", "Provider Last Name (Legal Name)")
_NEEDED = ("NPI", "NPI Deactivation Date")


def read(lines: Iterable[str]) -> Iterator[CodeEntry | BadLine]:
    """The providers of a file. A number that was taken back has no name any more; its row is kept with its last day."""
    rows = csv.reader(lines)
    header = [name.strip().lstrip("\ufeff") for name in next(rows, [])]
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        yield BadLine(1, f"no column {missing[0]} in the header")
        return
    for cells in rows:
        row = dict(zip(header, cells, strict=False))
        npi = row.get("NPI", "").strip()
        if not fits("npi", npi):
            yield BadLine(rows.line_num, "the NPI fails its check")
            continue
        try:
            given = _us_day(row.get("Provider Enumeration Date", ""))
            taken = _us_day(row.get("NPI Deactivation Date", ""))
            again = _us_day(row.get("NPI Reactivation Date", ""))
        except ValueError:
            yield BadLine(rows.line_num, "a date that is none")
            continue
        gone = taken if again is None or (taken is not None and taken > again) else None
        yield CodeEntry(npi, _title(row), valid_from=given, valid_to=gone)


def effective_on(name: str) -> dt.date | None:
    """The last day that the name says."""
    match = _NAME.search(name)
    return day_of(match["last"]) if match else None


def _us_day(text: str) -> dt.date | None:
    month, _, rest = text.strip().partition("/")
    day, _, year = rest.partition("/")
    return dt.date(int(year), int(month), int(day)) if text.strip() else None


def _title(row: dict[str, str]) -> str:
    name = " ".join(row.get(part, "").strip() for part in _PERSON)
    return row.get(_ORGANIZATION, "").strip() or " ".join(name.split())


LAYOUT = Layout("nppes", "NPI", "utf-8", read, effective_on, replaces=True)
