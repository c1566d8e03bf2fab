from __future__ import annotations

from models.request import AuthorizationRequest
from models.service_line import Diagnosis, Quantity, ServiceLine
from scoring.alignment import aligned
from scoring.fields import judge
from scoring.found import leaves
from scoring.stated import Stated
from tests.scoring.made import FORM, all_stated, code, part, request, said


def line(characters: str, quantity: str, *modifiers: str) -> ServiceLine:
    return ServiceLine(
        code=code(characters),
        quantity=Quantity(value=said(quantity)),
        modifiers=tuple(said(modifier) for modifier in modifiers),
    )


def truth(*rows: tuple[str, str]) -> dict[str, Stated]:
    return all_stated(
        *(Stated(f"/service_lines/{i}/code", (characters,), ()) for i, (characters, _) in enumerate(rows)),
        *(Stated(f"/service_lines/{i}/quantity", (quantity,), ()) for i, (_, quantity) in enumerate(rows)),
    )


def verdicts(read: AuthorizationRequest, stated: dict[str, Stated]) -> dict[str, str]:
    return {one.path: one.verdict for one in judge(leaves(read), stated, paths={})}


def test_swapped_lines_are_right() -> None:
    read = request(part(FORM, 1), service_lines=(line("97110", "12"), line("97140", "6")))
    assert set(verdicts(read, truth(("97140", "6"), ("97110", "12"))).values()) == {"right"}


def test_a_line_with_a_misread_code_stays_with_its_own() -> None:
    read = request(part(FORM, 1), service_lines=(line("97140", "6"), line("97119", "12")))
    assert verdicts(read, truth(("97110", "12"), ("97140", "6"))) == {
        "/service_lines/0/code": "wrong",
        "/service_lines/0/quantity": "right",
        "/service_lines/1/code": "right",
        "/service_lines/1/quantity": "right",
    }


def test_a_missed_line_does_not_shift_the_others() -> None:
    read = request(part(FORM, 1), service_lines=(line("97140", "6"),))
    assert verdicts(read, truth(("97110", "12"), ("97140", "6"))) == {
        "/service_lines/0/code": "missed",
        "/service_lines/0/quantity": "missed",
        "/service_lines/1/code": "right",
        "/service_lines/1/quantity": "right",
    }


def test_a_row_too_many_comes_after_the_last() -> None:
    read = request(part(FORM, 1), service_lines=(line("72148", "1"), line("97110", "12")))
    told = verdicts(read, truth(("97110", "12")))
    assert told == {
        "/service_lines/0/code": "right",
        "/service_lines/0/quantity": "right",
        "/service_lines/1/code": "extra",
        "/service_lines/1/quantity": "extra",
    }


def test_lists_within_rows_are_brought_together_too() -> None:
    read = request(part(FORM, 1), service_lines=(line("97110", "12", "59", "GP"),))
    stated = truth(("97110", "12")) | all_stated(
        Stated("/service_lines/0/modifiers/0", ("GP",), ()), Stated("/service_lines/0/modifiers/1", ("59",), ())
    )
    assert set(verdicts(read, stated).values()) == {"right"}


def test_rows_that_share_nothing_follow_by_their_order() -> None:
    read = request(part(FORM, 1), diagnoses=(Diagnosis(text=said("zzz")), Diagnosis(text=said("qqq"))))
    stated = all_stated(Stated("/diagnoses/0/text", ("back",), ()), Stated("/diagnoses/1/text", ("knee",), ()))
    found = {one.path: one.value for one in aligned(leaves(read), stated)}
    assert found == {"/diagnoses/0/text": "zzz", "/diagnoses/1/text": "qqq"}
