"""The ICD-10-CM order file: every code with its place in the list, headings among them.

Source: CMS and NCHS, "ICD-10-CM Order File" (icd10OrderFiles.pdf): columns 1-5 order number, 7-13 code without its dot,
15 header flag (0 heading, 1 valid for submission), 17-76 short and from 78 on long description.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from codes.layouts.layout import BadLine, Layout
from codes.look_alikes import dotted
from models.code_table import CodeEntry

_CODE = re.compile(r"[A-Z][0-9][0-9AB][0-9A-Z]{0,4}")
_NAME = re.compile(r"(?P<month>april|apr)?[-_ ]?(?P<year>20\d\d)", re.IGNORECASE)


def read(lines: Iterable[str]) -> Iterator[CodeEntry | BadLine]:
    """The codes of an order file."""
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        code, flag, title = text[6:13].strip(), text[14:15], text[77:].strip() or text[16:76].strip()
        if not text.strip():
            continue
        if not text[:5].strip().isdigit() or not _CODE.fullmatch(code):
            yield BadLine(number, "no ICD-10-CM code in columns 7 to 13")
        elif flag not in ("0", "1"):
            yield BadLine(number, "column 15 is neither 0 nor 1")
        elif not title:
            yield BadLine(number, "no description")
        else:
            yield CodeEntry(dotted(code), title, billable=flag == "1")


def effective_on(name: str) -> dt.date | None:
    """A fiscal year begins on 1 October of the year before; the April update counts from 1 April."""
    match = _NAME.search(name)
    if match is None:
        return None
    year = int(match["year"])
    return dt.date(year, 4, 1) if match["month"] else dt.date(year - 1, 10, 1)


LAYOUT = Layout("icd10cm", "ICD-10-CM", "utf-8", read, effective_on)
