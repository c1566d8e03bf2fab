"""A referral by a primary care practice to a specialist, for a number of visits."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace

from samples.case import Case, Diagnosis, Line, Side
from samples.document import Document
from samples.fictions import Practitioner
from samples.people import authorization_number, doctor, facility, plan
from samples.scenario import Scenario
from samples.scenarios.background import background, usual
from samples.scenarios.chart import SIDES, Chart, open_chart
from samples.scenarios.paper import imaging, laboratory, medications, order, visit
from samples.scenarios.texts import texts


@dataclass(frozen=True, slots=True)
class _Story:
    """Why someone is referred; `rows` are those of a laboratory's report, `report` a radiologist's impression."""

    specialty: str
    code: str
    dx: str
    history: str
    exam: str
    found: str
    rows: str = ""
    report: str = ""


def make(rng: random.Random, on: dt.date) -> Scenario:
    """Tell one."""
    story, side, said = _story(rng), rng.choice(SIDES), texts("specialist-referral")
    chart = open_chart(rng, on, ages=(52, 88) if story.code == "R41.3" else (24, 84))
    pcp, other = doctor(rng, rng.choice(("Family Medicine", "Internal Medicine"))), doctor(rng, story.specialty)
    case = _case(chart, (pcp, other), story=story, side=side)
    found = _found(chart, case, story=story, side=side)
    words, seen = found.words, found.seen
    known = background(chart, without=("GERD", "CKD", "gout", "depression", "diabetes", "anemia", "thyroid"))
    note = chart.written(said.sections("visit"), words, rest=known.sections())
    test = _test(chart, found, story=story, author=pcp)
    facts = (("Referred to", f"{other.full}, {story.specialty}"), ("Question", "Evaluate and treat"))
    papers = (
        visit(chart, seen, author=pcp, sections=note),
        *((test,) if test else ()),
        replace(order(chart, seen, case=case, author=pcp, facts=facts), title="Referral Order"),
        *((medications(chart, seen, author=pcp, known=known),) if known.drugs and rng.random() < 0.3 else ()),
    )
    return Scenario("specialist-referral", case, papers, chart.all_said(said.ways("reasons"), words))


def _case(chart: Chart, people: tuple[Practitioner, Practitioner], *, story: _Story, side: Side) -> Case:
    rng, (pcp, other) = chart.rng, people
    code, text = story.code, story.dx
    number = "1" if side == "right" else "2"
    visits = rng.choice((1, 2, 3, 4, 6))
    urgent = rng.random() < 0.15
    again = rng.random() < 0.15
    service = Line(
        rng.choice(("99204", "99203", "99214", "")),
        f"{story.specialty} consult, evaluate and treat",
        visits,
        unit="visits",
        visits=visits,
        side=side if "{side}" in text else None,
        place="Office",
    )
    starts = chart.on + dt.timedelta(days=rng.randint(2, 14))
    return Case(
        payer=plan(rng),
        patient=chart.patient,
        requester=pcp,
        on=chart.on,
        level_of_service="urgent" if urgent else "standard",
        urgency_reason=chart.say(texts("specialist-referral").ways("urgency")) if urgent else "",
        diagnoses=(Diagnosis(code.format(n=number), text.format(side=side)),),
        lines=(service,),
        servicing=other,
        primary_care=pcp if rng.random() < 0.5 else None,
        starts=starts,
        ends=starts + dt.timedelta(days=rng.choice((60, 90, 180))),
        kind="referral",
        certification="extension" if again else "initial",
        previous_number=authorization_number(rng) if again else "",
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """The day of the visit, the day of the test and the words for both."""

    seen: dt.date
    tested: dt.date
    words: dict[str, object]


def _found(chart: Chart, case: Case, *, story: _Story, side: str) -> _Found:
    rng, said = chart.rng, texts("specialist-referral")
    seen = chart.before(3, 18)
    tested = chart.day(seen, least=2, most=12)
    words: dict[str, object] = {
        "side": side,
        "onset": chart.before(100, 400),
        "pain": rng.randint(4, 8),
        "test": tested,
        "seen": seen,
        "dx": case.diagnoses[0].text,
        "specialty": story.specialty,
        "visits": case.lines[0].visits,
        "days": (case.ends - case.starts).days if case.starts and case.ends else 90,
        "why": chart.say(said.ways("why")),
        **usual(chart),
    }
    told = {name: chart.say((getattr(story, name),), words) for name in ("history", "exam", "found", "report")}
    return _Found(seen, tested, words | told)


def _test(chart: Chart, found: _Found, *, story: _Story, author: Practitioner) -> Document | None:
    """The report of the test that the note quotes."""
    rng, side = chart.rng, str(found.words["side"])
    if story.report:
        where = facility(rng, "imaging").organization
        sections = (("Indication", f"{side.capitalize()} sided pain."), ("Impression", str(found.words["report"])))
        title = f"{'Hand' if story.code.startswith('M18') else 'Shoulder'} Imaging, {side.title()}"
        return imaging(chart, found.tested, title=title, where=where, sections=sections)
    if rng.random() < 0.2:
        return None
    rows = [row.split("|") for row in story.rows.split(";")]
    rows.append(["Sodium", str(rng.randint(136, 143)), "", "mmol/L", "135 - 145"])
    where = facility(rng, "laboratory").organization
    return laboratory(chart, found.tested, author=author, where=where, table=rows, role="test")


def _story(rng: random.Random) -> _Story:
    stories = texts("specialist-referral").named["stories"]
    if not isinstance(stories, dict):
        raise TypeError("stories are sorted by specialty")
    specialty = rng.choice(list(stories))
    return _Story(specialty=specialty, **rng.choice(stories[specialty]))
