from __future__ import annotations

import datetime as dt

import pytest

from docs.example_request import at, example, said, unreadable
from emit.sheet.assessment import answered, asked, notices
from emit.sheet.sheet import lay_out
from emit.sheet.summary import summary
from emit.sheet.words import moment, pages, sentence
from models.code import Code
from models.request import Coverage, Match, Name, Patient
from models.service_line import ServiceLine


def test_the_head_says_who_what_how_urgent_and_by_when() -> None:
    head = summary(example())
    assert (head.patient, head.birth_date, head.member_id) == ("Marigold Q. Testerly", "3 Dec 1961", "XQ774501")
    assert (head.service, head.urgency, head.urgent) == ("Adalimumab 40 mg/0.4 mL", "Urgent (mark unclear)", True)
    assert head.received == "2 Mar 2026, 15:04 UTC"
    assert head.received_source == "by the sender's clock (fax header)"
    (clock,) = head.clocks
    assert clock.due == "5 Mar 2026, 15:04 UTC"
    assert clock.assumed is not None


def test_ready_means_that_the_reading_is_complete_and_nothing_more() -> None:
    head = summary(example().model_copy(update={"status": "ready"}))
    assert head.status == "Reading complete"
    assert "nothing about the decision" in head.status_meaning
    assert lay_out(example().model_copy(update={"status": "ready"}), {}).review == ()


def test_what_is_not_there_is_said_and_what_is_unclear_is_asked() -> None:
    bare = example().model_copy(
        update={
            "patient": Patient(name=Name(full=unreadable(at("Mar?gold", 1), "illegible"))),
            "coverage": Coverage(),
            "service_lines": (),
            "level_of_service": None,
        }
    )
    head = summary(bare)
    assert (head.patient, head.member_id, head.service) == ("Mar?gold?", "not found", "not found")
    assert (head.urgency, head.urgent) == ("not stated", False)


def test_services_are_named_by_text_and_code_and_counted() -> None:
    code = Code(system="CPT", code="72148")
    lines = (
        ServiceLine(code=said(code, at("72148", 1)), text=said("MRI lumbar spine", at("MRI lumbar spine", 1))),
        ServiceLine(code=said(code, at("72148", 2))),
    )
    assert (
        summary(example().model_copy(update={"service_lines": lines})).service == "MRI lumbar spine (72148) and 1 more"
    )


def test_the_reasons_for_review_name_the_member_that_is_not_settled() -> None:
    request = example()
    match = Match(decision="possible_link", record="m1", probability=0.8)
    covered = request.model_copy(update={"coverage": request.coverage.model_copy(update={"match": match})})
    assert "The member is not settled in the directory." in lay_out(covered, {}).review
    assert "The member was not looked up: no member directory was given." in lay_out(request, {}).review


def test_flags_and_problems_come_gravest_first_and_asks_most_needed_first() -> None:
    assert [notice.mark for notice in notices(example())] == ["error", "error", "warning", "warning", "info"]
    (missing,) = example().missing_items
    helpful = missing.model_copy(update={"id": "m0", "need": "recommended", "ask": "Photos, if there are any."})
    (party,) = asked(example().model_copy(update={"missing_items": (helpful, missing)}))
    assert [ask for ask, _, _ in party.items] == [missing.ask, helpful.ask]


def test_findings_of_a_checklist_that_is_not_listed_are_still_shown() -> None:
    shown = answered(example().model_copy(update={"checklists": ()}))
    assert [checklist.title for checklist in shown] == ["general-minimum", "biologic-drug"]
    assert sum(len(checklist.remarks) for checklist in shown) == len(example().findings)


def test_what_is_settled_stands_apart_from_what_is_open() -> None:
    general, biologic = answered(example())
    assert [remark.mark for remark in biologic.open] == ["not_met", "not_found"]
    assert [remark.mark for remark in biologic.settled] == ["met", "met"]
    assert general.settled == ()


@pytest.mark.parametrize(("numbers", "text"), [((3,), "page 3"), ((1, 2, 3, 5), "pages 1-3, 5"), ((2, 1), "pages 1-2")])
def test_pages_are_told_in_runs(numbers: tuple[int, ...], text: str) -> None:
    assert pages(numbers) == text


def test_slugs_are_read_out_and_times_keep_their_zone() -> None:
    assert sentence("requesting-provider-npi") == "Requesting provider NPI"
    zone = dt.timezone(dt.timedelta(hours=8))
    assert moment(dt.datetime(2026, 3, 2, 9, 5, tzinfo=zone)) == "2 Mar 2026, 09:05 UTC+08:00"
