"""What a sample asks for: one request as a sender means it, before anyone draws it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from samples.fictions import Person, Practitioner

Side = Literal["left", "right", "bilateral"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A diagnosis with its ICD-10-CM code, dot included."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug that is asked for, as an office writes it; `tried` are (name, dose, dates, outcome) of others."""

    name: str
    strength: str
    form: str
    route: str
    dose: str
    frequency: str
    quantity: str
    duration: str
    tried: tuple[tuple[str, str, str, str], ...] = ()
    ndc: str = ""
    continuing: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A service that is asked for by its code (CPT or HCPCS); `text` is the office's own description.

    `unit` is what `quantity` counts; `frequency` is (times, per what), as in twice a week; `months` those of a rental;
    `evaluated_on` and `visits_used` are those of the therapy so far.
    """

    code: str
    text: str
    quantity: int
    modifier: str = ""
    unit: str = ""
    visits: int | None = None
    frequency: tuple[int, str] | None = None
    duration: str = ""
    side: Side | None = None
    body_site: str = ""
    place: str = ""
    acquisition: Literal["purchase", "rental", "repair"] | None = None
    months: int | None = None
    charge: str = ""
    evaluated_on: dt.date | None = None
    visits_used: int | None = None


@dataclass(frozen=True, slots=True)
class Admission:
    """A hospital stay that is asked for."""

    type: Literal["elective", "urgent", "emergency"]
    on: dt.date
    days: int
    level_of_care: str


@dataclass(frozen=True, slots=True)
class Policy:
    """What a Hong Kong pre-authorisation form asks besides; amounts in dollars of Hong Kong by kind of fee."""

    number: str
    holder: str
    relationship: str
    ward_class: str
    symptoms: str
    onset_on: dt.date
    first_consulted_on: dt.date
    surgical_category: str = ""
    estimates: tuple[tuple[str, int], ...] = ()
    guarantee: bool = True
    other_insurer: str = ""
    same_condition_before: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One request: `on` is the day the office filled it in.

    `kind` is the contract's request type; `servicing` does it, `ordering` has ordered it, `facility` is where.
    """

    payer: str
    patient: Person
    requester: Practitioner
    on: dt.date
    level_of_service: Literal["standard", "urgent"]
    diagnoses: tuple[Diagnosis, ...]
    servicing: Practitioner | None = None
    drug: Drug | None = None
    lines: tuple[Line, ...] = ()
    starts: dt.date | None = None
    ends: dt.date | None = None
    signed: bool = True
    kind: Literal["referral", "service", "admission", "drug", "equipment"] = "service"
    market: Literal["us", "hk"] = "us"
    urgency_reason: str = ""
    certification: Literal["initial", "extension", "renewal", "amendment"] = "initial"
    previous_number: str = ""
    ordering: Practitioner | None = None
    facility: Practitioner | None = None
    primary_care: Practitioner | None = None
    admission: Admission | None = None
    policy: Policy | None = None
    other_payer: str = ""
