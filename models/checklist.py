"""What a payer looks for before it decides, and what was found of it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from models.annotations import PartType
from models.code import CodeSystem
from models.evidence import Evidence
from models.mention import EntityStatus
from models.value import Value

Verdict = Literal["met", "not_met", "not_found", "unclear", "waived"]
Cause = Literal[
    "expired", "too-early", "unsigned", "wrong-side", "wrong-body-part",
    "other-patient", "other-author", "unreadable", "conflicting",
]  # fmt: skip
Side = Literal["same", "left", "right", "bilateral"]
Anchor = str  # "order", "service_start", "received", or the id of another item


class Length(Value):
    """A length of time: days, weeks, months or years."""

    value: int = Field(ge=0)
    unit: Literal["d", "wk", "mo", "y"]


class Within(Length):
    """A window that ends at an anchor: `value` `unit` before `order`, `service_start`, `received` or another item."""

    before: Anchor


class FieldNeed(Value):
    """A field of the request is there and clear; `one_of` limits its value."""

    path: str
    one_of: tuple[str, ...] | None = None


class CodeNeed(Value):
    """A code of `system` among `any_of` (a trailing * matches any ending)."""

    system: CodeSystem
    any_of: tuple[str, ...]


class EntityNeed(Value):
    """A clinical fact with this concept and one of these states."""

    concept: str
    status: tuple[EntityStatus, ...] = ("present",)
    within: Within | None = None
    laterality: Side | None = None


class DurationNeed(Value):
    """Something lasted at least so long; `within` limits it to facts (or their notes) dated in the window."""

    of: str
    at_least: Length
    within: Within | None = None


class MeasurementNeed(Value):
    """A measured value in a range (`at_least`, `at_most` or `between`; decimal strings) of `unit`.

    Without `unit` any unit counts: for an index that pages write with and without one.
    """

    of: str
    unit: str | None = None
    at_least: str | None = None
    at_most: str | None = None
    between: tuple[str, str] | None = None
    within: Within | None = None


class DocumentNeed(Value):
    """A part of one of these types among the pages, as far as asked: signed, by a role, in the window, about a side.

    `laterality` "same" means the side of the service line; a line without a side asks for none.
    """

    type: tuple[PartType, ...]
    signed: bool | None = None
    author_role: str | tuple[str, ...] | None = None
    within: Within | None = None
    laterality: Side | None = None


class OrderNeed(Value):
    """A signed order or prescription, about the side asked for as in `DocumentNeed`."""

    signed: bool = True
    within: Within | None = None
    laterality: Side | None = None


class SameNeed(Value):
    """Two paths or parts agree."""

    left: str
    right: str


class CountNeed(Value):
    """At least so many of a concept."""

    of: str
    at_least: int


class Need(Value):
    """Exactly one predicate, or `all_of` / `any_of` other needs."""

    field: FieldNeed | None = None
    code: CodeNeed | None = None
    entity: EntityNeed | None = None
    duration: DurationNeed | None = None
    measurement: MeasurementNeed | None = None
    document: DocumentNeed | None = None
    order: OrderNeed | None = None
    same: SameNeed | None = None
    count: CountNeed | None = None
    all_of: tuple[Need, ...] | None = None
    any_of: tuple[Need, ...] | None = None


class Item(Value):
    """One question of a checklist. `ask` is the phrase for the provider's office ("The NPI of the requester.").

    `unless` names an item that makes this one unnecessary when it is met; `when` names the item that must be met for
    this one to be asked at all. Either makes the item conditional.
    """

    id: str
    ask: str
    need: Need
    required: bool = True
    unless: str | None = None
    when: str | None = None
    from_whom: Literal["requesting", "servicing", "member", "plan"] = "requesting"


class ServiceSelector(Value):
    """The services a checklist is for: codes of a system, words of a drug or service, kinds of request."""

    system: CodeSystem | None = None
    codes: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    request_types: tuple[str, ...] = ()


class AppliesTo(Value):
    """To what a checklist applies: `all_services`, or any of the selectors."""

    all_services: bool = False
    services: tuple[ServiceSelector, ...] = ()


class Period(Value):
    """From when (inclusive) until when (exclusive, None = open) something is in force."""

    start: dt.date = Field(alias="from")
    until: dt.date | None = None


class PolicySource(Value):
    """The public text a rule can be traced to."""

    policy: str
    url: str | None = None
    retrieved: dt.date


class Checklist(Value):
    """A payer's questions for a kind of service, versioned and effective-dated. Authored as YAML in checklists/."""

    id: str
    authority: str
    version: str
    effective: Period
    title: str
    source: PolicySource
    applies_to: AppliesTo
    items: tuple[Item, ...]


class Finding(Value):
    """The verdict on one item for one service line (None: the request as a whole). `reason` is a sentence for staff."""

    checklist: str
    item: str
    service_line: int | None
    verdict: Verdict
    cause: Cause | None
    reason: str
    evidence: tuple[Evidence, ...] = ()


class MissingItem(Value):
    """A gap, worded for the person who must send it. Never "denied", never "insufficient"."""

    id: str
    checklist: str
    item: str
    service_lines: tuple[int, ...]
    cause: Cause | None
    need: Literal["required", "conditional", "recommended"]
    ask: str
    alternatives: tuple[str, ...] = ()
    from_whom: Literal["requesting", "servicing", "member", "plan"]
    document_type: PartType | None
    loinc: str | None
