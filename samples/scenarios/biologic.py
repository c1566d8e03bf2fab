"""A biologic drug for rheumatoid arthritis, plaque psoriasis or severe asthma: first start or continuation."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from samples.case import Case, Diagnosis, Drug
from samples.document import Document
from samples.fictions import Practitioner
from samples.people import authorization_number, doctor, facility, plan
from samples.scenario import Scenario
from samples.scenarios.background import background, usual
from samples.scenarios.chart import Chart, open_chart, size_marks
from samples.scenarios.paper import extras, laboratory, medications, photos, visit
from samples.scenarios.texts import filled, texts

Tried = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Disease:
    """`drugs` are (name, strength, form, dose, frequency, quantity, ndc), `old` (name, dose, outcome) of what failed;
    `current` are the drugs that are taken besides.
    """

    slug: str
    specialty: tuple[str, ...]
    diagnoses: tuple[tuple[str, str], ...]
    drugs: tuple[tuple[str, str, str, str, str, str, str], ...]
    old: tuple[tuple[str, str, str], ...]
    current: tuple[tuple[str, str, str, str], ...] = ()
    social: str = ""


_PEN = "autoinjector"
_DISEASES = (
    _Disease(
        "arthritis",
        ("Rheumatology",),
        (("M05.79", "Seropositive rheumatoid arthritis"), ("M06.09", "Seronegative rheumatoid arthritis")),
        (
            ("Adalimumab", "40 mg/0.4 mL", "pen", "40 mg", "every 14 days", "2 pens per 28 days", "00074-0554-02"),
            ("Etanercept", "50 mg/mL", _PEN, "50 mg", "once weekly", "4 per 28 days", ""),
            ("Abatacept", "125 mg/mL", "prefilled syringe", "125 mg", "once weekly", "4 per 28 days", ""),
            ("Tocilizumab", "162 mg/0.9 mL", _PEN, "162 mg", "every 2 weeks", "2 per 28 days", ""),
        ),
        (
            ("Methotrexate", "20 mg weekly", "Persistent synovitis"),
            ("Leflunomide", "20 mg daily", "Stopped: ALT 3x normal"),
            ("Hydroxychloroquine", "200 mg BID", "Inadequate response"),
            ("Sulfasalazine", "1 g BID", "Nausea, rash"),
        ),
        (("acetaminophen", "500 mg", "2 tabs PO TID PRN", "Joint pain"),),
    ),
    _Disease(
        "psoriasis",
        ("Dermatology",),
        (("L40.0", "Plaque psoriasis"),),
        (
            ("Secukinumab", "150 mg/mL", "pen", "300 mg", "every 4 weeks", "2 pens per 28 days", ""),
            ("Guselkumab", "100 mg/mL", "prefilled syringe", "100 mg", "every 8 weeks", "1 per 56 days", ""),
            ("Risankizumab", "150 mg/mL", "pen", "150 mg", "every 12 weeks", "1 pen per 84 days", ""),
            ("Ustekinumab", "45 mg/0.5 mL", "prefilled syringe", "45 mg", "every 12 weeks", "1 per 84 days", ""),
        ),
        (
            ("Clobetasol 0.05% ointment", "BID", "Relapse on taper"),
            ("NB-UVB phototherapy", "3 per week", "28 sessions, partial"),
            ("Methotrexate", "15 mg weekly", "No clearing"),
            ("Acitretin", "25 mg daily", "High triglycerides"),
        ),
    ),
    _Disease(
        "asthma",
        ("Pulmonology", "Allergy and Immunology"),
        (("J45.50", "Severe persistent asthma, uncomplicated"), ("J82.83", "Eosinophilic asthma")),
        (
            ("Mepolizumab", "100 mg/mL", _PEN, "100 mg", "every 4 weeks", "1 per 28 days", "00173-0892-01"),
            ("Benralizumab", "30 mg/mL", "pen", "30 mg", "every 8 weeks", "1 per 56 days", ""),
            ("Dupilumab", "300 mg/2 mL", "pen", "300 mg", "every 2 weeks", "2 pens per 28 days", "00024-5915-02"),
            ("Tezepelumab", "210 mg/1.91 mL", "pen", "210 mg", "every 4 weeks", "1 pen per 28 days", ""),
        ),
        (
            ("Beclomethasone HFA", "160 mcg BID", "Exacerbations continue"),
            ("Tiotropium", "2.5 mcg daily", "No change in ACT"),
            ("Montelukast", "10 mg nightly", "Ineffective, stopped"),
        ),
        (
            ("budesonide/formoterol", "160/4.5 mcg", "2 puffs BID", "Asthma"),
            ("albuterol HFA", "90 mcg", "2 puffs q4h PRN", "Asthma"),
        ),
        "Never smoker, no pets. Works indoors.",
    ),
)


def make(rng: random.Random, on: dt.date) -> Scenario:
    """Tell one."""
    chart, said, disease = open_chart(rng, on, ages=(22, 76)), texts("biologic"), rng.choice(_DISEASES)
    doc = doctor(rng, rng.choice(disease.specialty))
    seen = chart.before(2, 16)
    drawn = chart.day(seen, least=3, most=14)
    case = _case(chart, doc, disease=disease)
    words = _words(chart, case, disease=disease, drawn=drawn)
    known = background(chart, drugs=disease.current, without=("asthma",), social=disease.social)
    note = chart.written(said.sections("again" if case.drug and case.drug.continuing else disease.slug), words,
                         rest=known.sections())  # fmt: skip
    listed = (medications(chart, seen, author=doc, known=known),) if known.drugs and rng.random() < 0.3 else ()
    shown = ("plaques, trunk", "plaques, both legs")
    papers = (
        visit(chart, seen, author=doc, sections=note),
        _laboratory(chart, drawn, disease=disease, words=words, author=doc),
        *(listed or extras(chart, case, seen, known=known)),
        *(
            (photos(chart, seen, author=doc, captions=shown),)
            if disease.slug == "psoriasis" and rng.random() < 0.4
            else ()
        ),
    )
    return Scenario("biologic", case, papers, chart.all_said(said.ways("reasons"), words))


def _case(chart: Chart, doc: Practitioner, *, disease: _Disease) -> Case:
    rng, again = chart.rng, chart.rng.random() < 0.25
    name, strength, form, dose, frequency, quantity, ndc = rng.choice(disease.drugs)
    drug = Drug(
        name=name,
        strength=strength,
        form=form,
        route="subcutaneous",
        dose=dose,
        frequency=frequency,
        quantity=quantity,
        duration=rng.choice(("12 months", "6 months", "3 months")),
        tried=_tried(chart, disease, gap=400 if again else 30),
        ndc=ndc,
        continuing=again,
    )
    urgent = rng.random() < 0.15
    code, text = rng.choice(disease.diagnoses)
    return Case(
        payer=plan(rng),
        patient=chart.patient,
        requester=doc,
        on=chart.on,
        level_of_service="urgent" if urgent else "standard",
        urgency_reason=chart.say(texts("biologic").ways("urgency")) if urgent else "",
        diagnoses=(Diagnosis(code, text),),
        drug=drug,
        servicing=facility(rng, "pharmacy") if rng.random() < 0.4 else None,
        starts=chart.on + dt.timedelta(days=rng.randint(3, 14)),
        kind="drug",
        certification="renewal" if again else "initial",
        previous_number=authorization_number(rng) if again else "",
    )


def _tried(chart: Chart, disease: _Disease, *, gap: int) -> tuple[Tried, ...]:
    """What was taken before, one after the other, oldest first."""
    rng, tried = chart.rng, list[Tried]()
    ends = chart.before(gap, gap + 40)
    for name, dose, outcome in reversed(rng.sample(disease.old, k=rng.randint(2, 3))):
        starts = ends - dt.timedelta(days=rng.randint(95, 240))
        tried.insert(0, (name, dose, f"{starts:%m/%Y} to {ends:%m/%Y}", outcome))
        ends = starts - dt.timedelta(days=rng.randint(5, 40))
    return tuple(tried)


def _words(chart: Chart, case: Case, *, disease: _Disease, drawn: dt.date) -> dict[str, object]:
    rng, drug = chart.rng, case.drug
    if drug is None:
        raise ValueError("this story asks for a drug")
    height, weight = size_marks(chart.patient)
    first = min(dt.datetime.strptime(when[:7], "%m/%Y").date() for _, _, when, _ in drug.tried)  # noqa: DTZ007
    facts = "; ".join(
        f"[[prior-treatment;failed|{name} {dose}, {when}: {out}]]" for name, dose, when, out in drug.tried
    )
    swollen, tender = rng.randint(5, 11), rng.randint(7, 16)
    slug, bsa, eos = disease.slug, rng.randint(11, 32), rng.randint(3, 9) * 100 + rng.randint(0, 9) * 10
    score = round(rng.uniform(12.4, 24.8), 1) if slug == "psoriasis" else swollen + tender + rng.randint(8, 15)
    evidence = {
        "arthritis": f"CDAI is {score}, high activity.",
        "psoriasis": f"PASI is {score} with {bsa}% of the body surface involved.",
        "asthma": f"Blood eosinophils were {eos} cells/uL.",
    }[slug]
    done = f"{drawn:%m/%d/%Y}"
    tb = f"[[tuberculosis-test;present;{drawn}|QuantiFERON negative {done}]]." if slug != "asthma" else ""
    words: dict[str, object] = {
        "onset": first - dt.timedelta(days=rng.randint(150, 2000)),
        "serology": "RF and anti-CCP positive" if case.diagnoses[0].code == "M05.79" else "RF and anti-CCP negative",
        "stiff": rng.choice((45, 60, 90, 120)),
        "told": f"Tried: {facts}.",
        "before": f"{facts}.",
        "swollen": swollen,
        "tender": tender,
        "score": score,
        "count": len(drug.tried),
        "tb": tb,
        "lab_on": drawn,
        "bsa": bsa,
        "pain": rng.randint(5, 9),
        "months": rng.randint(4, 20),
        "flares": rng.randint(2, 5),
        "act": rng.randint(9, 15),
        "fev": rng.randint(52, 74),
        "fev_now": rng.randint(81, 94),
        "eos": eos,
        "drug": drug.name.lower(),
        "dose": drug.dose,
        "freq": drug.frequency,
        "strength": drug.strength,
        "quantity": drug.quantity,
        "since": chart.before(120, 330),
        "dx": case.diagnoses[0].text.lower(),
        "evidence": evidence,
        "height": height,
        "weight": weight,
        "last": "The response has been good." if drug.continuing else "This would be the first biologic.",
        **usual(chart),
    }
    said = texts("biologic")
    words["better"] = filled(dict(said.sections("better"))[slug][0], words)
    words["exam_again"] = filled(dict(said.sections("exam_again"))[slug][0], words)
    if drug.continuing:
        words["evidence"] = f"{words['better']}."
    return words | {"start": chart.say(said.ways("start"), words)}


def _laboratory(
    chart: Chart, on: dt.date, *, disease: _Disease, words: dict[str, object], author: Practitioner
) -> Document:
    rng = chart.rng
    rows = [
        ("Hemoglobin", f"{rng.uniform(11.2, 14.8):.1f}", "", "g/dL", "11.0 - 16.0"),
        ("White blood cells", f"{rng.uniform(4.6, 9.8):.1f}", "", "10^3/uL", "4.0 - 10.5"),
        ("Platelets", str(rng.randint(180, 380)), "", "10^3/uL", "150 - 400"),
        ("ALT", str(rng.randint(12, 38)), "", "U/L", "7 - 40"),
        ("Creatinine", f"{rng.uniform(0.6, 1.1):.2f}", "", "mg/dL", "0.50 - 1.20"),
    ]
    rows += _special(chart, disease, words=words)
    where = facility(rng, "laboratory").organization
    return laboratory(chart, on, author=author, where=where, table=rows, role="test")


def _special(chart: Chart, disease: _Disease, *, words: dict[str, object]) -> list[tuple[str, str, str, str, str]]:
    rng, eos = chart.rng, int(str(words["eos"]))
    if disease.slug == "asthma":
        return [
            ("Eosinophils, absolute", str(eos), "H" if eos > 500 else "", "cells/uL", "0 - 500"),
            ("IgE, total", str(rng.randint(40, 420)), "", "kU/L", "< 500"),
        ]
    rows = [
        ("QuantiFERON-TB Gold Plus", "Negative", "", "", "Negative"),
        ("Hepatitis B surface antigen", "Nonreactive", "", "", "Nonreactive"),
        ("Hepatitis B core antibody, total", "Negative", "", "", "Negative"),
    ]
    if disease.slug == "arthritis":
        positive = str(words["serology"]).endswith("positive")
        factor, peptide, flag = (str(rng.randint(60, 180)), "> 250", "H") if positive else ("8", "4", "")
        rows += [
            ("C-reactive protein", f"{rng.uniform(12, 48):.1f}", "H", "mg/L", "0.0 - 5.0"),
            ("Rheumatoid factor", factor, flag, "IU/mL", "0 - 14"),
            ("Anti-CCP", peptide, flag, "U/mL", "0 - 20"),
        ]
    return rows
