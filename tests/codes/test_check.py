from __future__ import annotations

import datetime as dt

import pytest

from codes.check import check_codes, service_day
from models.annotations import PartType
from models.code import Code
from models.code_table import NO_TABLES, CodeEntry, CodeTables
from models.request import Admission, AuthorizationRequest, Flag
from models.service_line import Diagnosis, Drug, ServiceLine
from tests.checklists.drafts import fact, paper, part, request, told
from tests.codes.readings import DAY, diagnosis, unread
from tests.codes.test_validity import Table
from tests.extractors.documents import document_from_lines

DRUGS = Table(dt.date(2026, 1, 1), {"00074055402": CodeEntry("00074055402", "Carton")}, "NDC")
ITEMS = Table(dt.date(2026, 1, 1), {"E0601": CodeEntry("E0601", "Airway device")})


def checked(
    made: AuthorizationRequest, tables: CodeTables = NO_TABLES, *, confidence: float | None = None
) -> tuple[AuthorizationRequest, tuple[Flag, ...]]:
    pages = (document_from_lines(["M54.16"], confidence=confidence),)
    return check_codes(made, pages, tables, today=DAY)


def test_a_code_is_shown_and_a_typed_one_stays_as_it_is() -> None:
    made, flags = checked(request(diagnoses=(diagnosis("M54.I6", "lumbar radiculopathy"), diagnosis("I10"))))
    first, second = (one.code for one in made.diagnoses)
    assert first is not None
    assert second is not None
    assert (first.value, first.confidence) == (Code(system="ICD-10-CM", code="M54.I6"), 0.97)
    assert second.value is not None
    assert second.value.display == "Essential (primary) hypertension"
    assert [flag.code for flag in flags] == ["invalid-code"]


def test_off_a_fax_it_is_repaired() -> None:
    made = request(diagnoses=(diagnosis("M54.I6", "lumbar radiculopathy", confidence=0.7),))
    found, flags = checked(made, confidence=0.7)
    assert found.diagnoses[0].code is not None
    assert found.diagnoses[0].code.value is not None
    assert found.diagnoses[0].code.value.code == "M54.16"
    assert [flag.code for flag in flags] == ["repaired-identifier"]


def test_services_are_checked_where_a_table_was_imported() -> None:
    lines = tuple(ServiceLine(code=told(Code(system="HCPCS", code=code))) for code in ("E0601", "E9999"))
    made, flags = checked(request(service_lines=lines, diagnoses=()), CodeTables((ITEMS,)))
    assert made.service_lines[0].code is not None
    assert made.service_lines[0].code.value == Code(system="HCPCS", code="E0601", display="Airway device")
    assert [flag.code for flag in flags] == ["invalid-code"]
    assert checked(request(service_lines=lines, diagnoses=()))[1] == ()


def test_cpt_has_no_table_and_no_words() -> None:
    lines = (ServiceLine(code=told(Code(system="CPT", code="99999"))),)
    made, flags = checked(request(service_lines=lines, diagnoses=()), CodeTables((ITEMS,)))
    assert made.service_lines == lines
    assert flags == ()


@pytest.mark.parametrize(
    ("written", "codes"),
    [("0074-0554-02", []), ("00074055402", []), ("0074-0554-99", ["invalid-code"]), ("0074055402", [])],
)
def test_drugs_by_their_eleven_digits(written: str, codes: list[str]) -> None:
    lines = (ServiceLine(drug=Drug(ndc=told(written))),)
    _, flags = checked(request(service_lines=lines, diagnoses=()), CodeTables((DRUGS,)))
    assert [flag.code for flag in flags] == codes


def test_the_day_of_service_is_the_first_one_stated() -> None:
    starts = (dt.date(2026, 10, 2), dt.date(2026, 9, 30))
    lines = tuple(ServiceLine(start_on=told(day)) for day in starts)
    assert service_day(request(service_lines=lines), DAY) == starts[1]
    admitted = Admission(admitted_on=told(dt.date(2026, 8, 1)))
    assert service_day(request(service_lines=(), admission=admitted), DAY) == dt.date(2026, 8, 1)
    assert service_day(request(service_lines=()), DAY) == DAY


def packet(guess: str, *notes: str) -> AuthorizationRequest:
    """A code that could hardly be read, and what else stands in the packet."""
    leaf = unread(guess, guess=guess, confidence=0.4)
    pages = (document_from_lines([guess], pages=[list(notes)], confidence=0.9),)
    made = request(diagnoses=(Diagnosis(code=leaf),), documents=(paper(part(PartType.PROGRESS_NOTE, (2,)), pages=2),))
    return check_codes(made, pages, NO_TABLES, today=DAY)[0]


def test_a_doubtful_code_that_stands_elsewhere_too_is_read() -> None:
    code = packet("R80.9", "Assessment: proteinuria (R80.9).").diagnoses[0].code
    assert code is not None
    assert code.value is not None
    assert (code.value.code, code.unclear) == ("R80.9", None)


def test_once_is_not_twice() -> None:
    code = packet("R80.9", "Assessment: proteinuria.").diagnoses[0].code
    assert code is not None
    assert (code.value, code.unclear) == (None, "illegible")


def test_the_problems_of_the_notes_bear_out_a_doubtful_code() -> None:
    made = request(
        diagnoses=(Diagnosis(code=unread("R80.9", guess="R80.9", confidence=0.4)),),
        clinical=(fact("proteinuria", text="proteinuria", category="problem"),),
    )
    (code,) = (one.code for one in checked(made, confidence=0.4)[0].diagnoses)
    assert code is not None
    assert code.value is not None
    assert code.value.code == "R80.9"
