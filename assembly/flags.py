"""What a person should know before working on a request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assembly.fax_number import differing_number
from assembly.hidden import hidden_flags
from assembly.leaves import leaves
from assembly.pages_missing import missing_pages
from models.annotations import PartType
from models.code import Code
from models.document import Document
from models.evidence import Sourced
from models.identifiers import Kind, explain
from models.parsed import FaxRecord
from models.problem import Severity
from models.request import AuthorizationRequest, Flag, FlagCode

_IDENTIFIERS: dict[str, tuple[Kind | None, str]] = {
    "npi": ("npi", "NPI"),
    "tin": ("tin", "tax id"),
    "dea": ("dea", "DEA number"),
}

# "Urgent" with a date of service further off than this is worth a question to the office; nothing is lowered.
# California Health & Wellness, provider bulletin 21-442.
_DISTANT = dt.timedelta(days=10)


def flags_of(
    request: AuthorizationRequest,
    pages: tuple[Document, ...],
    *,
    others: bool,
    today: dt.date,
    faxes: Sequence[FaxRecord] = (),
    earlier: Mapping[str, str] | None = None,
    codes: Sequence[Flag] = (),
) -> tuple[Flag, ...]:
    """The flags of a draft, errors first.

    `others` says that pages of another patient came with it; `today` is the day of reception; `faxes` is what fax
    servers say about the submission; `earlier` names by sha256 the submissions that brought the same files before;
    `codes` are the flags that the check of its codes has raised.
    """
    found = [
        *_readings(request),
        *_case(request, others),
        *_copies(request, earlier or {}),
        *_ages(request, today),
        *_pages(pages),
        *_payments(request, pages),
        *hidden_flags(request, pages),
        *missing_pages(request, pages, faxes),
        *differing_number(request, pages, faxes),
        *codes,
    ]
    rank = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(found, key=lambda flag: rank[flag.severity]))


def _readings(request: AuthorizationRequest) -> Iterator[Flag]:
    for path, leaf in leaves(request):
        name = path.rsplit(".", 1)[-1]
        if leaf.unclear == "invalid":
            kind, called = _IDENTIFIERS.get(name, (None, "identifier"))
            reason = explain(kind, leaf.as_written or "") if kind is not None else "does not pass its check"
            yield _flag("invalid-identifier", "error", f"The {called} as written {reason}.", leaf)
        elif leaf.unclear == "conflict":
            yield _flag(
                "conflict",
                "error",
                f"The pages do not agree on {_words(path)}. A person must say which is right.",
                leaf,
            )
        elif leaf.unclear == "handwritten":
            yield _flag(
                "handwriting", "warning", f"{_words(path).capitalize()} is written by hand and was not read.", leaf
            )
        if leaf.provenance.repaired and not isinstance(leaf.value, Code):
            yield _flag(
                "repaired-identifier",
                "info",
                f"A character of {_words(path)} was corrected; its check digit confirms the correction.",
                leaf,
            )


def _case(request: AuthorizationRequest, others: bool) -> Iterator[Flag]:
    if others:
        yield Flag(
            code="mixed-patient",
            severity="error",
            message="Pages that name another patient came with this request and were held back.",
        )
    if request.payer is None:
        yield Flag(
            code="payer-unknown",
            severity="warning",
            message="No payer was given or recognised, so the shortest of the loaded payers' clocks is shown, if any.",
        )
    state = request.signature.state
    if state is not None and state.value == "unsigned":
        yield _flag("signature-missing", "warning", "The signature line of the request is empty.", state)
    for document in request.documents:
        for part in document.parts:
            signed = part.signed
            if part.type is PartType.ORDER and signed is not None and signed.value == "unsigned":
                place = f"{document.id} page {part.pages[0]}"
                yield _flag("signature-missing", "warning", f"The order on {place} is not signed.", signed)
    level = request.level_of_service
    if level is not None and level.value == "emergency":
        yield _flag(
            "emergency-no-auth",
            "info",
            "Emergency services need no authorization: no document is asked for.",
            level,
        )
    if any(problem.code == "F015" for problem in request.problems):
        yield Flag(
            code="active-content",
            severity="info",
            message="A file holds scripts or attached files, which were not run or opened.",
        )


def _copies(request: AuthorizationRequest, earlier: Mapping[str, str]) -> Iterator[Flag]:
    """Files that came twice, within the submission or before it. That mails say the same is no news."""
    for document in request.documents:
        before = earlier.get(document.sha256)
        if document.duplicate_of is not None:
            message = f"{document.id} has the same bytes as {document.duplicate_of}."
        elif before is not None and document.page_count and not document.path.endswith("/body"):
            message = f"{document.id} has the same bytes as a file of the submission {before}, which came before."
        else:
            continue
        yield Flag(code="duplicate-of", severity="warning", message=message)


def _ages(request: AuthorizationRequest, today: dt.date) -> Iterator[Flag]:
    born = request.patient.birth_date
    if born is not None and born.value is not None and born.value <= today and _age(born.value, today) < 21:
        yield _flag(
            "under-21",
            "info",
            "The patient is under 21: limits of age, visits or quantity need the under-21 review (EPSDT).",
            born,
        )
    level = request.level_of_service
    starts = [
        start
        for start in (*(line.start_on for line in request.service_lines), request.admission.admitted_on)
        if start is not None and start.value is not None
    ]
    if level is not None and level.value == "urgent" and starts:
        first = min(starts, key=lambda leaf: leaf.value or today)
        if first.value is not None and first.value - today > _DISTANT:
            yield _flag(
                "urgent-but-distant-date",
                "warning",
                "The request is marked urgent and the service starts more than 10 days from now.",
                first,
            )


def _pages(documents: tuple[Document, ...]) -> Iterator[Flag]:
    poor = [
        (d.id, page.number, page.quality.reason)
        for d in documents
        for page in d.pages
        if page.quality.poor and not page.blank
    ]
    if poor:
        where = "; ".join(f"{document} page {page} ({reason})" for document, page, reason in poor[:8])
        yield Flag(
            code="poor-quality", severity="warning", message=f"Hard to read: {where}. Please compare with the image."
        )


def _payments(request: AuthorizationRequest, documents: tuple[Document, ...]) -> Iterator[Flag]:
    """Card numbers on the request's own pages; other pages of the same files may be another patient's."""
    own = {(paper.id, number) for paper in request.documents for part in paper.parts for number in part.pages}
    found = tuple(
        document.evidence(page.number, card)
        for document in documents
        for page in document.pages
        if (document.id, page.number) in own
        for card in page.payment_words()
    )
    if found:
        yield Flag(
            code="payment-data-redacted",
            severity="warning",
            message="A payment card number came with this request; it is masked here and black on the page's picture.",
            evidence=found,
        )


def _age(born: dt.date, today: dt.date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _words(path: str) -> str:
    """A path as words: "the requesting provider's npi" without list positions."""
    steps = [step.replace("_", " ") for step in path.split(".") if not step.isdigit()]
    return "the " + " ".join(steps)


def _flag(code: FlagCode, severity: Severity, message: str, leaf: Sourced[Any]) -> Flag:
    return Flag(code=code, severity=severity, message=message, evidence=leaf.evidence)
