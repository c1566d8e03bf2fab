"""An MRI of the lumbar spine: leg pain that outlasts weeks of conservative care, or a foot that has begun to drop."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from samples.case import Case, Diagnosis, Line
from samples.fictions import Practitioner
from samples.people import doctor, facility, plan
from samples.scenario import Scenario
from samples.scenarios.background import background, usual
from samples.scenarios.chart import Chart, open_chart
from samples.scenarios.conservative import Course, course
from samples.scenarios.paper import extras, imaging, order, therapy, visit
from samples.scenarios.texts import texts

_CODES = {"72148": "MRI lumbar spine w/o contrast", "72158": "MRI L-spine without and with contrast"}


@dataclass(frozen=True, slots=True)
class _Root:
    """A nerve root and what is found when it is pressed."""

    level: str
    dermatome: str
    muscle: str
    reflex: str


_ROOTS = (
    _Root("L4-L5", "dorsum of the foot and great toe", "EHL", "medial hamstring reflex reduced"),
    _Root("L5-S1", "lateral foot and heel", "gastrocnemius", "Achilles reflex 1+"),
    _Root("L3-L4", "medial shin", "quadriceps", "patellar reflex diminished"),
)


def make(rng: random.Random, on: dt.date) -> Scenario:
    """Tell one."""
    chart, said = open_chart(rng, on, ages=(24, 82)), texts("lumbar-mri")
    side, urgent = rng.choice(("left", "right")), rng.random() < 0.2
    doc = doctor(rng, rng.choice(("Family Medicine", "Internal Medicine", "Pain Medicine", "Orthopedic Surgery")))
    case = _case(chart, doc, side=side, urgent=urgent)
    past, seen = course(chart), chart.before(2, 14)
    words = _words(chart, case, past=past, side=side)
    known = background(chart, surgeries="L5-S1 microdiscectomy 2016" if case.lines[0].code == "72158" else "")
    therapist = doctor(rng, "Physical Therapy")
    xray_on = chart.day(past.starts, least=2, most=9)
    words["xray"] = xray_on
    note = chart.written(said.sections("visit"), words, rest=known.sections())
    papers = (
        visit(chart, seen, author=doc, sections=note),
        therapy(
            chart,
            past.ends,
            author=therapist,
            title=rng.choice(("PT Discharge Summary", "Physical Therapy Progress Report", "Therapy Discharge Note")),
            sections=chart.written(said.sections("therapy"), words),
            table=_measures(chart, past, words),
        ),
        imaging(
            chart,
            xray_on,
            title="XR Lumbar Spine 3 Views",
            where=facility(rng, "imaging").organization,
            sections=chart.written(said.sections("xray"), words),
        ),
        order(chart, seen, case=case, author=doc, facts=(("Reason for exam", chart.say(said.ways("order"), words)),)),
        *extras(chart, case, seen, known=known),
    )
    return Scenario("lumbar-mri", case, papers, chart.all_said(said.ways("reasons"), words))


def _case(chart: Chart, doc: Practitioner, *, side: str, urgent: bool) -> Case:
    rng, site = chart.rng, facility(chart.rng, "imaging")
    code = rng.choice(("72148", "72148", "72148", "72158"))
    codes = [rng.choice((Diagnosis("M54.16", "Radiculopathy, lumbar region"),
                         Diagnosis("M54.17", "Lumbosacral radiculopathy")))]  # fmt: skip
    if urgent:
        codes.append(Diagnosis("M21.371" if side == "right" else "M21.372", f"Foot drop, {side}"))
    elif rng.random() < 0.4:
        codes.append(rng.choice((Diagnosis("M48.061", "Spinal stenosis lumbar w/o claudication"),
                                 Diagnosis("M51.26", "Lumbar disc displacement"))))  # fmt: skip
    starts = chart.on + dt.timedelta(days=2 if urgent else rng.randint(5, 15))
    return Case(
        payer=plan(rng),
        patient=chart.patient,
        requester=doc,
        on=chart.on,
        level_of_service="urgent" if urgent else "standard",
        urgency_reason=chart.say(texts("lumbar-mri").ways("urgency"), {"side": side}) if urgent else "",
        diagnoses=tuple(codes),
        lines=(Line(code, _CODES[code], 1, unit="units", body_site="Lumbar spine", place="Outpatient"),),
        servicing=site if rng.random() < 0.5 else None,
        facility=site,
        starts=starts,
        ends=starts + dt.timedelta(days=rng.choice((30, 60, 90))),
    )


def _words(chart: Chart, case: Case, *, past: Course, side: str) -> dict[str, object]:
    rng, said, urgent = chart.rng, texts("lumbar-mri"), case.level_of_service == "urgent"
    root = _ROOTS[0] if urgent else rng.choice(_ROOTS)
    words = past.words(chart.on) | {
        "side": side,
        "other": "left" if side == "right" else "right",
        "root": root.level,
        "dermatome": root.dermatome,
        "muscle": root.muscle,
        "reflex": root.reflex,
        "grade": 3 if urgent else 4,
        "slr": rng.choice((30, 35, 40, 45, 60)),
        "gait": "steppage" if urgent else "antalgic",
        "weakness": chart.say(said.ways("weakness_urgent" if urgent else "weakness")),
        "third": chart.say(said.ways("third")),
        "how": chart.say(said.ways("how")),
        "dx": case.diagnoses[0].text,
        "code": case.diagnoses[0].code,
        "study": case.lines[0].text,
        "cpt": case.lines[0].code,
        "extra": "Surgery at L5-S1 in 2016 calls for contrast." if case.lines[0].code == "72158" else "",
        **usual(chart),
    }
    return words | {"treated": chart.say(said.ways("treated"), words)}


def _measures(chart: Chart, past: Course, words: dict[str, object]) -> tuple[tuple[str, ...], ...]:
    rng, start = chart.rng, chart.rng.randint(44, 56)
    return (
        ("Measure", "Initial", "Discharge", "Goal"),
        ("Lumbar flexion (deg)", "40", str(rng.choice((42, 45, 48))), "70"),
        ("Oswestry (%)", str(start), str(start - rng.randint(0, 6)), "< 20"),
        ("Pain, worst (0-10)", str(past.pain), str(past.pain), "3"),
        (f"SLR {words['side']} (deg)", str(words["slr"]), str(words["slr"]), "70"),
    )
