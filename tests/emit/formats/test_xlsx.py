from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

from emit.formats.xlsx import XLSX
from models.request import Flag, Name, Patient
from tests.checklists.drafts import request, told
from tests.emit.formats.test_letter import gap

NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def sheets(content: bytes) -> list[list[list[str]]]:
    """The cells of every sheet as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        shared = ET.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 - our own bytes
        texts = ["".join(node.itertext()) for node in shared.findall("m:si", NAMES)]
        found = []
        for number in (1, 2, 3):
            root = ET.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314 - our own bytes
            assert root.find(".//m:f", NAMES) is None
            rows = []
            for row in root.iterfind(".//m:row", NAMES):
                cells = [(cell.get("t"), cell.findtext("m:v", "", NAMES)) for cell in row.iterfind("m:c", NAMES)]
                rows.append([texts[int(value)] if kind == "s" else value for kind, value in cells])
            found.append(rows)
        return found


def test_one_row_a_request_a_missing_item_and_a_flag() -> None:
    first = request(
        missing_items=(gap(), gap("report")), flags=(Flag(code="conflict", severity="error", message="Two."),)
    )
    requests, missing, flags = sheets(XLSX.run([first, request(id="r2")]))
    assert [row[0] for row in requests] == ["request", "r1", "r2"]
    assert [row[2] for row in missing] == ["item", "note", "report"]
    assert flags[1] == ["r1", "error", "conflict", "Two."]
    assert requests[1][requests[0].index("missing")] == "2"


def test_what_a_page_says_is_never_a_formula_or_a_link() -> None:
    for name in ('=HYPERLINK("http://example.org")', "+1+1", "@SUM(A1)", "https://example.org", "0012345678"):
        made = request(patient=Patient(name=Name(full=told(name))))
        content = XLSX.run([made])
        (row,) = sheets(content)[0][1:]
        assert name in row
        assert b"hyperlink" not in b"".join(
            zipfile.ZipFile(io.BytesIO(content)).read(f"xl/worksheets/sheet{n}.xml") for n in (1, 2, 3)
        )


def test_the_same_requests_give_the_same_bytes_and_none_is_a_workbook_too() -> None:
    assert XLSX.run([request()]) == XLSX.run([request()])
    assert [len(rows) for rows in sheets(XLSX.run([]))] == [1, 1, 1]
