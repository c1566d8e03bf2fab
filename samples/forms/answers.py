"""What an office writes into the blanks of a form: the facts of a case in its own manner, by the contract's paths."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from samples.case import Case, Drug, Line
from samples.fictions import Address, Person, Practitioner
from samples.forms.fill import Entry

DATES = (
    "{0:%m/%d/%Y}",
    "{0.month}/{0.day}/{0.year}",
    "{0:%m-%d-%Y}",
    "{0:%b} {0.day} {0.year}",
    "{0.month}/{0.day}/{1}",
)
PHONES = ("({0}) {1}-{2}", "{0}-{1}-{2}", "{0}.{1}.{2}", "{0} {1} {2}", "{0}/{1}-{2}")
FREQUENCIES = ("{0} per {1}", "{0}x/{2}", "{0} x {1}", "{0}/{1}")
SHORT = {"day": "day", "week": "wk", "month": "mo", "year": "yr"}


@dataclass(frozen=True, slots=True)
class Manner:
    """How an office writes: `date`, `phone` and `frequency` are patterns, `capitals` means IN CAPITALS THROUGHOUT."""

    date: str = DATES[0]
    phone: str = PHONES[1]
    frequency: str = FREQUENCIES[0]
    capitals: bool = False
    whole_sex: bool = False
    dashed_tin: bool = False

    @classmethod
    def any(cls, rng: random.Random) -> Manner:
        """An office's manner, by chance."""
        return cls(
            date=rng.choice(DATES),
            phone=rng.choice(PHONES),
            frequency=rng.choice(FREQUENCIES),
            capitals=rng.random() < 0.35,
            whole_sex=rng.random() < 0.3,
            dashed_tin=rng.random() < 0.5,
        )

    def day(self, day: dt.date, *, born: bool = False) -> str:
        """A date as it is written; the year of a birth is never cut to two digits."""
        return self.date.format(day, day.year if born else f"{day:%y}")

    def telephone(self, digits: str) -> str:
        """A telephone number of ten digits as it is written."""
        return self.phone.format(digits[:3], digits[3:6], digits[6:])

    def cased(self, text: str) -> str:
        """Words as they are written, in capitals or not."""
        return text.upper() if self.capitals else text


class Answers:
    """The blanks of a form that a case can fill."""

    def __init__(self, case: Case, manner: Manner) -> None:
        """Write down all that the case has, in one manner."""
        self.case = case
        self.manner = manner
        self._written = {blank: entry for blank, entry in _all(case, manner) if entry.text}

    def __call__(self, label: str, blank: str) -> Entry:
        """The blank, labelled so; it stays empty where the case has nothing to say.

        Blanks are called by the contract's paths. Besides, ".../address" is all of an address in a line,
        ".../address/town" its city, state and ZIP code, ".../name/reversed" a name with the family's first,
        "/submitted_on" the day of the request, and "/diagnoses/0/both" a code with its text.
        """
        return replace(self._written.get(blank, Entry("")), label=label)


Blank = tuple[str, Entry]


def _all(case: Case, manner: Manner) -> Iterator[Blank]:
    yield from _request(case, manner)
    yield from _patient(case.patient, manner)
    yield from _coverage(case, manner)
    providers = {
        "requesting": case.requester,
        "servicing": case.servicing,
        "ordering": case.ordering,
        "primary_care": case.primary_care,
    }
    for role, who in providers.items():
        if who is not None:
            yield from _provider(f"/{role}_provider", who, manner)
    if case.facility is not None:
        yield from _provider("/facility", case.facility, manner)
    for number, diagnosis in enumerate(case.diagnoses):
        stem = f"/diagnoses/{number}"
        yield f"{stem}/code", Entry("", diagnosis.code, f"{stem}/code")
        yield _words(f"{stem}/text", diagnosis.text, manner)
        both = (
            _mark(f"{stem}/code", diagnosis.code),
            _mark(f"{stem}/text", manner.cased(diagnosis.text), diagnosis.text),
        )
        yield f"{stem}/both", Entry("", " ".join(both))
    for number, line in enumerate(case.lines):
        yield from _line(f"/service_lines/{number}", line, manner)
        yield from _dates(f"/service_lines/{number}", case, manner)
    if case.drug is not None:
        yield from _drug("/service_lines/0", case.drug, manner)


def _request(case: Case, manner: Manner) -> Iterator[Blank]:
    yield _day("/submitted_on", case.on, manner)
    yield _words("/urgency_reason", case.urgency_reason, manner)
    number = "/references/previous_authorization_number"
    yield number, Entry("", case.previous_number, number)
    if case.signed:
        yield _day("/signature/signed_on", case.on, manner)
        yield _words("/signature/name", case.requester.full, manner)


def _patient(one: Person, manner: Manner) -> Iterator[Blank]:
    yield _words("/patient/name/full", one.full, manner)
    yield _words("/patient/name/family", one.family, manner)
    yield _words("/patient/name/given", one.given, manner)
    swapped = manner.cased(f"{one.family}, {one.given}")
    yield "/patient/name/reversed", Entry("", swapped, "/patient/name/full", one.full)
    yield _day("/patient/birth_date", one.birth_date, manner, born=True)
    sex = one.sex.capitalize() if manner.whole_sex else one.sex[0].upper()
    yield "/patient/sex", Entry("", manner.cased(sex), "/patient/sex", one.sex)
    yield _phone("/patient/phone", one.phone, manner)
    yield from _address("/patient/address", one.address, manner)
    yield "/patient/height", Entry("", one.height, "/patient/height")
    yield "/patient/weight", Entry("", one.weight, "/patient/weight")


def _coverage(case: Case, manner: Manner) -> Iterator[Blank]:
    yield "/coverage/member_id", Entry("", case.patient.member_id, "/coverage/member_id")
    yield "/coverage/group_number", Entry("", case.patient.group_number, "/coverage/group_number")
    yield _words("/coverage/other_coverage/0/payer_name", case.other_payer, manner)


def _provider(stem: str, who: Practitioner, manner: Manner) -> Iterator[Blank]:
    yield _words(f"{stem}/name", who.full.strip(" ,"), manner)
    if who.family:
        swapped = manner.cased(f"{who.family}, {who.given} {who.credential}".strip())
        yield f"{stem}/name/reversed", Entry("", swapped, f"{stem}/name", who.full)
    yield _words(f"{stem}/organization", who.organization, manner)
    yield _words(f"{stem}/specialty", who.specialty, manner)
    yield _words(f"{stem}/contact_name", who.contact, manner)
    yield f"{stem}/npi", Entry("", who.npi, f"{stem}/npi")
    tin = f"{who.tin[:2]}-{who.tin[2:]}" if manner.dashed_tin else who.tin
    yield f"{stem}/tin", Entry("", tin if who.tin else "", f"{stem}/tin", who.tin)
    yield f"{stem}/license_number", Entry("", who.license_number, f"{stem}/license_number")
    yield _phone(f"{stem}/phone", who.phone, manner)
    yield _phone(f"{stem}/fax", who.fax, manner)
    yield from _address(f"{stem}/address", who.address, manner)


def _line(stem: str, line: Line, manner: Manner) -> Iterator[Blank]:
    yield f"{stem}/code", Entry("", line.code, f"{stem}/code")
    yield _words(f"{stem}/text", line.text, manner)
    yield f"{stem}/modifiers/0", Entry("", line.modifier, f"{stem}/modifiers/0")
    yield f"{stem}/quantity", Entry("", str(line.quantity), f"{stem}/quantity")
    yield f"{stem}/visits", Entry("", str(line.visits or ""), f"{stem}/visits")
    if line.frequency is not None:
        times, per = line.frequency
        written = manner.frequency.format(times, per, SHORT.get(per, per))
        yield f"{stem}/frequency", Entry("", manner.cased(written), f"{stem}/frequency", f"{times} per {per}")
    yield _words(f"{stem}/duration", line.duration, manner)
    if line.side is not None:
        yield f"{stem}/laterality", Entry("", manner.cased(line.side.capitalize()), f"{stem}/laterality", line.side)
    yield _words(f"{stem}/body_site", line.body_site, manner)
    yield _words(f"{stem}/place_of_service", line.place, manner)
    yield f"{stem}/equipment/months", Entry("", str(line.months or ""), f"{stem}/equipment/months")
    yield f"{stem}/charge", Entry("", line.charge, f"{stem}/charge")


def _dates(stem: str, case: Case, manner: Manner) -> Iterator[Blank]:
    for name, day in (("start_on", case.starts), ("end_on", case.ends)):
        if day is not None:
            yield _day(f"{stem}/{name}", day, manner)


def _drug(stem: str, drug: Drug, manner: Manner) -> Iterator[Blank]:
    for name in ("name", "strength", "dose", "form", "route", "frequency", "quantity", "duration", "ndc"):
        yield _words(f"{stem}/drug/{name}", getattr(drug, name), manner)
    for number, (name, dose, when, outcome) in enumerate(drug.tried):
        tried = f"{stem}/drug/prior_treatments/{number}"
        yield _words(f"{tried}/name", name, manner)
        yield _words(f"{tried}/dose", dose, manner)
        yield _words(f"{tried}/outcome", outcome, manner)
        # The contract has two days here, which offices give in one cell and loosely.
        yield f"{tried}/when", Entry("", manner.cased(when))


def _address(stem: str, address: Address, manner: Manner) -> Iterator[Blank]:
    line, city = (manner.cased(text) for text in (address.line, address.city))
    yield f"{stem}/line", Entry("", line, f"{stem}/line", address.line)
    yield f"{stem}/city", Entry("", city, f"{stem}/city", address.city)
    yield f"{stem}/state", Entry("", address.state, f"{stem}/state")
    yield f"{stem}/postal_code", Entry("", address.postal_code, f"{stem}/postal_code")
    town = (
        f"{_mark(f'{stem}/city', city, address.city)}, {_mark(f'{stem}/state', address.state)} "
        f"{_mark(f'{stem}/postal_code', address.postal_code)}"
    )
    yield f"{stem}/town", Entry("", town)
    yield stem, Entry("", f"{_mark(f'{stem}/line', line, address.line)}, {town}")


def _words(path: str, text: str, manner: Manner) -> Blank:
    return path, Entry("", manner.cased(text), path, text)


def _day(path: str, day: dt.date, manner: Manner, *, born: bool = False) -> Blank:
    return path, Entry("", manner.cased(manner.day(day, born=born)), path, day.isoformat())


def _phone(path: str, digits: str, manner: Manner) -> Blank:
    return path, Entry("", manner.telephone(digits) if digits else "", path, digits)


def _mark(path: str, text: str, value: str | None = None) -> str:
    return f"[[{path}={value or text}|{text}]]"
