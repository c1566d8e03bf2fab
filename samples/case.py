"""What a sample asks for: one request as a sender means it, before anyone draws it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from samples.fictions import Person, Practitioner


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


@dataclass(frozen=True, slots=True)
class Line:
    """A service that is asked for by its code (CPT or HCPCS); `text` is the office's own description."""

    code: str
    text: str
    quantity: int
    modifier: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One request: `on` is the day the office filled it in."""

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
