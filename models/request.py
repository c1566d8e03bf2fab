"""The structured prior-authorization request: one line of requests.jsonl (docs/schema/authorization-request-1.json).

A leaf is `Sourced[...] | None`: None when nothing on the pages speaks of it. Keys named system, kind, unit, currency,
per and by are plain, as are the values of this module that say so.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from models.annotations import PartType
from models.checklist import Finding, MissingItem
from models.code import Code
from models.evidence import Evidence, Sourced
from models.mention import EntityCategory, EntityStatus, TreatmentOutcome
from models.payer import Deadline, LevelOfService
from models.problem import Problem, Severity
from models.received import Channel, ReceivedAtSource
from models.service_line import Date, Diagnosis, ServiceLine, Text
from models.value import Moment, Value

RequestType = Literal["referral", "service", "admission", "drug", "equipment", "transport"]
FlagCode = Literal[
    "mixed-patient", "invalid-identifier", "member-not-found", "ineligible", "conflict",
    "member-possible", "provider-not-found", "laterality-conflict", "code-text-conflict", "invalid-code",
    "code-not-valid-on-date", "signature-missing", "hidden-text", "urgent-but-distant-date", "handwriting",
    "poor-quality", "duplicate-of", "amendment-of", "fax-number-differs", "payment-data-redacted", "pages-missing",
    "payer-unknown", "repaired-identifier", "limit-used", "under-21", "emergency-no-auth", "active-content",
]  # fmt: skip


class Name(Value):
    """A person's name as written, white space collapsed."""

    full: Text = None
    family: Text = None
    given: Text = None


class Address(Value):
    """A postal address."""

    line: Text = None
    city: Text = None
    state: Text = None
    postal_code: Text = None


class PatientIdentifier(Value):
    """An identifier of the patient; HKID and SSN are masked."""

    system: Literal["mbi", "medi-cal-cin", "hkid", "passport", "ssn", "mrn"]
    value: Text = None


class Amount(Value):
    """A measured amount, the number as a decimal string; the value of `weight` and `height`."""

    value: str
    unit: str


class Patient(Value):
    """The person the service is for."""

    name: Name = Name()
    name_zh: Text = None
    birth_date: Date = None
    sex: Sourced[Literal["female", "male", "other", "unknown"]] | None = None
    phone: Text = None
    address: Address = Address()
    identifiers: tuple[PatientIdentifier, ...] = ()
    height: Sourced[Amount] | None = None
    weight: Sourced[Amount] | None = None
    language: Text = None


class Subscriber(Value):
    """Who holds the policy, if it is not the patient."""

    name: Text = None
    birth_date: Date = None
    relationship: Text = None


class OtherCoverage(Value):
    """Another insurer."""

    payer_name: Text = None
    policy_number: Text = None


class Accident(Value):
    """An accident or other cause the form asks about."""

    related_to: Text = None
    occurred_on: Date = None


class Comparison(Value):
    """One field compared with a directory record; `weight` is log2 evidence."""

    field: str
    level: str
    weight: float


class Candidate(Value):
    """A record that came into question."""

    record: str
    probability: float


class Match(Value):
    """Which directory record this is, and why."""

    decision: Literal["link", "possible_link", "non_link"]
    record: str | None
    probability: float
    comparisons: tuple[Comparison, ...] = ()
    candidates: tuple[Candidate, ...] = ()


class Eligibility(Value):
    """Coverage on the date of service, as the member directory knows it."""

    status: Literal["active", "inactive", "unknown"]
    as_of: dt.date
    reason: str


class Coverage(Value):
    """The patient's insurance. `match` is None without a member directory."""

    payer_name: Text = None
    member_id: Text = None
    group_number: Text = None
    policy_number: Text = None
    line_of_business: Text = None
    subscriber: Subscriber = Subscriber()
    other_coverage: tuple[OtherCoverage, ...] = ()
    accident: Accident = Accident()
    match: Match | None = None
    eligibility: Eligibility | None = None


class Provider(Value):
    """A provider in one of its roles. NPI, TIN, phone and fax digits only. `match` is None without a directory."""

    name: Text = None
    organization: Text = None
    npi: Text = None
    tin: Text = None
    dea: Text = None
    license_number: Text = None
    specialty: Text = None
    phone: Text = None
    fax: Text = None
    address: Address = Address()
    contact_name: Text = None
    match: Match | None = None


class Signature(Value):
    """The requester's signature on the form or letter."""

    state: Sourced[Literal["signed", "unsigned", "stamp", "unclear"]] | None = None
    name: Text = None
    credential: Text = None
    signed_on: Date = None


class Admission(Value):
    """A hospital stay."""

    type: Text = None
    admitted_on: Date = None
    discharged_on: Date = None
    days: Text = None
    level_of_care: Text = None


class Policyholder(Value):
    """Hong Kong: who owns the policy."""

    name: Text = None
    relationship: Text = None


class Estimate(Value):
    """Hong Kong: one line of the fee estimate."""

    kind: str
    amount: Text = None
    currency: str | None = None


class Consent(Value):
    """Hong Kong: a signed consent."""

    by: str
    signed: Sourced[bool] | None = None
    signed_on: Date = None


class HongKong(Value):
    """What Hong Kong pre-authorisation forms ask beyond the rest. Extracted, never concluded."""

    policyholder: Policyholder = Policyholder()
    ward_class: Text = None
    first_consulted_on: Date = None
    symptom_onset_on: Date = None
    symptoms: Text = None
    previous_same_condition: Text = None
    surgical_category: Text = None
    estimates: tuple[Estimate, ...] = ()
    guarantee_requested: Sourced[bool] | None = None
    other_insurer: Text = None
    consents: tuple[Consent, ...] = ()


class References(Value):
    """Numbers by which the parties know this or an earlier request."""

    previous_authorization_number: Text = None
    authorization_number: Text = None
    sender_reference: Text = None
    referral_number: Text = None


class RequestPart(Value):
    """A part of a document with its pages; plain but for its date, author, signature and the side it is about."""

    type: PartType
    loinc: str | None
    pages: tuple[int, ...]
    title: str | None
    confidence: float
    patient: Literal["same", "other", "unknown"]
    dated_on: Date = None
    author: Text = None
    signed: Sourced[Literal["signed", "unsigned", "unclear"]] | None = None
    laterality: Sourced[Literal["left", "right", "bilateral"]] | None = None


class RequestDocument(Value):
    """A leaf document of the submission; plain. `page_count` is 0 for containers."""

    id: str
    sha256: str
    path: str
    filename: str
    parent: str | None
    media_type: str
    page_count: int
    dpi: tuple[float, float, Literal["stated", "assumed"]] | None
    duplicate_of: str | None
    parts: tuple[RequestPart, ...]


class ClinicalFact(Value):
    """A clinical entity; plain. Of a treatment with the bounds of its course and its outcome, as far as told."""

    text: str
    category: EntityCategory
    concept: str | None
    status: EntityStatus
    date: dt.date | None
    value: str | None
    unit: str | None
    laterality: str | None
    codes: tuple[Code, ...]
    evidence: tuple[Evidence, ...]
    began_on: dt.date | None = None
    ended_on: dt.date | None = None
    outcome: TreatmentOutcome | None = None
    expansion: str | None = None


class AppliedChecklist(Value):
    """Which checklist, in which version, was applied to which service lines."""

    id: str
    version: str
    title: str
    source: str
    service_lines: tuple[int, ...]


class Flag(Value):
    """Something a person should know before working on the request. No PHI beyond what the pages' evidence shows."""

    code: FlagCode
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...] = ()


class AuthorizationRequest(Value):
    """A structured request: everything the pages say, where they say it, and what is missing.

    `status` "ready" means the reading is complete, never that the service could be approved.
    """

    id: str
    schema_: Literal["authorization-request/1"] = Field(default="authorization-request/1", alias="schema")
    status: Literal["ready", "needs_review"]
    submissions: tuple[str, ...]
    channel: Channel
    received_at: Moment
    received_at_source: ReceivedAtSource
    payer: str | None
    market: Literal["us", "hk"]
    request_type: Sourced[RequestType] | None = None
    review_timing: Sourced[Literal["prospective", "concurrent", "retrospective"]] | None = None
    level_of_service: Sourced[LevelOfService] | None = None
    urgency_reason: Text = None
    certification_type: Sourced[
        Literal["initial", "extension", "renewal", "amendment", "cancellation", "reconsideration", "appeal"]
    ] | None = None  # fmt: skip
    submitted_on: Date = None
    references: References = References()
    patient: Patient = Patient()
    coverage: Coverage = Coverage()
    requesting_provider: Provider = Provider()
    ordering_provider: Provider = Provider()
    servicing_provider: Provider = Provider()
    facility: Provider = Provider()
    primary_care_provider: Provider = Provider()
    signature: Signature = Signature()
    admission: Admission = Admission()
    diagnoses: tuple[Diagnosis, ...] = ()
    service_lines: tuple[ServiceLine, ...] = ()
    hong_kong: HongKong = HongKong()
    documents: tuple[RequestDocument, ...]
    clinical: tuple[ClinicalFact, ...] = ()
    checklists: tuple[AppliedChecklist, ...] = ()
    findings: tuple[Finding, ...] = ()
    missing_items: tuple[MissingItem, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    flags: tuple[Flag, ...] = ()
    problems: tuple[Problem, ...] = ()


class HeldPage(Value):
    """A page that may belong to no request of its submission: another patient's, for example (held.jsonl)."""

    submission: str
    file: str
    document: str
    page: int
    code: str
    reason: str


class Rejection(Value):
    """A received file none of whose pages could be used (rejected.jsonl). It keeps its receipt and needs a person."""

    submission: str
    file: str
    sha256: str
    code: str
    message: str
