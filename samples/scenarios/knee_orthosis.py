"""A knee orthosis for a knee that gives way, with laxity on examination."""

from __future__ import annotations

import datetime as dt
import random

from samples.case import Case, Diagnosis, Line, Side
from samples.fictions import Practitioner
from samples.people import doctor, facility, plan, supplier
from samples.scenario import Scenario
from samples.scenarios.background import background, usual
from samples.scenarios.chart import SIDES, Chart, open_chart
from samples.scenarios.paper import extras, imaging, order, photos, visit
from samples.scenarios.texts import texts

_BRACES = (
    ("L1851", "Knee orthosis, single upright, off-the-shelf"),
    ("L1852", "KO double upright w/ adjustable joints, OTS"),
    ("L1843", "Knee brace, single upright, custom fitted"),
    ("L1845", "Knee orthosis, double upright, prefab fitted"),
)
# What the scan shows, with the diagnosis; {n} is 1 on the right, 2 on the left.
_INJURIES = (
    ("complete tear of the ACL", "S83.51{n}A", "ACL sprain, {side} knee"),
    ("grade 2 MCL sprain", "S83.41{n}A", "MCL sprain, {side} knee"),
    ("partial ACL tear", "S83.51{n}A", "ACL sprain, {side} knee"),
    ("chronic ACL disruption, fibers attenuated", "M23.61{n}", "Disruption of ACL, {side} knee"),
)


def make(rng: random.Random, on: dt.date) -> Scenario:
    """Tell one."""
    chart, said, side = open_chart(rng, on, ages=(19, 74)), texts("knee-orthosis"), rng.choice(SIDES)
    doc = doctor(rng, rng.choice(("Orthopedic Surgery", "Family Medicine")))
    seen = chart.before(3, 25)
    scan = chart.day(seen, least=3, most=20)
    injured = scan - dt.timedelta(days=rng.randint(45, 100))
    result, code, dx = rng.choice(_INJURIES)
    diagnosis = Diagnosis(code.format(n="1" if side == "right" else "2"), dx.format(side=side))
    case = _case(chart, doc, side=side, diagnosis=diagnosis)
    words = {
        "side": side,
        "other": "left" if side == "right" else "right",
        "injured": injured,
        "event": rng.choice(said.ways("event")),
        "falls": rng.choice(said.ways("falls")),
        "tried": rng.choice(said.ways("tried")),
        "laxity": rng.choice(said.ways("laxity-mcl" if "MCL" in result else "laxity-acl")),
        "pain": rng.randint(3, 7),
        "flexion": rng.choice((115, 120, 125, 130)),
        "study": "MRI",
        "scan": scan,
        "seen": seen,
        "result": result,
        "dx": diagnosis.text,
        "item": case.lines[0].text,
        "code": case.lines[0].code,
        "thigh": rng.choice((18, 19.5, 20, 21.5, 23)),
        "calf": rng.choice((13.5, 14, 15, 16)),
        **usual(chart),
    }
    known = background(chart)
    captions = (f"{side} knee, front, standing", f"{side} knee, effusion on flexion")
    papers = (
        visit(chart, seen, author=doc, sections=chart.written(said.sections("visit"), words, rest=known.sections())),
        imaging(
            chart,
            scan,
            title=f"MRI {side.title()} Knee Without Contrast",
            where=facility(rng, "imaging").organization,
            sections=chart.written(said.sections("mri"), words),
        ),
        order(chart, chart.day(on, least=1, most=2), case=case, author=doc, facts=_facts(chart, seen, words=words)),
        *((photos(chart, seen, author=doc, captions=captions),) if rng.random() < 0.25 else ()),
        *extras(chart, case, seen, known=known),
    )
    return Scenario("knee-orthosis", case, papers, chart.all_said(said.ways("reasons"), words))


def _case(chart: Chart, doc: Practitioner, *, side: Side, diagnosis: Diagnosis) -> Case:
    rng, (code, text) = chart.rng, chart.rng.choice(_BRACES)
    modifier = "RT" if side == "right" else "LT"
    brace = Line(code, text, 1, modifier=modifier, unit="units", side=side, body_site=f"{side.title()} knee",
                 place="Home", acquisition="purchase", charge=rng.choice(("", "", "689.00", "812.40")))  # fmt: skip
    sleeve = Line("L2397", "Suspension sleeve, lower extremity", 1, modifier=modifier, unit="units", side=side,
                  body_site=f"{side.title()} knee", place="Home", acquisition="purchase")  # fmt: skip
    instability = Diagnosis("M25.361" if side == "right" else "M25.362", f"Instability, {side} knee")
    urgent = rng.random() < 0.12
    starts = chart.on + dt.timedelta(days=rng.randint(3, 12))
    return Case(
        payer=plan(rng),
        patient=chart.patient,
        requester=doc,
        on=chart.on,
        level_of_service="urgent" if urgent else "standard",
        urgency_reason="Falls with an unstable knee, at risk of fracture." if urgent else "",
        diagnoses=(diagnosis, instability)[: rng.randint(1, 2)],
        lines=(brace, sleeve)[: 2 if rng.random() < 0.3 else 1],
        servicing=supplier(rng),
        ordering=doc,
        starts=starts,
        ends=starts + dt.timedelta(days=rng.choice((30, 60, 90))),
        kind="equipment",
    )


def _facts(chart: Chart, seen: dt.date, *, words: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return (
        ("Face-to-face encounter", f"[[face-to-face;present;{seen}|{seen:%m/%d/%Y}]]"),
        ("Measurements", chart.say(texts("knee-orthosis").ways("order"), words)),
        ("Length of need", chart.rng.choice(("12 months", "99 months", "6 months"))),
    )
