"""Small requests in code, for what the checklists are held against."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from models.annotations import LOINC, PartType
from models.code import Code
from models.evidence import Evidence, Provenance, Sourced, Unclear
from models.mention import EntityCategory, EntityStatus
from models.request import (
    AuthorizationRequest,
    ClinicalFact,
    Coverage,
    Name,
    Patient,
    Provider,
    RequestDocument,
    RequestPart,
    Signature,
)
from models.service_line import Diagnosis, Drug, PriorTreatment, ServiceLine

T = TypeVar("T")
SHA = "0" * 64
RECEIVED = dt.datetime(2026, 9, 11, 15, 30, tzinfo=dt.UTC)
PROVENANCE = Provenance(extractor="test", version="1", rule="made")


def place(page: int = 1, document: str = "d1") -> Evidence:
    return Evidence(document=document, sha256=SHA, page=page, quote="quoted")


def told(
    value: T,
    page: int = 1,
    *,
    unclear: Unclear | None = None,
    as_written: str | None = None,
    confidence: float = 0.97,
) -> Sourced[T]:
    return Sourced[T](
        value=value,
        confidence=confidence,
        as_written=as_written,
        unclear=unclear,
        evidence=(place(page),),
        provenance=PROVENANCE,
    )


def unread(unclear: Unclear, as_written: str | None = None, *, confidence: float = 0.97) -> Any:
    return Sourced[str](
        value=None,
        confidence=confidence,
        as_written=as_written,
        unclear=unclear,
        evidence=(place(),),
        provenance=PROVENANCE,
    )


def part(
    kind: PartType,
    pages: tuple[int, ...] = (2,),
    *,
    on: dt.date | None = None,
    signed: Any = None,
    author: str | None = None,
    patient: Any = "same",
) -> RequestPart:
    return RequestPart(
        type=kind,
        loinc=LOINC.get(kind),
        pages=pages,
        title=None,
        confidence=0.9,
        patient=patient,
        dated_on=told(on, pages[0]) if on else None,
        author=told(author, pages[0]) if author else None,
        signed=told(signed, pages[0]) if signed else None,
    )


def paper(*parts: RequestPart, pages: int = 4) -> RequestDocument:
    return RequestDocument(
        id="d1",
        sha256=SHA,
        path="fax.tif",
        filename="fax.tif",
        parent=None,
        media_type="image/tiff",
        page_count=pages,
        dpi=None,
        duplicate_of=None,
        parts=(part(PartType.PRIOR_AUTHORIZATION_FORM, (1,)), *parts),
    )


def fact(
    concept: str,
    status: EntityStatus = "present",
    *,
    on: dt.date | None = None,
    value: str | None = None,
    unit: str | None = None,
    laterality: str | None = None,
    page: int = 2,
    text: str | None = None,
    category: EntityCategory = "drug",
) -> ClinicalFact:
    return ClinicalFact(
        text=text or concept,
        category=category,
        concept=concept,
        status=status,
        date=on,
        value=value,
        unit=unit,
        laterality=laterality,
        codes=(),
        evidence=(place(page),),
    )


def request(**changes: Any) -> AuthorizationRequest:
    """A complete request for an MRI; `changes` replace whole fields."""
    fields: dict[str, Any] = {
        "id": "r1",
        "status": "needs_review",
        "submissions": ("fax.tif",),
        "channel": "cli",
        "received_at": RECEIVED,
        "received_at_source": "option",
        "payer": None,
        "market": "us",
        "request_type": told("service"),
        "level_of_service": told("standard"),
        "patient": Patient(name=Name(full=told("Ada Example")), birth_date=told(dt.date(1980, 5, 1))),
        "coverage": Coverage(member_id=told("M123")),
        "requesting_provider": Provider(
            name=told("Bo Sample, MD"),
            npi=told("1234567893"),
            phone=told("5555550100"),
            fax=told("5555550101"),
            specialty=told("Rheumatology"),
        ),
        "signature": Signature(state=told("signed"), signed_on=told(dt.date(2026, 9, 10))),
        "diagnoses": (Diagnosis(code=told(Code(system="ICD-10-CM", code="M54.16"))),),
        "service_lines": (
            ServiceLine(code=told(Code(system="CPT", code="73721")), start_on=told(dt.date(2026, 9, 20))),
        ),
        "documents": (paper(),),
    }
    return AuthorizationRequest(**(fields | changes))


def drug_request(**changes: Any) -> AuthorizationRequest:
    """A complete request for adalimumab."""
    drug = Drug(
        name=told("Adalimumab"),
        strength=told("40 mg"),
        frequency=told("every 2 weeks"),
        quantity=told("16 injections"),
        prior_treatments=(PriorTreatment(name=told("Methotrexate"), outcome=told("no response")),),
    )
    fields: dict[str, Any] = {
        "request_type": told("drug"),
        "diagnoses": (
            Diagnosis(code=told(Code(system="ICD-10-CM", code="K50.90")), text=told("Severe Crohn's disease")),
        ),
        "service_lines": (ServiceLine(drug=drug),),
        "documents": (paper(part(PartType.PROGRESS_NOTE, on=dt.date(2026, 8, 1), signed="signed")),),
        "clinical": (fact("tuberculosis_test", "absent", on=dt.date(2026, 7, 1), category="test"),),
    }
    return request(**(fields | changes))
