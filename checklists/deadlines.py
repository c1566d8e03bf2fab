"""Clocks: by when a request must be decided, by which public rule.

Hours run in absolute time, through nights, weekends and changes of the clock. Days are counted in the payer's time
zone, the day of reception not counted, and end at the time of day at which the request was received: rules that say
"7 calendar days after receiving the request" do not say that the last day runs until midnight, and of the two readings
this is the earlier one.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass

from checklists.applicable import in_force
from models.payer import Deadline, DeadlineRule, LevelOfService, Payer
from models.received import ReceivedAtSource
from models.request import AuthorizationRequest

_EVENTS = {"received": "received", "complete": "complete-information"}
# The sender's clock, not the end of reception at the plan.
_SENDERS_CLOCK: tuple[ReceivedAtSource, ...] = ("mail-date", "fax-header")


@dataclass(frozen=True, slots=True)
class _Candidate:
    payer: Payer
    rule: DeadlineRule
    due_at: dt.datetime


def deadlines(draft: AuthorizationRequest, payer: Payer | None, all_payers: tuple[Payer, ...]) -> tuple[Deadline, ...]:
    """The clocks of a request, the earliest first.

    With a payer: each of its rules in force on the day of reception for this level of service and kind of request.
    Without (None): of each kind of clock the shortest among all payers of the market, marked assumed.
    The level: a mark that is ambiguous or unread counts as urgent, marked assumed, until a person has looked; no mark
    at all is standard. An emergency runs on the urgent clock where a payer has none for it.
    `assumed` is set, too, when the moment of reception is by the sender's clock.
    A clock that starts with complete information is shown from reception on, since the request may be complete as it
    is; it is assumed as long as anything required is missing. A missing document stops no clock.
    """
    level, doubtful = level_of(draft)
    assumed = payer is None or doubtful or draft.received_at_source in _SENDERS_CLOCK
    incomplete = bool(draft.missing_items)
    if payer is not None:
        found = tuple(_candidates(draft, payer, level))
    else:
        market = (one for one in all_payers if one.market == draft.market)
        found = _shortest(tuple(candidate for one in market for candidate in _candidates(draft, one, level)))
    clocks = (
        _deadline(draft, candidate, assumed=assumed or (candidate.rule.start == "complete" and incomplete))
        for candidate in found
    )
    return tuple(sorted(clocks, key=lambda clock: (clock.due_at, clock.rule)))


def level_of(draft: AuthorizationRequest) -> tuple[LevelOfService, bool]:
    """The level the clock runs by, and whether that is in doubt. Urgency is never lowered, only raised."""
    told = draft.level_of_service
    if told is None:
        return "standard", False
    if told.unclear is not None or told.value is None:
        return ("emergency" if told.value == "emergency" else "urgent"), True
    return told.value, False


def due(received_at: dt.datetime, rule: DeadlineRule, payer: Payer) -> dt.datetime:
    """When a clock that started at `received_at` (aware) runs out, in UTC."""
    if rule.length.unit == "h":
        return received_at.astimezone(dt.UTC) + dt.timedelta(hours=rule.length.value)
    zone = zoneinfo.ZoneInfo(payer.zone)
    local = received_at.astimezone(zone)
    day = local.date()
    for _ in range(rule.length.value):
        day += dt.timedelta(days=1)
        while rule.length.unit == "business-day" and not _is_business_day(day, payer):
            day += dt.timedelta(days=1)
    return dt.datetime.combine(day, local.time(), tzinfo=zone).astimezone(dt.UTC)


def _candidates(draft: AuthorizationRequest, payer: Payer, level: LevelOfService) -> Iterator[_Candidate]:
    on = draft.received_at.astimezone(zoneinfo.ZoneInfo(payer.zone)).date()
    kind = draft.request_type.value if draft.request_type is not None else None
    rules = [
        rule for rule in payer.deadlines if not rule.verify and in_force(rule.effective, on) and _for_type(rule, kind)
    ]
    if level == "emergency" and not any(level in rule.levels for rule in rules):
        level = "urgent"
    for rule in rules:
        if level in rule.levels:
            yield _Candidate(payer, rule, due(draft.received_at, rule, payer))


def _for_type(rule: DeadlineRule, request_type: str | None) -> bool:
    """A rule for certain kinds of request holds, too, when the kind is unknown: a clock too many harms nobody."""
    return rule.request_types is None or request_type is None or request_type in rule.request_types


def _shortest(candidates: tuple[_Candidate, ...]) -> tuple[_Candidate, ...]:
    first: dict[str, _Candidate] = {}
    for candidate in sorted(candidates, key=lambda one: (one.due_at, one.payer.id, one.rule.id)):
        first.setdefault(candidate.rule.kind, candidate)
    return tuple(first.values())


def _deadline(draft: AuthorizationRequest, candidate: _Candidate, *, assumed: bool) -> Deadline:
    rule = candidate.rule
    source = rule.source.policy if rule.source.url is None else f"{rule.source.policy} ({rule.source.url})"
    return Deadline(
        rule=f"{candidate.payer.id}:{rule.id}",
        kind=rule.kind,
        starts_at=draft.received_at.astimezone(dt.UTC),
        start_event=_EVENTS[rule.start],
        due_at=candidate.due_at,
        assumed=assumed,
        source=source,
    )


def _is_business_day(day: dt.date, payer: Payer) -> bool:
    return day.weekday() < 5 and day not in payer.holidays
