"""An MRI of the cervical spine: arm pain in spite of conservative care, or signs of a pressed cord."""

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


@dataclass(frozen=True, slots=True)
class _Root:
    """A nerve root, what is found when it is pressed, and the code of a disc disorder at its level."""

    level: str
    dermatome: str
    muscle: str
    reflex: str
    code: str


_ROOTS = (
    _Root("C5-C6", "thumb and index finger", "biceps", "brachioradialis reflex", "M50.122"),
    _Root("C6-C7", "middle finger", "triceps", "triceps reflex", "M50.123"),
    _Root("C4-C5", "lateral upper arm", "deltoid", "biceps reflex", "M50.121"),
)


def make(rng: random.Random, on: dt.date) -> Scenario:
    """Tell one."""
    chart, said = open_chart(rng, on, ages=(28, 79)), texts("cervical-mri")
    root, urgent = rng.choice(_ROOTS), rng.random() < 0.2
    doc = doctor(
        rng, rng.choice(("Family Medicine", "Neurosurgery", "Physical Medicine and Rehabilitation", "Neurology"))
    )
    case = _case(chart, doc, root=root, urgent=urgent)
    past, seen = course(chart), chart.before(2, 12)
    xray_on = chart.day(past.starts, least=3, most=12)
    words = _words(chart, case, past=past, root=root) | {"xray": xray_on}
    known = background(chart)
    note = chart.written(said.sections("visit"), words, rest=known.sections())
    papers = (
        visit(chart, seen, author=doc, sections=note),
        imaging(
            chart,
            xray_on,
            title="Cervical Spine Radiographs, 5 Views",
            where=facility(rng, "imaging").organization,
            sections=chart.written(said.sections("xray"), words),
        ),
        therapy(
            chart,
            past.ends,
            author=doctor(rng, "Physical Therapy"),
            title=rng.choice(("Therapy Discharge Summary", "PT Progress Note")),
            sections=chart.written(said.sections("therapy"), words),
            table=_measures(chart, past, words),
        ),
        order(
            chart, seen, case=case, author=doc, facts=(("Clinical indication", chart.say(said.ways("order"), words)),)
        ),
        *extras(chart, case, seen, known=known),
    )
    return Scenario("cervical-mri", case, papers, chart.all_said(said.ways("reasons"), words))


def _case(chart: Chart, doc: Practitioner, *, root: _Root, urgent: bool) -> Case:
    rng, site = chart.rng, facility(chart.rng, "imaging")
    first = Diagnosis("M54.12", "Cervical radiculopathy")
    if rng.random() < 0.4:
        first = Diagnosis(root.code, f"Cervical disc disorder {root.level} with radiculopathy")
    second = (Diagnosis("M47.12", "Cervical spondylosis with myelopathy"),) if urgent else ()
    starts = chart.on + dt.timedelta(days=1 if urgent else rng.randint(4, 14))
    study = rng.choice(("MRI cervical spine w/o contrast", "MR C-spine, no contrast", "MRI neck/C-spine without"))
    return Case(
        payer=plan(rng),
        patient=chart.patient,
        requester=doc,
        on=chart.on,
        level_of_service="urgent" if urgent else "standard",
        urgency_reason=chart.say(texts("cervical-mri").ways("urgency")) if urgent else "",
        diagnoses=(first, *second),
        lines=(Line("72141", study, 1, unit="units", body_site="Cervical spine", place="Outpatient hospital"),),
        servicing=site if rng.random() < 0.4 else None,
        facility=site,
        starts=starts,
        ends=starts + dt.timedelta(days=rng.choice((30, 45, 90))),
    )


def _words(chart: Chart, case: Case, *, past: Course, root: _Root) -> dict[str, object]:
    rng, said = chart.rng, texts("cervical-mri")
    kind = "_urgent" if case.level_of_service == "urgent" else ""
    words = past.words(chart.on) | {
        "side": rng.choice(("left", "right")),
        "root": root.level,
        "dermatome": root.dermatome,
        "muscle": root.muscle,
        "reflex": root.reflex,
        "grade": rng.choice(("4", "4+", "4-")),
        "special": chart.say(said.ways(f"special{kind}")),
        "cord": chart.say(said.ways(f"cord{kind}")),
        "how": chart.say(said.ways("how")),
        "third": chart.say(said.ways("third")),
        "dx": case.diagnoses[0].text,
        "code": case.diagnoses[0].code,
        "study": case.lines[0].text,
        "cpt": case.lines[0].code,
        **usual(chart),
    }
    return words | {"treated": chart.say(said.ways("treated"), words)}


def _measures(chart: Chart, past: Course, words: dict[str, object]) -> tuple[tuple[str, ...], ...]:
    start = chart.rng.randint(36, 52)
    return (
        ("Measure", "Evaluation", "Last visit", "Goal"),
        ("Neck Disability Index (%)", str(start), str(start - chart.rng.randint(0, 4)), "< 15"),
        (f"Rotation {words['side']} (deg)", "48", "50", "75"),
        ("Extension (deg)", "30", str(chart.rng.choice((30, 33, 35))), "60"),
        ("Arm pain, worst (0-10)", str(past.pain), str(past.pain), "2"),
    )
