"""People, practices and plans that do not exist.

Provider numbers start with 2, a range that has not been issued, and pass the check digit; telephone numbers are
555-01xx, which is reserved for fiction; names are of no one.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

GIVEN = (("Marisol", "female"), ("Tobias", "male"), ("Imogen", "female"), ("Anselm", "male"), ("Delphine", "female"))
FAMILY = ("Quillfeather", "Brambleton", "Vanterpool", "Osterhagen", "Larkspur", "Fennimore", "Applegarth")
DOCTORS = (("Priscilla", "Ravenscar"), ("Ignatius", "Holloway"), ("Beatrix", "Thornquist"), ("Leopold", "Castellane"))
STREETS = ("Larch Hill Road", "Old Mill Lane", "Harbor View Drive", "Juniper Street", "Cobbler Court")
TOWNS = (("Fairhaven", "OH", "44000"), ("Maplebrook", "PA", "15000"), ("Stonebridge", "MI", "48000"))


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address in the United States."""

    line: str
    city: str
    state: str
    postal_code: str


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a plan; `phone` is ten digits, eight in Hong Kong, where `hkid` is an identity card's number.

    `height` and `weight` are as an office writes them in the contract's form: "165 cm", "71 kg".
    """

    given: str
    family: str
    sex: str
    birth_date: dt.date
    member_id: str
    group_number: str
    phone: str
    address: Address
    name_zh: str = ""
    hkid: str = ""
    mrn: str = ""
    height: str = ""
    weight: str = ""

    @property
    def full(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Practitioner:
    """A provider and the practice that sends; `npi` is ten digits, `phone` and `fax` too."""

    given: str
    family: str
    credential: str
    specialty: str
    organization: str
    npi: str
    tin: str
    phone: str
    fax: str
    contact: str
    address: Address
    name_zh: str = ""
    license_number: str = ""

    @property
    def full(self) -> str:
        """The name with its credential."""
        return f"{self.given} {self.family}, {self.credential}" if self.credential else f"{self.given} {self.family}"


def person(rng: random.Random, *, born: tuple[int, int] = (1938, 1959)) -> Person:
    """Make up a member born in the years `born` (both included)."""
    given, sex = rng.choice(GIVEN)
    return Person(
        given=given,
        family=rng.choice(FAMILY),
        sex=sex,
        birth_date=dt.date(rng.randint(*born), rng.randint(1, 12), rng.randint(1, 28)),
        member_id=f"ZX{rng.randint(10_000_000, 99_999_999)}",
        group_number=f"G-{rng.randint(10_000, 99_999)}",
        phone=phone(rng),
        address=address(rng),
    )


def practitioner(rng: random.Random, specialty: str, organization: str) -> Practitioner:
    """Make up a provider of `specialty` at `organization`."""
    given, family = rng.choice(DOCTORS)
    return Practitioner(
        given=given,
        family=family,
        credential="MD",
        specialty=specialty,
        organization=organization,
        npi=npi(rng),
        tin=f"00{rng.randint(1_000_000, 9_999_999)}",
        phone=phone(rng),
        fax=phone(rng),
        contact=f"{rng.choice(GIVEN)[0]} {rng.choice(FAMILY)}",
        address=address(rng),
    )


def npi(rng: random.Random) -> str:
    """Ten digits that start with 2 and pass the check of an NPI (Luhn over prefix 80840; 45 CFR 162.406)."""
    body = "2" + "".join(str(rng.randint(0, 9)) for _ in range(8))
    total = 24
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * 2 if place % 2 == 0 else int(digit)
        total += doubled - 9 if doubled > 9 else doubled
    return body + str(-total % 10)


def wrong_npi(number: str) -> str:
    """The same number as someone mistyped it: its fifth digit is one more, so that the check fails."""
    return number[:4] + str((int(number[4]) + 1) % 10) + number[5:]


def phone(rng: random.Random) -> str:
    """Ten digits out of the range that is kept for fiction, 555-0100 to 555-0199."""
    return f"{rng.choice(('216', '412', '313', '614'))}55501{rng.randint(0, 99):02d}"


def address(rng: random.Random) -> Address:
    """A street in a town that is on no map."""
    city, state, postal_code = rng.choice(TOWNS)
    return Address(f"{rng.randint(11, 989)} {rng.choice(STREETS)}", city, state, postal_code)


def dashed(digits: str) -> str:
    """A telephone number as it is typed: 216-555-0143."""
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
