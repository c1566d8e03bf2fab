"""Small cases for checklists/biologic-drug.yaml: a change to a complete request, and the verdicts that follow."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from checklists.assess import Assessment, assess
from checklists.policies import Policies
from models.annotations import PartType
from models.code import Code
from models.request import AuthorizationRequest, Provider
from models.service_line import Diagnosis, Drug, ServiceLine
from tests.checklists.drafts import drug_request, fact, paper, part, request, told, unread

L20 = told(Code(system="ICD-10-CM", code="L20.9"))


def run(policies: Policies, draft: AuthorizationRequest) -> Assessment:
    return assess(draft, policies.for_payer(None))


def verdict(found: Assessment, item: str) -> str:
    return next(one.verdict for one in found.findings if (one.checklist, one.item) == ("biologic-drug", item))


def drug(name: str = "Adalimumab", **changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": told(name),
        "strength": told("40 mg"),
        "frequency": told("weekly"),
        "quantity": told("4"),
    }
    return {"service_lines": (ServiceLine(drug=Drug(**(fields | changes))),)}


def test_a_complete_request_lacks_nothing(policies: Policies) -> None:
    found = run(policies, drug_request())
    assert found.missing_items == ()
    assert [(one.id, one.service_lines) for one in found.applied] == [
        ("general-minimum", (0,)),
        ("biologic-drug", (0,)),
    ]


@pytest.mark.parametrize("name", ["Adalimumab", "HUMIRA Pen", "Dupixent (dupilumab)", "infliximab-dyyb"])
def test_it_is_for_biologics_by_either_name(policies: Policies, name: str) -> None:
    assert "biologic-drug" in [one.id for one in run(policies, drug_request(**drug(name))).applied]


@pytest.mark.parametrize("name", ["Methotrexate", "Humirana", "Omeprazole"])
def test_it_is_not_for_other_drugs(policies: Policies, name: str) -> None:
    assert [one.id for one in run(policies, drug_request(**drug(name))).applied] == ["general-minimum"]


def test_it_is_for_a_code_of_an_injection_and_only_for_its_line(policies: Policies) -> None:
    code = told(Code(system="HCPCS", code="J1745"))
    lines = (ServiceLine(text=told("Office visit")), ServiceLine(code=code))
    found = run(policies, request(service_lines=lines))
    assert [one.service_lines for one in found.applied] == [(0, 1), (1,)]
    assert verdict(found, "tnf-blocker") == "met"
    assert verdict(found, "tuberculosis-screening") == "not_found"


@pytest.mark.parametrize(
    ("changes", "item", "expected"),
    [
        ({"diagnoses": (Diagnosis(text=told("Crohn's disease")),)}, "diagnosis-code", "not_found"),
        ({"diagnoses": (Diagnosis(code=unread("handwritten")),)}, "diagnosis-code", "unclear"),
        (drug(strength=None), "dose", "not_found"),
        (drug(frequency=None), "frequency", "not_found"),
        (drug(quantity=None), "quantity", "not_found"),
        (drug(quantity=None, duration=told("6 months")), "quantity", "met"),
        (drug(), "prior-therapy", "not_found"),
        (drug(new_or_continuing=told("continuing")), "prior-therapy", "waived"),
        (drug(new_or_continuing=unread("illegible")), "prior-therapy", "unclear"),
        (drug(new_or_continuing=told("new")), "prior-therapy", "not_found"),
        ({**drug(), "clinical": (fact("conventional_systemic_therapy", "failed"),)}, "prior-therapy-result", "met"),
        ({**drug(), "clinical": (fact("conventional_systemic_therapy", "present"),)}, "prior-therapy", "met"),
        ({**drug(), "clinical": (fact("conventional_systemic_therapy"),)}, "prior-therapy-result", "not_found"),
        ({**drug(), "clinical": (fact("conventional_systemic_therapy", "possible"),)}, "prior-therapy", "unclear"),
        ({**drug(), "clinical": (fact("topical_therapy", "hypothetical"),)}, "prior-therapy", "not_found"),
        ({**drug(), "clinical": (fact("topical_therapy", "family"),)}, "prior-therapy", "not_found"),
        ({"diagnoses": (Diagnosis(code=L20, text=told("Atopic dermatitis")),)}, "severity", "not_found"),
        ({"diagnoses": (Diagnosis(code=L20),), "clinical": (fact("disease_severity"),)}, "severity", "met"),
        ({"requesting_provider": Provider(name=told("B"))}, "prescriber-specialty", "not_found"),
        ({"clinical": ()}, "tuberculosis-screening", "not_found"),
        ({"clinical": (fact("tuberculosis_test", "hypothetical"),)}, "tuberculosis-screening", "not_found"),
        ({**drug("Dupilumab"), "clinical": ()}, "tuberculosis-screening", "waived"),
        ({"documents": (paper(),)}, "office-note", "not_found"),
        ({"documents": (paper(part(PartType.CONSULTATION)),)}, "office-note", "unclear"),
        ({"documents": (paper(part(PartType.PROGRESS_NOTE, on=dt.date(2025, 9, 11))),)}, "office-note", "met"),
        ({"documents": (paper(part(PartType.PROGRESS_NOTE, on=dt.date(2025, 9, 10))),)}, "office-note", "not_met"),
    ],
)
def test_one_change_one_verdict(policies: Policies, changes: dict[str, Any], item: str, expected: str) -> None:
    found = run(policies, drug_request(**changes))
    assert verdict(found, item) == expected
    asked = [one.item for one in found.missing_items if one.checklist == "biologic-drug"]
    assert (item in asked) is (expected in {"not_found", "not_met"})


def test_an_old_note_is_told_with_both_dates(policies: Policies) -> None:
    old = paper(part(PartType.PROGRESS_NOTE, on=dt.date(2025, 3, 2)))
    found = run(policies, drug_request(documents=(old,)))
    finding = next(one for one in found.findings if one.item == "office-note")
    assert finding.cause == "expired"
    assert finding.reason == (
        "The progress note on page 2 of fax.tif is dated 2025-03-02, 18 months 9 days before reception on 2026-09-11; "
        "allowed: 12 months."
    )
    (missing,) = found.missing_items
    assert missing.ask.startswith(
        "The progress note on page 2 of fax.tif is dated 2025-03-02; "
        "the policy looks for one dated on or after 2025-09-11."
    )
    assert (missing.document_type, missing.loinc) == (PartType.PROGRESS_NOTE, "11506-3")
    assert "Consultation" in missing.alternatives


def test_the_same_gap_is_asked_for_once(policies: Policies) -> None:
    found = run(policies, drug_request(diagnoses=()))
    assert [one.item for one in found.missing_items] == ["diagnosis-code", "severity"]
    assert {one.item for one in found.findings if one.verdict == "not_found"} >= {"diagnosis", "diagnosis-code"}


def test_hepatitis_b_is_recommended_and_never_asked_for(policies: Policies) -> None:
    found = run(policies, drug_request())
    assert verdict(found, "hepatitis-b-screening") == "not_found"
    assert "hepatitis-b-screening" not in [one.item for one in found.missing_items]
