from __future__ import annotations

import json
from pathlib import Path

from actions.masking import masked
from models.evidence import Provenance, Sourced
from models.request import AuthorizationRequest, Patient, PatientIdentifier

ROOT = Path(__file__).resolve().parents[2]
BY = Provenance(extractor="person", version="1", rule="correct-reading")


def typed(value: str) -> Sourced[str]:
    return Sourced[str](value=value, confidence=1.0, evidence=(), provenance=BY, confirmed_by="person:1")


def example() -> AuthorizationRequest:
    return AuthorizationRequest.model_validate_json((ROOT / "docs/examples/request.json").read_text(encoding="utf-8"))


def test_a_request_that_nobody_touched_stays_as_it_is() -> None:
    request = example()
    assert masked(request) is request


def test_numbers_that_people_typed_are_masked_by_what_they_are() -> None:
    numbers = (("hkid", "A123456(3)"), ("ssn", "536904399"), ("mrn", "77-1234"), ("hkid", "A123***(*)"))
    patient = Patient(
        identifiers=tuple(PatientIdentifier(system=system, value=typed(value)) for system, value in numbers)  # type: ignore[arg-type]
    )
    told = masked(example().model_copy(update={"patient": patient, "urgency_reason": typed("SSN 536-90-4399")}))
    values = [one.value.value for one in told.patient.identifiers if one.value is not None]
    assert values == ["A123***(*)", "*****4399", "77-1234", "A123***(*)"]
    assert told.urgency_reason is not None
    assert told.urgency_reason.value == "SSN ***-**-4399"
    assert json.loads(told.model_dump_json(by_alias=True))["schema"] == "authorization-request/1"
