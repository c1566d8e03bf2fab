"""What an office writes about a case, blank by blank, as texts with the marks of `samples.prose`."""

from __future__ import annotations

from dataclasses import dataclass

from samples.case import Case, Line
from samples.fictions import Address, Practitioner
from samples.retired.office import Office, said


@dataclass(frozen=True, slots=True)
class Provider:
    """The blanks of a provider; `who` is the name, or an organization's where there is no person."""

    who: str = ""
    organization: str = ""
    specialty: str = ""
    npi: str = ""
    tin: str = ""
    contact: str = ""
    phone: str = ""
    fax: str = ""
    address: str = ""
    street: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """The blanks of a patient and the coverage; `family` and `given` state the parts of the name alone."""

    full: str
    family: str
    given: str
    born: str
    sex: str
    phone: str
    address: str
    street: str
    town: str
    member_id: str
    group: str
    other: str
    record: str
    height: str
    weight: str


@dataclass(frozen=True, slots=True)
class Service:
    """The blanks of a line; all are empty for a line that is not there. `side` is a word, `per` "2 per week"."""

    code: str = ""
    modifier: str = ""
    text: str = ""
    quantity: str = ""
    visits: str = ""
    per: str = ""
    duration: str = ""
    side: str = ""
    site: str = ""
    place: str = ""
    start: str = ""
    end: str = ""
    months: str = ""
    charge: str = ""


def provider(who: Practitioner | None, stem: str, *, office: Office) -> Provider:
    """The blanks of a provider at the path `stem`; the organization stays empty where `who` names it already."""
    if who is None:
        return Provider()
    return Provider(
        who=office.provider(stem, who),
        organization=office.words(f"{stem}/organization", who.organization) if who.family else "",
        specialty=office.words(f"{stem}/specialty", who.specialty),
        npi=said(f"{stem}/npi", who.npi),
        tin=office.tin(f"{stem}/tin", who.tin),
        contact=office.words(f"{stem}/contact_name", who.contact),
        phone=office.phone(f"{stem}/phone", who.phone),
        fax=office.phone(f"{stem}/fax", who.fax),
        address=office.street(f"{stem}/address", who.address),
        street=office.words(f"{stem}/address/line", who.address.line),
        town=town(f"{stem}/address", who.address, office=office),
    )


def patient(case: Case, *, office: Office) -> Patient:
    """The blanks of a case's patient."""
    one, home = case.patient, "/patient/address"
    sex = one.sex[0].upper() if office.rng.random() < 0.5 else one.sex.capitalize()
    return Patient(
        full=office.person(one),
        family=office.words("/patient/name/family", one.family),
        given=office.words("/patient/name/given", one.given),
        born=office.date("/patient/birth_date", one.birth_date, full=True),
        sex=said("/patient/sex", sex, one.sex),
        phone=office.phone("/patient/phone", one.phone),
        address=office.street(home, one.address),
        street=office.words(f"{home}/line", one.address.line),
        town=town(home, one.address, office=office),
        member_id=said("/coverage/member_id", one.member_id),
        group=said("/coverage/group_number", one.group_number),
        other=office.words("/coverage/other_coverage/0/payer_name", case.other_payer),
        record=said("/patient/identifiers/0/value", one.mrn),
        height=said("/patient/height", one.height),
        weight=said("/patient/weight", one.weight),
    )


def service(case: Case, place: int, *, office: Office) -> Service:
    """The blanks of the line at a place."""
    if place >= len(case.lines):
        return Service()
    line, stem = case.lines[place], f"/service_lines/{place}"
    return Service(
        code=said(f"{stem}/code", line.code),
        modifier=said(f"{stem}/modifiers/0", line.modifier),
        text=office.words(f"{stem}/text", line.text),
        quantity=said(f"{stem}/quantity", str(line.quantity)),
        visits=said(f"{stem}/visits", str(line.visits)) if line.visits else "",
        per=office.rate(f"{stem}/frequency", line.frequency),
        duration=office.words(f"{stem}/duration", line.duration),
        side=office.words(f"{stem}/laterality", line.side.capitalize(), line.side) if line.side else "",
        site=office.words(f"{stem}/body_site", line.body_site),
        place=office.words(f"{stem}/place_of_service", line.place),
        start=office.date(f"{stem}/start_on", case.starts),
        end=office.date(f"{stem}/end_on", case.ends),
        months=said(f"{stem}/equipment/months", str(line.months)) if line.months else "",
        charge=said(f"{stem}/charge", line.charge),
    )


def diagnosis(case: Case, place: int, *, office: Office) -> tuple[str, str]:
    """The code and the words of the diagnosis at a place; empty where there is none."""
    if place >= len(case.diagnoses):
        return "", ""
    one, stem = case.diagnoses[place], f"/diagnoses/{place}"
    return said(f"{stem}/code", one.code), office.words(f"{stem}/text", one.text)


def unsaid_side(line: Line, stem: str, *, office: Office) -> str:
    """The side of a line whose text does not tell it; else empty."""
    if line.side is None or line.side in line.text.casefold():
        return ""
    return office.words(f"{stem}/laterality", line.side)


def town(stem: str, where: Address, *, office: Office) -> str:
    """City, state and ZIP code in a line."""
    city = office.words(f"{stem}/city", where.city)
    return f"{city}, {said(f'{stem}/state', where.state)} {said(f'{stem}/postal_code', where.postal_code)}"


def previous_number(case: Case) -> str:
    """The number of the authorization that this request goes on from."""
    return said("/references/previous_authorization_number", case.previous_number)
