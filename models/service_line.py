"""What is asked for and why: diagnoses, and the lines of a request with their drugs, equipment and amounts.

Leaves are as in `models.request`: `Sourced[...] | None`, None when nothing on the pages speaks of it.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from models.code import Code
from models.evidence import Sourced
from models.value import Value

Text = Sourced[str] | None
Date = Sourced[dt.date] | None


class Diagnosis(Value):
    """Why the service is asked for."""

    code: Sourced[Code] | None = None
    text: Text = None
    role: Text = None
    onset_on: Date = None


class Quantity(Value):
    """How much; `value` is a decimal string."""

    value: Text = None
    unit: str | None = None


class Frequency(Value):
    """How often: `count` times `per`."""

    count: Text = None
    per: str | None = None


class Money(Value):
    """An amount of money; `amount` is a decimal string."""

    amount: Text = None
    currency: str | None = None


class PriorTreatment(Value):
    """A treatment that was tried before."""

    name: Text = None
    dose: Text = None
    start: Text = Field(default=None, alias="from")
    end: Text = Field(default=None, alias="to")
    outcome: Text = None


class Drug(Value):
    """A drug as the form writes it."""

    name: Text = None
    strength: Text = None
    dose: Text = None
    form: Text = None
    route: Text = None
    frequency: Text = None
    quantity: Text = None
    duration: Text = None
    ndc: Text = None
    new_or_continuing: Text = None
    prior_treatments: tuple[PriorTreatment, ...] = ()


class Equipment(Value):
    """Durable medical equipment."""

    acquisition: Sourced[Literal["purchase", "rental", "repair"]] | None = None
    months: Text = None


class Used(Value):
    """What the earlier authorizations leave over; plain."""

    approved: str
    used: str
    unit: str


class ServiceLine(Value):
    """One service, item or drug that is asked for. `diagnosis_refs` are indices into `diagnoses`."""

    code: Sourced[Code] | None = None
    text: Text = None
    modifiers: tuple[Sourced[str], ...] = ()
    category: Text = None
    quantity: Quantity | None = None
    frequency: Frequency | None = None
    visits: Text = None
    duration: Text = None
    start_on: Date = None
    end_on: Date = None
    place_of_service: Text = None
    laterality: Sourced[Literal["left", "right", "bilateral"]] | None = None
    body_site: Text = None
    charge: Money | None = None
    drug: Drug | None = None
    equipment: Equipment | None = None
    diagnosis_refs: tuple[int, ...] = ()
    used: Used | None = None
