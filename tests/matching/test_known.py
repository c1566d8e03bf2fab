from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from matching.known import with_known
from matching.questions import questions_of
from models.directory import Known, Member
from models.parsed import FaxRecord
from models.request import Candidate, Match, Name, Patient, PatientIdentifier, Provider
from tests.checklists.drafts import request, told, unread

_TODAY = dt.date(2026, 9, 11)


def match(decision: Any, record: str | None = "M123", *others: str) -> Match:
    candidates = tuple(Candidate(record=one, probability=0.5) for one in others)
    return Match(decision=decision, record=record, probability=0.9, candidates=candidates)


def flags(known: Known) -> dict[str, str]:
    return {flag.code: flag.severity for flag in with_known(request(), known, today=_TODAY)[1]}


def test_without_directories_nothing_is_said() -> None:
    asked = request()
    assert with_known(asked, Known(), today=_TODAY) == (asked, ())


@pytest.mark.parametrize(
    ("known", "told_"),
    [
        (Known(member=match("link"), coverage=(Member(effective_on="2026-01-01"),)), {}),
        (Known(member=match("non_link", None)), {"member-not-found": "error"}),
        (Known(member=match("possible_link", None, "a", "b")), {"member-possible": "warning"}),
        (Known(member=match("link"), coverage=(Member(terminated_on="2026-06-30"),)), {"ineligible": "error"}),
        (Known(providers={"requesting_provider": match("non_link", None)}), {"provider-not-found": "warning"}),
        (Known(providers={"requesting_provider": match("possible_link", "P1")}), {}),
    ],
)
def test_what_the_directories_answer_becomes_flags(known: Known, told_: dict[str, str]) -> None:
    assert flags(known) == told_


def test_matches_and_eligibility_stand_in_the_request() -> None:
    known = Known(
        member=match("link"),
        coverage=(Member(effective_on="2026-01-01"),),
        providers={"requesting_provider": match("link", "P1")},
    )
    made, _ = with_known(request(), known, today=_TODAY)
    assert made.coverage.match is not None
    assert made.coverage.eligibility is not None
    assert (made.coverage.eligibility.status, made.coverage.eligibility.as_of) == ("active", dt.date(2026, 9, 20))
    assert made.requesting_provider.match is not None
    assert made.facility.match is None


def test_an_uncertain_member_has_no_eligibility() -> None:
    made, _ = with_known(request(), Known(member=match("possible_link", "M123")), today=_TODAY)
    assert made.coverage.eligibility is None


def test_the_questions_are_read_off_the_request() -> None:
    patient = Patient(
        name=Name(full=told("Maria del Carmen Garcia Lopez")),
        birth_date=told(dt.date(1980, 5, 1)),
        sex=told("female"),
        identifiers=(PatientIdentifier(system="mbi", value=told("1EG4TE5MK73")),),
    )
    asked = questions_of(request(patient=patient, facility=Provider(name=told("Larkfield Hospital"))))
    member = asked.member
    assert asked.member_said
    assert (member.member_id, member.alt_id, member.birth_date, member.sex) == (
        "M123", "1EG4TE5MK73", "1980-05-01", "female"
    )  # fmt: skip
    assert (member.family_name, member.given_name) == ("LOPEZ", "MARIA DEL CARMEN GARCIA")
    providers = dict(asked.providers)
    assert (providers["requesting_provider"].family_name, providers["requesting_provider"].given_name) == (
        "SAMPLE", "BO"
    )  # fmt: skip
    assert providers["facility"].organization == "Larkfield Hospital"
    assert "servicing_provider" not in providers


def test_a_misread_number_is_asked_for_as_written_and_a_conflict_is_not() -> None:
    provider = Provider(name=told("Bo Sample, MD"), npi=unread("invalid", "12345678S0"), phone=unread("conflict"))
    query = dict(questions_of(request(requesting_provider=provider)).providers)["requesting_provider"]
    assert (query.npi, query.phone) == ("12345678S0", "")


def test_the_number_a_fax_came_from_stands_in_for_one_not_given() -> None:
    fax = FaxRecord(number="6145550112", sent_at=None, pages=None)
    provider = Provider(name=told("Bo Sample, MD"))
    query = dict(questions_of(request(requesting_provider=provider), (), (fax,)).providers)["requesting_provider"]
    assert query.fax == "6145550112"
    stated = dict(questions_of(request(), (), (fax,)).providers)["requesting_provider"]
    assert stated.fax == "5555550101"


def test_a_hong_kong_name_has_the_family_first() -> None:
    patient = Patient(name=Name(full=told("CHAN Tai Man")), name_zh=told("陳大文"))
    for market in ("hk", "us"):
        member = questions_of(request(patient=patient, market=market)).member
        assert (member.family_name, member.given_name, member.name_zh) == ("CHAN", "TAI MAN", "陳大文")
