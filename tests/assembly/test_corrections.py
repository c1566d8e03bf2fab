from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import pipeline
from assembly.corrections import anchor_of, correct, corrected
from models.correction import Correction
from models.problem import UsageError
from models.request import AuthorizationRequest
from models.result import Submission
from tests.actions import papers
from tests.test_pipeline import LOADED, RECEIPT, packet

CONTEXT = pipeline.Context(LOADED, None, "us")
AT = dt.datetime(2026, 11, 3, tzinfo=dt.UTC)


def change(path: str, value: Any, **more: Any) -> Correction:
    return Correction(path, value, more.pop("kind", "correct_reading"), "person:1", AT, **more)


@pytest.fixture(scope="module")
def submission() -> Submission:
    return Submission(RECEIPT, (packet(papers.form(), papers.note()),))


@pytest.fixture(scope="module")
def request_read(submission: Submission) -> AuthorizationRequest:
    (request,) = pipeline.assemble_requests(submission, CONTEXT).requests
    return request


def test_what_a_person_said_stands_with_the_place_that_the_page_has_for_it(request_read: AuthorizationRequest) -> None:
    before = request_read.patient.birth_date
    assert before is not None
    fixed = correct(request_read, change("/patient/birth_date", "1961-02-03"))
    told = fixed.patient.birth_date
    assert told is not None
    assert (told.value, told.confidence, told.confirmed_by) == (dt.date(1961, 2, 3), 1.0, "person:1")
    assert told.evidence == before.evidence
    assert told.provenance.rule == "correct-reading"
    assert fixed.model_copy(update={"patient": request_read.patient}) == request_read


def test_what_the_pages_do_not_say_can_be_added(request_read: AuthorizationRequest) -> None:
    fixed = correct(request_read, change("/hong_kong/ward_class", "private"))
    assert fixed.hong_kong.ward_class is not None
    number = len(fixed.diagnoses)
    more = correct(fixed, change(f"/diagnoses/{number}/text", "Cough"))
    assert more.diagnoses[number].text is not None
    gone = correct(more, change("/patient/birth_date", None))
    assert gone.patient.birth_date is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/status", "ready"),
        ("/flags/0/code", "x"),
        ("/coverage/match", {}),
        ("/patient/birth_date", "tomorrow"),
        ("/patient/birth_date/value", "1961-02-03"),
        ("/patient/shoe_size", "44"),
        ("/service_lines/99/text", "MRI"),
        ("/patient", "Jane"),
        ("patient/birth_date", "1961-02-03"),
        ("/documents/0/sha256", "0"),
    ],
)
def test_what_cannot_be_corrected_is_refused(request_read: AuthorizationRequest, path: str, value: Any) -> None:
    with pytest.raises(UsageError):
        correct(request_read, change(path, value))


def test_a_correction_whose_item_is_gone_is_told_and_put_on_no_other(request_read: AuthorizationRequest) -> None:
    gone = change("/diagnoses/0/text", "Cough", anchor='["R05", null, null]')
    after = corrected(request_read, [gone])
    assert after.diagnoses == request_read.diagnoses
    assert [problem.code for problem in after.problems if problem not in request_read.problems] == [
        "correction-unplaced"
    ]


def test_a_correction_follows_its_item_when_another_comes_before_it(request_read: AuthorizationRequest) -> None:
    more = [change("/diagnoses/9/text", "Cough"), change("/diagnoses/9/role", "secondary")]
    request = corrected(request_read, more[:1])
    number = len(request_read.diagnoses)
    text = request.diagnoses[number].text
    assert text is not None
    assert text.value == "Cough"
    anchor = anchor_of(request, f"/diagnoses/{number}/role")
    moved = request.model_copy(update={"diagnoses": request.diagnoses[::-1]})
    after = corrected(moved, [change(f"/diagnoses/{number}/role", "secondary", anchor=anchor)])
    assert after.diagnoses[0].role is not None
    assert after.diagnoses[0].text == request.diagnoses[number].text


def test_no_run_overwrites_a_person_and_verdicts_follow(
    submission: Submission, request_read: AuthorizationRequest
) -> None:
    told = (change("/coverage/member_id", "ZZ9999999"), change("/patient/name/full", "Jane Q. Example"))
    kept = Submission(submission.receipt, submission.results, corrections={request_read.id: told})
    (request,) = pipeline.assemble_requests(kept, CONTEXT).requests
    assert request.id == request_read.id
    assert request.coverage.member_id is not None
    assert (request.coverage.member_id.value, request.coverage.member_id.unclear) == ("ZZ9999999", None)
    (asked,) = pipeline.questions(kept, CONTEXT)
    assert "ZZ9999999" in str(asked)
