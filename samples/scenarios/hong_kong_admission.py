"""An admission to a private hospital in Hong Kong for an operation, with a referral letter and the report of a test."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace

from models.annotations import PartType
from samples import people_hk
from samples.case import Admission, Case, Diagnosis, Line, Side
from samples.document import Document
from samples.fictions import Practitioner
from samples.scenario import Scenario
from samples.scenarios.chart import SIDES, Chart, measured, size_marks
from samples.scenarios.paper import imaging, laboratory, visit
from samples.scenarios.texts import filled, texts


@dataclass(frozen=True, slots=True)
class _Story:
    """Why someone is operated on. {n} in the code is 1 on the right, 2 on the left, as {side} in the words."""

    dx: str
    code: str
    procedure: str
    category: str
    days: str
    specialty: str
    symptoms: str
    exam: str
    test: str
    findings: str

    def sided(self, side: Side) -> _Story:
        """The same story on one side, as far as it has one."""
        words = {"side": side, "n": "1" if side == "right" else "2"}
        return _Story(*(filled(getattr(self, name), words) for name in self.__slots__))

    @property
    def has_side(self) -> bool:
        """Whether it may happen on either side."""
        return "{side" in self.procedure


def make(rng: random.Random, on: dt.date) -> Scenario:
    """Tell one."""
    said, side = texts("hong-kong-admission"), rng.choice(SIDES)
    found = said.named["stories"]
    told = _Story(**rng.choice(found if isinstance(found, list) else []))
    story = told.sided(side)
    chart = Chart(rng, measured(people_hk.patient(rng), rng, bmi=(19, 30), metric=True), on)
    onset = on - dt.timedelta(days=rng.randint(45, 300))
    consulted = chart.day(on - dt.timedelta(days=16), least=0, most=20)
    tested, seen = chart.before(8, 14), chart.before(2, 6)
    attending = people_hk.doctor(rng, story.specialty)
    case = _case(chart, attending, story=story, side=side if told.has_side else None, days=(onset, consulted))
    words = _words(chart, case, story=story, days=(onset, consulted, tested))
    family = people_hk.doctor(rng, "General Practice")
    note = chart.written(said.sections("consultation"), words)
    letter = chart.written(said.sections("referral"), words)
    papers = (
        visit(chart, consulted, author=family, sections=letter, part=PartType.REFERRAL, role="referral",
              title="Referral Letter", close=False),
        _report(chart, tested, story=story, words=words, attending=attending),
        visit(chart, seen, author=attending, sections=note, part=PartType.CONSULTATION, title="Consultation Note",
              close=False),
    )  # fmt: skip
    kept = papers if rng.random() < 0.7 else papers[1:]
    marked = tuple(replace(paper, market="hk") for paper in kept)
    return Scenario("hong-kong-admission", case, marked, chart.all_said(said.ways("reasons"), words))


def _case(
    chart: Chart, attending: Practitioner, *, story: _Story, side: Side | None, days: tuple[dt.date, dt.date]
) -> Case:
    rng, (onset, consulted) = chart.rng, days
    admit = chart.on + dt.timedelta(days=rng.randint(7, 30))
    stay = int(story.days) + (rng.random() < 0.2)
    policy = people_hk.policy(rng, chart.patient, symptoms=story.symptoms, onset_on=onset, consulted_on=consulted)
    return Case(
        payer=rng.choice(people_hk.INSURERS),
        patient=chart.patient,
        requester=attending,
        on=chart.on,
        level_of_service="standard",
        diagnoses=(Diagnosis(story.code if rng.random() < 0.6 else "", story.dx),),
        lines=(Line("", story.procedure, 1, side=side),),
        starts=admit,
        ends=admit + dt.timedelta(days=stay),
        kind="admission",
        market="hk",
        facility=people_hk.hospital(rng),
        admission=Admission("elective", admit, stay, "Day case" if stay == 1 else "Inpatient"),
        policy=replace(policy, surgical_category=story.category, same_condition_before="No"),
    )


def _words(chart: Chart, case: Case, *, story: _Story, days: tuple[dt.date, dt.date, dt.date]) -> dict[str, object]:
    rng, said, one = chart.rng, texts("hong-kong-admission"), chart.patient
    height, weight = size_marks(one)
    if case.admission is None or case.facility is None:
        raise ValueError("this story asks for a stay")
    return {
        **{name: getattr(story, name) for name in _Story.__slots__},
        "symptoms": story.symptoms[0].lower() + story.symptoms[1:],
        "pt": f"{'Ms' if one.sex == 'female' else 'Mr'} {people_hk.written(one)}",
        "sexed": "F" if one.sex == "female" else "M",
        "onset": days[0],
        "consulted": days[1],
        "tested": days[2],
        "admit": case.admission.on,
        "days": case.admission.days,
        "hospital": case.facility.organization,
        "home": chart.say(said.ways("home")),
        "past": chart.say(said.ways("past")),
        "allergy": chart.say(said.ways("allergy")),
        "bp": f"{rng.randint(112, 148)}/{rng.randint(64, 92)}",
        "height": height,
        "weight": weight,
    }


def _report(chart: Chart, on: dt.date, *, story: _Story, words: dict[str, object], attending: Practitioner) -> Document:
    rng, where = chart.rng, "Harbour Lantern Diagnostic Centre"
    if story.test.startswith("Blood"):
        rows = (
            ("Haemoglobin", "10.9", "L", "g/dL", "11.5 - 15.5"),
            ("MCV", "76", "L", "fL", "80 - 96"),
            ("Platelets", str(rng.randint(180, 360)), "", "10^9/L", "150 - 400"),
            ("CEA", "1.9", "", "ng/mL", "< 5.0"),
            ("Stool occult blood", "Positive", "A", "", "Negative"),
        )
        made = laboratory(chart, on, author=attending, where=where, table=rows, role="test")
        asked = (("Requested by", f"Dr {people_hk.written(attending)}"),)
        return replace(made, author=people_hk.doctor(rng, "Pathology"), facts=asked)
    report = chart.written(texts("hong-kong-admission").sections("report"), words)
    title = f"{story.test} Report"
    made = imaging(chart, on, title=title, where=where, sections=report)
    return replace(made, author=people_hk.doctor(rng, "Radiology"))
