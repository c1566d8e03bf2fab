"""A physician's plain business letter: letterhead, a block of references, running text; for a case of any kind."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.pdfbase.pdfmetrics import stringWidth

from models.geometry import Box
from models.truth import Paper
from samples import pen
from samples.case import Case, Drug, Line
from samples.faces import face
from samples.fictions import Address
from samples.forms.answers import Manner
from samples.page import BOLD, SANS, SERIF, Book, Sheet, wrapped
from samples.prose import parse

PART = "letter-of-medical-necessity"
KINDS = frozenset({"referral", "service", "admission", "drug", "equipment"})
LEFT, WIDTH, BOTTOM = 72.0, 468.0, 728.0


def draw(book: Book, case: Case, *, rng: random.Random, reasons: Sequence[str]) -> None:
    """Write the letter on as many sheets as it needs; `reasons` are its paragraphs, with the marks of prose."""
    manner = replace(Manner.any(rng), date="{0:%d/%m/%Y}") if case.market == "hk" else Manner.any(rng)
    book.paper(
        Paper(
            part=PART,
            title="Letter of medical necessity",
            request=True,
            dated_on=case.on,
            author=case.requester.full,
            signed="signed" if case.signed else "unsigned",
        )
    )
    font, size = rng.choice(((SERIF, 11.0), (SERIF, 11.5), (SANS, 10.0)))
    letter = _Letter(book, book.sheet(PART), case, font=font, size=size)
    _letterhead(letter, case, manner)
    letter.write(_said("/submitted_on", _long(case, manner, rng=rng), case.on.isoformat()), after=12)
    letter.write(_said("/coverage/payer_name", case.payer))
    letter.write(
        rng.choice(("Utilization Management Department", "Prior Authorization Unit", "Medical Director")), after=12
    )
    for label, text in _references(case, manner):
        letter.reference(label, text)
    letter.y += 12
    letter.write(rng.choice(("Dear Medical Director:", "To whom it may concern:", "Dear Reviewer,")), after=8)
    for paragraph in (_request(case, manner), *reasons, _urgency(case), *_where(case)):
        if paragraph:
            letter.write(paragraph, after=7)
    letter.write(f"Please call {_phone('/requesting_provider/phone', case, manner)} with any questions.", after=12)
    _close(letter, case, rng=rng)


@dataclass(slots=True)
class _Letter:
    """Where the next line of the letter goes."""

    book: Book
    sheet: Sheet
    case: Case
    font: str
    size: float
    y: float = 60.0
    page: int = 1

    def write(self, text: str, *, after: float = 0.0) -> None:
        """A paragraph, on a new sheet if this one has no room for it."""
        leading = self.size * 1.28
        lines = len(wrapped(parse(text).plain, WIDTH, font=face(self.font), size=self.size))
        self.need(lines * leading)
        self.y = self.sheet.paragraph(LEFT, self.y, text, width=WIDTH, font=self.font, size=self.size, leading=leading)
        self.y += after

    def reference(self, label: str, text: str) -> None:
        """A line of the block that says what the letter is about."""
        self.need(2 * self.size * 1.28)
        self.sheet.text(LEFT, self.y, label, font=BOLD, size=self.size - 0.5)
        x = LEFT + 118
        leading = self.size * 1.28
        self.y = self.sheet.paragraph(
            x, self.y, text, width=LEFT + WIDTH - x, font=self.font, size=self.size, leading=leading
        )

    def need(self, height: float) -> None:
        """Turn the page where less than `height` is left of it."""
        if self.y + height <= BOTTOM:
            return
        self.page += 1
        self.sheet = self.book.sheet(PART)
        self.sheet.text(LEFT, 50, f"{self.case.patient.full}, page {self.page}", font=SANS, size=9)
        self.y = 78


def _letterhead(letter: _Letter, case: Case, manner: Manner) -> None:
    who, sheet = case.requester, letter.sheet
    at, stem = who.address, "/requesting_provider"
    size = 15.0
    while stringWidth(who.organization, BOLD, size) > WIDTH:
        size -= 0.5
    boxes = sheet.centred(letter.y, who.organization, size=size)
    sheet.state(f"{stem}/organization", who.organization, quote=who.organization, boxes=boxes, kind="printed")
    _centred(sheet, letter.y + 14, _place(f"{stem}/address", at), size=9)
    sheet.line(LEFT, letter.y + 36, LEFT + WIDTH, letter.y + 36, weight=0.7)
    numbers = f"Tel {_phone(f'{stem}/phone', case, manner)}    Fax {_phone(f'{stem}/fax', case, manner)}"
    _centred(sheet, letter.y + 27, numbers, size=9)
    letter.y += 66


def _centred(sheet: Sheet, y: float, text: str, *, size: float) -> None:
    width = stringWidth(parse(text).plain, SANS, size)
    sheet.paragraph(306 - width / 2, y, text, width=width + 20, font=SANS, size=size)


def _place(stem: str, at: Address) -> str:
    """An address in one run of words, its parts marked."""
    last = f"{_said(f'{stem}/state', at.state)} {_said(f'{stem}/postal_code', at.postal_code)}".strip()
    parts = (_said(f"{stem}/line", at.line), _said(f"{stem}/city", at.city), last)
    return ", ".join(part for part in parts if part)


def _references(case: Case, manner: Manner) -> Iterator[tuple[str, str]]:
    one = case.patient
    yield "RE:", _said("/patient/name/full", one.full)
    yield (
        "Date of birth:",
        _said("/patient/birth_date", manner.day(one.birth_date, born=True), one.birth_date.isoformat()),
    )
    yield "Member ID:", _said("/coverage/member_id", one.member_id)
    if one.group_number:
        yield "Group:", _said("/coverage/group_number", one.group_number)
    for place, diagnosis in enumerate(case.diagnoses):
        text = _said(f"/diagnoses/{place}/text", diagnosis.text)
        code = f" ({_said(f'/diagnoses/{place}/code', diagnosis.code)})" if diagnosis.code else ""
        yield ("Diagnosis:" if place == 0 else "", text + code)
    for place, line in enumerate(case.lines):
        yield ("Service:" if place == 0 else "", _line(f"/service_lines/{place}", line))
    if case.drug is not None:
        drug = "/service_lines/0/drug"
        yield "Medication:", f"{_said(f'{drug}/name', case.drug.name)} {_said(f'{drug}/strength', case.drug.strength)}"
    if case.starts is not None:
        yield "Start date:", _said("/service_lines/0/start_on", manner.day(case.starts), case.starts.isoformat())
    if case.previous_number:
        yield "Previous auth no.:", _said("/references/previous_authorization_number", case.previous_number)


def _line(stem: str, line: Line) -> str:
    code = f"{_said(f'{stem}/code', line.code)} " if line.code else ""
    modifier = f"-{_said(f'{stem}/modifiers/0', line.modifier)}" if line.modifier else ""
    text = _said(f"{stem}/text", line.text)
    side = f", {_said(f'{stem}/laterality', line.side)}" if line.side and line.side not in line.text.casefold() else ""
    return f"{code.strip()}{modifier} {text}{side}, {_amount(stem, line)}".strip()


def _amount(stem: str, line: Line) -> str:
    if line.frequency is not None and line.visits is not None:
        times, per = line.frequency
        often = _said(f"{stem}/frequency", f"{times} per {per}")
        length = f" for {_said(f'{stem}/duration', line.duration)}" if line.duration else ""
        return f"{_said(f'{stem}/visits', str(line.visits))} visits, {often}{length}"
    if line.visits is not None:
        return f"{_said(f'{stem}/visits', str(line.visits))} visits"
    return f"qty {_said(f'{stem}/quantity', str(line.quantity))}"


def _request(case: Case, manner: Manner) -> str:
    he = "She" if case.patient.sex == "female" else "He"
    opening = f"I am writing on behalf of my patient, {case.patient.full}, to request prior authorization of"
    if case.drug is not None:
        return f"{opening} {_drug(case.drug)} {he} has been under my care for this condition."
    if case.admission is not None:
        stay = case.admission
        on = _said("/admission/admitted_on", manner.day(stay.on), stay.on.isoformat())
        days = _said("/admission/days", str(stay.days))
        kind = _said("/admission/type", stay.type)
        return f"{opening} an {kind} admission on {on} for {days} day(s) for the procedure named above."
    what = {"referral": "the referral", "equipment": "the equipment"}.get(case.kind, "the service")
    return f"{opening} {what} named above. {he} meets the need for the reasons that follow."


def _drug(drug: Drug) -> str:
    stem = "/service_lines/0/drug"
    parts = {leaf: _said(f"{stem}/{leaf}", getattr(drug, leaf)) for leaf in
             ("form", "route", "dose", "frequency", "quantity", "duration")}  # fmt: skip
    start = _said(f"{stem}/new_or_continuing", "continuing" if drug.continuing else "new")
    how = f"{parts['dose']} {parts['frequency']}, {parts['route']}"
    return (
        f"{drug.name} ({parts['form']}), {how}, quantity {parts['quantity']}, for {parts['duration']}. "
        f"This is a {start} treatment."
    )


def _urgency(case: Case) -> str:
    if case.level_of_service != "urgent":
        return ""
    reason = _said("/urgency_reason", case.urgency_reason) if case.urgency_reason else "Delay may harm the patient."
    return f"I ask for an {_said('/level_of_service', 'expedited', 'urgent')} review. {reason}"


def _where(case: Case) -> Iterator[str]:
    for who, stem, role in (
        (case.servicing, "/servicing_provider", "The servicing provider is"),
        (case.facility, "/facility", "The facility is"),
    ):
        if who is None:
            continue
        name = f"{_said(f'{stem}/name', who.full)}, " if who.family else ""
        npi = f", NPI {_said(f'{stem}/npi', who.npi)}" if who.npi else ""
        yield f"{role} {name}{_said(f'{stem}/organization', who.organization)}{npi}."


def _close(letter: _Letter, case: Case, *, rng: random.Random) -> None:
    who, stem = case.requester, "/requesting_provider"
    letter.need(118)
    letter.write(rng.choice(("Sincerely,", "Respectfully,", "Yours truly,")))
    sheet, y = letter.sheet, letter.y + 34
    if case.signed:
        place = pen.sign(sheet, LEFT + 4, y, rng)
        sheet.signature(place, "pen")
        sheet.state("/signature/state", "signed", quote="", boxes=(place,))
    else:
        place = Box(LEFT, y - 24, LEFT + 180, y + 2)
        sheet.signature(place, "none")
        sheet.state("/signature/state", "unsigned", quote="", boxes=(place,))
    letter.y = y + 22
    letter.write(_said(f"{stem}/name", who.full))
    letter.write(_said(f"{stem}/specialty", who.specialty))
    if who.npi:
        tin = f"    Tax ID {_said(f'{stem}/tin', who.tin)}" if who.tin and rng.random() < 0.5 else ""
        letter.write(f"NPI {_said(f'{stem}/npi', who.npi)}{tin}")
    if rng.random() < 0.5:
        letter.write("Enclosures: chart notes", after=0)


def _phone(path: str, case: Case, manner: Manner) -> str:
    digits = case.requester.fax if path.endswith("fax") else case.requester.phone
    return _said(path, manner.telephone(digits) if len(digits) == 10 else f"{digits[:4]} {digits[4:]}", digits)


def _long(case: Case, manner: Manner, *, rng: random.Random) -> str:
    """A date as letters have it: the month in words, or as this office writes dates, with the whole year."""
    return rng.choice((f"{case.on:%B} {case.on.day}, {case.on.year}", manner.day(case.on, born=True)))


def _said(path: str, text: str, value: str | None = None) -> str:
    return f"[[{path}={value or text}|{text}]]" if text else ""
