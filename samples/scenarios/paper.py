"""The papers of a story: notes, reports, orders, lists and cards, with who signs them and how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from models.annotations import PartType
from models.truth import Ink
from samples.case import Case
from samples.document import Document
from samples.fictions import Practitioner
from samples.people import doctor
from samples.scenarios.background import Background, closing
from samples.scenarios.chart import Chart

_TITLES = {
    PartType.PROGRESS_NOTE: ("Progress Note", "Office Visit", "Follow-up Visit", "SOAP Note", "Clinic Note"),
    PartType.HISTORY_AND_PHYSICAL: ("History and Physical", "H&P", "Comprehensive Visit", "New Patient Evaluation"),
    PartType.CONSULTATION: ("Consultation", "Consultation Report", "New Patient Consultation", "Consult Note"),
}
_ORDER_TITLES = {
    "equipment": ("Standard Written Order", "DME Order", "Detailed Written Order", "Physician Order - DME"),
    "service": ("Physician Order", "Order Requisition", "Outpatient Order", "Referral / Order Form"),
}
Section = tuple[str, str]


def visit(
    chart: Chart,
    on: dt.date,
    *,
    author: Practitioner,
    sections: Sequence[Section],
    part: PartType = PartType.PROGRESS_NOTE,
    role: str = "visit",
    title: str = "",
    facts: Sequence[Section] = (),
    close: bool = True,
) -> Document:
    """A note in headed sections; with `close` it ends as programs of practices end theirs."""
    return Document(
        kind="visit",
        part=part,
        title=title or chart.rng.choice(_TITLES[part]),
        on=on,
        author=author,
        patient=chart.patient,
        role=role,
        sections=(*sections, *(closing(chart) if close and part in _TITLES else ())),
        facts=tuple(facts),
        institution=author.organization,
        ink=_ink(chart, "pen", "electronic", "electronic"),
    )


def imaging(
    chart: Chart, on: dt.date, *, title: str, where: str, sections: Sequence[Section], role: str = "imaging"
) -> Document:
    """A radiologist's report."""
    reader = doctor(chart.rng, "Diagnostic Radiology")
    return Document(
        kind="imaging",
        part=PartType.IMAGING_REPORT,
        title=title,
        on=on,
        author=reader,
        patient=chart.patient,
        role=role,
        sections=tuple(sections),
        institution=where,
        ink=_ink(chart, "electronic", "electronic", "pen"),
    )


def laboratory(
    chart: Chart,
    on: dt.date,
    *,
    author: Practitioner,
    where: str,
    table: Sequence[Sequence[str]],
    title: str = "Laboratory Report",
    role: str = "laboratory",
    sections: Sequence[Section] = (),
    specialty: str = "Anatomic Pathology",
) -> Document:
    """The report of a laboratory to `author`; the rows of `table` are test, result, flag, unit and reference range.

    Someone of `specialty` at the laboratory releases it.
    """
    heads = ("Test", "Result", "Flag", "Unit", "Reference range")
    return Document(
        kind="laboratory",
        part=PartType.LABORATORY_REPORT,
        title=title,
        on=on,
        author=doctor(chart.rng, specialty, organization=where),
        patient=chart.patient,
        role=role,
        sections=tuple(sections),
        facts=((chart.rng.choice(("Ordering provider", "Ordered by", "Requested by")), author.full),),
        table=(heads, *(tuple(row) for row in table)),
        institution=where,
        ink="electronic",
    )


def therapy(
    chart: Chart,
    on: dt.date,
    *,
    author: Practitioner,
    title: str,
    sections: Sequence[Section],
    table: Sequence[Sequence[str]] = (),
    part: PartType = PartType.THERAPY_NOTE,
    role: str = "therapy",
    facts: Sequence[Section] = (),
) -> Document:
    """A therapist's evaluation or report; `table` has its heads first."""
    return Document(
        kind="therapy",
        part=part,
        title=title,
        on=on,
        author=author,
        patient=chart.patient,
        role=role,
        sections=tuple(sections),
        facts=tuple(facts),
        table=tuple(tuple(row) for row in table),
        institution=author.organization,
        ink=_ink(chart, "pen", "electronic"),
    )


def order(
    chart: Chart, on: dt.date, *, case: Case, author: Practitioner, facts: Sequence[Section] = (), notes: str = ""
) -> Document:
    """The order for everything that a case asks for."""
    first = case.diagnoses[0]
    lines: list[Section] = []
    for place, line in enumerate(case.lines):
        stem = f"/service_lines/{place}"
        side = f", [[{stem}/laterality={line.side}|{line.side}]]" if line.side else ""
        code = f"[[{stem}/code={line.code}|{line.code}]] " if line.code else ""
        label = "Item" if case.kind == "equipment" else "Service"
        lines.append((f"{label} {place + 1}", f"{code}{line.text}{side}"))
        if case.kind == "equipment":
            lines.append(("Quantity", f"[[{stem}/quantity={line.quantity}|{line.quantity}]]"))
    lines.append(("Diagnosis", f"[[/diagnoses/0/code={first.code}|{first.code}]] {first.text}"))
    return Document(
        kind="order",
        part=PartType.ORDER,
        title=chart.rng.choice(_ORDER_TITLES["equipment" if case.kind == "equipment" else "service"]),
        on=on,
        author=author,
        patient=chart.patient,
        role="order",
        facts=(*lines, *facts),
        sections=(("Notes", notes),) if notes else (),
        institution=author.organization,
        ink=_ink(chart, "pen", "pen", "electronic"),
    )


def photos(chart: Chart, on: dt.date, *, author: Practitioner, captions: Sequence[str]) -> Document:
    """A page of clinical pictures."""
    return Document(
        kind="photo-page",
        part=PartType.PHOTO,
        title=chart.rng.choice(("Clinical Photographs", "Clinic Photo Documentation", "Photographs")),
        on=on,
        author=author,
        patient=chart.patient,
        role="photos",
        sections=tuple((f"Photo {number}", caption) for number, caption in enumerate(captions, 1)),
        institution=author.organization,
        ink="none",
    )


def medications(chart: Chart, on: dt.date, *, author: Practitioner, known: Background) -> Document:
    """The list of drugs of a chart."""
    heads = ("Medication", "Dose", "Directions", "Indication")
    return Document(
        kind="medications",
        part=PartType.MEDICATION_LIST,
        title=chart.rng.choice(("Medication List", "Current Medications", "Active Medication Summary")),
        on=on,
        author=author,
        patient=chart.patient,
        role="medications",
        facts=(("Allergies", known.allergies),),
        table=(heads, *known.drugs),
        institution=author.organization,
        ink="none",
    )


def id_card(chart: Chart, case: Case) -> Document:
    """A photocopy of the insurance card."""
    rng = chart.rng
    return Document(
        kind="id-card",
        part=PartType.ID_CARD,
        title="Insurance card",
        on=chart.before(20, 300),
        author=case.requester,
        patient=chart.patient,
        role="id-card",
        facts=(
            ("RxBIN", f"00{rng.randint(1000, 9999)}"),
            ("RxPCN", rng.choice(("ADV", "MCAIDADV", "CLM1", "RXCOMM"))),
            ("Copay", rng.choice(("PCP $20  SPC $40  ER $150", "OV $0  ER $90", "PCP $35  SPC $60  UC $75"))),
        ),
        institution=case.payer,
        ink="none",
    )


def extras(chart: Chart, case: Case, on: dt.date, *, known: Background) -> tuple[Document, ...]:
    """What some offices send along: the medication list, the insurance card."""
    more: list[Document] = []
    if known.drugs and chart.rng.random() < 0.3:
        more.append(medications(chart, on, author=case.requester, known=known))
    if chart.rng.random() < 0.25:
        more.append(id_card(chart, case))
    return tuple(more)


def _ink(chart: Chart, *inks: Ink) -> Ink:
    return chart.rng.choice(inks)
