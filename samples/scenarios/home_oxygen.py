"""Home oxygen: a concentrator and a portable system after a blood gas or an oximetry; begun or continued."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from samples.case import Case, Diagnosis, Line
from samples.document import Document
from samples.fictions import Practitioner
from samples.people import authorization_number, doctor, facility, plan, supplier
from samples.scenario import Scenario
from samples.scenarios.background import background, usual
from samples.scenarios.chart import Chart, open_chart
from samples.scenarios.paper import extras, laboratory, order, visit
from samples.scenarios.texts import filled, texts

_DISEASES = (
    ("J44.9", "COPD", "tiotropium/olodaterol", "2.5 mcg", "2 inhalations daily"),
    ("J84.112", "Idiopathic pulmonary fibrosis", "nintedanib", "150 mg", "1 cap PO BID"),
    ("J43.9", "Emphysema", "umeclidinium/vilanterol", "62.5/25 mcg", "1 inhalation daily"),
    ("J47.9", "Bronchiectasis", "hypertonic saline nebs", "7%", "4 mL BID"),
)
_PORTABLE = (
    ("E0431", "Portable gas O2 system"),
    ("E1392", "Portable oxygen concentrator"),
    ("K0738", "Portable gas, home fill"),
)


def make(rng: random.Random, on: dt.date) -> Scenario:
    """Tell one."""
    chart, said = open_chart(rng, on, ages=(54, 88), bmi=(18, 33)), texts("home-oxygen")
    code, name, inhaler, dose, how = rng.choice(_DISEASES)
    again, arterial = rng.random() < 0.3, rng.random() < 0.45
    doc = doctor(rng, rng.choice(("Pulmonology", "Internal Medicine", "Family Medicine")))
    seen = chart.before(3, 18)
    tested = chart.day(seen, least=1, most=9)
    case = _case(chart, doc, disease=Diagnosis(code, name), again=again)
    words = _words(chart, disease=(name, inhaler), days=(seen, tested), arterial=arterial) | {
        "code": case.lines[0].code,
        "systems": "Stationary and portable." if len(case.lines) > 1 else "Stationary system only.",
    }
    words["again_said"] = chart.say(said.ways("again_words"), words) if again else ""
    words |= usual(chart, spo2=f"{words['rest']}% RA")
    known = background(
        chart,
        conditions=(name,),
        drugs=((inhaler, dose, how, name),),
        without=("COPD", "BPH"),
        social=f"{str(words['smoke']).capitalize()}. Retired.",
    )
    flow = (("Flow", chart.say(said.ways("order"), words)), ("Length of need", rng.choice(("Lifetime", "99 months"))))
    papers = (
        visit(chart, seen, author=doc, sections=chart.written(said.sections("visit"), words, rest=known.sections())),
        _test(chart, tested, words=words, arterial=arterial, author=doc),
        order(chart, seen, case=case, author=doc, facts=flow),
        *extras(chart, case, seen, known=known),
    )
    case = _urgent(chart, case, words=words)
    return Scenario("home-oxygen", case, papers, chart.all_said(said.ways("reasons"), words))


def _case(chart: Chart, doc: Practitioner, *, disease: Diagnosis, again: bool) -> Case:
    rng = chart.rng
    portable, text = rng.choice(_PORTABLE)
    months = rng.choice((3, 12, 36))
    lines = (("E1390", "Oxygen concentrator, stationary"), (portable, text))
    starts = chart.on + dt.timedelta(days=rng.randint(1, 10))
    return Case(
        payer=plan(rng),
        patient=chart.patient,
        requester=doc,
        on=chart.on,
        level_of_service="standard",
        diagnoses=(disease, Diagnosis("J96.11", "Chronic hypoxic respiratory failure"))[: rng.randint(1, 2)],
        lines=tuple(
            Line(code, words, 1, modifier="RR", unit="units", acquisition="rental", months=months, place="Home")
            for code, words in lines[: 2 if rng.random() < 0.8 else 1]
        ),
        servicing=supplier(rng),
        ordering=doc,
        starts=starts,
        ends=starts + dt.timedelta(days=30 * months),
        kind="equipment",
        certification="renewal" if again else "initial",
        previous_number=authorization_number(rng) if again else "",
    )


def _urgent(chart: Chart, case: Case, *, words: dict[str, object]) -> Case:
    if case.certification != "initial" or chart.rng.random() > 0.25:
        return case
    return replace(
        case, level_of_service="urgent", urgency_reason=chart.say(texts("home-oxygen").ways("urgency"), words)
    )


def _words(
    chart: Chart, *, disease: tuple[str, str], days: tuple[dt.date, dt.date], arterial: bool
) -> dict[str, object]:
    rng, said, (seen, tested) = chart.rng, texts("home-oxygen"), days
    name, inhaler = disease
    po2, low = rng.randint(47, 55), rng.randint(79, 87)
    short = f"ABG PaO2 {po2} mmHg on RA" if arterial else f"walk oximetry {low}% on RA"
    long = f"A PaO2 of {po2} mmHg on room air" if arterial else f"A saturation of {low}% walking on room air"
    return {
        "dx": name if name.isupper() else name.lower(),
        "inhaler": inhaler,
        "feet": rng.choice((30, 50, 80, 100)),
        "edema": rng.choice(("none", "trace", "1+")),
        "breath": rng.choice(("distant", "diminished bilat", "with fine basal crackles")),
        "fev": rng.randint(28, 55),
        "po2": po2,
        "low": low,
        "rest": rng.randint(85, 88) if arterial else rng.randint(90, 93),
        "minutes": rng.randint(2, 5),
        "with_o2": rng.randint(91, 95),
        "flow": rng.choice((2, 2, 3, 4)),
        "hours": rng.choice((15, 18, 24)),
        "smoke": filled(rng.choice(said.ways("smoke")), {"pack": rng.randint(20, 60)}),
        "since": chart.before(330, 400),
        "test_short": short,
        "test_words": long,
        "tested": tested,
        "seen": seen,
    }


def _test(chart: Chart, on: dt.date, *, words: dict[str, object], arterial: bool, author: Practitioner) -> Document:
    rng, said, po2 = chart.rng, texts("home-oxygen"), str(words["po2"])
    if arterial:
        rows = (
            ("pH", f"{rng.uniform(7.36, 7.42):.2f}", "", "", "7.35 - 7.45"),
            ("pCO2", str(rng.randint(41, 52)), "", "mmHg", "35 - 45"),
            ("pO2, room air", po2, "L", "mmHg", "80 - 100"),
            ("SaO2", str(words["rest"]), "L", "%", "94 - 100"),
            ("HCO3", str(rng.randint(25, 31)), "", "mmol/L", "22 - 28"),
        )
    else:
        rows = (
            ("SpO2 rest, room air", str(words["rest"]), "", "%", "> 94"),
            ("SpO2 exertion, room air", str(words["low"]), "L", "%", "> 88"),
            (f"SpO2 exertion, {words['flow']} L/min", str(words["with_o2"]), "", "%", "> 88"),
            ("Distance", str(rng.randint(90, 280)), "", "m", ""),
            ("Heart rate, peak", str(rng.randint(98, 124)), "", "/min", ""),
        )
    return laboratory(
        chart,
        on,
        author=author,
        where=facility(rng, "pulmonary").organization,
        table=rows,
        title="Arterial Blood Gas"
        if arterial
        else rng.choice(("Exercise Oximetry Report", "Six Minute Walk Oximetry")),
        role="test",
        specialty="Pulmonology",
        sections=chart.written(said.sections("arterial" if arterial else "oximetry"), words),
    )
