"""Members, clinicians, facilities and suppliers that do not exist, of more kinds than `samples.fictions` has.

Provider numbers and telephones are made as there; taxpayer numbers start with 00, which is not assigned.
"""

from __future__ import annotations

import datetime as dt
import random
from string import ascii_uppercase
from typing import Literal

from samples.fictions import Address, Person, Practitioner, npi
from samples.names import AREA_CODES, FAMILY, GIVEN, LANDMARKS, PLANS, STREETS, SUITES, TOWNS, UNITS, Sex

FacilityKind = Literal["hospital", "imaging", "sleep", "therapy", "laboratory", "pharmacy", "surgery", "pulmonary"]
# The day from which ages count when none is given.
TODAY = dt.date(2026, 9, 14)

# Of each specialty: the credentials its people sign with, and what their practices are called.
_SPECIALTIES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Family Medicine": (("MD", "DO", "NP", "FNP-C", "PA-C"), ("Family Practice", "Family Medicine", "Primary Care")),
    "Internal Medicine": (("MD", "DO"), ("Internal Medicine", "Medical Associates", "Adult Medicine")),
    "Orthopedic Surgery": (("MD", "DO"), ("Orthopedics", "Orthopaedic Associates", "Bone & Joint Clinic")),
    "Neurology": (("MD", "DO"), ("Neurology", "Neurological Associates")),
    "Neurosurgery": (("MD",), ("Spine & Neurosurgery", "Neurosurgical Group")),
    "Pain Medicine": (("MD", "DO"), ("Pain & Spine Center", "Interventional Pain")),
    "Physical Medicine and Rehabilitation": (("MD", "DO"), ("Physical Medicine", "Rehabilitation Physicians")),
    "Rheumatology": (("MD", "DO"), ("Arthritis Associates", "Rheumatology")),
    "Dermatology": (("MD", "PA-C"), ("Skin Clinic", "Dermatology")),
    "Pulmonology": (("MD", "DO", "NP"), ("Lung Center", "Pulmonary Associates", "Chest Clinic")),
    "Allergy and Immunology": (("MD",), ("Allergy & Asthma", "Asthma and Allergy Center")),
    "Sleep Medicine": (("MD", "DO"), ("Sleep Center", "Sleep Medicine")),
    "Cardiology": (("MD", "DO"), ("Heart Group", "Cardiology Consultants")),
    "Gastroenterology": (("MD", "DO"), ("Digestive Health", "GI Associates")),
    "Nephrology": (("MD",), ("Kidney Care", "Nephrology Associates")),
    "Endocrinology": (("MD",), ("Endocrine Associates", "Diabetes & Endocrine Clinic")),
    "Diagnostic Radiology": (("MD", "DO"), ("Radiology Associates", "Imaging Physicians")),
    "Anatomic Pathology": (("MD",), ("Pathology",)),
    "Otolaryngology": (("MD",), ("Ear, Nose & Throat", "ENT Associates")),
    "Physical Therapy": (("PT", "DPT", "PT, DPT"), ("Physical Therapy", "Rehab & Sports Therapy", "Therapy Works")),
    "Occupational Therapy": (("OTR/L", "OT"), ("Rehabilitation Services", "Seating & Mobility Clinic")),
}
_FACILITIES: dict[FacilityKind, tuple[str, ...]] = {
    "hospital": ("Regional Medical Center", "Community Hospital", "Memorial Hospital", "General Hospital"),
    "imaging": ("Imaging Center", "MRI & X-Ray", "Advanced Diagnostic Imaging", "Outpatient Radiology"),
    "sleep": ("Sleep Disorders Laboratory", "Center for Sleep", "Home Sleep Diagnostics"),
    "therapy": ("Physical Therapy", "Rehab & Sports Therapy", "Orthopedic Therapy Center"),
    "laboratory": ("Reference Laboratory", "Clinical Laboratories", "Diagnostics Lab"),
    "pharmacy": ("Specialty Pharmacy", "Infusion & Specialty Rx"),
    "surgery": ("Ambulatory Surgery Center", "Surgical Hospital"),
    "pulmonary": ("Pulmonary Function Laboratory", "Cardiopulmonary Laboratory"),
}
_SUPPLIERS = ("Home Medical Supply", "Medical Equipment Co.", "Mobility & Respiratory", "Durable Medical, LLC",
              "HomeCare Equipment, Inc.", "Oxygen & Sleep Supply")  # fmt: skip


def member(rng: random.Random, *, ages: tuple[int, int] = (18, 90), on: dt.date = TODAY) -> Person:
    """Make up a member of a plan whose age on the day `on` lies in `ages` (both included)."""
    given, sex = rng.choice(GIVEN)
    home = address(rng)
    return Person(
        given=given,
        family=rng.choice(FAMILY),
        sex=sex,
        birth_date=on - dt.timedelta(days=round(365.25 * rng.randint(*ages)) + rng.randint(2, 360)),
        member_id=member_id(rng),
        group_number=group_number(rng),
        phone=phone(rng, home.state),
        address=home,
        mrn=rng.choice((f"{rng.randint(100_000, 9_999_999)}", f"00{rng.randint(10**5, 10**6 - 1)}",
                        f"{rng.choice('EMR')}{rng.randint(10**6, 10**7 - 1)}")),
    )  # fmt: skip


def doctor(rng: random.Random, specialty: str, *, organization: str = "", place: Address | None = None) -> Practitioner:
    """Make up a clinician of a specialty, at a practice that is named after it unless `organization` is given.

    Raises:
        KeyError: the specialty is none of those known here.
    """
    credentials, practices = _SPECIALTIES[specialty]
    given, _ = rng.choice(GIVEN)
    where = place or address(rng, office=True)
    return Practitioner(
        given=given,
        family=rng.choice(FAMILY),
        credential=rng.choice(credentials),
        specialty=specialty,
        organization=organization or f"{rng.choice(LANDMARKS)} {rng.choice(practices)}",
        npi=npi(rng),
        tin=tin(rng),
        phone=phone(rng, where.state),
        fax=phone(rng, where.state),
        contact=contact(rng),
        address=where,
    )


def facility(rng: random.Random, kind: FacilityKind) -> Practitioner:
    """Make up a place of care; it has an organization's name and no person's."""
    return _organization(rng, f"{rng.choice(LANDMARKS)} {rng.choice(_FACILITIES[kind])}")


def supplier(rng: random.Random) -> Practitioner:
    """Make up a supplier of equipment; it has an organization's name and no person's."""
    return _organization(rng, f"{rng.choice(LANDMARKS)} {rng.choice(_SUPPLIERS)}")


def plan(rng: random.Random) -> str:
    """The name of a plan."""
    return rng.choice(PLANS)


def member_id(rng: random.Random) -> str:
    """A member's number as plans make them: letters and digits, digits alone, or with a suffix for the dependant."""
    letters = "".join(rng.choice(ascii_uppercase) for _ in range(3))
    return rng.choice(
        (
            f"{letters}{_digits(rng, 9)}",
            f"{rng.choice('WHUK')}{_digits(rng, 9)}",
            f"{letters[:2]}{_digits(rng, 8)}",
            f"9{_digits(rng, 8)}",
            f"{rng.randint(1, 9)}{_digits(rng, 9)}",
            f"{rng.randint(1, 9)}{_digits(rng, 11)}",
            f"{rng.randint(1, 9)}{_digits(rng, 8)}-0{rng.randint(1, 4)}",
            f"{letters[0]}{_digits(rng, 8)}0{rng.randint(0, 3)}",
        )
    )


def group_number(rng: random.Random) -> str:
    """The number of a member's group."""
    return rng.choice(
        (
            f"G-{rng.randint(10_000, 99_999)}",
            f"00{rng.randint(10_000, 99_999)}",
            f"{rng.randint(10_000, 99_999)}-00{rng.randint(1, 9)}",
            f"{rng.choice(ascii_uppercase)}{rng.choice(ascii_uppercase)}{rng.randint(1000, 9999)}",
            f"{rng.randint(100_000, 999_999)}",
        )
    )


def authorization_number(rng: random.Random) -> str:
    """The number of an authorization that a plan has given before."""
    return rng.choice(
        (
            f"PA26-{_digits(rng, 7)}",
            f"A{_digits(rng, 9)}",
            f"{rng.randint(1, 9)}{_digits(rng, 9)}",
            f"AUTH-{_digits(rng, 6)}",
        )
    )


def contact(rng: random.Random) -> str:
    """Whom to ask for at an office."""
    return f"{rng.choice(GIVEN)[0]} {rng.choice(FAMILY)}"


def tin(rng: random.Random) -> str:
    """Nine digits that start with 00."""
    return f"00{rng.randint(1_000_000, 9_999_999)}"


def phone(rng: random.Random, state: str) -> str:
    """Ten digits with an area code of the state and a number that is kept for fiction."""
    return f"{rng.choice(AREA_CODES[state])}55501{rng.randint(0, 99):02d}"


def address(rng: random.Random, *, office: bool = False) -> Address:
    """A street in a town that is on no map, now and then with an apartment, of an office with its suite."""
    city, state, postal_code = rng.choice(TOWNS)
    line = f"{rng.randint(11, 9989)} {rng.choice(STREETS)}"
    if rng.random() < (0.6 if office else 0.25):
        line = f"{line}, {rng.choice(SUITES if office else UNITS)}"
    return Address(line, city, state, postal_code)


def sex_of(given: str) -> Sex | None:
    """The sex that goes with a given name of `samples.names`; None for another name."""
    return dict(GIVEN).get(given)


def _organization(rng: random.Random, name: str) -> Practitioner:
    where = address(rng, office=True)
    return Practitioner(
        given="",
        family="",
        credential="",
        specialty="",
        organization=name,
        npi=npi(rng),
        tin=tin(rng),
        phone=phone(rng, where.state),
        fax=phone(rng, where.state),
        contact=contact(rng),
        address=where,
    )


def _digits(rng: random.Random, count: int) -> str:
    return "".join(str(rng.randint(0, 9)) for _ in range(count))
