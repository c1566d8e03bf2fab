"""A CPAP device with its supplies: a new one after a sleep test, or supplies for one that is used well."""

from __future__ import annotations

import datetime as dt
import random

from models.annotations import PartType
from samples.case import Case, Diagnosis, Line
from samples.document import Document
from samples.fictions import Practitioner
from samples.people import authorization_number, doctor, facility, plan, supplier
from samples.scenario import Scenario
from samples.scenarios.background import Background, background, usual
from samples.scenarios.chart import Chart, open_chart
from samples.scenarios.paper import extras, order, visit
from samples.scenarios.texts import texts

# A mask with its parts: code, the office's words and how many in three months.
_MASKS = (
    (("A7030", "Full face mask", 1), ("A7031", "Face mask cushion, replacement", 3)),
    (("A7034", "Nasal mask", 1), ("A7032", "Nasal cushion, replacement", 6)),
    (("A7034", "Nasal pillow mask interface", 1), ("A7033", "Nasal pillows, pair", 6)),
)
_PARTS = (("A7035", "Headgear", 1), ("A4604", "Tubing, heated", 1), ("A7038", "Disposable filters", 6),
          ("A7039", "Filter, reusable", 1), ("A7046", "Water chamber", 1))  # fmt: skip

_SHOWN = "{he!c} has been shown how to use and clean the device and will be seen again between day 31 and day 90."
_USED = "{he!c} uses the device {avg} hours a night, at least 4 hours on {share}% of nights, and benefits from it."
_LOSARTAN = ("losartan", "50 mg", "1 tab PO daily", "Hypertension")


def make(rng: random.Random, on: dt.date) -> Scenario:
    """Tell one."""
    chart, said = open_chart(rng, on, ages=(29, 79), bmi=(27, 44)), texts("cpap")
    again = rng.random() < 0.25
    doc, tester = doctor(rng, rng.choice(("Sleep Medicine", "Pulmonology"))), doctor(rng, "Sleep Medicine")
    tested = chart.before(150, 330) if again else chart.before(12, 40)
    evaluated = chart.day(tested, least=10, most=45)
    seen = chart.before(2, 9)
    case = _case(chart, doc, again=again)
    known = background(chart, conditions=("Hypertension",), drugs=(_LOSARTAN,), without=("Hypertension",))
    words = _words(chart, case, days=(evaluated, tested, seen), known=known)
    note = chart.written(said.sections("evaluation"), words, rest=known.sections())
    after = chart.written(said.sections("adherence" if again else "after"), words | usual(chart))
    papers = (
        visit(chart, evaluated, author=doc, sections=note, part=PartType.CONSULTATION, role="evaluation"),
        _study(chart, tested, words=words, author=tester),
        visit(chart, seen, author=doc, sections=after),
        order(chart, seen, case=case, author=doc, facts=_settings(chart, words)),
        *extras(chart, case, seen, known=known),
    )
    return Scenario("cpap", case, papers, chart.all_said(said.ways("reasons"), words))


def _case(chart: Chart, doc: Practitioner, *, again: bool) -> Case:
    rng = chart.rng
    mask, cushion = rng.choice(_MASKS)
    device = () if again else (Line("E0601", "CPAP device, auto-titrating", 1, modifier="RR", unit="units",
                                    acquisition="rental", months=rng.choice((3, 10, 13)), place="Home"),)  # fmt: skip
    humidifier = ("E0562", "Heated humidifier", 1)
    chosen = (mask, cushion, *rng.sample(_PARTS, k=rng.randint(1, 2)))
    supplies = tuple(
        Line(code, text, count, modifier="NU", unit="units", acquisition="purchase", place="Home")
        for code, text, count in (chosen if again else (humidifier, *chosen))
    )
    urgent = not again and rng.random() < 0.12
    starts = chart.on + dt.timedelta(days=rng.randint(3, 14))
    return Case(
        payer=plan(rng),
        patient=chart.patient,
        requester=doc,
        on=chart.on,
        level_of_service="urgent" if urgent else "standard",
        urgency_reason=chart.say(texts("cpap").ways("urgency")) if urgent else "",
        diagnoses=(Diagnosis("G47.33", "Obstructive sleep apnea"), Diagnosis("I10", "Hypertension")),
        lines=(*device, *supplies),
        servicing=supplier(rng),
        ordering=doc,
        starts=starts,
        ends=starts + dt.timedelta(days=rng.choice((90, 180, 365))),
        kind="equipment",
        certification="renewal" if again else "initial",
        previous_number=authorization_number(rng) if again else "",
    )


def _words(chart: Chart, case: Case, *, days: tuple[dt.date, dt.date, dt.date], known: Background) -> dict[str, object]:
    rng, said, (evaluated, tested, seen) = chart.rng, texts("cpap"), days
    again = case.certification == "renewal"
    hours, index = round(rng.uniform(4.6, 7.2), 1), rng.choice((9, 13, 18, 24, 33, 46, 61))
    events = round(hours * index) + rng.randint(0, 3)
    obstructive, central = events * 2 // 5, rng.randint(0, 4)
    ahi = round(events / hours, 1)
    epworth, urgent = rng.randint(11, 19), case.level_of_service == "urgent"
    words: dict[str, object] = {
        "onset": evaluated - dt.timedelta(days=rng.randint(200, 900)),
        "epworth": epworth,
        "epworth_now": max(3, epworth - rng.randint(6, 9)),
        "stop": rng.randint(5, 7),
        "neck": rng.choice((16, 16.5, 17, 17.5, 18)),
        "mallampati": rng.choice(("III", "IV")),
        "risk": said.ways("risk")[0] if urgent else rng.choice(said.ways("risk")[1:]),
        "at_home": rng.random() < 0.5,
        "events": events,
        "hours": hours,
        "ahi": ahi,
        "obstructive": obstructive,
        "central": central,
        "hypopneas": events - obstructive - central,
        "rem": round(ahi * rng.uniform(1.2, 1.7), 1),
        "base": rng.randint(93, 96),
        "nadir": rng.randint(71, 86),
        "below": round(rng.uniform(2, 40), 1),
        "severity": "mild" if ahi < 15 else "moderate" if ahi < 30 else "severe",
        "pressure": rng.choice(("5-15", "6-16", "4 to 20", "8-14")),
        "mask": next(line.text for line in case.lines if line.code in ("A7030", "A7034")).lower(),
        "test_on": tested,
        "eval": evaluated,
        "seen": seen,
        "setup": tested + dt.timedelta(days=30),
        "used_from": seen - dt.timedelta(days=31),
        "used_to": seen - dt.timedelta(days=1),
        "share": rng.randint(74, 97),
        "avg": round(rng.uniform(5.1, 7.3), 1),
        "residual": round(rng.uniform(0.8, 4.4), 1),
        "symptom": chart.say(said.ways("symptom")),
        "comorbid": known.conditions[0].lower(),
        "He_has": "Hypertension is treated as well.",
        "asked": "I order replacement supplies" if again else "I prescribe a positive airway pressure device",
        **usual(chart),
    }
    test = "home sleep apnea test" if words["at_home"] else "attended polysomnogram"
    follow = _USED if again else _SHOWN
    return words | {"test": test, "follow": chart.say((follow,), words)}


def _study(chart: Chart, on: dt.date, *, words: dict[str, object], author: Practitioner) -> Document:
    table = (
        ("Parameter", "Value"),
        ("Analysed time (h)", str(words["hours"])),
        ("Apneas + hypopneas", str(words["events"])),
        ("AHI (events/h)", str(words["ahi"])),
        ("Lowest SpO2 (%)", str(words["nadir"])),
        ("Time SpO2 < 88% (min)", str(words["below"])),
    )
    name = "home-study" if words["at_home"] else "lab-study"
    titles = {
        "home-study": ("Home Sleep Apnea Test Report", "HSAT Report"),
        "lab-study": ("Polysomnography Report", "Sleep Study - Diagnostic PSG", "Overnight Sleep Study"),
    }
    return Document(
        kind="sleep-study",
        part=PartType.SLEEP_STUDY,
        title=chart.rng.choice(titles[name]),
        on=on,
        author=author,
        patient=chart.patient,
        role="test",
        sections=chart.written(texts("cpap").sections(name), words),
        table=table,
        institution=facility(chart.rng, "sleep").organization,
        ink=chart.rng.choice(("electronic", "pen")),
    )


def _settings(chart: Chart, words: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return (
        ("Settings", f"Auto {words['pressure']} cm H2O, humidity per comfort"),
        ("Length of need", chart.say(texts("cpap").ways("order_need"))),
        ("Sleep study", f"{words['test']}, [[ahi;present|AHI {words['ahi']}]]"),
    )
