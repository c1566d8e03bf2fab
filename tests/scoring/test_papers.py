from __future__ import annotations

import datetime as dt

import pytest

from models.request import HeldPage
from models.truth import PacketTruth, Paper
from scoring.answer import Answer
from scoring.cases import matched
from scoring.papers import PaperScore, accuracy, judge_papers, of_type, total, yes
from tests.scoring.made import FILE, FORM, NOTE, packet, page, part, request, result, said, stated

ORDER = "order"
FORM_PAPER = Paper(FORM, request=True, dated_on=dt.date(2026, 9, 14), author="Leopold Castellane, MD", signed="signed")
NOTE_PAPER = Paper(NOTE, dated_on=dt.date(2026, 9, 1), author="Leopold Castellane, MD", signed="unsigned")
STRANGER = Paper(NOTE, case=None, patient="other")


def held(number: int) -> HeldPage:
    return HeldPage(submission=FILE, file=FILE, document="d1", page=number, code="mixed-patient", reason="another")


def four_pages() -> PacketTruth:
    """A form of two pages, a note, and an order."""
    papers = (FORM_PAPER, NOTE_PAPER, Paper(ORDER))
    return packet(papers, (page(FORM, 0), page(FORM, 0), page(NOTE, 1), page(ORDER, 2)))


def judged(truth: PacketTruth, answer: Answer) -> PaperScore:
    return judge_papers(truth, answer, matched(truth, answer))


def test_all_right() -> None:
    truth = four_pages()
    parts = (part(FORM, 1, 2), part(NOTE, 3), part(ORDER, 4))
    score = judged(truth, Answer((request(*parts),), results=(result((FORM, (1, 2)), (NOTE, (3,)), (ORDER, (4,))),)))
    assert accuracy(score.types) == 1.0
    assert (yes(score.boundaries).precision, yes(score.boundaries).recall) == (1.0, 1.0)
    assert score.homes == {True: 4}


def test_a_wrong_type_and_a_missed_split() -> None:
    # The order is taken for one more page of the note: one page of four is wrong, one beginning of two is missed.
    truth = four_pages()
    score = judged(
        truth, Answer((request(part(FORM, 1, 2), part(NOTE, 3, 4)),), results=(result((FORM, (1, 2)), (NOTE, (3, 4))),))
    )
    assert accuracy(score.types) == pytest.approx(3 / 4)
    assert score.types[ORDER, NOTE] == 1
    note, order = of_type(score.types, NOTE), of_type(score.types, ORDER)
    assert [note.precision, note.recall, note.f1] == pytest.approx([1 / 2, 1, 2 / 3])
    assert (order.precision, order.recall, order.f1) == (None, 0.0, 0.0)
    split = yes(score.boundaries)
    assert (split.true, split.said, split.both) == (2, 1, 1)
    assert [split.precision, split.recall, split.f1] == pytest.approx([1, 1 / 2, 2 / 3])


def test_a_page_that_was_not_read_has_no_type() -> None:
    score = judged(four_pages(), Answer())
    assert accuracy(score.types) == 0.0
    assert score.types[FORM, "unread"] == 2
    assert score.boundaries.total() == 0


def test_wrong_patients() -> None:
    # The stranger's page is in the request as the patient's own, and the patient's note is held.
    named = stated("/patient/birth_date", "1950-02-03")
    pages = (page(FORM, 0, named), page(NOTE, 1, named), page(NOTE, 2, named))
    truth = packet((FORM_PAPER, NOTE_PAPER, STRANGER), pages)
    score = judged(
        truth,
        Answer(
            (request(part(FORM, 1), part(NOTE, 3)),),
            held=(held(2),),
            results=(result((FORM, (1,)), (NOTE, (2,)), (NOTE, (3,))),),
        ),
    )
    assert score.patients == {("same", "same"): 1, ("same", "held"): 1, ("other", "same"): 1}
    assert (yes(score.held).true, yes(score.held).said, yes(score.held).both) == (1, 1, 0)
    assert score.homes == {True: 1, False: 1}


def test_a_paper_that_names_nobody_is_unnamed() -> None:
    truth = packet((FORM_PAPER,), (page(FORM, 0),))
    answer = Answer((request(part(FORM, 1, patient="unknown")),), results=(result((FORM, (1,))),))
    assert judged(truth, answer).patients == {("unnamed", "unknown"): 1}


def test_facts_of_papers() -> None:
    # The form's author is misread, the note's signature is missed, and its date is right.
    truth = packet((FORM_PAPER, NOTE_PAPER), (page(FORM, 0), page(NOTE, 1)))
    form = part(FORM, 1, dated_on=said(dt.date(2026, 9, 14)), author=said("Leo Cast, MD"), signed=said("signed"))
    note = part(NOTE, 2, dated_on=said(dt.date(2026, 9, 1)), author=said(None, unclear="illegible"))
    score = judged(truth, Answer((request(form, note),), results=(result((FORM, (1,)), (NOTE, (2,))),)))
    assert [(one.path, one.verdict) for one in score.facts] == [
        ("/part/dated_on", "right"),
        ("/part/author", "wrong"),
        ("/part/signed", "right"),
        ("/part/dated_on", "right"),
        ("/part/author", "unclear"),
        ("/part/signed", "missed"),
    ]


def test_requests_are_matched_with_their_cases_by_their_forms() -> None:
    truth = packet(
        (FORM_PAPER, NOTE_PAPER, Paper(FORM, case=1, request=True)), (page(FORM, 0), page(NOTE, 1), page(FORM, 2))
    )
    answer = Answer((request(part(FORM, 3), part(NOTE, 2)), request(part(FORM, 1))))
    assert matched(truth, answer) == {0: 1, 1: 0}
    assert judge_papers(truth, answer, matched(truth, answer)).homes == {True: 2, False: 1}
    assert matched(truth, Answer()) == {}


def test_scores_add_up() -> None:
    one = judged(four_pages(), Answer())
    assert total([one, one]).types[FORM, "unread"] == 4
