"""Outpatient physical therapy: after surgery of a knee, for a stiff shoulder or a painful back; begun or continued."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from models.annotations import PartType
from samples.case import Case, Diagnosis, Line, Side
from samples.document import Document
from samples.fictions import Practitioner
from samples.people import authorization_number, doctor, facility, plan
from samples.scenario import Scenario
from samples.scenarios.background import background, usual
from samples.scenarios.chart import SIDES, Chart, open_chart, size_marks
from samples.scenarios.paper import extras, order, therapy, visit
from samples.scenarios.texts import filled, texts


@dataclass(frozen=True, slots=True)
class _Condition:
    """What is treated. In codes {n} is 1 on the right, 2 on the left; `ranges` of motion are low and high, in degrees;
    `goals` are short-term and long-term ones.
    """

    slug: str
    diagnoses: tuple[tuple[str, str], ...]
    site: str
    ages: tuple[int, int]
    since: tuple[int, int]
    ranges: tuple[tuple[int, ...], tuple[int, ...]]
    measure: str
    deficit: str
    goals: tuple[str, str]


_CONDITIONS = (
    _Condition(
        "knee-replacement",
        (("Z47.1", "Aftercare following joint replacement"), ("Z96.65{n}", "Artificial {side} knee")),
        "{side} knee",
        (54, 82),
        (21, 40),
        ((5, 8, 10), (85, 90, 95)),
        "LEFS (0-80)",
        "gait",
        (
            "Flexion 105 deg; quad lag resolved; stairs with rail",
            "0-120 deg; reciprocal stairs; walk 30 min, no device",
        ),
    ),
    _Condition(
        "shoulder",
        (("M75.0{n}", "Adhesive capsulitis, {side} shoulder"),),
        "{side} shoulder",
        (40, 66),
        (60, 150),
        ((10, 15, 20), (85, 95, 100)),
        "QuickDASH (%)",
        "overhead reach",
        ("Flexion 120, ER 35; sleep 5 h", "Flexion 155, ER 60; dress and reach overhead without pain"),
    ),
    _Condition(
        "low-back",
        (("M54.50", "Low back pain"),),
        "Lumbar spine",
        (23, 75),
        (30, 90),
        ((34, 38, 42), (35, 40, 50)),
        "Oswestry (%)",
        "trunk endurance",
        ("Sit 45 min; plank 30 s; HEP independent", "Lift 25 lb with good form; Oswestry < 15%; return to full duty"),
    ),
    _Condition(
        "acl",
        (("S83.51{n}D", "ACL sprain {side} knee, after reconstruction"), ("Z47.89", "Orthopedic aftercare")),
        "{side} knee",
        (18, 42),
        (20, 50),
        ((0, 2, 5), (90, 100, 110)),
        "IKDC (0-100)",
        "single leg control",
        ("Full extension; flexion 120; no limp", "Quad index 90%; hop test 90%; jog 20 min without effusion"),
    ),
)
_CODES = (("97110", "Therapeutic exercises"), ("97140", "Manual therapy"), ("97530", "Therapeutic activities"),
          ("97112", "Neuromuscular re-education"), ("97116", "Gait training"))  # fmt: skip


def make(rng: random.Random, on: dt.date) -> Scenario:
    """Tell one."""
    condition, side, again = rng.choice(_CONDITIONS), rng.choice(SIDES), rng.random() < 0.4
    chart, said = open_chart(rng, on, ages=condition.ages), texts("physical-therapy")
    surgical = condition.slug in ("knee-replacement", "acl")
    doc = doctor(rng, "Orthopedic Surgery" if surgical else rng.choice(("Family Medicine", "Orthopedic Surgery")))
    therapist = doctor(rng, "Physical Therapy")
    evaluated = chart.before(36, 50) if again else chart.before(2, 8)
    seen = chart.day(evaluated, least=1, most=9)
    case = _case(chart, condition, side=side, people=(doc, therapist), evaluated=evaluated if again else None)
    words = _words(chart, case, condition=condition, side=side, days=(evaluated, seen))
    known = background(chart)
    note = _note(chart, words, rest=known.sections())
    papers = (
        visit(chart, seen, author=doc, sections=note),
        order(chart, seen, case=case, author=doc, facts=(("Instructions", chart.say(said.ways("order"), words)),)),
        _evaluation(chart, evaluated, words=words, condition=condition, author=therapist),
        *(_progress(chart, words=words, condition=condition, author=therapist) if again else ()),
        *extras(chart, case, seen, known=known),
    )
    return Scenario("physical-therapy", case, papers, chart.all_said(said.ways("reasons"), words))


def _case(
    chart: Chart,
    condition: _Condition,
    *,
    side: Side,
    people: tuple[Practitioner, Practitioner],
    evaluated: dt.date | None,
) -> Case:
    rng, (doc, therapist) = chart.rng, people
    times, length = rng.choice((2, 2, 3)), rng.choice((4, 6, 8))
    third = _CODES[4] if condition.slug == "knee-replacement" else rng.choice(_CODES[2:4])
    used = rng.randint(8, 12) if evaluated else None
    sided = condition.slug != "low-back"
    lines = tuple(
        Line(
            code,
            text,
            units * times * length,
            modifier="GP",
            unit="units",
            visits=times * length,
            frequency=(times, "week"),
            duration=f"{length} weeks",
            side=side if sided else None,
            body_site=condition.site.format(side=side).capitalize(),
            place="Office",
            evaluated_on=evaluated,
            visits_used=used,
        )
        for (code, text), units in zip((_CODES[0], _CODES[1], third), (2, 1, 1), strict=True)
    )
    urgent = condition.slug == "knee-replacement" and rng.random() < 0.3
    starts = chart.on + dt.timedelta(days=rng.randint(1, 6))
    return Case(
        payer=plan(rng),
        patient=chart.patient,
        requester=doc,
        on=chart.on,
        level_of_service="urgent" if urgent else "standard",
        urgency_reason=chart.say(texts("physical-therapy").ways("urgency")) if urgent else "",
        diagnoses=tuple(
            Diagnosis(code.format(n="1" if side == "right" else "2"), text.format(side=side))
            for code, text in condition.diagnoses
        ),
        lines=lines[: rng.randint(2, 3)],
        servicing=therapist,
        starts=starts,
        ends=starts + dt.timedelta(weeks=length),
        certification="extension" if evaluated else "initial",
        previous_number=authorization_number(rng) if evaluated else "",
    )


def _words(
    chart: Chart, case: Case, *, condition: _Condition, side: str, days: tuple[dt.date, dt.date]
) -> dict[str, object]:
    rng, said, line = chart.rng, texts("physical-therapy"), case.lines[0]
    height, weight = size_marks(chart.patient)
    times = line.frequency[0] if line.frequency else 2
    words: dict[str, object] = {
        "side": side,
        "event": chart.day(days[1], least=condition.since[0], most=condition.since[1]),
        "hospital": facility(rng, "hospital").organization,
        "eval": days[0],
        "seen": days[1],
        "pain": rng.randint(5, 8),
        "pain_now": rng.randint(2, 4),
        "rom1": rng.choice(condition.ranges[0]),
        "rom2": rng.choice(condition.ranges[1]),
        "times": times,
        "length": (line.visits or times) // times,
        "visits": line.visits,
        "used": line.visits_used,
        "nsaid": rng.choice(("naproxen 500 mg BID", "acetaminophen 1 g", "ibuprofen 600 mg")),
        "home": chart.say(said.ways("home")),
        "potential": chart.say(said.ways("potential")),
        "deficit": condition.deficit,
        "stg": condition.goals[0],
        "ltg": condition.goals[1],
        "third": "gait training" if condition.slug == "knee-replacement" else "therapeutic activities",
        "score": rng.randint(34, 46),
        "dx": case.diagnoses[0].text,
        "caution": rng.choice(("none", "WBAT", "progress as tolerated", "per protocol")),
        "progress_words": f"After {line.visits_used} visits there are objective gains." if line.visits_used else "",
        "height": height,
        "weight": weight,
        **usual(chart),
    }
    ways = said.named[condition.slug]
    history, exam = (ways["history"], ways["exam"]) if isinstance(ways, dict) else ((), ())
    return words | {"history": chart.say(history, words), "exam": chart.say(exam, words)}


def _note(chart: Chart, words: dict[str, object], *, rest: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    asked = chart.say(texts("physical-therapy").ways("plan"), words)
    return (
        (chart.say(("HPI", "Subjective", "Interval history")), str(words["history"])),
        *rest,
        (chart.say(("Objective", "Exam")), f"{words['vitals']} {words['exam']}"),
        (chart.say(("Assessment and plan", "A/P")), asked),
    )


def _evaluation(
    chart: Chart, on: dt.date, *, words: dict[str, object], condition: _Condition, author: Practitioner
) -> Document:
    said = texts("physical-therapy")
    sections = tuple(
        (filled(heading, words), text) for heading, text in chart.written(said.sections("evaluation"), words)
    )
    table = (
        ("Measure", "Initial", "Goal"),
        (f"Motion, low end (deg), {condition.site.format(**words)}", str(words["rom1"]), "see goals"),
        ("Motion, high end (deg)", str(words["rom2"]), "see goals"),
        (condition.measure, str(words["score"]), "see goals"),
        ("Pain (0-10)", str(words["pain"]), "1"),
    )
    title = chart.rng.choice(("Physical Therapy Initial Evaluation", "PT Evaluation and Plan of Care", "Plan of Care"))
    return therapy(
        chart,
        on,
        author=author,
        title=title,
        sections=sections,
        table=table,
        part=PartType.PLAN_OF_CARE,
        role="therapy",
    )


def _progress(
    chart: Chart, *, words: dict[str, object], condition: _Condition, author: Practitioner
) -> tuple[Document, ...]:
    score = int(str(words["score"]))
    table = (
        ("Measure", "Initial", "Now"),
        ("Motion, high end (deg)", str(words["rom2"]), str(int(str(words["rom2"])) + 20)),
        (condition.measure, str(score), str(score + 17 if "0-" in condition.measure else score - 16)),
        ("Pain (0-10)", str(words["pain"]), str(words["pain_now"])),
    )
    sections = chart.written(texts("physical-therapy").sections("progress"), words)
    title = chart.rng.choice(("PT Progress Report", "Progress Note / Recertification", "Therapy Progress Summary"))
    return (
        therapy(chart, chart.before(1, 6), author=author, title=title, sections=sections, table=table, role="progress"),
    )
