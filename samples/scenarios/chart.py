"""The chart of one patient: what all its papers share, and the ways in which they say it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from samples.case import Side
from samples.fictions import Person
from samples.people import member
from samples.scenarios.texts import BACKGROUND, filled

SIDES: tuple[Side, Side] = ("left", "right")
_NOTHING: Mapping[str, object] = MappingProxyType({})
_INCH, _POUND = 2.54, 0.4536
_PRONOUNS = {"female": ("she", "her", "her", "woman", "F"), "male": ("he", "his", "him", "man", "M")}


@dataclass(frozen=True, slots=True)
class Chart:
    """A patient on the day `on` of the request; `rng` chooses between ways to say the same."""

    rng: random.Random
    patient: Person
    on: dt.date

    @property
    def age(self) -> int:
        """Years on the day of the request."""
        born = self.patient.birth_date
        return self.on.year - born.year - ((self.on.month, self.on.day) < (born.month, born.day))

    @property
    def bmi(self) -> float:
        """Body mass index in kg/m2 to one decimal, from height and weight as they are written."""
        height, weight = self.patient.height.split(), self.patient.weight.split()
        metres = float(height[0]) * (_INCH if height[1] == "in" else 1) / 100
        kilograms = float(weight[0]) * (_POUND if weight[1] == "lb" else 1)
        return round(kilograms / metres**2, 1)

    def say(self, ways: Sequence[str], words: Mapping[str, object] = _NOTHING) -> str:
        """One of the ways, its blanks filled in; {pt}, {he}, {his}, {him}, {man}, {age} and {aged} are always there."""
        return filled(self.rng.choice(ways), self._standing() | dict(words))

    def all_said(self, ways: Sequence[str], words: Mapping[str, object]) -> tuple[str, ...]:
        """Every one of the texts, its blanks filled in; an empty one is left out."""
        said = (filled(way, self._standing() | dict(words)).strip() for way in ways)
        return tuple(text for text in said if text)

    def written(
        self,
        sections: Sequence[tuple[str, Sequence[str]]],
        words: Mapping[str, object],
        *,
        rest: Sequence[tuple[str, str]] = (),
    ) -> tuple[tuple[str, str], ...]:
        """The sections of a paper, each in one of its ways; `rest` stands at the place kept for the background."""
        done: list[tuple[str, str]] = []
        for heading, ways in sections:
            if heading == BACKGROUND:
                done += rest
            else:
                done.append((self.rng.choice(heading.split("|")), self.say(ways, words).strip()))
        return tuple(section for section in done if section[1])

    def before(self, least: int, most: int) -> dt.date:
        """A working day so many days before the request."""
        return working_day(self.on - dt.timedelta(days=self.rng.randint(least, most)))

    def day(self, start: dt.date, *, least: int, most: int) -> dt.date:
        """A working day so many days before `start`."""
        return working_day(start - dt.timedelta(days=self.rng.randint(least, most)))

    def _standing(self) -> dict[str, object]:
        he, his, him, man, letter = _PRONOUNS[self.patient.sex]
        title = "Ms." if self.patient.sex == "female" else "Mr."
        pt = self.rng.choice(("Pt", "Patient", f"{title} {self.patient.family}"))
        aged = self.rng.choice((f"{self.age}-year-old {man}", f"{self.age} y/o {letter}", f"{self.age} yo {man}"))
        return {
            "pt": pt, "he": he, "He": he.capitalize(), "his": his, "His": his.capitalize(), "him": him, "man": man,
            "age": self.age, "aged": aged,
        }  # fmt: skip


def open_chart(rng: random.Random, on: dt.date, *, ages: tuple[int, int], bmi: tuple[float, float] = (21, 37)) -> Chart:
    """A chart of a new patient whose age and body mass index lie in these ranges."""
    return Chart(rng, measured(member(rng, ages=ages, on=on), rng, bmi=bmi), on)


def measured(one: Person, rng: random.Random, *, bmi: tuple[float, float], metric: bool = False) -> Person:
    """The same person with a height and a weight, metric or not, that give a body mass index in the range."""
    inches = rng.randint(60, 69) if one.sex == "female" else rng.randint(65, 75)
    kilograms = rng.uniform(*bmi) * (inches * _INCH / 100) ** 2
    if not metric and rng.random() < 0.5:
        return replace(one, height=f"{inches} in", weight=f"{round(kilograms / _POUND)} lb")
    return replace(one, height=f"{round(inches * _INCH)} cm", weight=f"{round(kilograms)} kg")


def working_day(day: dt.date) -> dt.date:
    """The day itself or the Friday before it."""
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def weeks(first: dt.date, last: dt.date) -> int:
    """Full weeks between two days."""
    return (last - first).days // 7


def size_marks(one: Person) -> tuple[str, str]:
    """Height and weight as running text states them."""
    return f"[[/patient/height={one.height}|{one.height}]]", f"[[/patient/weight={one.weight}|{one.weight}]]"


def vitals(chart: Chart, *, spo2: str = "", pulse: int | None = None, bp: tuple[int, int] | None = None) -> str:
    """A line of vital signs with height, weight and body mass index."""
    rng = chart.rng
    height, weight = size_marks(chart.patient)
    high, low = bp or (rng.randint(108, 152), rng.randint(62, 94))
    return chart.say(
        (
            "BP {high}/{low}, HR {pulse}, RR {rr}, T {temp} F, SpO2 {spo2}. Ht {height}, Wt {weight}, BMI {bmi}.",
            "Vitals: {high}/{low} mmHg, pulse {pulse} reg, resp {rr}, temp {temp}, O2 sat {spo2}; "
            "weight {weight}, height {height}, BMI {bmi} kg/m2.",
            "VS  BP {high}/{low}  P {pulse}  R {rr}  T {temp}  SaO2 {spo2}  Wt {weight}  Ht {height}  (BMI {bmi}).",
        ),
        {
            "high": high,
            "low": low,
            "pulse": pulse or rng.randint(58, 96),
            "rr": rng.randint(12, 20),
            "temp": f"{rng.uniform(97.2, 98.9):.1f}",
            "spo2": spo2 or f"{rng.randint(95, 99)}% RA",
            "height": height,
            "weight": weight,
            "bmi": f"[[bmi;present|{chart.bmi}]]",
        },
    )
