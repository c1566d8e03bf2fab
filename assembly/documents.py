"""The documents of a request with the parts that are its own."""

from __future__ import annotations

from typing import Any

from assembly.cases import Case, CasePart
from assembly.fuse import Claim, fuse
from models.annotations import LOINC, PartType
from models.evidence import Sourced
from models.mention import FieldMention
from models.received import SIDECAR
from models.request import RequestDocument, RequestPart
from models.result import DocumentResult, Submission


def documents_of(case: Case, submission: Submission) -> tuple[RequestDocument, ...]:
    """The documents that hold pages of the case, the containers they came in, and the records of fax servers.

    They are in the order of reception.
    """
    own: dict[str, list[CasePart]] = {}
    for part in case.parts:
        own.setdefault(part.result.document.id, []).append(part)
    by_path = {result.document.path: result for result in submission.results}
    wanted = {*own, *(r.document.id for r in submission.results if r.document.media_type == SIDECAR)}
    for identifier in tuple(own):
        result = next(r for r in submission.results if r.document.id == identifier)
        while result.document.parent is not None and result.document.parent in by_path:
            result = by_path[result.document.parent]
            wanted.add(result.document.id)
    return tuple(
        _document(result, own.get(result.document.id, []))
        for result in submission.results
        if result.document.id in wanted
    )


def _document(result: DocumentResult, parts: list[CasePart]) -> RequestDocument:
    document = result.document
    dpi = next((page.dpi for page in document.pages if page.dpi is not None), None)
    return RequestDocument(
        id=document.id,
        sha256=document.sha256,
        path=document.path,
        filename=document.filename,
        parent=document.parent,
        media_type=document.media_type,
        page_count=len(document.pages),
        dpi=dpi,
        duplicate_of=result.duplicate_of,
        parts=tuple(_part(part) for part in parts),
    )


def _part(case_part: CasePart) -> RequestPart:
    part = case_part.part
    return RequestPart(
        type=part.type,
        loinc=LOINC.get(part.type),
        pages=part.pages,
        title=part.title,
        confidence=part.confidence,
        patient=case_part.patient,
        dated_on=_fact(case_part, "part.dated_on") or _asked(case_part, "submitted_on", "signature.signed_on"),
        author=_fact(case_part, "part.author") or _asked(case_part, "requesting_provider.name", "signature.name"),
        signed=_fact(case_part, "part.signed"),
        laterality=_fact(case_part, "part.laterality"),
    )


def _asked(case_part: CasePart, *paths: str) -> Sourced[Any] | None:
    """What a form says of itself in the fields of the request: when it was filled in and who asks."""
    if case_part.part.type not in (PartType.PRIOR_AUTHORIZATION_FORM, PartType.REFERRAL):
        return None
    return next((fact for path in paths if (fact := _fact(case_part, path)) is not None), None)


def _fact(case_part: CasePart, path: str) -> Sourced[Any] | None:
    """A fact of a part, from the mentions on its pages that speak of the part itself."""
    claims = [
        Claim(mention, case_part.part.type)
        for mention in case_part.result.mentions
        if isinstance(mention, FieldMention)
        and mention.path == path
        and mention.evidence[0].page in case_part.part.pages
    ]
    return fuse(path, claims) if claims else None
