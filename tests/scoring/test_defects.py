from __future__ import annotations

from dataclasses import replace

import pytest

from models.problem import Problem
from models.request import Flag
from models.truth import PacketTruth, Paper
from scoring.answer import Answer
from scoring.defects import judge_defects
from scoring.fields import Judged
from tests.scoring.made import FORM, NOTE, blank, packet, page, part, request, result, said

PAPERS = (Paper(FORM, request=True), Paper(NOTE))


def seen(truth: PacketTruth, answer: Answer, *judged: Judged) -> bool | None:
    return judge_defects(truth, answer, judged)[0].seen


def truth(code: str, *, papers: tuple[Paper, ...] = PAPERS, **second: object) -> PacketTruth:
    made = packet(papers, (page(FORM, 0), page(NOTE, 1)), code)
    pages = (made.files[0].pages[0], replace(made.files[0].pages[1], **second))  # type: ignore[arg-type]
    return replace(made, files=(replace(made.files[0], pages=pages),))


@pytest.mark.parametrize(
    ("defect", "flag"),
    [
        ("near-miss-identifier", "conflict"),
        ("mistyped-npi", "invalid-identifier"),
        ("unsigned-form", "signature-missing"),
        ("second-patient", "mixed-patient"),
        ("wrong-side", "laterality-conflict"),
    ],
)
def test_a_flag_shows_what_was_planted(defect: str, flag: str) -> None:
    plain = request(part(FORM, 1), part(NOTE, 2))
    flagged = plain.model_copy(update={"flags": (Flag(code=flag, severity="error", message=""),)})  # type: ignore[arg-type]
    assert seen(truth(defect), Answer((flagged,))) is True
    assert seen(truth(defect), Answer((plain,))) is False


def test_doubt_about_the_planted_value_shows_it() -> None:
    doubt = Judged("/npi", "right", "machine", unclear="invalid", planted=frozenset({"mistyped-npi"}))
    assert seen(truth("mistyped-npi"), Answer(), doubt) is True


def test_the_unsigned_part_is_said_to_be() -> None:
    unsigned = truth("unsigned-order", papers=(PAPERS[0], Paper(NOTE, signed="unsigned")))
    read = request(part(FORM, 1, signed=said("signed")), part(NOTE, 2, signed=said("unsigned")))
    other = request(part(FORM, 1, signed=said("unsigned")), part(NOTE, 2, signed=said("signed")))
    assert seen(unsigned, Answer((read,))) is True
    assert seen(unsigned, Answer((other,))) is False


def test_a_turned_page_was_read_upright_as_what_it_is() -> None:
    turned = truth("upside-down-page", turn=180)
    pages = (blank(1), blank(2, rotation=180))
    assert seen(turned, Answer(results=(result((FORM, (1,)), (NOTE, (2,)), pages=pages),))) is True
    assert seen(turned, Answer(results=(result((FORM, (1,)), ("other", (2,)), pages=pages),))) is False
    assert seen(turned, Answer(results=(result((FORM, (1,)), (NOTE, (2,))),))) is False


def test_a_page_sent_again_is_known() -> None:
    again = truth("re-sent-page", again=True)
    problem = Problem(stage="assemble", code="duplicate-page", severity="info", document="d1", page=2, message="")
    plain = request(part(FORM, 1), part(NOTE, 2))
    results = (result((FORM, (1,)), (NOTE, (2,))),)
    assert seen(again, Answer((plain.model_copy(update={"problems": (problem,)}),), results=results)) is True
    assert seen(again, Answer((plain,), results=results)) is False


def test_two_forms_are_two_requests() -> None:
    two = truth("second-form", papers=(PAPERS[0], Paper(FORM, case=1, request=True)))
    assert seen(two, Answer((request(part(FORM, 1)), request(part(FORM, 2))))) is True
    assert seen(two, Answer((request(part(FORM, 1, 2)),))) is False


def test_what_nobody_knows_a_sign_of_is_not_judged() -> None:
    assert seen(truth("coffee-stain"), Answer()) is None
