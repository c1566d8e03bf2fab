"""The FDA's NDC directory: product.txt and package.txt, tab-separated with a header line.

Source: FDA, "NDC Product File Definitions" and "NDC Package File Definitions". Codes are kept with eleven digits
(5-4-2), those of products without a package with nine. Both files of one download are imported with the same date.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from codes.layouts.layout import BadLine, Layout, day_of, undated
from codes.ndc import ndc_digits
from models.code_table import CodeEntry


def read(lines: Iterable[str]) -> Iterator[CodeEntry | BadLine]:
    """The packages or products of a file, by its header."""
    rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    header = [name.strip().upper().lstrip("\ufeff") for name in next(rows, [])]
    column = "NDCPACKAGECODE" if "NDCPACKAGECODE" in header else "PRODUCTNDC"
    if column not in header:
        yield BadLine(1, "no column NDCPACKAGECODE or PRODUCTNDC in the header")
        return
    for number, cells in enumerate(rows, 2):
        if not cells:
            continue
        row = dict(zip(header, cells, strict=False))
        code = ndc_digits(row.get(column, ""))
        if code is None:
            yield BadLine(number, f"{column} is no NDC with hyphens")
            continue
        try:
            days = day_of(row.get("STARTMARKETINGDATE", "")), day_of(row.get("ENDMARKETINGDATE", ""))
        except ValueError:
            yield BadLine(number, "a marketing date that is none")
            continue
        yield CodeEntry(code, _title(row), valid_from=days[0], valid_to=days[1])


def _title(row: dict[str, str]) -> str:
    names = [row.get(name, "").strip() for name in ("PROPRIETARYNAME", "NONPROPRIETARYNAME", "DOSAGEFORMNAME")]
    return row.get("PACKAGEDESCRIPTION", "").strip() or ", ".join(name for name in names if name)


LAYOUT = Layout("ndc", "NDC", "cp1252", read, undated, replaces=True)
