"""What a letter asks for, in words with the marks of `samples.prose`."""

from __future__ import annotations

from samples.case import Admission, Case, Drug, Line
from samples.retired.office import Office, said


def asked(case: Case, *, office: Office) -> tuple[str, ...]:
    """One phrase for the drug, for the stay and for each line, without a full stop."""
    phrases = [_drug(case.drug)] if case.drug else []
    if case.admission:
        phrases.append(_stay(case.admission, office=office))
    return (*phrases, *(_line(case, place, office=office) for place in range(len(case.lines))))


def sender_id(case: Case) -> str:
    """Whose approval is continued by this letter, if it continues one."""
    number = said("/references/previous_authorization_number", case.previous_number)
    kind = said("/certification_type", case.certification)
    if not number:
        return ""
    return f"This is a request for {kind} of authorization {number}."


def urgency(case: Case) -> str:
    """A sentence that asks for an expedited review; empty for a standard one."""
    if case.level_of_service != "urgent":
        return ""
    because = said("/urgency_reason", case.urgency_reason.rstrip("."))
    sentence = f"I ask for an {said('/level_of_service', 'expedited', 'urgent')} review"
    return (
        f"{sentence}: {because}." if because else f"{sentence}, because a delay would put the patient's health at risk."
    )


def diagnoses(case: Case) -> tuple[str, ...]:
    """Each diagnosis with its code."""
    return tuple(
        f"{said(f'/diagnoses/{place}/text', one.text)} ({said(f'/diagnoses/{place}/code', one.code)})"
        for place, one in enumerate(case.diagnoses)
    )


def _drug(drug: Drug) -> str:
    stem, start = "/service_lines/0/drug", "/service_lines/0/drug/new_or_continuing"
    parts = (
        " ".join(said(f"{stem}/{leaf}", getattr(drug, leaf)) for leaf in ("name", "strength", "form")),
        f"{said(f'{stem}/dose', drug.dose)} {said(f'{stem}/route', drug.route)} "
        f"{said(f'{stem}/frequency', drug.frequency)}".replace("  ", " "),
        f"quantity {said(f'{stem}/quantity', drug.quantity)} for {said(f'{stem}/duration', drug.duration)}",
        f"{said(start, 'continuing')} treatment" if drug.continuing else f"a {said(start, 'new')} start",
    )
    return ", ".join(parts)


def _stay(stay: Admission, *, office: Office) -> str:
    kind = said("/admission/type", stay.type)
    care = said("/admission/level_of_care", stay.level_of_care)
    on, days = office.date("/admission/admitted_on", stay.on), said("/admission/days", str(stay.days))
    return f"{kind} admission to hospital on {on} for {days} days, level of care {care}"


def _line(case: Case, place: int, *, office: Office) -> str:
    line, stem = case.lines[place], f"/service_lines/{place}"
    text = said(f"{stem}/text", line.text)
    if line.code:
        code = said(f"{stem}/code", line.code)
        modifier = f"-{said(f'{stem}/modifiers/0', line.modifier)}" if line.modifier else ""
        text = f"{text} ({'CPT' if line.code[0].isdigit() else 'HCPCS'} {code}{modifier})"
    return ", ".join((text, *_extent(line, stem, office=office), *_dates(case, stem, office=office)))


def _extent(line: Line, stem: str, *, office: Office) -> list[str]:
    extent = []
    if line.side and line.side not in line.text.casefold():
        extent.append(f"{said(f'{stem}/laterality', line.side)} {'sides' if line.side == 'bilateral' else 'side'}")
    if line.visits:
        extent.append(f"{said(f'{stem}/visits', str(line.visits))} visits")
    if line.frequency:
        extent.append(office.rate(f"{stem}/frequency", line.frequency))
    if line.duration:
        extent.append(f"for {said(f'{stem}/duration', line.duration)}")
    if not line.visits:
        extent.append(f"quantity {said(f'{stem}/quantity', str(line.quantity))}")
    if line.acquisition:
        way = said(f"{stem}/equipment/acquisition", line.acquisition)
        months = said(f"{stem}/equipment/months", str(line.months)) if line.months else ""
        extent.append(f"{way} for {months} months" if months else way)
    return extent


def _dates(case: Case, stem: str, *, office: Office) -> tuple[str, ...]:
    if case.starts is None:
        return ()
    start = office.date(f"{stem}/start_on", case.starts)
    return (f"from {start} to {office.date(f'{stem}/end_on', case.ends)}" if case.ends else f"on {start}",)
