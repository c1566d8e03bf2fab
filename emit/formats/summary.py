"""One page for a person who is about to work on a request: what is asked for, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable, KeepInFrame, Spacer

from emit.format import Format
from emit.paper.setting import HEAD, MARGIN, NOTE, RIGHT, SMALL, TITLE, grid, page_size, paragraph, typeset
from emit.paper.text import said
from models.page_image import PageImages
from models.request import AuthorizationRequest, Provider
from models.service_line import ServiceLine

# More than these do not fit beside the rest on one page; the native request and the HTML page have all.
_MOST_LINES, _MOST_ITEMS, _MOST_FLAGS = 8, 12, 8
_STATUS = {"ready": "Reading complete", "needs_review": "A person must look"}


def write(request: AuthorizationRequest, pages: PageImages) -> bytes:  # noqa: ARG001 - no page is shown
    """A PDF of one page, the same bytes for the same request; long lists are cut and say so."""
    width, height = page_size(request.market)
    inner = width - 2 * MARGIN
    story = [*_head(request, inner), *_people(request, inner), *_asked(request, inner), *_gaps(request, inner)]
    # A hair less than the frame, which has a padding of its own.
    fitted = KeepInFrame(inner - 12, height - 2 * MARGIN - 24, story, mode="shrink")
    foot = f"Request {request.id}. It says what was read and what was not found; it decides nothing."
    return typeset([fitted], title="Request summary", foot=foot, market=request.market)


def _head(request: AuthorizationRequest, width: float) -> Iterator[Flowable]:
    level = said(request.level_of_service) or "no urgency stated"
    asked = said(request.request_type) or "request"
    left = [paragraph("Prior authorization request", TITLE), paragraph(f"{asked.capitalize()}, {level}", SMALL)]
    received = f"{request.received_at:%Y-%m-%d %H:%M} UTC ({request.received_at_source.replace('-', ' ')})"
    right = [paragraph(_STATUS[request.status], RIGHT, bold=True), paragraph(f"Received {received}", RIGHT)]
    for clock in request.deadlines[:3]:
        assumed = ", assumed" if clock.assumed else ""
        event = clock.start_event.replace("-", " ")
        kind = clock.kind.replace("_", " ").capitalize()
        due = f"{clock.due_at:%Y-%m-%d %H:%M} UTC"
        right.append(paragraph(f"{kind} due {due} (from: {event}{assumed})", RIGHT))
    yield grid([(left, right)], (width * 0.45, width * 0.55 - 12), ruled=False)
    yield Spacer(1, 4)


def _people(request: AuthorizationRequest, width: float) -> Iterator[Flowable]:
    patient, coverage = request.patient, request.coverage
    member = [
        ("Member", said(patient.name.full) or said(patient.name_zh)),
        ("Born", said(patient.birth_date)),
        ("Sex", said(patient.sex)),
        ("Member ID", said(coverage.member_id) or said(coverage.policy_number)),
        ("Plan", ", ".join(part for part in (said(coverage.payer_name), request.payer) if part)),
    ]
    people = [
        ("Requested by", _provider(request.requesting_provider)),
        ("Ordered by", _provider(request.ordering_provider)),
        ("Provided by", _provider(request.servicing_provider)),
        ("Facility", _provider(request.facility)),
        ("Signature", said(request.signature.state)),
    ]
    half = width / 2 - 6
    yield grid([(_labelled(member, half), _labelled(people, half))], (half, half), ruled=False)


def _provider(provider: Provider) -> str:
    names = [said(provider.name), said(provider.organization)]
    npi = said(provider.npi)
    return ", ".join(part for part in (*names, f"NPI {npi}" if npi else "") if part)


def _labelled(rows: Sequence[tuple[str, str]], width: float) -> Flowable:
    kept = [(paragraph(label, NOTE), paragraph(text or "not on the pages", SMALL)) for label, text in rows]
    return grid(kept, (66, width - 74))


def _asked(request: AuthorizationRequest, width: float) -> Iterator[Flowable]:
    yield paragraph("Services", HEAD)
    heads = tuple(paragraph(head, NOTE) for head in ("Line", "Code", "Service", "Amount", "From", "Side"))
    rows = [_line(number, line) for number, line in enumerate(request.service_lines[:_MOST_LINES], 1)]
    yield grid([heads, *rows], _shares(width - 12, (0.07, 0.13, 0.36, 0.17, 0.17, 0.10)), headed=True)
    if not rows:
        yield paragraph("No service was found on the pages.", SMALL)
    yield from _more(len(request.service_lines), _MOST_LINES)
    told = [" ".join(part for part in (said(one.code), said(one.text)) if part) for one in request.diagnoses]
    yield paragraph("Diagnoses", HEAD)
    yield paragraph("; ".join(text for text in told[:_MOST_LINES] if text) or "not on the pages", SMALL)


def _line(number: int, line: ServiceLine) -> tuple[Flowable, ...]:
    drug = line.drug
    amount = said(line.quantity.value) if line.quantity is not None else ""
    unit = f" {line.quantity.unit}" if amount and line.quantity is not None and line.quantity.unit else ""
    visits = f"{said(line.visits)} visits" if line.visits is not None else ""
    texts = (
        str(number),
        said(line.code),
        said(line.text) or (said(drug.name) if drug is not None else ""),
        f"{amount}{unit}" or visits or (said(drug.quantity) if drug is not None else ""),
        said(line.start_on),
        said(line.laterality),
    )
    return tuple(paragraph(text, SMALL) for text in texts)


def _gaps(request: AuthorizationRequest, width: float) -> Iterator[Flowable]:
    yield paragraph("Missing", HEAD)
    rows = [
        (paragraph(f"{number}.", SMALL), paragraph(item.ask, SMALL))
        for number, item in enumerate(request.missing_items[:_MOST_ITEMS], 1)
    ]
    yield grid(rows, (22, width - 34)) if rows else paragraph("Nothing required is missing.", SMALL)
    yield from _more(len(request.missing_items), _MOST_ITEMS)
    if request.flags:
        yield paragraph("To look at", HEAD)
        flags = [
            (paragraph(flag.severity, NOTE), paragraph(flag.message, SMALL)) for flag in request.flags[:_MOST_FLAGS]
        ]
        yield grid(flags, (46, width - 58))
        yield from _more(len(request.flags), _MOST_FLAGS)
    if request.checklists:
        yield paragraph("Checklists", HEAD)
        yield paragraph(" ".join(_counted(request)), SMALL)


def _counted(request: AuthorizationRequest) -> Iterator[str]:
    names = {"met": "met", "not_met": "not met", "not_found": "not found", "unclear": "unclear"}
    for applied in request.checklists:
        counts = Counter(one.verdict for one in request.findings if one.checklist == applied.id)
        told = ", ".join(f"{counts[verdict]} {word}" for verdict, word in names.items() if counts[verdict])  # type: ignore[index]
        yield f"{applied.title} ({applied.version}): {told}."


def _more(count: int, most: int) -> Iterator[Flowable]:
    if count > most:
        yield paragraph(f"and {count - most} more", NOTE)


def _shares(width: float, shares: Sequence[float]) -> tuple[float, ...]:
    return tuple(width * share for share in shares)


SUMMARY = Format(name="summary", extension="pdf", run=write)
