"""Botulinum toxin for chronic migraine, asked for as a service with its injection or as a drug."""

from __future__ import annotations

import datetime as dt
import random

from models.annotations import PartType
from samples.case import Case, Diagnosis, Drug, Line
from samples.fictions import Practitioner
from samples.people import authorization_number, doctor, facility, plan
from samples.scenario import Scenario
from samples.scenarios.background import background, usual
from samples.scenarios.chart import Chart, open_chart
from samples.scenarios.paper import extras, medications, order, visit
from samples.scenarios.texts import texts

_PREVENTIVES = (
    ("Topiramate", "100 mg daily", "Word finding trouble"),
    ("Propranolol LA", "120 mg daily", "No benefit, dizzy"),
    ("Amitriptyline", "50 mg nightly", "Weight gain, no benefit"),
    ("Venlafaxine XR", "75 mg daily", "Ineffective"),
    ("Candesartan", "16 mg daily", "Ineffective"),
    ("Divalproex ER", "500 mg daily", "Tremor"),
)
Tried = tuple[str, str, str, str]
_CODES = (
    ("G43.709", "Chronic migraine w/o aura, not intractable"),
    ("G43.719", "Chronic migraine w/o aura, intractable"),
)


def make(rng: random.Random, on: dt.date) -> Scenario:
    """Tell one."""
    chart, said = open_chart(rng, on, ages=(21, 62), bmi=(19, 33)), texts("botulinum-toxin")
    doc = doctor(rng, rng.choice(("Neurology", "Pain Medicine")))
    again = rng.random() < 0.35
    tried = _tried(chart, gap=260 if again else 40)
    case = _case(chart, doc, tried=tried, again=again)
    words = _words(chart, case, tried=tried, again=again)
    seen = chart.before(2, 15)
    triptan = ("sumatriptan", "100 mg", "1 tab PO at onset, max 2/day", "Migraine")
    known = background(chart, drugs=(triptan,), without=("depression", "hypertension"))
    note = chart.written(said.sections("visit"), words, rest=known.sections())
    papers = [visit(chart, seen, author=doc, sections=note)]
    if case.lines:
        papers.append(order(chart, seen, case=case, author=doc, facts=(("Dose", "155 units IM, 31 sites"),)))
        papers += extras(chart, case, seen, known=known)
    else:
        papers.append(medications(chart, seen, author=doc, known=known))
    if again:
        papers.append(
            visit(
                chart,
                chart.day(seen, least=75, most=90),
                author=doc,
                sections=chart.written(said.sections("procedure"), words),
                part=PartType.PROCEDURE_NOTE,
                role="procedure",
                title="Procedure Note: Toxin Injection",
            )
        )
    return Scenario("botulinum-toxin", case, tuple(papers), chart.all_said(said.ways("reasons"), words))


def _tried(chart: Chart, *, gap: int) -> tuple[Tried, ...]:
    """Preventives that were taken one after the other, oldest first."""
    rng, tried, ends = chart.rng, list[Tried](), chart.before(gap, gap + 30)
    for name, dose, outcome in rng.sample(_PREVENTIVES, k=3):
        starts = ends - dt.timedelta(days=rng.randint(70, 150))
        tried.insert(0, (name, dose, f"{starts:%m/%Y} to {ends:%m/%Y}", outcome))
        ends = starts - dt.timedelta(days=rng.randint(5, 30))
    return tuple(tried)


def _case(chart: Chart, doc: Practitioner, *, tried: tuple[Tried, ...], again: bool) -> Case:
    rng, as_drug = chart.rng, chart.rng.random() < 0.35
    drug = Drug(
        name="OnabotulinumtoxinA",
        strength="200 unit vial",
        form="powder for injection",
        route="intramuscular",
        dose="155 units",
        frequency="every 12 weeks",
        quantity="1 vial per 84 days",
        duration=rng.choice(("6 months", "12 months")),
        tried=tried,
        continuing=again,
    )
    billed = rng.choice((155, 200))
    lines = (
        Line("J0585", "OnabotulinumtoxinA, per unit", billed, unit="units", place="Office"),
        Line("64615", "Chemodenervation for chronic migraine", 1, unit="units", place="Office"),
    )
    urgent = not again and rng.random() < 0.1
    starts = chart.on + dt.timedelta(days=rng.randint(5, 21))
    return Case(
        payer=plan(rng),
        patient=chart.patient,
        requester=doc,
        on=chart.on,
        level_of_service="urgent" if urgent else "standard",
        urgency_reason=chart.say(texts("botulinum-toxin").ways("urgency")) if urgent else "",
        diagnoses=(Diagnosis(*rng.choice(_CODES)),),
        drug=drug if as_drug else None,
        lines=() if as_drug else lines,
        facility=facility(rng, "hospital") if not as_drug and rng.random() < 0.2 else None,
        starts=starts,
        ends=starts + dt.timedelta(days=rng.choice((84, 180, 364))),
        kind="drug" if as_drug else "service",
        certification="renewal" if again else "initial",
        previous_number=authorization_number(rng) if again else "",
    )


def _words(chart: Chart, case: Case, *, tried: tuple[Tried, ...], again: bool) -> dict[str, object]:
    rng, said, days = chart.rng, texts("botulinum-toxin"), chart.rng.randint(16, 24)
    facts = "; ".join(f"[[prior-treatment;failed|{name} {dose} {when}, {out}]]" for name, dose, when, out in tried)
    now = rng.randint(6, 9) if again else days
    words: dict[str, object] = {
        "onset": chart.before(700, 3000),
        "days": now,
        "days_before": days,
        "migraine": max(4, now - rng.randint(2, 6)),
        "hours": rng.choice((4, 6, 8, 12)),
        "missed": rng.randint(1, 4),
        "midas": rng.randint(28, 74),
        "triptan": rng.randint(4, 8),
        "tried": f"Preventives: {facts}.",
        "before": f"{facts}.",
        "count": len(tried),
        "dx": case.diagnoses[0].text,
        "vial": "200 U vial, 45 U waste",
        "lot": f"C{rng.randint(1000, 9999)}",
        **usual(chart),
    }
    return words | {"last": chart.say(said.ways("again_last" if again else "new_last"), words)}
