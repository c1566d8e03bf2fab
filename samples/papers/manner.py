"""How an office writes in its papers: dates, telephones, names, and what it calls a birth date."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Literal

from samples import people_hk
from samples.fictions import Address, Person, Practitioner
from samples.forms.answers import DATES, PHONES

Market = Literal["us", "hk"]


@dataclass(frozen=True, slots=True)
class Manner:
    """The habits of one office. `date` and `phone` are patterns as in `samples.forms.answers`, `name` is one of given
    and family name, empty for the way of Hong Kong; the others are labels.
    """

    date: str = DATES[0]
    phone: str = PHONES[1]
    name: str = "{0} {1}"
    capitals: bool = False
    short_sex: bool = True
    patient: str = "Patient"
    birth: str = "DOB"
    sex: str = "Sex"
    chart: str = "MRN"
    member: str = "Member ID"

    def day(self, day: dt.date) -> str:
        """A date as it is written, the year whole."""
        return self.date.format(day, day.year)

    def telephone(self, digits: str) -> str:
        """A telephone number as it is written, of ten digits or of the eight of Hong Kong."""
        if len(digits) == 8:
            return f"{digits[:4]} {digits[4:]}"
        return self.phone.format(digits[:3], digits[3:6], digits[6:])

    def named(self, one: Person) -> str:
        """A patient's name as it is written."""
        text = self.name.format(one.given, one.family) if self.name else people_hk.written(one)
        return text.upper() if self.capitals else text

    def sexed(self, sex: str) -> str:
        """A sex as it is written."""
        return sex[0].upper() if self.short_sex else sex.capitalize()


def chosen(rng: random.Random, market: Market) -> Manner:
    """The habits of some office."""
    return Manner(
        date="{0:%d/%m/%Y}" if market == "hk" else rng.choice((DATES[0], DATES[0], *DATES[1:4], "{0:%b} {0.day}, {1}")),
        phone=rng.choice(PHONES),
        name=rng.choice(("{0} {1}", "{0} {1}", "{1}, {0}")) if market == "us" else "",
        capitals=rng.random() < 0.25,
        short_sex=rng.random() < 0.5,
        patient=rng.choice(("Patient", "Patient Name", "Name", "Pt")),
        birth=rng.choice(("DOB", "Date of Birth", "D.O.B.", "Birth Date")),
        sex=rng.choice(("Sex", "Gender")),
        chart=rng.choice(("MRN", "Chart #", "Med Rec No.", "Account #")),
        member=rng.choice(("Member ID", "Insurance ID", "Subscriber ID", "Ins. ID #")),
    )


def called(who: Person | Practitioner, market: Market) -> str:
    """A name in full: given name first, in Hong Kong the family's."""
    return people_hk.written(who) if market == "hk" else who.full


def years(born: dt.date, on: dt.date) -> int:
    """The age in whole years on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def where(address: Address) -> str:
    """An address in one line; what it does not have is left out."""
    town = " ".join(part for part in (address.state, address.postal_code) if part)
    return ", ".join(part for part in (address.line, address.city, town) if part)
