"""The letter to the requesting provider: everything that is missing, asked for once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.platypus import Flowable, KeepTogether, Spacer

from emit.format import Format
from emit.paper.setting import BODY, HEAD, MARGIN, NOTE, SMALL, TITLE, grid, page_size, paragraph, typeset
from emit.paper.text import clear, shown
from models.checklist import MissingItem
from models.page_image import PageImages
from models.payer import Deadline
from models.request import AuthorizationRequest

_ASKED = ("requesting", "servicing")
_QR = 78.0  # points


def items(request: AuthorizationRequest) -> tuple[MissingItem, ...]:
    """What the provider's office is asked for: never what is merely recommended, nothing of an emergency."""
    level = request.level_of_service
    if level is not None and level.value == "emergency":
        return ()
    wanted = (item for item in request.missing_items if item.from_whom in _ASKED and item.need != "recommended")
    return tuple(wanted)


def wanted(request: AuthorizationRequest) -> bool:
    """Whether there is anything to ask for."""
    return bool(items(request))


def write(request: AuthorizationRequest, pages: PageImages) -> bytes:  # noqa: ARG001 - no page is shown
    """A letter as PDF, one page where it fits, the same bytes for the same request.

    It names no address or number read from a page: where it goes is the linked provider's record, or for staff to
    confirm. It speaks of this patient's own pages only and says nothing of a decision.
    """
    width = page_size(request.market)[0] - 2 * MARGIN
    story: list[Flowable] = [
        *_head(request, width),
        Spacer(1, 8),
        *_opening(request),
        *(_entry(number, item, request) for number, item in enumerate(items(request), 1)),
        *_closing(request),
        Spacer(1, 8),
        _return_sheet(request, width),
    ]
    return typeset(story, title="Request for information", foot=f"Request {request.id}", market=request.market)


def _head(request: AuthorizationRequest, width: float) -> Iterator[Flowable]:
    yield paragraph(clear(request.coverage.payer_name) or "Health plan", TITLE)
    yield paragraph("Utilization management", NOTE)
    yield Spacer(1, 10)
    office = clear(request.requesting_provider.organization)
    name = clear(request.requesting_provider.name) or "Requesting provider"
    to = [paragraph(name, BODY, bold=True), *([paragraph(office)] if office else []), paragraph(_where(request), SMALL)]
    about = [
        ("Member", clear(request.patient.name.full) or clear(request.patient.name_zh) or "as named in your request"),
        ("Date of birth", clear(request.patient.birth_date)),
        ("Member ID", clear(request.coverage.member_id) or clear(request.coverage.policy_number)),
        ("Request", request.id),
        ("Your reference", clear(request.references.sender_reference)),
        ("Received", shown(request.received_at.date())),
    ]
    rows = [(paragraph(label, NOTE), paragraph(text, SMALL)) for label, text in about if text]
    yield grid([(to, grid(rows, (70, width * 0.5 - 78), ruled=False))], (width * 0.5, width * 0.5), ruled=False)


def _where(request: AuthorizationRequest) -> str:
    match = request.requesting_provider.match
    if match is not None and match.decision == "link" and match.record:
        return f"Address and fax number: those of provider record {match.record} in the directory."
    return "Address and fax number: to be confirmed by staff before this letter is sent."


def _opening(request: AuthorizationRequest) -> Iterator[Flowable]:
    yield paragraph("Information needed for your request", HEAD)
    services = _services(request)
    of = f" for {services}" if services else ""
    yield paragraph(
        f"We received your request{of} on {shown(request.received_at.date())}. To review it we ask for the following. "
        "This is everything we know of now: we ask once, for all of it together."
    )
    yield Spacer(1, 5)


def _services(request: AuthorizationRequest) -> str:
    names = []
    for line in request.service_lines:
        drug = line.drug.name if line.drug is not None else None
        told = " ".join(part for part in (clear(line.code), clear(line.text) or clear(drug)) if part)
        names.extend([told] if told else [])
    return "; ".join(dict.fromkeys(names))


def _entry(number: int, item: MissingItem, request: AuthorizationRequest) -> Flowable:
    """One item, kept on one page, with what may be sent instead."""
    told: list[Flowable] = [paragraph(item.ask)]
    if item.alternatives:
        told.append(paragraph(f"Any of these will do as well: {', '.join(item.alternatives).lower()}.", NOTE))
    if len(request.service_lines) > 1 and item.service_lines:
        lines = ", ".join(str(line + 1) for line in item.service_lines)
        told.append(paragraph(f"For service line {lines} of your request.", NOTE))
    width = page_size(request.market)[0] - 2 * MARGIN
    return KeepTogether(grid([(paragraph(f"{number}.", BODY, bold=True), told)], (22, width - 22)))


def _closing(request: AuthorizationRequest) -> Iterator[Flowable]:
    yield Spacer(1, 8)
    asked = next((clock for clock in request.deadlines if clock.kind == "information_request"), None)
    if asked is not None:
        yield paragraph(f"Please send this by {_day(asked, request.market)}.", BODY, bold=True)
    else:
        yield paragraph("Please send it as soon as you can.", BODY, bold=True)
    decision = next((clock for clock in request.deadlines if clock.kind == "decision" and not clock.assumed), None)
    if decision is not None:
        day = _day(decision, request.market)
        yield paragraph(f"We are to decide by {day}. This letter does not change that date.")
    yield paragraph(
        "This letter is not a decision on your request. If you have sent any of this already, tell us when and how, "
        "and we will look for it. Changes to services, codes, amounts, dates or providers need your written request."
    )


def _day(clock: Deadline, market: str) -> str:
    """The day a clock runs out: in Hong Kong its own, in the United States that of the Pacific, the earliest."""
    return shown((clock.due_at + dt.timedelta(hours=8 if market == "hk" else -8)).date())


def _return_sheet(request: AuthorizationRequest, width: float) -> Flowable:
    code = QrCodeWidget(f"dossier:{request.id}", barLevel="M")
    left, bottom, right, top = code.getBounds()
    drawing = Drawing(_QR, _QR, transform=[_QR / (right - left), 0, 0, _QR / (top - bottom), 0, 0])
    drawing.add(code)
    told = [
        paragraph("Please put this page on top of what you send", SMALL, bold=True),
        paragraph(f"Request {request.id}", BODY, bold=True),
        paragraph("With the code or the number your papers find this request again.", NOTE),
    ]
    return KeepTogether(grid([(told, drawing)], (width - _QR - 12, _QR + 12)))


LETTER = Format(name="letter", extension="pdf", run=write, wanted=wanted)
