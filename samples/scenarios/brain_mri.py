"""An MRI of the brain: for a changed headache, a first seizure, one-sided deafness or a pituitary adenoma."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from models.annotations import PartType
from samples.case import Case, Diagnosis, Line
from samples.document import Document
from samples.fictions import Practitioner
from samples.people import doctor, facility, plan
from samples.scenario import Scenario
from samples.scenarios.background import background, usual
from samples.scenarios.chart import Chart, open_chart
from samples.scenarios.paper import extras, imaging, laboratory, order, visit
from samples.scenarios.texts import texts

_WITHOUT, _WITH = ("70551", "MRI brain w/o contrast"), ("70553", "MRI brain w/ and w/o contrast")


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a brain is looked at: who asks, what for, and the words of an order ({side} may be in them)."""

    slug: str
    specialty: str
    diagnoses: tuple[tuple[str, str], ...]
    study: tuple[str, str]
    indication: str
    onset: tuple[int, int]


_REASONS = (
    _Reason(
        "headache",
        "Neurology",
        (("R51.9", "Headache"), ("H47.10", "Papilledema")),
        _WITH,
        "new progressive headache with blurred optic discs",
        (60, 150),
    ),
    _Reason(
        "seizure",
        "Neurology",
        (("R56.9", "Seizure, new onset"),),
        _WITH,
        "first unprovoked seizure, structural lesion to be excluded",
        (14, 40),
    ),
    _Reason(
        "hearing",
        "Otolaryngology",
        (("H90.4{n}", "SNHL, {side} ear"), ("H93.1{n}", "Tinnitus, {side} ear")),
        _WITH,
        "asymmetric {side} sensorineural hearing loss, rule out vestibular schwannoma",
        (120, 500),
    ),
    _Reason(
        "pituitary",
        "Endocrinology",
        (("D35.2", "Pituitary adenoma"), ("E22.1", "Hyperprolactinemia")),
        _WITH,
        "prolactinoma with rising prolactin on treatment, compare size",
        (500, 1400),
    ),
)


def make(rng: random.Random, on: dt.date) -> Scenario:
    """Tell one."""
    chart, said = open_chart(rng, on, ages=(21, 74)), texts("brain-mri")
    reason, side = rng.choice(_REASONS), rng.choice(("left", "right"))
    doc = doctor(rng, reason.specialty)
    case = _case(chart, doc, reason=reason, side=side)
    words = _words(chart, case, reason=reason, side=side)
    known = background(chart)
    seen = chart.before(2, 11)
    note = chart.written(said.sections(reason.slug), words, rest=known.sections())
    papers = (
        visit(chart, seen, author=doc, sections=note, part=rng.choice((PartType.PROGRESS_NOTE, PartType.CONSULTATION))),
        *_tests(chart, seen, reason=reason, words=words, author=doc),
        order(chart, seen, case=case, author=doc, facts=(("Indication", str(words["indication"])),)),
        *extras(chart, case, seen, known=known),
    )
    return Scenario("brain-mri", case, papers, chart.all_said(said.ways("reasons"), words))


def _case(chart: Chart, doc: Practitioner, *, reason: _Reason, side: str) -> Case:
    rng, site = chart.rng, facility(chart.rng, chart.rng.choice(("imaging", "hospital")))
    urgent = reason.slug == "headache" and rng.random() < 0.5
    number = "1" if side == "right" else "2"
    study = _WITHOUT if reason.slug == "seizure" and rng.random() < 0.5 else reason.study
    starts = chart.on + dt.timedelta(days=2 if urgent else rng.randint(4, 18))
    return Case(
        payer=plan(rng),
        patient=chart.patient,
        requester=doc,
        on=chart.on,
        level_of_service="urgent" if urgent else "standard",
        urgency_reason=chart.say(texts("brain-mri").ways("urgency")) if urgent else "",
        diagnoses=tuple(Diagnosis(c.format(n=number), t.format(side=side)) for c, t in reason.diagnoses),
        lines=(Line(study[0], study[1], 1, unit="units", body_site="Brain", place="Outpatient",
                    charge=rng.choice(("", "", "1840.00", "2215.50"))),),
        servicing=site if rng.random() < 0.4 else None,
        facility=site,
        starts=starts,
        ends=starts + dt.timedelta(days=rng.choice((30, 60))),
    )  # fmt: skip


def _words(chart: Chart, case: Case, *, reason: _Reason, side: str) -> dict[str, object]:
    rng, said = chart.rng, texts("brain-mri")
    onset = chart.before(*reason.onset)
    return {
        "side": side,
        "other": "left" if side == "right" else "right",
        "onset": onset,
        "months": max(2, (chart.on - onset).days // 30),
        "age_before": chart.age - 1,
        "pain": rng.randint(5, 9),
        "drug": chart.say(said.ways("drug")),
        "drug_note": "without benefit",
        "eeg": chart.say(said.ways("eeg")),
        "pta": rng.choice((45, 50, 55, 60)),
        "wrs": rng.choice((48, 56, 64, 72)),
        "prl": rng.choice((64, 88, 112, 145)),
        "indication": reason.indication.format(side=side),
        "dx": case.diagnoses[0].text,
        "study": case.lines[0].text,
        "cpt": case.lines[0].code,
        **usual(chart),
    }


def _tests(
    chart: Chart, seen: dt.date, *, reason: _Reason, words: dict[str, object], author: Practitioner
) -> tuple[Document, ...]:
    if reason.slug == "seizure" or (reason.slug == "headache" and chart.rng.random() < 0.6):
        day = words["onset"] if reason.slug == "seizure" else chart.day(seen, least=5, most=20)
        where, said = facility(chart.rng, "hospital").organization, texts("brain-mri")
        report = chart.written(said.sections("ct"), words)
        on = day if isinstance(day, dt.date) else seen
        return (imaging(chart, on, title="CT Head Without Contrast", where=where, sections=report, role="test"),)
    rows = [
        ("Creatinine", f"{chart.rng.uniform(0.6, 1.1):.2f}", "", "mg/dL", "0.50 - 1.20"),
        ("eGFR", str(chart.rng.randint(72, 110)), "", "mL/min", "> 60"),
        ("TSH", f"{chart.rng.uniform(0.8, 3.6):.2f}", "", "uIU/mL", "0.40 - 4.50"),
        ("Hemoglobin", f"{chart.rng.uniform(12.2, 15.1):.1f}", "", "g/dL", "12.0 - 16.0"),
    ]
    if reason.slug == "pituitary":
        rows.insert(0, ("Prolactin", str(words["prl"]), "H", "ng/mL", "3 - 25"))
    day = chart.day(seen, least=4, most=15)
    where = facility(chart.rng, "laboratory").organization
    return (laboratory(chart, day, author=author, where=where, table=rows, role="test"),)
