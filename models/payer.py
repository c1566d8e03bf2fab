"""A payer: how its paperwork is read, which checklists and clocks apply. Authored as YAML in payers/."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from models.checklist import Period, PolicySource
from models.value import Moment, Value

DeadlineKind = Literal["decision", "provider_notice", "member_notice", "information_request"]
LevelOfService = Literal["standard", "urgent", "emergency"]


class ClockLength(Value):
    """Length of a clock. Hours run over weekends; business days skip Saturdays, Sundays and the payer's holidays."""

    value: int = Field(gt=0)
    unit: Literal["h", "calendar-day", "business-day"]


class DeadlineRule(Value):
    """One clock: for which urgency and kind of request, how long, from which event, and by which public rule.

    `start` "complete" is the receipt of the information reasonably necessary to decide. `verify` marks a rule that
    nobody has held against its source yet: it is kept in the file and runs no clock.
    """

    id: str
    kind: DeadlineKind
    levels: tuple[LevelOfService, ...]
    request_types: tuple[str, ...] | None = None
    length: ClockLength
    start: Literal["received", "complete"] = "received"
    verify: bool = False
    effective: Period
    source: PolicySource


class Payer(Value):
    """A payer file. `zone` is an IANA time zone; thresholds are confidences 0..1 by critical field."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    market: Literal["us", "hk"]
    line_of_business: str
    state: str | None = None
    zone: str
    holidays: tuple[dt.date, ...] = ()
    date_order: Literal["mdy", "dmy", "ymd"]
    thresholds: dict[str, float] = Field(default_factory=dict)
    checklists: tuple[str, ...]
    deadlines: tuple[DeadlineRule, ...]


class Deadline(Value):
    """A computed clock; `assumed` where the payer, the line of business or the start is not certain."""

    rule: str
    kind: DeadlineKind
    starts_at: Moment
    start_event: str
    due_at: Moment
    assumed: bool
    source: str
