"""What a letter asks for, in the words and the order of a surgeon's office, with the marks of `samples.prose`."""

from __future__ import annotations

from samples.case import Admission, Case, Drug, Line
from samples.retired.office import Office, said
from samples.retired.written import unsaid_side

_DRUG = "/service_lines/0/drug"


def wanted(case: Case, *, office: Office) -> tuple[str, ...]:
    """What is asked for, one phrase a thing, code first."""
    phrases = [_stay(case.admission, office=office)] if case.admission else []
    if case.drug:
        phrases.append(_drug(case.drug))
    return (*phrases, *(_line(line, f"/service_lines/{place}", office=office) for place, line in enumerate(case.lines)))


def when(case: Case, *, office: Office) -> str:
    """The dates of the first line; empty where there are none."""
    start = office.date("/service_lines/0/start_on", case.starts)
    end = office.date("/service_lines/0/end_on", case.ends)
    return f"{start} through {end}" if start and end else start


def hurry(case: Case) -> str:
    """Why the answer cannot wait; empty for a standard request."""
    if case.level_of_service != "urgent":
        return ""
    asked = f"Please handle this request as {said('/level_of_service', 'URGENT', 'urgent')}."
    return f"{asked} {said('/urgency_reason', case.urgency_reason.rstrip('.'))}." if case.urgency_reason else asked


def earlier(case: Case) -> str:
    """What this request goes on from; empty for a first one."""
    number = said("/references/previous_authorization_number", case.previous_number)
    kinds = {"extension": "an extension", "renewal": "a renewal", "amendment": "an amendment"}
    if not number or case.certification not in kinds:
        return ""
    article, _, noun = kinds[case.certification].partition(" ")
    return f"We ask for {article} {said('/certification_type', noun, case.certification)} of approval {number}."


def conditions(case: Case) -> tuple[str, ...]:
    """Each diagnosis, code first."""
    return tuple(
        f"{said(f'/diagnoses/{place}/code', one.code)} {said(f'/diagnoses/{place}/text', one.text)}"
        for place, one in enumerate(case.diagnoses)
    )


def _stay(stay: Admission, *, office: Office) -> str:
    kind = said("/admission/type", stay.type.capitalize(), stay.type)
    on = office.date("/admission/admitted_on", stay.on)
    days = said("/admission/days", str(stay.days))
    care = said("/admission/level_of_care", stay.level_of_care)
    return f"{kind} hospital stay beginning {on}, estimated {days} {'day' if stay.days == 1 else 'days'} ({care})"


def _drug(drug: Drug) -> str:
    product = f"{said(f'{_DRUG}/name', drug.name)} {said(f'{_DRUG}/strength', drug.strength)}"
    form, route = said(f"{_DRUG}/form", drug.form), said(f"{_DRUG}/route", drug.route)
    sig = f"{said(f'{_DRUG}/dose', drug.dose)} {said(f'{_DRUG}/frequency', drug.frequency)}"
    amount = f"dispense {said(f'{_DRUG}/quantity', drug.quantity)}, {said(f'{_DRUG}/duration', drug.duration)}"
    return f"{product} {form}, {route}: {sig}; {amount}"


def _line(line: Line, stem: str, *, office: Office) -> str:
    modifier = f"-{said(f'{stem}/modifiers/0', line.modifier)}" if line.modifier else ""
    head = f"{said(f'{stem}/code', line.code)}{modifier} " if line.code else ""
    side = unsaid_side(line, stem, office=office)
    parts = [f"{head}{said(f'{stem}/text', line.text)}{f' ({side})' if side else ''}"]
    if line.visits:
        times = f" at {office.rate(f'{stem}/frequency', line.frequency)}" if line.frequency else ""
        length = f" over {said(f'{stem}/duration', line.duration)}" if line.duration else ""
        parts.append(f"{said(f'{stem}/visits', str(line.visits))} visits{times}{length}")
    else:
        parts.append(f"x {said(f'{stem}/quantity', str(line.quantity))}")
    if line.acquisition:
        way = said(f"{stem}/equipment/acquisition", line.acquisition)
        months = f", {said(f'{stem}/equipment/months', str(line.months))} months" if line.months else ""
        parts.append(f"{way}{months}")
    return ", ".join(parts)
