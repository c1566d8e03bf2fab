"""A power wheelchair: the face-to-face examination, the therapist's evaluation, the home visit and the order."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from models.annotations import PartType
from samples.case import Case, Diagnosis, Line
from samples.document import Document
from samples.fictions import Practitioner
from samples.people import doctor, plan, supplier
from samples.scenario import Scenario
from samples.scenarios.background import background, usual
from samples.scenarios.chart import Chart, open_chart, size_marks
from samples.scenarios.paper import extras, order, therapy, visit
from samples.scenarios.texts import texts


@dataclass(frozen=True, slots=True)
class _Cause:
    """Why someone cannot walk: diagnosis, age, strength of 5 of the arms and legs, of the better arm
    and leg, and the chairs that suit.
    """

    code: str
    text: str
    ages: tuple[int, int]
    arms: str
    legs: str
    better: tuple[str, str]
    chairs: tuple[str, ...]


_STROKE = ("K0823", "K0822")
_CAUSES = (
    _Cause("G12.21", "Amyotrophic lateral sclerosis", (45, 72), "3", "2", ("3", "2"), ("K0861", "K0856")),
    _Cause("I69.351", "Hemiplegia after stroke, right dominant side", (55, 84), "3+", "3-", ("5", "4"), _STROKE),
    _Cause("M05.79", "Rheumatoid arthritis, multiple sites", (52, 82), "3+", "4-", ("3+", "4-"), ("K0823",)),
    _Cause("G82.20", "Paraplegia", (25, 60), "4-", "1", ("4-", "1"), ("K0861",)),
    _Cause("J44.9", "COPD, severe", (58, 84), "4-", "4-", ("4-", "4-"), ("K0823", "K0822")),
    _Cause("G60.0", "Hereditary motor and sensory neuropathy", (38, 70), "3", "3-", ("3", "3-"), ("K0823", "K0861")),
)
_CHAIRS = {
    "K0822": "Power wheelchair gp 2, sling seat",
    "K0823": "Power wheelchair gp 2, captains chair",
    "K0856": "Power wheelchair gp 3, single power",
    "K0861": "Power wheelchair gp 3, multiple power",
}
_SOCIAL = (
    "On disability. Never smoker. Aide comes in the mornings.",
    "No longer works. Former smoker, quit >10 yrs ago. No alcohol.",
    "Lives at home, family helps with meals and bathing. No tobacco.",
)
_ACCESSORIES = (
    ("E2361", "Battery, 22NF sealed", 2),
    ("E0978", "Positioning belt", 1),
    ("E2607", "Skin protection cushion", 1),
    ("E0973", "Adjustable height armrest, pair", 2),
    ("E1028", "Swing-away mount for joystick", 1),
    ("E0990", "Elevating leg rest", 2),
)


def make(rng: random.Random, on: dt.date) -> Scenario:
    """Tell one."""
    cause = rng.choice(_CAUSES)
    chart, said = open_chart(rng, on, ages=cause.ages, bmi=(20, 36)), texts("power-wheelchair")
    doc = doctor(rng, rng.choice(("Family Medicine", "Internal Medicine", "Physical Medicine and Rehabilitation")))
    case = _case(chart, doc, cause=cause)
    ordered = chart.before(2, 10)
    tested = chart.day(ordered, least=3, most=15)
    seen = chart.day(tested, least=7, most=60)
    words = _words(chart, case, cause=cause, days=(seen, tested))
    known = background(chart, social=rng.choice(_SOCIAL))
    note = chart.written(said.sections("face-to-face"), words, rest=known.sections())
    papers = (
        visit(
            chart,
            seen,
            author=doc,
            sections=note,
            title=rng.choice(("Mobility Examination", "Face-to-Face Visit Note")),
        ),
        _specialty(chart, tested, words=words),
        *(_home(chart, ordered, words=words) if rng.random() < 0.6 else ()),
        order(
            chart,
            ordered,
            case=case,
            author=doc,
            facts=(
                ("Face-to-face exam", f"[[face-to-face;present;{seen}|{seen:%m/%d/%Y}]]"),
                ("Length of need", "99 months"),
            ),
        ),
        *extras(chart, case, seen, known=known),
    )
    return Scenario("power-wheelchair", case, papers, chart.all_said(said.ways("reasons"), words))


def _case(chart: Chart, doc: Practitioner, *, cause: _Cause) -> Case:
    rng, code = chart.rng, chart.rng.choice(cause.chairs)
    modifier, acquisition = ("RR", "rental") if rng.random() < 0.4 else ("NU", "purchase")
    chair = Line(
        code,
        _CHAIRS[code],
        1,
        modifier=modifier,
        unit="units",
        acquisition="rental" if acquisition == "rental" else "purchase",
        months=13 if acquisition == "rental" else None,
        place="Home",
    )
    parts = tuple(
        Line(part, text, count, modifier="NU", unit="units", acquisition="purchase", place="Home")
        for part, text, count in rng.sample(_ACCESSORIES, k=rng.randint(0, 3))
    )
    urgent = cause.code == "G12.21" and rng.random() < 0.6
    starts = chart.on + dt.timedelta(days=rng.randint(7, 30))
    return Case(
        payer=plan(rng),
        patient=chart.patient,
        requester=doc,
        on=chart.on,
        level_of_service="urgent" if urgent else "standard",
        urgency_reason="Rapid progression of ALS; function will be lost before a standard review ends."
        if urgent
        else "",
        diagnoses=(Diagnosis(cause.code, cause.text), Diagnosis("R26.89", "Abnormality of gait"))[: rng.randint(1, 2)],
        lines=(chair, *parts),
        servicing=supplier(rng),
        ordering=doc,
        primary_care=doc if doc.specialty == "Family Medicine" else None,
        starts=starts,
        ends=starts + dt.timedelta(days=rng.choice((90, 180, 365))),
        kind="equipment",
    )


def _words(chart: Chart, case: Case, *, cause: _Cause, days: tuple[dt.date, dt.date]) -> dict[str, object]:
    rng, said = chart.rng, texts("power-wheelchair")
    height, weight = size_marks(chart.patient)
    return {
        "dx": cause.text if cause.text.isupper() or cause.code == "J44.9" else cause.text[0].lower() + cause.text[1:],
        "onset": chart.before(400, 2600),
        "falls": rng.randint(2, 6),
        "feet": rng.choice((8, 10, 15, 20, 25)),
        "ue": cause.arms,
        "le": cause.legs,
        "better_ue": cause.better[0],
        "better_le": cause.better[1],
        "tone": "normal" if cause.code in ("J44.9", "M05.79", "G60.0") else "increased",
        "cardio": rng.choice(said.ways("cardio")),
        "why_not": rng.choice(said.ways("why_not")),
        "home": rng.choice(said.ways("home")),
        "transfer": rng.choice(said.ways("transfer")),
        "cushion": rng.choice(said.ways("cushion")),
        "door": rng.choice((30, 32, 34, 36)),
        "item": case.lines[0].text,
        "code": case.lines[0].code,
        "seen": days[0],
        "tested": days[1],
        "height": height,
        "weight": weight,
        **usual(chart),
    }


def _specialty(chart: Chart, on: dt.date, *, words: dict[str, object]) -> Document:
    rng, arms, legs = chart.rng, str(words["ue"]), str(words["le"])
    table = (
        ("Manual muscle test", "Right", "Left"),
        ("Shoulder flexion", arms, str(words["better_ue"])),
        ("Grip (lb)", str(rng.randint(12, 20)), str(rng.randint(12, 20))),
        ("Hip flexion", legs, str(words["better_le"])),
        ("Knee extension", legs, str(words["better_le"])),
    )
    return therapy(
        chart,
        on,
        author=doctor(rng, rng.choice(("Occupational Therapy", "Physical Therapy"))),
        title=rng.choice(("Seating and Mobility Evaluation", "Wheelchair Evaluation", "Specialty Mobility Evaluation")),
        sections=chart.written(texts("power-wheelchair").sections("specialty"), words),
        table=table,
        role="specialty-evaluation",
    )


def _home(chart: Chart, ordered: dt.date, *, words: dict[str, object]) -> tuple[Document, ...]:
    return (
        visit(
            chart,
            chart.day(ordered, least=0, most=2),
            author=doctor(chart.rng, "Occupational Therapy"),
            sections=chart.written(texts("power-wheelchair").sections("home-visit"), words),
            part=PartType.OTHER,
            role="home-assessment",
            title="Home Assessment for Power Mobility",
        ),
    )
