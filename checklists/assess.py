"""Apply checklists to a request: a verdict on every item, and the gaps worded for the people who can close them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from checklists.applicable import Bound, applicable
from checklists.case import Case
from checklists.missing import Gap, missing_items
from checklists.needs import evaluate, per_line
from checklists.outcome import Outcome
from models.checklist import Checklist, Finding, Item, MissingItem
from models.request import AppliedChecklist, AuthorizationRequest


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a request was found to hold and to lack; its members are the request's fields of the same meaning."""

    findings: tuple[Finding, ...]
    missing_items: tuple[MissingItem, ...]
    applied: tuple[AppliedChecklist, ...]


def assess(draft: AuthorizationRequest, checklists: tuple[Checklist, ...], *, zone: dt.tzinfo = dt.UTC) -> Assessment:
    """Assess a draft by those of `checklists` that apply to it on the day it was received.

    Looks only at the draft: its fields, `clinical` facts and `documents[].parts[]`. `zone` is the payer's time zone,
    which says on which date the request was received.

    Returns:
        Findings in the order of the checklists, their items and the service lines; one item for each gap, however many
        checklists look for the same thing.
    """
    received_on = draft.received_at.astimezone(zone).date()
    bounds = applicable(draft, checklists, received_on)
    gaps = tuple(gap for bound in bounds for gap in _gaps(draft, bound, received_on))
    return Assessment(
        findings=tuple(_finding(gap) for gap in gaps),
        missing_items=missing_items(draft, gaps, received_on),
        applied=tuple(_applied(bound) for bound in bounds),
    )


def explain(
    draft: AuthorizationRequest, checklist: Checklist, item_id: str, *, zone: dt.tzinfo = dt.UTC
) -> tuple[tuple[int | None, Outcome], ...]:
    """The derivation of one item's verdict for each service line it is asked for (None: the request as a whole)."""
    received_on = draft.received_at.astimezone(zone).date()
    bound = Bound(checklist, tuple(range(len(draft.service_lines))))
    return tuple((gap.line, gap.outcome) for gap in _gaps(draft, bound, received_on) if gap.item.id == item_id)


def _gaps(draft: AuthorizationRequest, bound: Bound, received_on: dt.date) -> tuple[Gap, ...]:
    whole = bound.service_lines if not bound.checklist.applies_to.all_services else ()
    found = []
    for item in bound.checklist.items:
        lines = bound.service_lines if per_line(item, bound.checklist) and bound.service_lines else (None,)
        for line in lines:
            outcome = _verdicts(draft, bound, received_on=received_on, line=line).of(item.id)
            found.append(Gap(bound.checklist, item, line, outcome, (line,) if line is not None else whole))
    return tuple(found)


def _verdicts(draft: AuthorizationRequest, bound: Bound, *, received_on: dt.date, line: int | None) -> _Verdicts:
    return _Verdicts(draft, bound.checklist, received_on, line)


@dataclass(frozen=True, slots=True)
class _Verdicts:
    """The verdicts of one checklist for one service line; items may lean on one another, never in a circle."""

    draft: AuthorizationRequest
    checklist: Checklist
    received_on: dt.date
    line: int | None

    def of(self, item_id: str) -> Outcome:
        item = next(item for item in self.checklist.items if item.id == item_id)
        case = Case(self.draft, self.line, self.received_on, self.of)
        return self._conditional(item, evaluate(item.need, case))

    def _conditional(self, item: Item, outcome: Outcome) -> Outcome:
        if item.when is not None:
            condition = replace(self.of(item.when), kind=f"when {item.when}")
            outcome = _weighed(outcome, condition, waiving=("not_met", "not_found", "waived"))
        if item.unless is not None and outcome.verdict != "waived":
            condition = replace(self.of(item.unless), kind=f"unless {item.unless}")
            outcome = _weighed(outcome, condition, waiving=("met",))
        return outcome


def _weighed(outcome: Outcome, condition: Outcome, *, waiving: tuple[str, ...]) -> Outcome:
    """What a condition leaves of a verdict: waived, untouched, or unclear when the condition itself is unclear."""
    parts = (*outcome.parts, condition) if outcome.kind == "condition" else (outcome, condition)
    if condition.verdict in waiving:
        told = condition.verdict == "waived"
        reason = condition.reason if told else f"Not needed here. {condition.reason}"
        return Outcome("waived", reason, evidence=condition.evidence, kind="condition", parts=parts)
    if condition.verdict == "unclear" and outcome.verdict != "met":
        reason = f"Whether this is needed is not clear. {condition.reason}"
        return Outcome("unclear", reason, condition.cause, condition.evidence, kind="condition", parts=parts)
    return replace(outcome, kind="condition", parts=parts)


def _finding(gap: Gap) -> Finding:
    return Finding(
        checklist=gap.checklist.id,
        item=gap.item.id,
        service_line=gap.line,
        verdict=gap.outcome.verdict,
        cause=gap.outcome.cause,
        reason=gap.outcome.reason,
        evidence=gap.outcome.evidence,
    )


def _applied(bound: Bound) -> AppliedChecklist:
    checklist = bound.checklist
    source = (
        checklist.source.policy
        if checklist.source.url is None
        else f"{checklist.source.policy} ({checklist.source.url})"
    )
    return AppliedChecklist(
        id=checklist.id,
        version=checklist.version,
        title=checklist.title,
        source=source,
        service_lines=bound.service_lines,
    )
