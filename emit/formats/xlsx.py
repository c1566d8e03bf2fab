"""All requests of a run as a workbook: one row a request, one a missing item, one a flag."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.worksheet import Worksheet

from emit.format import RunFormat
from emit.paper.text import said
from models.request import AuthorizationRequest

_REQUESTS = (
    "request", "submission", "status", "received", "payer", "type", "level", "member", "birth date", "member id",
    "requesting provider", "NPI", "services", "diagnoses", "start", "decision due", "due assumed", "missing", "flags",
    "pages",
)  # fmt: skip
_MISSING = ("request", "checklist", "item", "need", "cause", "service lines", "from whom", "ask")
_FLAGS = ("request", "severity", "code", "message")
# Excel's own limit of a cell.
_LONGEST = 32_767
# The date of making of the file itself, so that the same requests give the same bytes.
_EPOCH = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the file format knows no zone


def write(requests: Iterable[AuthorizationRequest]) -> bytes:
    """A workbook with the sheets Requests, Missing and Flags. What a page says is text, never a formula or a link."""
    stream = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(stream, {"in_memory": True, **plain}) as book:
        book.set_properties({"title": "Prior authorization requests", "created": _EPOCH})
        bold = book.add_format({"bold": True, "bottom": 1})
        sheets = [
            _Rows(book.add_worksheet(name), heads, bold)
            for name, heads in (("Requests", _REQUESTS), ("Missing", _MISSING), ("Flags", _FLAGS))
        ]
        for request in requests:
            sheets[0].add(_request(request))
            for item in request.missing_items:
                lines = ", ".join(str(line + 1) for line in item.service_lines)
                sheets[1].add((request.id, item.checklist, item.item, item.need, item.cause or "", lines,
                               item.from_whom, item.ask))  # fmt: skip
            for flag in request.flags:
                sheets[2].add((request.id, flag.severity, flag.code, flag.message))
        for sheet in sheets:
            sheet.end()
    return stream.getvalue()


class _Rows:
    """A sheet that is filled from the top."""

    def __init__(self, sheet: Worksheet, heads: Sequence[str], bold: CellFormat) -> None:
        self._sheet, self._columns, self._next = sheet, len(heads), 0
        sheet.freeze_panes(1, 1)
        for column, head in enumerate(heads):
            sheet.set_column(column, column, 60 if head in {"ask", "message"} else 18)
            sheet.write_string(0, column, head, bold)

    def add(self, cells: Sequence[str | int]) -> None:
        """Write a row; text stays text whatever it begins with."""
        self._next += 1
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                self._sheet.write_number(self._next, column, cell)
            else:
                self._sheet.write_string(self._next, column, cell[:_LONGEST])

    def end(self) -> None:
        """Let readers filter by column."""
        self._sheet.autofilter(0, 0, max(1, self._next), self._columns - 1)


def _request(request: AuthorizationRequest) -> tuple[str | int, ...]:
    due = next((clock for clock in request.deadlines if clock.kind == "decision"), None)
    starts = [said(line.start_on) for line in request.service_lines if line.start_on is not None]
    return (
        request.id,
        ", ".join(request.submissions),
        request.status,
        request.received_at.isoformat(),
        request.payer or said(request.coverage.payer_name),
        said(request.request_type),
        said(request.level_of_service),
        said(request.patient.name.full) or said(request.patient.name_zh),
        said(request.patient.birth_date),
        said(request.coverage.member_id) or said(request.coverage.policy_number),
        said(request.requesting_provider.name) or said(request.requesting_provider.organization),
        said(request.requesting_provider.npi),
        "; ".join(_service(request)),
        "; ".join(said(one.code) or said(one.text) for one in request.diagnoses),
        starts[0] if starts else "",
        due.due_at.isoformat() if due else "",
        "yes" if due and due.assumed else "",
        len(request.missing_items),
        len(request.flags),
        sum(document.page_count for document in request.documents),
    )


def _service(request: AuthorizationRequest) -> Iterable[str]:
    for line in request.service_lines:
        drug = line.drug.name if line.drug is not None else None
        yield " ".join(part for part in (said(line.code), said(line.text) or said(drug)) if part)


XLSX = RunFormat(name="xlsx", extension="xlsx", run=write)
