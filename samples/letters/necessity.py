"""A letter of medical necessity: a request in running text, with no form at all."""

from __future__ import annotations

import random
from collections.abc import Sequence

from models.geometry import Box
from models.truth import Paper
from samples import pen
from samples.case import Case
from samples.letters.heading import LEFT, WIDTH, letterhead
from samples.page import BOLD, SERIF, Book, Sheet, us_date


def draw(book: Book, case: Case, *, rng: random.Random, reasons: Sequence[str]) -> None:
    """Write the letter on one sheet; `reasons` are its paragraphs between the request and the close."""
    if case.drug is None:
        raise ValueError("this letter asks for a drug")
    book.paper(
        Paper(
            part="letter-of-medical-necessity",
            title="Letter of medical necessity",
            request=True,
            dated_on=case.on,
            author=case.requester.full,
            signed="signed" if case.signed else "unsigned",
        )
    )
    sheet = book.sheet("letter-of-medical-necessity")
    letterhead(sheet, case)
    _stated(sheet, 100, "", us_date(case.on), path="/submitted_on", value=case.on.isoformat())
    _stated(sheet, 122, "", case.payer, path="/coverage/payer_name")
    sheet.text(LEFT, 136, "Utilization Management, Pharmacy", font=SERIF, size=11)
    y = _subject(sheet, case, y=164)
    sheet.text(LEFT, y + 8, "To the reviewing clinician:", font=SERIF, size=11)
    y = _request(sheet, case, y=y + 28)
    for reason in reasons:
        y = sheet.paragraph(LEFT, y, reason, width=WIDTH, size=11, leading=14.5) + 6
    sheet.text(LEFT, y + 6, "Sincerely,", font=SERIF, size=11)
    if case.signed:
        place = pen.sign(sheet, LEFT + 6, y + 44, rng)
        sheet.signature(place, "pen")
        sheet.state("/signature/state", "signed", quote="", boxes=(place,))
    else:
        place = Box(LEFT, y + 20, LEFT + 180, y + 48)
        sheet.signature(place, "none")
        sheet.state("/signature/state", "unsigned", quote="", boxes=(place,))
    _stated(sheet, y + 62, "", case.requester.full, path="/requesting_provider/name")
    _stated(sheet, y + 76, "", case.requester.specialty, path="/requesting_provider/specialty")
    _stated(sheet, y + 90, "NPI ", case.requester.npi, path="/requesting_provider/npi")


def _subject(sheet: Sheet, case: Case, *, y: float) -> float:
    one, first = case.patient, case.diagnoses[0]
    sheet.text(LEFT, y, "RE:", font=BOLD, size=10.5)
    lines = (
        f"Patient: [[/patient/name/full|{one.full}]]",
        f"Date of birth: [[/patient/birth_date={one.birth_date.isoformat()}|{us_date(one.birth_date)}]]",
        f"Member ID: [[/coverage/member_id|{one.member_id}]]",
        f"Diagnosis: [[/diagnoses/0/text|{first.text}]] ([[/diagnoses/0/code|{first.code}]])",
    )
    for place, text in enumerate(lines):
        sheet.paragraph(LEFT + 36, y + 15 * place, text, width=WIDTH - 36, size=11)
    return y + 15 * len(lines)


def _request(sheet: Sheet, case: Case, *, y: float) -> float:
    drug = case.drug
    if drug is None:
        raise ValueError("this letter asks for a drug")
    pronoun = "She" if case.patient.sex == "female" else "He"
    stem = "/service_lines/0/drug"
    said = {leaf: f"[[{stem}/{leaf}|{getattr(drug, leaf)}]]" for leaf in
            ("name", "strength", "form", "dose", "frequency", "quantity", "duration")}  # fmt: skip
    text = (
        f"I am writing to request prior authorization of {said['name']} {said['strength']} {said['form']}, "
        f"{said['dose']} {said['frequency']}, quantity {said['quantity']}, for {said['duration']}, for my patient "
        f"{case.patient.full}. {pronoun} has {case.diagnoses[0].text.lower()} which has not responded to the "
        "treatments below."
    )
    return sheet.paragraph(LEFT, y, text, width=WIDTH, size=11, leading=14.5) + 6


def _stated(
    sheet: Sheet, y: float, label: str, text: str, *, path: str | None, value: str | None = None, x: float = LEFT
) -> None:
    boxes = sheet.text(x, y, label + text, font=SERIF, size=11)
    if path is not None:
        sheet.state(path, value or text, quote=text, boxes=boxes[len(label.split()) :])
