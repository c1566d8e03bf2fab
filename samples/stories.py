"""The stories of the demo: what four practices ask for, and what their notes say. No sentence is from a real chart."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace

from samples.case import Case, Diagnosis, Drug, Line
from samples.fictions import person, practitioner, wrong_npi
from samples.letters.laboratory import Result

PLAN = "Lakeshore Senior Health Plan"


@dataclass(frozen=True, slots=True)
class Story:
    """A request with the sections of its note, the laboratory's results and what was left wrong on purpose."""

    case: Case
    visit_on: dt.date
    sections: tuple[tuple[str, str], ...] = ()
    results: tuple[Result, ...] = ()
    reasons: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    defects: tuple[str, ...] = ()


def arthritis(rng: random.Random, on: dt.date) -> Story:
    """A biologic for rheumatoid arthritis, urgent; no tuberculosis test was sent along."""
    visit = on - dt.timedelta(days=6)
    drug = Drug(
        name="Adalimumab",
        strength="40 mg/0.4 mL",
        form="pen injector",
        route="subcutaneous",
        dose="40 mg",
        frequency="every 14 days",
        quantity="6 pens",
        duration="3 months",
        tried=(
            ("Methotrexate", "20 mg weekly", "01/2026 to 06/2026", "Still 9 swollen joints"),
            ("Leflunomide", "20 mg daily", "06/2026 to 08/2026", "Stopped: liver enzymes"),
        ),
    )
    case = Case(
        payer=PLAN,
        patient=person(rng),
        requester=practitioner(rng, "Rheumatology", "Stonebridge Arthritis Associates"),
        on=on,
        level_of_service="urgent",
        diagnoses=(Diagnosis("M05.79", "Rheumatoid arthritis, seropositive"),),
        drug=drug,
    )
    sections = (
        (
            "History of present illness",
            "Seropositive rheumatoid arthritis since 2024 with morning stiffness of two hours. Methotrexate 20 mg "
            "weekly for five months failed to control the disease. Leflunomide was stopped in August because of liver "
            "enzymes at three times the upper limit. The patient denies fever, cough and weight loss.",
        ),
        (
            "Medications",
            "Prednisone 10 mg daily, folic acid 1 mg daily, acetaminophen as needed. No known drug allergies.",
        ),
        (
            "Examination",
            "Weight 71 kg, height 165 cm. Nine swollen and eleven tender joints, mostly of the hands and wrists. "
            "No rash, no nodules. Lungs clear. DAS28-CRP 5.6, high disease activity.",
        ),
        (
            "Assessment and plan",
            "Rheumatoid arthritis, high activity in spite of two conventional agents. Start adalimumab 40 mg "
            "subcutaneously every 14 days. Hepatitis B serology was negative. Return in eight weeks.",
        ),
    )
    results = (
        Result("C-reactive protein", "38.2", "mg/L", "0.0 - 5.0", "H"),
        Result("Erythrocyte sedimentation rate", "54", "mm/h", "0 - 30", "H"),
        Result("Rheumatoid factor", "112", "IU/mL", "0 - 14", "H"),
        Result("Anti-CCP antibody", "> 250", "U/mL", "0 - 20", "H"),
        Result("Hemoglobin", "11.6", "g/dL", "12.0 - 15.5", "L"),
        Result("White blood cells", "7.4", "10^9/L", "4.0 - 10.5"),
        Result("Alanine aminotransferase", "64", "U/L", "7 - 35", "H"),
        Result("Creatinine", "0.8", "mg/dL", "0.5 - 1.1"),
        Result("Hepatitis B surface antigen", "Negative", "", "Negative"),
    )
    return Story(case, visit, sections, results, defects=("no tuberculosis test among the papers",))


def sleep_apnea(rng: random.Random, on: dt.date) -> Story:
    """A CPAP device with its supplies; one digit of the physician's NPI is wrong."""
    doctor = practitioner(rng, "Sleep Medicine", "Harborlight Sleep Center")
    case = Case(
        payer=PLAN,
        patient=person(rng),
        requester=replace(doctor, npi=wrong_npi(doctor.npi)),
        servicing=practitioner(rng, "", "Bluebird Home Medical Supply"),
        on=on,
        level_of_service="standard",
        diagnoses=(Diagnosis("G47.33", "Obstructive sleep apnea"), Diagnosis("I10", "Essential hypertension")),
        lines=(
            Line("E0601", "CPAP device", 1, "RR"),
            Line("A7030", "Full face mask", 1, "NU"),
            Line("A4604", "Heated tubing", 1, "NU"),
        ),
        starts=on + dt.timedelta(days=14),
        ends=on + dt.timedelta(days=104),
    )
    sections = (
        (
            "Subjective",
            "Loud snoring, witnessed pauses in breathing and daytime sleepiness for two years. Epworth score 15. "
            "Fell asleep at a traffic light last month. No chest pain.",
        ),
        (
            "Objective",
            "Blood pressure 148/92, BMI 33.4, neck 43 cm, Mallampati class III. Polysomnography of last month: "
            "apnea-hypopnea index 34 per hour, lowest oxygen saturation 81 percent.",
        ),
        (
            "Assessment and plan",
            "Severe obstructive sleep apnea with hypertension. Order a CPAP device at 4 to 16 cm of water with heated "
            "tubing and a full face mask. The patient was told how to use and clean it. Review after 60 days of use.",
        ),
    )
    defects = ("the physician's NPI has one wrong digit",)
    return Story(case, on - dt.timedelta(days=3), sections, defects=defects)


def back_pain(rng: random.Random, on: dt.date) -> Story:
    """An MRI of the lumbar spine; the form was not signed."""
    case = Case(
        payer=PLAN,
        patient=person(rng),
        requester=practitioner(rng, "Family Medicine", "Maplebrook Family Practice"),
        on=on,
        level_of_service="standard",
        diagnoses=(Diagnosis("M54.16", "Radiculopathy, lumbar region"),),
        lines=(Line("72148", "MRI low back, no contrast", 1),),
        starts=on + dt.timedelta(days=10),
        ends=on + dt.timedelta(days=70),
        signed=False,
    )
    sections = (
        ("Chief complaint", "Pain in the low back that runs down the left leg, for ten weeks."),
        (
            "History of present illness",
            "Pain began after lifting a planter. Eight weeks of supervised physical therapy, twice a week, brought no "
            "relief. Naproxen 500 mg twice a day for six weeks did not help. No loss of bladder or bowel control, no "
            "fever, no history of cancer, no trauma.",
        ),
        ("Past medical history", "Hypertension, well controlled. Appendectomy in 1998."),
        ("Medications and allergies", "Naproxen 500 mg twice daily, lisinopril 10 mg daily. Allergic to penicillin."),
        (
            "Physical examination",
            "Straight leg raise positive on the left at 40 degrees. Strength of the left great toe 4/5. The left ankle "
            "reflex is diminished. Sensation is reduced over the top of the left foot.",
        ),
        (
            "Assessment and plan",
            "Left lumbar radiculopathy that did not respond to conservative treatment. MRI of the lumbar spine without "
            "contrast to look for a disc herniation before a referral for injection.",
        ),
    )
    absent = ("/signature/signed_on",)
    return Story(case, on - dt.timedelta(days=4), sections, absent=absent, defects=("the form is not signed",))


def psoriasis(rng: random.Random, on: dt.date) -> Story:
    """A biologic for plaque psoriasis, asked for in a letter that came by e-mail."""
    drug = Drug(
        name="Ustekinumab",
        strength="90 mg/mL",
        form="prefilled syringe",
        route="subcutaneous",
        dose="90 mg",
        frequency="at weeks 0 and 4, then every 12 weeks",
        quantity="3 syringes",
        duration="6 months",
    )
    case = Case(
        payer=PLAN,
        patient=person(rng),
        requester=practitioner(rng, "Dermatology", "Fairhaven Skin Clinic"),
        on=on,
        level_of_service="standard",
        diagnoses=(Diagnosis("L40.0", "Plaque psoriasis"),),
        drug=drug,
    )
    reasons = (
        "Plaques cover 18 percent of the body surface, including both palms, and the PASI score on "
        f"{on - dt.timedelta(days=12):%m/%d/%Y} was 19.4. Weight is 104 kg.",
        "Clobetasol 0.05 percent ointment for four months and 28 sessions of narrow-band ultraviolet light gave no "
        "lasting clearing. Methotrexate 15 mg weekly from January to May 2026 failed. Acitretin was stopped because of "
        "high triglycerides.",
        "An interferon-gamma release assay for tuberculosis was negative on "
        f"{on - dt.timedelta(days=20):%m/%d/%Y}. There is no history of cancer or of heart failure. I would be glad to "
        "speak with a reviewer.",
    )
    return Story(case, on - dt.timedelta(days=12), reasons=reasons)
