from __future__ import annotations

import json
from pathlib import Path

from actions.masking import masked
from models.evidence import Alternative, Evidence, Provenance, Sourced
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


def read(value: str, *, quote: str, as_written: str | None = None, other: str = "-") -> Sourced[str]:
    found = Evidence(document="123-45-6789", sha256="0" * 64, page=1, quote=quote)
    rule = Provenance(extractor="form", version="0", rule="older")
    return Sourced[str](
        value=value,
        confidence=0.9,
        as_written=as_written,
        evidence=(found,),
        provenance=rule,
        alternatives=(Alternative(value=other, confidence=0.1, evidence=(found,)),),
    )


def test_what_an_older_version_read_is_masked_too() -> None:
    leaf = read("SS# 123456789", quote="SS# 123456789", as_written="SSN 123456789", other="Soc Sec 123456789")
    patient = Patient(identifiers=(PatientIdentifier(system="ssn", value=read("123456789", quote="123456789")),))
    told = masked(example().model_copy(update={"patient": patient, "urgency_reason": leaf}))
    assert "123456789" not in told.model_dump_json()
    assert told.urgency_reason is not None
    assert told.urgency_reason.value == "SS# *****6789"
    assert told.urgency_reason.alternatives[0].value == "Soc Sec *****6789"
    # Names of ours stay as they are.
    assert told.urgency_reason.evidence[0].document == "123-45-6789"


def test_a_value_is_masked_as_the_number_is_behind_its_label() -> None:
    leaf = read("123456789", quote="Patient, SS# 123 45 6789, born 05/12/1960")
    told = masked(example().model_copy(update={"urgency_reason": leaf})).urgency_reason
    assert told is not None
    assert told.value == "*****6789"
    assert told.evidence[0].quote == "Patient, SS# *** ** 6789, born 05/12/1960"
    date = masked(example().model_copy(update={"urgency_reason": read("05/12/1960", quote=leaf.evidence[0].quote)}))
    assert date.urgency_reason is not None
    assert date.urgency_reason.value == "05/12/1960"
