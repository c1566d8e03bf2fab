from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from assembly.flags import flags_of
from models.annotations import PartType
from models.document import Document, Quality
from models.evidence import Provenance
from models.problem import Problem
from models.request import (
    Admission,
    AuthorizationRequest,
    Coverage,
    Flag,
    Name,
    Patient,
    Provider,
    RequestDocument,
    Signature,
)
from models.service_line import ServiceLine
from tests.checklists.drafts import paper, part, request, told, unread
from tests.extractors.documents import document_from_lines

TODAY = dt.date(2026, 9, 11)


def flags(made: AuthorizationRequest, *pages: Document, others: bool = False) -> dict[str, Flag]:
    return {flag.code: flag for flag in flags_of(made, pages, others=others, today=TODAY)}


def known(**changes: Any) -> AuthorizationRequest:
    return request(**({"payer": "us-medicare-advantage"} | changes))


def test_a_clean_request_has_none() -> None:
    assert flags(known()) == {}


def test_an_invalid_identifier_says_what_is_wrong_with_it_but_not_what_it_is() -> None:
    made = known(requesting_provider=Provider(npi=unread("invalid", "1237865")))
    found = flags(made)["invalid-identifier"]
    assert (found.severity, found.message) == ("error", "The NPI as written has 7 digits; an NPI has 10 digits.")
    assert found.evidence
    assert "1237865" not in found.message


@pytest.mark.parametrize(
    ("changes", "code", "severity"),
    [
        ({"coverage": Coverage(member_id=told("X1", unclear="conflict"))}, "conflict", "error"),
        ({"patient": Patient(name=Name(full=unread("handwritten")))}, "handwriting", "warning"),
        ({"payer": None}, "payer-unknown", "warning"),
        ({"signature": Signature(state=told("unsigned"))}, "signature-missing", "warning"),
        ({"documents": (paper(part(PartType.ORDER, signed="unsigned")),)}, "signature-missing", "warning"),
        ({"level_of_service": told("emergency")}, "emergency-no-auth", "info"),
        ({"patient": Patient(birth_date=told(dt.date(2005, 9, 12)))}, "under-21", "info"),
        ({"problems": (Problem(stage="open", code="F015", severity="info", message="x"),)}, "active-content", "info"),
    ],
)
def test_each_reason(changes: dict[str, Any], code: str, severity: str) -> None:
    found = flags(known(**changes))
    assert list(found) == [code]
    assert found[code].severity == severity


def test_at_twenty_one_the_flag_goes() -> None:
    assert flags(known(patient=Patient(birth_date=told(dt.date(2005, 9, 11))))) == {}
    assert flags(known(patient=Patient(birth_date=told(dt.date(2027, 1, 1))))) == {}


def test_a_repair_is_told() -> None:
    repaired = told("1234567893").model_copy(
        update={"provenance": Provenance(extractor="x", version="1", rule="r", repaired=True)}
    )
    assert list(flags(known(requesting_provider=Provider(npi=repaired)))) == ["repaired-identifier"]


def test_urgent_with_a_distant_date_is_asked_about_and_stays_urgent() -> None:
    def urgent(days: int) -> AuthorizationRequest:
        return known(
            level_of_service=told("urgent"), service_lines=(ServiceLine(start_on=told(TODAY + dt.timedelta(days))),)
        )

    assert flags(urgent(10)) == {}
    assert list(flags(urgent(11))) == ["urgent-but-distant-date"]


def test_strangers_duplicates_and_poor_pages() -> None:
    poor = document_from_lines(["words"])
    poor = replace(poor, pages=(replace(poor.page(1), quality=Quality(0.5, "blurred")),))
    twin: RequestDocument = paper().model_copy(update={"id": "d2", "duplicate_of": "d1"})
    found = flags(known(documents=(paper(), twin)), poor, others=True)
    assert list(found) == ["mixed-patient", "duplicate-of", "poor-quality"]
    assert "d1 page 1" in found["poor-quality"].message


def test_errors_come_first() -> None:
    made = request(payer=None, coverage=Coverage(member_id=told("X1", unclear="conflict")))
    assert [flag.severity for flag in flags_of(made, (), others=True, today=TODAY)] == ["error", "error", "warning"]


def test_a_card_number_is_told_without_the_number_and_for_own_pages_alone() -> None:
    document = document_from_lines(["Pay by card 4111 1111 1111 1111"], pages=[["Card 5555555555554444"]])
    made = known(documents=(paper(part(PartType.PROGRESS_NOTE, (1,))),))
    (flag,) = flags_of(made, (document,), others=False, today=TODAY)
    assert (flag.code, flag.severity) == ("payment-data-redacted", "warning")
    assert not any(character.isdigit() for character in flag.message)
    (evidence,) = flag.evidence
    assert (evidence.page, evidence.quote) == (1, "**** **** **** 1111")


def test_an_admission_far_off_is_a_distant_date_too() -> None:
    stay = Admission(admitted_on=told(dt.date(2026, 10, 20)))
    made = known(level_of_service=told("urgent"), admission=stay, service_lines=(ServiceLine(text=told("Surgery")),))
    assert flags(made)["urgent-but-distant-date"].severity == "warning"
    soon = stay.model_copy(update={"admitted_on": told(dt.date(2026, 9, 15))})
    assert flags(made.model_copy(update={"admission": soon})) == {}
