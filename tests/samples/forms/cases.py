"""Cases for the designs of forms: one that fills every blank with long words, one with the least there is."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from samples.case import Case, Diagnosis, Drug, Line
from samples.fictions import Address, Practitioner, npi, person, practitioner

ON = dt.date(2026, 9, 14)
THERAPY = (
    Line(
        "97110", "Therapeutic exercise to regain strength and range of the shoulder", 24, "GP",
        visits=12, frequency=(2, "week"), duration="6 weeks", side="left", body_site="Shoulder", place="Office",
    ),
    Line("97140", "Manual therapy, joint mobilization", 12, "59", frequency=(2, "week"), side="left", place="Office"),
    Line("97112", "Balance and posture retraining", 12, "GP", frequency=(1, "week")),
)  # fmt: skip
DEVICES = (
    Line("E0601", "CPAP device with built-in heated humidifier", 1, "RR", acquisition="rental", months=10),
    Line("A7030", "Full face mask", 1, "NU", acquisition="purchase"),
    Line("A4604", "Heated tubing", 1, "NU", acquisition="purchase"),
    Line("A7038", "Disposable filters", 6, "NU", frequency=(2, "month"), acquisition="purchase"),
)  # fmt: skip


def rich(kind: str = "service") -> Case:
    """A case with all there is, in long words; `kind` is "service" or "equipment"."""
    rng = random.Random(5)
    office = Address("1207 Old Mill Lane, Building C, Suite 410", "North Maplebrook Heights", "PA", "15000-4417")
    member = replace(
        person(rng), given="Maximiliana", family="Vanterpool-Osterhagen", member_id="QXW904417722801", address=office
    )
    return Case(
        payer="Copperfield Mutual Health Plan of Ohio",
        patient=member,
        requester=_long(rng, office),
        on=ON,
        level_of_service="urgent",
        diagnoses=(
            Diagnosis("M75.122", "Complete rotator cuff tear of the left shoulder, not specified as traumatic"),
            Diagnosis("M25.512", "Pain in left shoulder"),
            Diagnosis("G47.33", "Obstructive sleep apnea (adult)"),
        ),
        servicing=replace(
            practitioner(rng, "Physical Therapy", "Bluebird Rehabilitation and Home Medical Supply"), address=office
        ),
        lines=THERAPY if kind == "service" else DEVICES,
        starts=dt.date(2026, 9, 21),
        ends=dt.date(2026, 12, 18),
        kind="service" if kind == "service" else "equipment",
        urgency_reason="Rapid loss of strength after the fall of 09/02/2026; delay risks a lasting loss of function",
        certification="extension",
        previous_number="PA-2026-0088172",
        ordering=practitioner(rng, "Orthopedic Surgery", "Harborlight Orthopedics"),
        facility=replace(
            practitioner(rng, "", "Stonebridge Regional Medical Center, Outpatient Pavilion"), tin="001112223"
        ),
        primary_care=practitioner(rng, "Family Medicine", "Maplebrook Family Practice"),
        other_payer="Larchmont Casualty Insurance",
    )


def drug() -> Case:
    """A case that asks for a drug."""
    tried = (
        ("Methotrexate", "20 mg weekly", "Jan 2026 - Jun 2026", "No response after five months"),
        ("Leflunomide", "20 mg daily", "Jul 2026 - Aug 2026", "Liver enzymes at three times the upper limit"),
    )
    asked = Drug(
        name="Adalimumab",
        strength="40 mg/0.4 mL",
        form="Prefilled pen",
        route="Subcutaneous",
        dose="40 mg",
        frequency="every 14 days",
        quantity="2 pens",
        duration="12 months",
        tried=tried,
        ndc="00000-0554-02",
    )
    return replace(rich(), kind="drug", lines=(), drug=asked, starts=None, ends=None)


def sparse(kind: str = "service") -> Case:
    """A case with the least there is, unsigned."""
    rng = random.Random(6)
    return Case(
        payer="Fern Health",
        patient=person(rng),
        requester=practitioner(rng, "Family Medicine", "Maplebrook Family Practice"),
        on=ON,
        level_of_service="standard",
        diagnoses=(Diagnosis("M54.16", "Lumbar radiculopathy"),),
        lines=(Line("72148", "MRI low back, no contrast", 1),)
        if kind == "service"
        else (Line("K0001", "Wheelchair", 1),),
        signed=False,
        kind="service" if kind == "service" else "equipment",
    )


def _long(rng: random.Random, office: Address) -> Practitioner:
    return replace(
        practitioner(
            rng, "Physical Medicine and Rehabilitation", "Fairhaven Center for Spine, Sport and Joint Care, PLLC"
        ),
        given="Bartholomew",
        family="Featherstonehaugh",
        credential="MD, PhD",
        npi=npi(rng),
        address=office,
    )
