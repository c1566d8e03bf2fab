from __future__ import annotations

from codes.packet import packet_of
from models.annotations import PartType
from models.service_line import Diagnosis
from tests.checklists.drafts import fact, paper, part, request
from tests.codes.readings import BUILT_IN, DAY, diagnosis, unread
from tests.extractors.documents import document_from_lines

NOTE = paper(part(PartType.PROGRESS_NOTE, (2,)), pages=2)
PAGES = (document_from_lines(["R80.9"], pages=[["(R80.9)"], ["E11.9"]], confidence=0.9),)


def test_other_pages_count_and_those_of_nobody_do_not() -> None:
    made = packet_of(request(documents=(NOTE,)), PAGES, BUILT_IN, DAY)
    assert dict(made.words) == {"R80.9": 2}
    found = made.stated(Diagnosis(code=unread("R80.9")))
    assert found is not None
    assert (found.scanned, found.elsewhere) == (True, frozenset({"R80.9"}))


def test_problems_are_those_the_patient_has() -> None:
    facts = (
        fact("a", text="gout", category="problem"),
        fact("b", "absent", text="asthma", category="problem"),
        fact("c", text="prednisone"),
    )
    assert packet_of(request(clinical=facts), (), BUILT_IN, DAY).problems == ("gout",)
    many = tuple(fact("a", text=f"problem {number}", category="problem") for number in range(13))
    assert packet_of(request(clinical=many), (), BUILT_IN, DAY).problems == ()


def test_a_diagnosis_without_a_code_has_nothing_to_judge() -> None:
    made = packet_of(request(), (), BUILT_IN, DAY)
    assert made.stated(Diagnosis()) is None
    assert made.stated(diagnosis("I10")) is not None
