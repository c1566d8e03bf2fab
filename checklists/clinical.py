"""Predicates over the clinical facts of the notes: entity, duration, measurement, count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from checklists.case import Case
from checklists.fields import absent
from checklists.outcome import Outcome, highest, lowest
from checklists.paths import label
from checklists.windows import earliest, gap, inside, words
from models.checklist import CountNeed, DurationNeed, EntityNeed, MeasurementNeed, Within
from models.evidence import Evidence, Sourced
from models.request import ClinicalFact

# Facts of other people and facts that have not happened never count for the patient.
_NOT_THE_PATIENTS = {"family", "hypothetical"}
# The shortest and the longest a unit can be, in days: a month has 28 to 31, a year 365 or 366.
_DAYS = {"d": (1, 1), "wk": (7, 7), "mo": (28, 31), "y": (365, 366)}
_NAMES = {
    "apnea_hypopnea_index": "AHI",
    "crohns_disease": "Crohn's disease",
    "hepatitis_b": "hepatitis B",
    "hepatitis_b_test": "hepatitis B test",
    "knee_laxity": "a test of knee laxity",
    "mobility_related_adl_limitation": "limits in mobility-related daily activities",
}
_UNITS = {"day": "d", "days": "d", "week": "wk", "weeks": "wk", "wks": "wk", "month": "mo", "months": "mo", "mos": "mo",
          "year": "y", "years": "y", "yr": "y", "yrs": "y"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dated:
    """A date to be held against a window, what it is the date of, and where it stands."""

    on: dt.date | None
    what: str
    evidence: tuple[Evidence, ...]


def entity(need: EntityNeed, case: Case) -> Outcome:
    """A fact of the concept in one of the states, on the right side and within the window.

    A fact without a date of its own has the date of the note it stands in, unless it is history; one without a side
    has the side of that note. A fact that stands in an unsigned order is never met.
    """
    name, kind = _spoken(need.concept), f"entity {need.concept}"
    facts = _facts(need.concept, case)
    if not facts:
        return absent(case, f"mention of {name}", kind=kind, on_form=False)
    return highest(tuple(_held(_entity(need, fact, case), fact, case) for fact in facts), kind=kind)


def duration(need: DurationNeed, case: Case) -> Outcome:
    """Something lasted at least so long, by the length a fact states or by the dates of the first and last fact."""
    name, kind = _spoken(need.of), f"duration {need.of}"
    facts = [fact for fact in _facts(need.of, case) if fact.status not in {"absent", "possible"}]
    if not facts:
        return absent(case, f"mention of {name}", kind=kind, on_form=False)
    outcomes = tuple(_held(_lasted(need, fact, case), fact, case) for fact in facts)
    signed = [fact for fact in facts if not case.unsigned_order(fact.evidence)]
    return highest((*outcomes, _spanned(need, signed, case)) if len(facts) > 1 else outcomes, kind=kind)


def measurement(need: MeasurementNeed, case: Case) -> Outcome:
    """A measured value in the range. Of several dated values the latest counts."""
    name, kind = _spoken(need.of), f"measurement {need.of}"
    facts = [
        fact for fact in _facts(need.of, case) if fact.status not in {"absent", "possible"} and _decimal(fact.value)
    ]
    facts = [fact for fact in facts if need.unit is None or (fact.unit or "").casefold() == need.unit.casefold()]
    if not facts:
        looked_for = f"value of {name} in {need.unit}" if need.unit else f"value of {name}"
        return absent(case, looked_for, kind=kind, on_form=False)
    latest = max((on for fact in facts if (on := _date(fact, case)) is not None), default=None)
    current = [fact for fact in facts if latest is None or _date(fact, case) == latest]
    outcomes = tuple(_held(_measured(need, fact, case), fact, case) for fact in current)
    if {outcome.verdict for outcome in outcomes} >= {"met", "not_met"}:
        evidence = tuple(place for fact in current for place in fact.evidence)
        return Outcome("unclear", f"The values of {name} differ.", "conflicting", evidence, kind=kind, parts=outcomes)
    return highest(outcomes, kind=kind)


def count(need: CountNeed, case: Case) -> Outcome:
    """At least so many different things of a concept, or values at a path. Fewer are "not found", not "not met"."""
    kind = f"count {need.of}"
    evidence: tuple[Evidence, ...] = ()
    if "." in need.of:
        found = {str(getattr(leaf, "value", leaf)).casefold() for leaf in case.leaves(need.of) if _clear(leaf, case)}
        name = label(need.of)
    else:
        facts = [fact for fact in _facts(need.of, case) if fact.status not in {"absent", "possible"}]
        facts = [fact for fact in facts if not case.unsigned_order(fact.evidence)]
        found = {fact.text.casefold() for fact in facts}
        name = _spoken(need.of)
        evidence = tuple(place for fact in facts for place in fact.evidence)
    reason = f"{len(found)} of {name} found on the pages; looked for: at least {need.at_least}."
    if len(found) >= need.at_least:
        return Outcome("met", reason, evidence=evidence, kind=kind)
    missing = absent(case, name, kind=kind, on_form="." in need.of)
    return Outcome(missing.verdict, reason, missing.cause, evidence, kind=kind)


def windowed(within: Within, dated: Dated, case: Case) -> Outcome:
    """Hold a date against its window; the reason shows the arithmetic."""
    anchor, spoken = case.anchor(within.before)
    if dated.on is None:
        return Outcome("unclear", f"The date of {dated.what} was not found.", None, dated.evidence)
    if anchor is None:
        told = f"{_subject(dated.what)} is dated {dated.on}; the date of {_anchor(within.before)} it is"
        return Outcome("unclear", f"{told} counted from was not found.", None, dated.evidence, dated.on)
    distance = case.time_before(dated.on, anchor, within.unit)
    reason = f"{_subject(dated.what)} is dated {dated.on}, {distance} {spoken}; allowed: {words(within)}."
    if dated.on > case.received_on:
        return Outcome("unclear", f"{reason} The date lies after reception.", "conflicting", dated.evidence, dated.on)
    if inside(dated.on, anchor, within):
        return Outcome("met", reason, None, dated.evidence, dated.on)
    start = earliest(anchor, within)
    late = dated.on > anchor
    looked_for = f"on or before {anchor}" if late else f"on or after {start}"
    notice = f"{_subject(dated.what)} is dated {dated.on}; the policy looks for one dated {looked_for}."
    return Outcome("not_met", reason, "too-early" if late else "expired", dated.evidence, dated.on, notice)


def sided(wanted: str | None, found: str | None, *, what: str, evidence: tuple[Evidence, ...]) -> Outcome | None:
    """What is wrong with a side, None if nothing is: one side is part of both, and what names none is unclear."""
    if wanted is None or found in {wanted, "bilateral"}:
        return None
    if found is None or wanted == "bilateral":
        reason = f"{_subject(what)} names {'no' if found is None else 'one'} side; looked for: {wanted}."
        return Outcome("unclear", reason, None, evidence)
    reason = f"{_subject(what)} is about the {found} side; looked for: {wanted}."
    notice = f"{_subject(what)} is about the {found} side; the request is about the {wanted} side."
    return Outcome("not_met", reason, "wrong-side", evidence, notice=notice)


def _facts(concept: str, case: Case) -> tuple[ClinicalFact, ...]:
    return tuple(
        fact
        for fact in case.draft.clinical
        if fact.concept == concept and fact.status not in _NOT_THE_PATIENTS and not case.of_others(fact.evidence)
    )


def _clear(leaf: object, case: Case) -> bool:
    """Whether a value may be counted: read clearly, and not on another patient's page."""
    if not isinstance(leaf, Sourced):
        return True
    return leaf.value is not None and leaf.unclear is None and not case.of_others(leaf.evidence)


def _held(outcome: Outcome, fact: ClinicalFact, case: Case) -> Outcome:
    """Nothing is met by what stands in an unsigned order alone."""
    if outcome.verdict != "met" or not case.unsigned_order(fact.evidence):
        return outcome
    reason = f"{outcome.reason} It stands in an order that is not signed."
    return replace(outcome, verdict="unclear", reason=reason, cause="unsigned")


def _entity(need: EntityNeed, fact: ClinicalFact, case: Case) -> Outcome:
    name, place = _spoken(need.concept), case.file_name(fact.evidence[0]) if fact.evidence else "the pages"
    if fact.status not in need.status:
        return _other_state(name, place, fact, case)
    wanted = need.laterality if need.laterality != "same" else case.side()
    wrong = sided(wanted, _fact_side(fact, case), what=f"{name} on {place}", evidence=fact.evidence)
    if wrong is not None:
        return wrong
    on = _date(fact, case)
    if need.within is not None:
        return windowed(need.within, Dated(on, f"{name} on {place}", fact.evidence), case)
    return Outcome("met", f"{_subject(name)} is documented on {place} ({fact.status}).", None, fact.evidence, on)


def _other_state(name: str, place: str, fact: ClinicalFact, case: Case) -> Outcome:
    if fact.status == "absent":
        return Outcome("not_met", f"{_subject(name)} is documented as absent on {place}.", None, fact.evidence)
    if fact.status == "possible":
        return Outcome("unclear", f"{_subject(name)} is documented as possible only on {place}.", None, fact.evidence)
    missing = absent(case, f"mention of {name} in the state looked for", kind="", on_form=False)
    return Outcome(
        missing.verdict, f"{_subject(name)} on {place} is {fact.status}. {missing.reason}", missing.cause, fact.evidence
    )


def _fact_side(fact: ClinicalFact, case: Case) -> str | None:
    if fact.laterality is not None:
        return fact.laterality
    parts = (case.part_at(place) for place in fact.evidence)
    sides = (part.laterality.value for part in parts if part is not None and part.laterality is not None)
    return next((side for side in sides if side is not None), None)


def _date(fact: ClinicalFact, case: Case) -> dt.date | None:
    """The day a fact holds for: the end of its course, its own date, else that of its note (unless it is history)."""
    own = fact.ended_on or fact.date
    if own is not None or fact.status == "historical":
        return own
    parts = (case.part_at(place) for place in fact.evidence)
    dates = (part.dated_on for part in parts if part is not None and part.dated_on is not None)
    return next((date.value for date in dates if date.unclear is None), None)


def _lasted(need: DurationNeed, fact: ClinicalFact, case: Case) -> Outcome:
    """A length long enough, of a time in the window if one is asked for."""
    length = _length(need, fact)
    if need.within is None or length.verdict != "met":
        return length
    place = case.file_name(fact.evidence[0]) if fact.evidence else "the pages"
    dated = Dated(_date(fact, case), f"{_spoken(need.of)} on {place}", fact.evidence)
    return lowest((length, windowed(need.within, dated, case)))


def _length(need: DurationNeed, fact: ClinicalFact) -> Outcome:
    name, unit = _spoken(need.of), _UNITS.get((fact.unit or "").casefold(), fact.unit or "")
    number = _decimal(fact.value)
    if fact.began_on is not None and fact.ended_on is not None:
        return _course(need, fact, began=fact.began_on, ended=fact.ended_on)
    if number is None or unit not in _DAYS:
        return Outcome("not_found", f"How long {name} lasted was not found.", None, fact.evidence)
    shortest, longest = (number * days for days in _DAYS[unit])
    least, most = (need.at_least.value * days for days in _DAYS[need.at_least.unit])
    reason = f"{_subject(name)} lasted {fact.value} {fact.unit}; looked for: at least {words(need.at_least)}."
    if shortest >= most or (unit == need.at_least.unit and number >= need.at_least.value):
        return Outcome("met", reason, None, fact.evidence)
    if longest < least or unit == need.at_least.unit:
        return Outcome("not_met", reason, None, fact.evidence)
    return Outcome("unclear", reason, None, fact.evidence)


def _course(need: DurationNeed, fact: ClinicalFact, *, began: dt.date, ended: dt.date) -> Outcome:
    name = _subject(_spoken(need.of))
    if began > ended:
        reason = f"{name} is dated {began} to {ended}, which cannot be."
        return Outcome("unclear", reason, "conflicting", fact.evidence)
    lasted = gap(began, ended, need.at_least.unit)
    reason = f"{name} lasted from {began} to {ended}, {lasted}; looked for: at least {words(need.at_least)}."
    reached = began <= earliest(ended, need.at_least)
    return Outcome("met" if reached else "not_met", reason, None, fact.evidence, ended)


def _spanned(need: DurationNeed, facts: Iterable[ClinicalFact], case: Case) -> Outcome:
    dated = sorted((fact for fact in facts if fact.date is not None), key=lambda fact: fact.date or dt.date.min)
    name = _spoken(need.of)
    if len(dated) < 2 or dated[0].date is None or dated[-1].date is None:
        return Outcome("not_found", f"How long {name} lasted was not found.")
    evidence = (*dated[0].evidence, *dated[-1].evidence)
    reason = (
        f"{_subject(name)} is dated {dated[0].date} and {dated[-1].date}; looked for: at least {words(need.at_least)}."
    )
    reached = dated[0].date <= earliest(dated[-1].date, need.at_least)
    # Two dates show that it lasted at least so long, never that it ended.
    if reached and need.within is not None:
        return windowed(need.within, Dated(dated[-1].date, name, evidence), case)
    return Outcome("met" if reached else "not_found", reason, None, evidence, dated[-1].date)


def _measured(need: MeasurementNeed, fact: ClinicalFact, case: Case) -> Outcome:
    number = _decimal(fact.value) or Decimal(0)
    low, high = need.between if need.between is not None else (need.at_least, need.at_most)
    ok = (low is None or number >= Decimal(low)) and (high is None or number <= Decimal(high))
    looked_for = " and ".join([*([f"at least {low}"] if low else []), *([f"at most {high}"] if high else [])])
    told = " ".join(word for word in (fact.value, need.unit) if word)
    reason = f"{_subject(_spoken(need.of))} is {told}; looked for: {looked_for}."
    if not ok:
        return Outcome("not_met", reason, None, fact.evidence, fact.date)
    if need.within is None:
        return Outcome("met", reason, None, fact.evidence, fact.date)
    return windowed(need.within, Dated(_date(fact, case), _spoken(need.of), fact.evidence), case)


def _decimal(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text is not None else None
    except InvalidOperation:
        return None


def _anchor(name: str) -> str:
    return {"order": "the order", "service_start": "the start of service"}.get(name, name.replace("-", " "))


def _spoken(concept: str) -> str:
    return _NAMES.get(concept, concept.replace("_", " "))


def _subject(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"
