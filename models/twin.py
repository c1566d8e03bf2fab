"""The twin of a checklist: small requests in short form, and the verdicts they must get. Authored as YAML."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from models.annotations import PartType
from models.mention import EntityStatus
from models.value import Value

Side = Literal["left", "right", "bilateral"]


class TwinPart(Value):
    """A part of the packet in short form; `pages` default to one of its own."""

    type: PartType
    dated: dt.date | None = None
    signed: Literal["signed", "unsigned", "unclear"] | None = None
    author: str | None = None
    side: Side | None = None
    patient: Literal["same", "other", "unknown"] = "same"


class TwinFact(Value):
    """A clinical fact in short form; `part` is the type of the part it stands in (YAML reads a key "on" as true)."""

    concept: str
    status: EntityStatus = "present"
    dated: dt.date | None = None
    value: str | None = None
    unit: str | None = None
    side: Side | None = None
    began: dt.date | None = None
    ended: dt.date | None = None
    part: PartType | None = None


class TwinRequest(Value):
    """A request in short form: fields by path ("service_lines.0.code": "CPT 72148"), parts and facts."""

    received: dt.date
    market: Literal["us", "hk"] = "us"
    fields: dict[str, str]
    parts: tuple[TwinPart, ...] = ()
    facts: tuple[TwinFact, ...] = ()


class TwinCase(Value):
    """A change of the whole request, and what it must lead to.

    `fields` are set ("" takes the field away), `without` leaves out parts of these types, `parts` replaces those of the
    same type or adds them, `facts` (if given) stands for all facts. `expect` names verdicts, with a cause after a blank
    ("not_met expired"), "asked" the items that must be asked for, all of this checklist.
    """

    says: str
    fields: dict[str, str] = Field(default_factory=dict)
    without: tuple[PartType, ...] = ()
    parts: tuple[TwinPart, ...] = ()
    facts: tuple[TwinFact, ...] | None = None
    expect: dict[str, str]
    asked: tuple[str, ...] | None = None


class Twin(Value):
    """The file: the checklist's id, a request of which nothing required is missing, and the cases."""

    checklist: str
    whole: TwinRequest
    cases: tuple[TwinCase, ...]
