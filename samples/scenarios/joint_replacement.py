"""An elective admission to replace a hip or a knee."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from models.annotations import PartType
from samples.case import Admission, Case, Diagnosis, Line, Side
from samples.document import Document
from samples.fictions import Practitioner
from samples.people import doctor, facility, plan
from samples.scenario import Scenario
from samples.scenarios.background import background, usual
from samples.scenarios.chart import SIDES, Chart, open_chart
from samples.scenarios.conservative import Course, course
from samples.scenarios.paper import extras, imaging, laboratory, order, visit
from samples.scenarios.texts import texts


@dataclass(frozen=True, slots=True)
class _Joint:
    """A joint, the operation and what films show; the code of its arthrosis ends with 1 on the right, 2 on the left."""

    name: str
    code: str
    procedure: str
    diagnosis: str
    film: str
    results: tuple[str, ...]


_JOINTS = (
    _Joint(
        "knee",
        "27447",
        "total knee replacement",
        "M17.1",
        "AP, lateral, sunrise views of the knee",
        ("Kellgren-Lawrence grade 4, bone on bone medial compartment", "tricompartmental arthrosis, KL 4, varus"),
    ),
    _Joint(
        "hip",
        "27130",
        "total hip replacement",
        "M16.1",
        "AP pelvis and lateral hip",
        ("joint space obliterated with osteophytes, KL grade 4", "severe arthrosis, subchondral cysts, KL 4"),
    ),
)


def make(rng: random.Random, on: dt.date) -> Scenario:
    """Tell one."""
    joint, side = rng.choice(_JOINTS), rng.choice(SIDES)
    chart, said = open_chart(rng, on, ages=(56, 84), bmi=(23, 38)), texts("joint-replacement")
    doc, primary = doctor(rng, "Orthopedic Surgery"), doctor(rng, rng.choice(("Family Medicine", "Internal Medicine")))
    case = _case(chart, (doc, primary), joint=joint, side=side)
    past, seen = course(chart, since=(300, 1400)), chart.before(3, 16)
    words = _words(chart, case, joint=joint, past=past, side=side)
    xray_on = chart.day(seen, least=3, most=50)
    words["xray"] = xray_on
    known = background(
        chart, without=("diabetes",), social="Never smoker. Rare EtOH. Retired. Lives with spouse, 3 steps to enter."
    )
    cleared = chart.before(1, 2)
    papers = (
        visit(
            chart,
            seen,
            author=doc,
            sections=chart.written(said.sections("visit"), words, rest=known.sections()),
            part=rng.choice((PartType.HISTORY_AND_PHYSICAL, PartType.CONSULTATION)),
        ),
        imaging(
            chart,
            xray_on,
            title=f"XR {side.title()} {joint.name.title()}",
            where=facility(rng, "imaging").organization,
            sections=chart.written(said.sections("xray"), words),
        ),
        visit(
            chart,
            chart.day(cleared, least=0, most=3),
            author=primary,
            sections=chart.written(said.sections("clearance"), words | usual(chart)),
            part=PartType.HISTORY_AND_PHYSICAL,
            role="clearance",
            title="Pre-operative Medical Evaluation",
        ),
        _laboratory(chart, chart.day(seen, least=1, most=10), words=words, author=primary),
        order(chart, seen, case=case, author=doc, facts=(("Admission", "Inpatient, elective, day of surgery"),)),
        *extras(chart, case, seen, known=known)[:1],
    )
    kept = papers if rng.random() < 0.6 else tuple(paper for paper in papers if paper.role != "laboratory")
    return Scenario("joint-replacement", case, kept, chart.all_said(said.ways("reasons"), words))


def _case(chart: Chart, people: tuple[Practitioner, Practitioner], *, joint: _Joint, side: Side) -> Case:
    rng, (doc, primary) = chart.rng, people
    days, surgery = rng.randint(1, 3), chart.on + dt.timedelta(days=rng.randint(14, 45))
    while surgery.weekday() > 4:
        surgery += dt.timedelta(days=1)
    text = f"Primary osteoarthritis, {side} {joint.name}"
    return Case(
        payer=plan(rng),
        patient=chart.patient,
        requester=doc,
        on=chart.on,
        level_of_service="standard",
        diagnoses=(Diagnosis(f"{joint.diagnosis}{'1' if side == 'right' else '2'}", text),),
        lines=(
            Line(
                joint.code,
                joint.procedure.capitalize(),
                1,
                modifier="RT" if side == "right" else "LT",
                unit="units",
                side=side,
                body_site=f"{side.title()} {joint.name}",
                place="Inpatient hospital",
                charge=rng.choice(("", "", "31850.00")),
            ),
        ),
        servicing=doc if rng.random() < 0.4 else None,
        facility=facility(rng, "hospital"),
        primary_care=primary if rng.random() < 0.6 else None,
        admission=Admission("elective", surgery, days, rng.choice(("Inpatient med/surg", "Inpatient surgical unit"))),
        starts=surgery,
        ends=surgery + dt.timedelta(days=days),
        kind="admission",
    )


def _words(chart: Chart, case: Case, *, joint: _Joint, past: Course, side: str) -> dict[str, object]:
    rng, said = chart.rng, texts("joint-replacement")
    if case.admission is None or case.facility is None:
        raise ValueError("this story asks for a stay")
    words = past.words(chart.on) | {
        "side": side,
        "joint": joint.name,
        "procedure": joint.procedure,
        "code": joint.code,
        "dx": case.diagnoses[0].text,
        "hospital": case.facility.organization,
        "surgery": case.admission.on,
        "days": case.admission.days,
        "injections": rng.randint(1, 3),
        "blocks": rng.choice(said.ways("blocks")),
        "reason": rng.choice(said.ways("hospital_reason")),
        "exam": rng.choice(said.ways(f"{joint.name}_exam")),
        "film": joint.film,
        "result": rng.choice(joint.results),
        "a1c": rng.choice(("5.4", "5.8", "6.1", "6.6")),
        **usual(chart),
    }
    return words | {"tried": chart.say(said.ways("tried"), words)}


def _laboratory(chart: Chart, on: dt.date, *, words: dict[str, object], author: Practitioner) -> Document:
    rng = chart.rng
    rows = (
        ("Hemoglobin", f"{rng.uniform(12.1, 15.2):.1f}", "", "g/dL", "12.0 - 16.0"),
        ("Platelets", str(rng.randint(180, 340)), "", "10^3/uL", "150 - 400"),
        ("Creatinine", f"{rng.uniform(0.6, 1.2):.2f}", "", "mg/dL", "0.50 - 1.20"),
        ("Hemoglobin A1c", str(words["a1c"]), "H" if float(str(words["a1c"])) > 5.6 else "", "%", "4.0 - 5.6"),
        ("INR", "1.0", "", "", "0.8 - 1.2"),
        ("MRSA nasal screen", "Negative", "", "", "Negative"),
    )
    where = facility(rng, "laboratory").organization
    return laboratory(chart, on, author=author, where=where, table=rows, title="Preoperative Laboratory Report")
