"""Documents of every kind, plain and full, for the tests of who draws them."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from models.annotations import PartType
from models.truth import Ink
from samples import people_hk
from samples.document import Document
from samples.fictions import Address, Person, Practitioner, npi, person, practitioner
from samples.page import Hand

ON = dt.date(2026, 9, 14)
BY_HAND = Hand("Daniel", 13, "handwritten")
_PARTS = {
    "visit": PartType.HISTORY_AND_PHYSICAL,
    "imaging": PartType.IMAGING_REPORT,
    "laboratory": PartType.LABORATORY_REPORT,
    "operative": PartType.OPERATIVE_NOTE,
    "sleep-study": PartType.SLEEP_STUDY,
    "therapy": PartType.THERAPY_NOTE,
    "order": PartType.ORDER,
    "medications": PartType.MEDICATION_LIST,
    "id-card": PartType.ID_CARD,
    "photo-page": PartType.PHOTO,
}
KINDS = tuple(_PARTS)
_TABLE = (
    ("Test", "Result", "Flag", "Unit", "Reference range"),
    ("C-reactive protein, high sensitivity", "38.2", "H", "mg/L", "0.0 - 5.0"),
    ("Interferon-gamma release assay", "[[tb-test;present;2026-08-10|Negative]]", "", "", "Negative"),
    ("Creatinine", "0.8", "", "mg/dL", "0.5 - 1.1"),
)
_SECTIONS = (
    ("Chief complaint", "Low back pain, L leg."),
    (
        "HPI",
        "Pain runs down the left leg since July. [[conservative-care;failed;2026-08-02|Eight weeks of supervised "
        "physical therapy]] brought no relief. Naproxen 500 mg BID for six weeks did not help. No fever, no trauma.",
    ),
    ("PMH", "Hypertension, well controlled."),
    ("Medications", "naproxen 500 mg BID\nlisinopril 10 mg daily"),
    ("Objective", "[[/patient/weight=71 kg|Wt 71 kg]], SpO2 ≥ 97 %. Straight leg raise positive at 40°."),
    ("Assessment and plan", "1. Lumbar radiculopathy.\n2. MRI.\n3. Return in 4 weeks."),
)


def document(kind: str, *, ink: Ink = "pen", long: int = 1, market: str = "us", seed: int = 5) -> Document:
    """A document of a kind; `long` times its text and its table."""
    rng = random.Random(seed)
    who, author = _people(rng, market)
    part = _PARTS[kind]
    return Document(
        kind=kind,
        part=part,
        title="Comprehensive Evaluation of the Left Leg",
        on=ON,
        author=author,
        patient=who,
        sections=tuple((heading, " ".join([text] * long)) for heading, text in _SECTIONS) if part != "id-card" else (),
        facts=(("Ordered by", "Abigail Crabtree, DO"), ("Indication", "[[pain;present|Pain of the left leg]]")),
        table=(_TABLE[0], *_TABLE[1:] * long) if kind in {"laboratory", "order", "medications", "therapy"} else (),
        institution="Larkfield Community Hospital and Outpatient Center",
        ink=ink,
        market="hk" if market == "hk" else "us",
    )


def long_winded(one: Document) -> Document:
    """The same with names and addresses as long as they come."""
    place = Address("1207 Old Mill Lane, Building C, Suite 410", "North Maplebrook Heights", "PA", "15000-4417")
    patient = replace(one.patient, given="Maximiliana Bernadette", family="Vanterpool-Osterhagen", address=place)
    author = replace(
        one.author, given="Wilhelmina", family="Castellane-Thornquist", credential="MD, PhD", address=place
    )
    name = "The Larkfield and Stonebridge Regional Medical Center for Spine and Joint Care of North Maplebrook Heights"
    return replace(one, patient=patient, author=author, institution=name, title=one.title * 2)


def _people(rng: random.Random, market: str) -> tuple[Person, Practitioner]:
    if market == "hk":
        return people_hk.patient(rng), people_hk.doctor(rng, "Orthopaedics")
    author = replace(practitioner(rng, "Orthopedic Surgery", "Larkfield Orthopaedic Associates"), npi=npi(rng))
    return replace(person(rng), mrn="00412877"), author
