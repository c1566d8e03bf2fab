"""What the pages of a document are: its parts with their types, and the sections of their text."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from models.geometry import Span
from models.value import Value


class PartType(StrEnum):
    """The kinds of documents in a packet; the values are the contract's slugs."""

    PRIOR_AUTHORIZATION_FORM = "prior-authorization-form"
    FAX_COVER = "fax-cover"
    HISTORY_AND_PHYSICAL = "history-and-physical"
    PROGRESS_NOTE = "progress-note"
    CONSULTATION = "consultation"
    IMAGING_REPORT = "imaging-report"
    LABORATORY_REPORT = "laboratory-report"
    PATHOLOGY_REPORT = "pathology-report"
    OPERATIVE_NOTE = "operative-note"
    PROCEDURE_NOTE = "procedure-note"
    DISCHARGE_SUMMARY = "discharge-summary"
    EMERGENCY_NOTE = "emergency-note"
    LETTER_OF_MEDICAL_NECESSITY = "letter-of-medical-necessity"
    ORDER = "order"
    PLAN_OF_CARE = "plan-of-care"
    THERAPY_NOTE = "therapy-note"
    SLEEP_STUDY = "sleep-study"
    MEDICATION_LIST = "medication-list"
    ID_CARD = "id-card"
    PHOTO = "photo"
    REFERRAL = "referral"
    CORRESPONDENCE = "correspondence"
    POLICY = "policy"
    SEPARATOR = "separator"
    BLANK = "blank"
    OTHER = "other"


# LOINC codes for documents, as the Da Vinci PAS value set of attachment codes lists them (Regenstrief, free licence).
LOINC: dict[PartType, str] = {
    PartType.HISTORY_AND_PHYSICAL: "34117-2",
    PartType.PROGRESS_NOTE: "11506-3",
    PartType.CONSULTATION: "11488-4",
    PartType.REFERRAL: "57133-1",
    PartType.IMAGING_REPORT: "18748-4",
    PartType.LABORATORY_REPORT: "11502-2",
    PartType.PATHOLOGY_REPORT: "11526-1",
    PartType.OPERATIVE_NOTE: "11504-8",
    PartType.PROCEDURE_NOTE: "28570-0",
    PartType.DISCHARGE_SUMMARY: "18842-5",
    PartType.PLAN_OF_CARE: "18776-5",
    PartType.SLEEP_STUDY: "28633-6",
    PartType.MEDICATION_LIST: "57828-6",
    PartType.ID_CARD: "52037-9",
    PartType.CORRESPONDENCE: "52033-8",
}


class PatientSpan(Value):
    """Whom a part speaks of, as far as its own pages say.

    Name as written, birth date ISO 8601, each None if not said.
    """

    name: str | None = None
    birth_date: str | None = None


class Part(Value):
    """A document within the packet: ascending pages of one file that belong together. `confidence` is 0..1."""

    type: PartType
    pages: tuple[int, ...]
    title: str | None
    confidence: float
    patient: PatientSpan = PatientSpan()


class Section(Value):
    """A headed stretch of text ("assessment", "medications", ...), its heading as written, its first page."""

    kind: str
    title: str
    span: Span
    page: int


class Annotations(Value):
    """Everything known about the layout of a document's content; spans only, no values."""

    parts: tuple[Part, ...]
    sections: tuple[Section, ...] = ()
    sentences: tuple[Span, ...] = ()
    language: Literal["en", "zh", "other"] = "en"

    def part_of(self, page: int) -> Part:
        """The part that holds this page; every page has one."""
        return next(part for part in self.parts if page in part.pages)
