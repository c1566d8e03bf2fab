"""The example of docs/examples/request.json: one full request about people who do not exist."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from models.annotations import PartType
from models.checklist import Finding, MissingItem
from models.code import Code
from models.evidence import Alternative, Evidence, Provenance, Sourced, Unclear
from models.payer import Deadline
from models.problem import Problem
from models.request import (
    Address,
    AppliedChecklist,
    AuthorizationRequest,
    ClinicalFact,
    Coverage,
    Flag,
    Name,
    Patient,
    PatientIdentifier,
    Provider,
    References,
    RequestDocument,
    RequestPart,
    Signature,
)
from models.service_line import Diagnosis, Drug, PriorTreatment, ServiceLine

T = TypeVar("T")
RECEIVED = dt.datetime(2026, 3, 2, 15, 4, tzinfo=dt.UTC)
FAX, NOTE = "a3" * 32, "b4" * 32
_LABELLED = Provenance(extractor="form_fields", version="1", rule="right")
_REPAIRED = Provenance(extractor="form_fields", version="1", rule="right", repaired=True)


def at(
    quote: str, row: float, *, column: float = 0, page: int = 1, document: str = "d1", pen: bool = False
) -> Evidence:
    """A place on an example page: rows are 24 points high, columns 135 points wide, from the top left margin."""
    x0, top = 54 + 135 * column, 120 + 24 * row
    box = (x0, top, round(x0 + (5.6 * len(quote) or 96), 2), top + 11)
    digest = FAX if document == "d1" else NOTE
    return Evidence(document=document, sha256=digest, page=page, quote=quote, boxes=(box,), handwritten=pen)


def said(
    value: T,
    place: Evidence,
    *,
    confidence: float = 0.97,
    unclear: Unclear | None = None,
    alternatives: tuple[Alternative[T], ...] = (),
    provenance: Provenance = _LABELLED,
) -> Sourced[T]:
    """A value that stands on an example page."""
    return Sourced(
        value=value,
        confidence=confidence,
        as_written=place.quote,
        unclear=unclear,
        alternatives=alternatives,
        evidence=(place,),
        provenance=provenance,
    )


def unreadable(place: Evidence, why: Unclear, *, confidence: float = 0.3) -> Sourced[str]:
    """Something that stands on an example page and whose value nobody knows."""
    written = place.quote or None
    return Sourced[str](
        value=None, confidence=confidence, as_written=written, unclear=why, evidence=(place,), provenance=_LABELLED
    )


def example() -> AuthorizationRequest:
    """A faxed drug request with an office note: most is clear, some needs a look, something is missing."""
    return AuthorizationRequest(
        id="r-5d1c7e0a9b42",
        status="needs_review",
        submissions=("inbox/2026-03-02/fax-0412.tif",),
        channel="cli",
        received_at=RECEIVED,
        received_at_source="fax-header",
        payer="us-medicare-advantage",
        market="us",
        request_type=said("drug", at("Medication request", -2)),
        level_of_service=said("urgent", at("EXPEDITED", 0, column=3), confidence=0.62, unclear="illegible"),
        urgency_reason=said("Bleeding; cannot wait for the next infusion slot", at("Bleeding; cannot wait", 17)),
        certification_type=said("renewal", at("Renewal", -1, column=3)),
        submitted_on=said(dt.date(2026, 3, 2), at("03/02/2026", 19, column=3)),
        references=References(previous_authorization_number=said("PA-0093127", at("PA-0093127", -1))),
        patient=_patient(),
        coverage=_coverage(),
        requesting_provider=_provider(),
        signature=Signature(
            state=said("signed", at("", 19, pen=True), confidence=0.93),
            name=said("Imogen Vale, MD", at("Imogen Vale, MD", 20)),
            signed_on=said(dt.date(2026, 3, 2), at("03/02/2026", 19, column=3)),
        ),
        diagnoses=_diagnoses(),
        service_lines=(_service(),),
        documents=_documents(),
        clinical=_clinical(),
        checklists=_checklists(),
        findings=_findings(),
        missing_items=(_missing(),),
        deadlines=(_deadline(),),
        flags=_flags(),
        problems=(
            Problem(stage="read", code="F007", severity="warning", document="d1", page=2,
                    message="The lower third of the page is too faint to be read."),
        ),
    )  # fmt: skip


def _patient() -> Patient:
    return Patient(
        name=Name(
            full=said("Marigold Q. Testerly", at("Marigold Q. Testerly", 1)),
            family=said("Testerly", at("Testerly", 1, column=0.83)),
            given=said("Marigold Q.", at("Marigold Q.", 1)),
        ),
        birth_date=said(dt.date(1961, 12, 3), at("12/03/1961", 1, column=2)),
        sex=said("female", at("Female", 1, column=3)),
        phone=said("4155550132", at("(415) 555-0132", 2), confidence=0.86),
        address=Address(
            line=said("12 Elm Street", at("12 Elm Street", 3)),
            city=said("Oakland", at("Oakland", 3, column=1)),
            state=said("CA", at("CA", 3, column=2)),
            postal_code=said("94607", at("94607", 3, column=3), confidence=0.88),
        ),
        identifiers=(
            PatientIdentifier(
                system="mbi", value=said("1EG4TE5MK73", at("1EG4-TE5-MK73", 4, column=2), provenance=_REPAIRED)
            ),
        ),
    )


def _coverage() -> Coverage:
    other = Alternative[str](value="XQ7745O1", confidence=0.2, evidence=(at("XQ7745O1", 3, page=2, document="d2"),))
    return Coverage(
        payer_name=said("Example Health Plan", at("Example Health Plan", 5)),
        member_id=said("XQ774501", at("XQ774501", 4), confidence=0.71, unclear="conflict", alternatives=(other,)),
        group_number=unreadable(at("", 5, column=2, pen=True), "handwritten"),
    )


def _provider() -> Provider:
    return Provider(
        name=said("Imogen Vale, MD", at("Imogen Vale, MD", 7)),
        organization=said("Lantern Bay Gastroenterology", at("Lantern Bay Gastroenterology", 8)),
        npi=unreadable(at("12345678", 7, column=2), "invalid"),
        specialty=said("Gastroenterology", at("Gastroenterology", 7, column=3)),
        phone=said("4155550177", at("415-555-0177", 9)),
        fax=said("4155550178", at("415-555-0178", 9, column=2)),
        contact_name=said("R. Sample", at("R. Sample", 9, column=3), confidence=0.83),
    )


def _diagnoses() -> tuple[Diagnosis, ...]:
    code = Code(system="ICD-10-CM", code="K50.90", display="Crohn's disease, unspecified, without complications")
    return (
        Diagnosis(code=said(code, at("K50.90", 11)), text=said("Crohn's disease", at("Crohn's disease", 11, column=1))),
    )


def _service() -> ServiceLine:
    return ServiceLine(
        drug=Drug(
            name=said("Adalimumab", at("Adalimumab", 13)),
            strength=said("40 mg/0.4 mL", at("40 mg/0.4 mL", 13, column=1)),
            dose=said("40 mg", at("40 mg", 13, column=2)),
            route=said("subcutaneous", at("subcutaneous", 13, column=3)),
            frequency=said("every other week", at("every other week", 14)),
            quantity=said("2 pens", at("2 pens", 14, column=2), confidence=0.91),
            duration=said("12 months", at("12 months", 14, column=3)),
            new_or_continuing=said("continuing", at("Continuing", 15), confidence=0.79),
            prior_treatments=(
                PriorTreatment.model_validate(
                    {
                        "name": said("azathioprine", at("azathioprine", 16)),
                        "from": said("05/2024", at("05/2024", 16, column=1)),
                        "to": said("01/2025", at("01/2025", 16, column=2)),
                        "outcome": said("no response", at("no response", 16, column=3), confidence=0.94),
                    }
                ),
            ),
        ),
        start_on=said(dt.date(2026, 3, 9), at("03/09/2026", 15, column=2)),
        diagnosis_refs=(0,),
    )


def _documents() -> tuple[RequestDocument, ...]:
    form = RequestPart(
        type=PartType.PRIOR_AUTHORIZATION_FORM, loinc=None, pages=(1,), title=None, confidence=0.99, patient="same",
        signed=said("signed", at("", 19, pen=True), confidence=0.93),
    )  # fmt: skip
    cover = RequestPart(type=PartType.FAX_COVER, loinc=None, pages=(2,), title=None, confidence=0.9, patient="unknown")
    note = RequestPart(
        type=PartType.PROGRESS_NOTE, loinc="11506-3", pages=(1, 2), title="Office visit", confidence=0.95,
        patient="same",
        dated_on=said(dt.date(2025, 11, 18), at("11/18/2025", 0, page=1, document="d2")),
        author=said("Imogen Vale, MD", at("Imogen Vale, MD", 12, page=1, document="d2")),
    )  # fmt: skip
    fax = RequestDocument(
        id="d1", sha256=FAX, path="fax-0412.tif", filename="fax-0412.tif", parent=None, media_type="image/tiff",
        page_count=2, dpi=(204.0, 196.0, "stated"), duplicate_of=None, parts=(form, cover),
    )  # fmt: skip
    letter = RequestDocument(
        id="d2", sha256=NOTE, path="note.pdf", filename="note.pdf", parent=None, media_type="application/pdf",
        page_count=2, dpi=None, duplicate_of=None, parts=(note,),
    )  # fmt: skip
    return fax, letter


def _clinical() -> tuple[ClinicalFact, ...]:
    crohns = ClinicalFact(
        text="Crohn's disease", category="problem", concept="crohns_disease", status="present", date=None, value=None,
        unit=None, laterality=None, codes=(), evidence=(at("Crohn's disease", 3, document="d2"),),
    )  # fmt: skip
    tried = ClinicalFact(
        text="azathioprine", category="drug", concept="azathioprine", status="failed", date=dt.date(2025, 1, 15),
        value=None, unit=None, laterality=None, codes=(),
        evidence=(at("azathioprine stopped 01/15/2025", 4, document="d2"),),
    )  # fmt: skip
    protein = ClinicalFact(
        text="C-reactive protein", category="test", concept=None, status="present", date=None, value="31", unit="mg/L",
        laterality=None, codes=(), evidence=(at("CRP 31 mg/L", 5, document="d2"),),
    )  # fmt: skip
    return crohns, tried, protein


def _checklists() -> tuple[AppliedChecklist, ...]:
    return (
        AppliedChecklist(id="general-minimum", version="2026-01", title="What every request needs",
                         source="Example policy 1", service_lines=(0,)),
        AppliedChecklist(id="biologic-drug", version="2026-01", title="Biologic drugs", source="Example policy 7",
                         service_lines=(0,)),
    )  # fmt: skip


def _findings() -> tuple[Finding, ...]:
    visit = at("11/18/2025", 0, document="d2")
    return (
        Finding(checklist="general-minimum", item="member-id", service_line=None, verdict="unclear",
                cause="conflicting", reason="The pages give two member IDs.", evidence=(at("XQ774501", 4),)),
        Finding(checklist="general-minimum", item="requesting-provider-npi", service_line=None, verdict="unclear",
                cause="unreadable", reason="The number as written does not pass the NPI check.",
                evidence=(at("12345678", 7, column=2),)),
        Finding(checklist="biologic-drug", item="diagnosis", service_line=0, verdict="met", cause=None,
                reason="K50.90 is among the diagnoses of the policy.", evidence=(at("K50.90", 11),)),
        Finding(checklist="biologic-drug", item="prior-therapy", service_line=0, verdict="met", cause=None,
                reason="Azathioprine from 05/2024 to 01/2025, no response.", evidence=(at("azathioprine", 16),)),
        Finding(checklist="biologic-drug", item="office-note", service_line=0, verdict="not_met", cause="expired",
                reason="The note of 2025-11-18 is 104 days older than the receipt of 2026-03-02; allowed: 60 days.",
                evidence=(visit,)),
        Finding(checklist="biologic-drug", item="tuberculosis-screening", service_line=0, verdict="not_found",
                cause=None, reason="No screening for tuberculosis stands in the 4 pages."),
    )  # fmt: skip


def _missing() -> MissingItem:
    return MissingItem(
        id="biologic-drug:office-note",
        checklist="biologic-drug",
        item="office-note",
        service_lines=(0,),
        cause="expired",
        need="required",
        ask="Please send a signed office note of the past 60 days. The note received is dated 18 Nov 2025.",
        alternatives=("A signed consultation of the past 60 days",),
        from_whom="requesting",
        document_type=PartType.PROGRESS_NOTE,
        loinc="11506-3",
    )


def _deadline() -> Deadline:
    return Deadline(
        rule="us-medicare-advantage:expedited-decision",
        kind="decision",
        starts_at=RECEIVED,
        start_event="received",
        due_at=RECEIVED + dt.timedelta(hours=72),
        assumed=True,
        source="42 CFR 422.572(a)",
    )


def _flags() -> tuple[Flag, ...]:
    return (
        Flag(code="invalid-identifier", severity="error", message="A number does not pass its check and was not used.",
             evidence=(at("12345678", 7, column=2),)),
        Flag(code="conflict", severity="error", message="The pages give two member IDs.",
             evidence=(at("XQ774501", 4), at("XQ7745O1", 3, page=2, document="d2"))),
        Flag(code="handwriting", severity="warning", message="A field is written by hand and was not read."),
        Flag(code="repaired-identifier", severity="info", message="A misread character was repaired and confirmed."),
    )  # fmt: skip
