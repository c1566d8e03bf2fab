"""How one office writes: dates, numbers, names and ticks. Every text comes with the marks of `samples.prose`."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from models.geometry import Box
from samples import pen
from samples.fictions import Address, Person, Practitioner
from samples.page import Sheet

_DATES = ("09/14/2026", "9/14/26", "9/14/2026", "09-14-2026", "Sep 14 2026", "14-Sep-2026")
_PHONES = ("({0}) {1}-{2}", "{0}.{1}.{2}", "{0}-{1}-{2}", "{0} {1} {2}", "{0}/{1}-{2}")
_RATES = ("{0}x/{1}", "{0} x per {1}", "{0} times a {1}", "{0} per {1}")


@dataclass(frozen=True, slots=True)
class Office:
    """A clerk with habits. `dates` names one by its look on 14 September 2026; `crosses` are typed into boxes."""

    rng: random.Random
    dates: str = "09/14/2026"
    phones: str = "({0}) {1}-{2}"
    rates: str = "{0} per {1}"
    upper: bool = False
    surname_first: bool = False
    hyphened_tin: bool = True
    crosses: bool = False

    def words(self, path: str, text: str, value: str | None = None) -> str:
        """Running words, in capitals where the office has that habit; empty for an empty text."""
        return said(path, text.upper() if self.upper else text, value or text)

    def date(self, path: str, day: dt.date | None, *, full: bool = False) -> str:
        """A date; with `full` its year always has four digits. Empty where there is none."""
        return said(path, self.day(day, full=full), day.isoformat()) if day else ""

    def day(self, day: dt.date, *, full: bool = False) -> str:
        """The characters of a date, without a mark."""
        year = f"{day:%y}" if self.dates == "9/14/26" and not full else f"{day:%Y}"
        if self.dates.startswith("9/"):
            return f"{day.month}/{day.day}/{year}"
        if self.dates == "Sep 14 2026":
            return f"{day:%b} {day.day} {year}"
        if self.dates == "14-Sep-2026":
            return f"{day:%d-%b-%Y}"
        return f"{day:%m-%d-%Y}" if "-" in self.dates else f"{day:%m/%d/%Y}"

    def phone(self, path: str, digits: str) -> str:
        """A telephone or fax number."""
        return said(path, self.dialled(digits), digits) if digits else ""

    def dialled(self, digits: str) -> str:
        """The characters of a telephone number, without a mark."""
        return self.phones.format(digits[:3], digits[3:6], digits[6:])

    def tin(self, path: str, digits: str) -> str:
        """A tax number, in two groups where the office writes it so."""
        return said(path, f"{digits[:2]}-{digits[2:]}" if self.hyphened_tin and digits else digits, digits)

    def rate(self, path: str, frequency: tuple[int, str] | None) -> str:
        """How often: twice a week is `(2, "week")`."""
        if frequency is None:
            return ""
        return said(path, self.rates.format(*frequency), f"{frequency[0]} per {frequency[1]}")

    def person(self, who: Person, path: str = "/patient/name/full") -> str:
        """A patient's full name."""
        return self.words(path, f"{who.family}, {who.given}" if self.surname_first else who.full, who.full)

    def provider(self, stem: str, who: Practitioner | None) -> str:
        """A provider's name with credential; an organization's where it is no person."""
        if who is None:
            return ""
        if not who.family:
            return self.words(f"{stem}/organization", who.organization)
        turned = f"{who.family}, {who.given} {who.credential}".rstrip()
        return self.words(f"{stem}/name", turned if self.surname_first else who.full, who.full)

    def street(self, stem: str, where: Address) -> str:
        """An address in one run of words, its four parts marked."""
        rest = f"{said(f'{stem}/state', where.state)} {said(f'{stem}/postal_code', where.postal_code)}"
        return f"{self.words(f'{stem}/line', where.line)}, {self.words(f'{stem}/city', where.city)}, {rest}"

    def tick(self, sheet: Sheet, box: Box) -> None:
        """Mark a box by pen, or with the cross of a machine."""
        if not self.crosses:
            pen.tick(sheet, box, self.rng)
            return
        inner = box.grown(-1.8)
        sheet.line(inner.x0, inner.top, inner.x1, inner.bottom, weight=1.3)
        sheet.line(inner.x0, inner.bottom, inner.x1, inner.top, weight=1.3)


def office(rng: random.Random, *, machine: bool) -> Office:
    """An office with habits of chance; one that fills in by `machine` may type its crosses."""
    return Office(
        rng,
        dates=rng.choice(_DATES),
        phones=rng.choice(_PHONES),
        rates=rng.choice(_RATES),
        upper=machine and rng.random() < 0.35,
        surname_first=rng.random() < 0.4,
        hyphened_tin=rng.random() < 0.7,
        crosses=machine and rng.random() < 0.5,
    )


def said(path: str, text: str, value: str | None = None) -> str:
    """A text that states the value at a path; empty for an empty text."""
    if not text:
        return ""
    return f"[[{path}={value}|{text}]]" if value is not None and value != text else f"[[{path}|{text}]]"
