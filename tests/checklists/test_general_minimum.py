"""Small cases for checklists/general-minimum.yaml: a change to a complete request, and the verdicts that follow."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from checklists.assess import Assessment, assess
from checklists.policies import Policies
from models.request import Coverage, Name, Patient, PatientIdentifier, Provider, Signature
from models.service_line import Diagnosis, ServiceLine
from tests.checklists.drafts import drug_request, request, told, unread

BORN = told(dt.date(1980, 5, 1))
OFFICE: dict[str, Any] = {"name": told("Bo Sample"), "phone": told("5555550100"), "fax": told("5555550101")}


def run(policies: Policies, draft: Any) -> Assessment:
    return assess(draft, policies.for_payer(None))


def verdicts(found: Assessment) -> dict[str, str]:
    return {finding.item: finding.verdict for finding in found.findings if finding.checklist == "general-minimum"}


def asked(found: Assessment) -> list[str]:
    return [missing.item for missing in found.missing_items]


def test_a_complete_request_lacks_nothing(policies: Policies) -> None:
    found = run(policies, request())
    assert found.missing_items == ()
    assert [applied.id for applied in found.applied] == ["general-minimum"]
    assert found.applied[0].service_lines == (0,)
    assert verdicts(found)["service"] == "met"
    assert verdicts(found)["urgent-reason"] == "waived"


@pytest.mark.parametrize(
    ("changes", "item", "verdict"),
    [
        ({"patient": Patient(birth_date=BORN)}, "member-name", "not_found"),
        ({"patient": Patient(name=Name(full=unread("handwritten")), birth_date=BORN)}, "member-name", "unclear"),
        ({"patient": Patient(name=Name(full=told("A")))}, "member-birth-date", "not_found"),
        ({"coverage": Coverage()}, "member-id", "not_found"),
        ({"coverage": Coverage(member_id=told("N/A"))}, "member-id", "not_found"),
        ({"requesting_provider": Provider(**OFFICE)}, "requesting-provider-npi", "not_found"),
        ({"requesting_provider": Provider(organization=told("Clinic"))}, "requesting-provider-name", "met"),
        ({"service_lines": ()}, "service", "not_found"),
        ({"service_lines": (ServiceLine(text=told("MRI lumbar spine")),)}, "service", "met"),
        ({"service_lines": (ServiceLine(text=told("MRI")),)}, "start-date", "not_found"),
        ({"diagnoses": ()}, "diagnosis", "not_found"),
        ({"diagnoses": (Diagnosis(text=told("Back pain")),)}, "diagnosis", "met"),
        ({"signature": Signature(state=told("unsigned"))}, "signature", "not_met"),
        ({"signature": Signature(state=told("stamp"))}, "signature", "not_met"),
        ({"signature": Signature(state=told("unclear"))}, "signature", "unclear"),
        ({"level_of_service": told("urgent")}, "urgent-reason", "not_found"),
        ({"level_of_service": told("urgent"), "urgency_reason": told("Cauda equina")}, "urgent-reason", "met"),
        ({"level_of_service": told("urgent", unclear="illegible")}, "urgent-reason", "unclear"),
    ],
)
def test_one_change_one_verdict(policies: Policies, changes: dict[str, Any], item: str, verdict: str) -> None:
    found = run(policies, request(**changes))
    assert verdicts(found)[item] == verdict
    assert (item in asked(found)) is (verdict in {"not_found", "not_met"})


def test_a_form_without_a_place_for_it_is_not_asked_for_a_signature(policies: Policies) -> None:
    found = run(policies, request(signature=Signature()))
    assert verdicts(found)["signature"] == "waived"
    assert asked(found) == []


def test_an_identifier_of_the_member_serves_as_the_member_id(policies: Policies) -> None:
    patient = Patient(
        name=Name(full=told("A")),
        birth_date=BORN,
        identifiers=(PatientIdentifier(system="mbi", value=told("1EG4TE5MK73")),),
    )
    assert verdicts(run(policies, request(coverage=Coverage(), patient=patient)))["member-id"] == "met"


def test_a_drug_request_is_not_asked_for_a_date_of_service(policies: Policies) -> None:
    found = run(policies, drug_request())
    assert verdicts(found)["start-date"] == "waived"
    assert found.missing_items == ()


def test_a_legible_number_that_cannot_be_right_is_asked_for(policies: Policies) -> None:
    office = Provider(npi=unread("invalid", "1237865"), **OFFICE)
    found = run(policies, request(requesting_provider=office))
    assert verdicts(found)["requesting-provider-npi"] == "unclear"
    (missing,) = found.missing_items
    assert missing.ask == (
        "The NPI of the requesting provider as we read it has 7 digits; an NPI has 10 digits. "
        "Please send: the NPI of the requesting provider."
    )


def test_a_number_that_may_be_misread_is_not_asked_for(policies: Policies) -> None:
    office = Provider(npi=unread("invalid", "1234567890", confidence=0.6), **OFFICE)
    found = run(policies, request(requesting_provider=office))
    assert verdicts(found)["requesting-provider-npi"] == "unclear"
    assert found.missing_items == ()


def test_nothing_is_listed_as_missing_for_an_emergency(policies: Policies) -> None:
    found = run(policies, request(level_of_service=told("emergency"), coverage=Coverage(), diagnoses=()))
    assert verdicts(found)["diagnosis"] == "not_found"
    assert found.missing_items == ()


def test_it_is_for_the_us_only(policies: Policies) -> None:
    assert "general-minimum" not in [one.id for one in run(policies, request(market="hk")).applied]


def test_each_service_line_has_its_own_verdict(policies: Policies) -> None:
    lines = (ServiceLine(text=told("MRI"), start_on=told(dt.date(2026, 9, 20))), ServiceLine(text=told("CT")))
    found = run(policies, request(service_lines=lines))
    dates = [(one.service_line, one.verdict) for one in found.findings if one.item == "start-date"]
    assert dates == [(0, "met"), (1, "not_found")]
    (missing,) = found.missing_items
    assert (missing.item, missing.service_lines, missing.need) == ("start-date", (1,), "conditional")
