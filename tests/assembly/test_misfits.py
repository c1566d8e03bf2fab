from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from assembly.misfits import request_of
from models.evidence import Provenance, Sourced

GIVEN: dict[str, Any] = {
    "id": "r-1",
    "status": "needs_review",
    "submissions": ("a.pdf",),
    "channel": "cli",
    "received_at": dt.datetime(2026, 11, 2, tzinfo=dt.UTC),
    "received_at_source": "now",
    "payer": None,
    "market": "us",
    "documents": (),
    "problems": (),
}


def said(value: object) -> Sourced[Any]:
    by = Provenance(extractor="x", version="1", rule="y")
    return Sourced[Any](value=value, confidence=0.9, evidence=(), provenance=by, confirmed_by="tester")


def test_a_value_in_the_wrong_place_costs_itself_only() -> None:
    lines = ({"code": None, "charge": said("2215.50"), "text": said("MRI")}, {"text": said("CT")})
    request = request_of(GIVEN, {"service_lines": lines, "urgency_reason": said("worse")})
    assert [line.text and line.text.value for line in request.service_lines] == ["MRI", "CT"]
    assert request.service_lines[0].charge is None
    assert request.urgency_reason is not None
    assert [(p.code, p.severity) for p in request.problems] == [("misfit-value", "error")]
    assert "service_lines.0.charge " in request.problems[0].message


def test_several_misfits_are_each_told() -> None:
    values = {"submitted_on": said("not a date"), "patient": {"name": said("Jane"), "sex": said("female")}}
    request = request_of(GIVEN, values)
    assert {p.message.split(" for ")[1].split(" does")[0] for p in request.problems} == {"submitted_on", "patient.name"}
    assert request.patient.sex is not None


def test_what_is_given_must_fit() -> None:
    with pytest.raises(ValidationError):
        request_of({**GIVEN, "market": "fr"}, {})
