"""The HCPCS level II file with prices left out ("ANWEB"): codes and modifiers in lines of 320 columns.

Source: CMS, "HCPCS Record Layout": columns 1-5 code (a modifier in 4-5), 6-10 sequence number, 11 kind of line (3 code,
4 its continuation, 7 modifier, 8 its continuation), 12-91 long and 92-119 short description, 269-276 date added,
277-284 date of the last action, 285-292 date of termination, each YYYYMMDD.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from codes.layouts.layout import BadLine, Layout, day_of
from models.code_table import CodeEntry

_CODE = re.compile(r"[A-V]\d{4}|[A-Z][A-Z0-9]")
_NAME = re.compile(r"HCPC(?P<year>20\d\d)(?:_(?P<month>JAN|APR|JUL|OCT))?", re.IGNORECASE)
_QUARTERS = {"JAN": 1, "APR": 4, "JUL": 7, "OCT": 10}
_FIRST, _MORE = ("3", "7"), ("4", "8")


@dataclass(slots=True)
class _Record:
    code: str
    words: list[str]
    added: dt.date | None
    ended: dt.date | None
    lines: int = field(default=1)

    def entry(self) -> CodeEntry:
        return CodeEntry(self.code, " ".join(self.words), valid_from=self.added, valid_to=self.ended)


def read(lines: Iterable[str]) -> Iterator[CodeEntry | BadLine]:
    """The codes and modifiers of the file; what stands before the first of them is its notice and no bad line."""
    record: _Record | None = None
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        kind, code = text[10:11], text[:5].strip()
        if not text[5:10].isdigit():
            if record is not None and text.strip():
                yield BadLine(number, "no sequence number in columns 6 to 10")
        elif kind in _MORE and record is not None and record.code == code:
            record.words.append(text[11:91].strip())
        elif kind in _FIRST and _CODE.fullmatch(code):
            if record is not None:
                yield record.entry()
            try:
                record = _Record(code, [text[11:91].strip()], day_of(text[268:276]), day_of(text[284:292]))
            except ValueError:
                record = None
                yield BadLine(number, "a date that is none in columns 269 to 292")
        else:
            yield BadLine(number, "neither a code nor the continuation of one")
    if record is not None:
        yield record.entry()


def effective_on(name: str) -> dt.date | None:
    """The first day of the quarter that the name says, else of the year."""
    match = _NAME.search(name)
    return dt.date(int(match["year"]), _QUARTERS[(match["month"] or "JAN").upper()], 1) if match else None


LAYOUT = Layout("hcpcs", "HCPCS", "cp1252", read, effective_on)
