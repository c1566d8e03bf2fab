from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pdfplumber
import pypdfium2

from actions.checklists import policies
from checklists.assess import assess
from emit.formats.letter import LETTER, items, wanted
from models.annotations import PartType
from models.checklist import MissingItem
from models.request import AuthorizationRequest, Coverage, Match, Name, Patient, Provider
from tests.checklists.drafts import drug_request, paper, part, request, told

FORBIDDEN = ("denied", "deny", "insufficient", "does not meet", "not met", "not necessary", "not_met")


def gap(name: str = "note", **changes: Any) -> MissingItem:
    fields: dict[str, Any] = {
        "id": f"a:{name}", "checklist": "a", "item": name, "service_lines": (0,), "cause": None, "need": "required",
        "ask": f"We did not find a {name} in the pages received on 2026-09-11.", "alternatives": ("Consultation",),
        "from_whom": "requesting", "document_type": PartType.PROGRESS_NOTE, "loinc": "11506-3",
    }  # fmt: skip
    return MissingItem(**(fields | changes))


def text(made: AuthorizationRequest) -> str:
    with pdfplumber.open(io.BytesIO(LETTER.run(made, {}))) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def test_all_gaps_are_asked_for_in_one_letter_with_what_may_be_sent_instead() -> None:
    made = request(missing_items=(gap(), gap("report", alternatives=())))
    found = text(made)
    assert "1. We did not find a note in the pages received on 2026-09-11." in found
    assert "Any of these will do as well: consultation." in found
    assert "2. We did not find a report" in found
    assert "This letter is not a decision on your request." in found
    assert "Ada Example" in found
    assert made.id in found
    assert not any(word in found.lower() for word in FORBIDDEN)


def test_what_is_recommended_or_the_members_to_send_is_not_asked_of_the_office() -> None:
    asked = items(request(missing_items=(gap(need="recommended"), gap("consent", from_whom="member"), gap("report"))))
    assert [item.item for item in asked] == ["report"]


def test_an_emergency_and_a_complete_request_get_no_letter() -> None:
    assert wanted(request(missing_items=(gap(),)))
    assert not wanted(request())
    assert not wanted(request(missing_items=(gap(),), level_of_service=told("emergency")))


def test_no_number_that_was_read_is_a_destination() -> None:
    office = Provider(name=told("Bo Sample, MD"), fax=told("5555550101"), phone=told("5555550100"))
    found = text(request(missing_items=(gap(),), requesting_provider=office))
    assert "to be confirmed by staff" in found
    assert "555" not in found
    match = Match(decision="link", record="P-17", probability=0.999)
    linked = text(request(missing_items=(gap(),), requesting_provider=office.model_copy(update={"match": match})))
    assert "P-17" in linked
    assert "to be confirmed" not in linked
    assert "555" not in linked
    unsure = match.model_copy(update={"decision": "possible_link"})
    found = text(request(missing_items=(gap(),), requesting_provider=office.model_copy(update={"match": unsure})))
    assert "P-17" not in found


def test_what_is_unclear_is_not_repeated_to_the_office() -> None:
    patient = Patient(name=Name(full=told("Ada Exampel", unclear="illegible")))
    found = text(request(missing_items=(gap(),), patient=patient, coverage=Coverage()))
    assert "Exampel" not in found
    assert "as named in your request" in found


def test_not_a_word_of_another_patients_page() -> None:
    stranger = part(PartType.PROGRESS_NOTE, (2,), on=dt.date(2026, 8, 1), author="Strange Person, MD", patient="other")
    draft = drug_request(documents=(paper(stranger),))
    made = draft.model_copy(update={"missing_items": assess(draft, policies().for_payer(None)).missing_items})
    found = text(made)
    assert "progress note" in found
    assert "Strange" not in found
    assert "another patient" not in found


def test_the_same_request_gives_the_same_bytes() -> None:
    made = request(missing_items=(gap(),))
    assert LETTER.run(made, {}) == LETTER.run(made, {})


def test_markup_and_chinese_are_text() -> None:
    patient = Patient(name=Name(full=told("<b>Ada</b> & Co")), name_zh=told("陳小明"))
    made = request(missing_items=(gap(ask="We did not find <a href='x'>this</a> 陳小明."),), patient=patient)
    found = text(made)
    assert "<b>Ada</b> & Co" in found
    assert "<a href='x'>this</a>" in found
    assert b"MSung-Light" in LETTER.run(made, {})
    with pypdfium2.PdfDocument(LETTER.run(made, {})) as pdf:
        assert "陳小明" in pdf[0].get_textpage().get_text_range()
