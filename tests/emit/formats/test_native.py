from __future__ import annotations

import json

from docs.example_request import example
from emit.formats.native import NATIVE, line, write
from models.request import AuthorizationRequest


def test_what_is_written_reads_back_as_the_same_request() -> None:
    request = example()
    assert AuthorizationRequest.model_validate_json(write(request, {})) == request
    assert AuthorizationRequest.model_validate_json(line(request)) == request


def test_a_line_is_one_line_in_the_keys_of_the_contract() -> None:
    text = line(example())
    assert "\n" not in text
    written = json.loads(text)
    assert written["schema"] == "authorization-request/1"
    assert written["received_at"] == "2026-03-02T15:04:00Z"
    assert set(written["service_lines"][0]["drug"]["prior_treatments"][0]) == {"name", "dose", "from", "to", "outcome"}
    assert written["patient"]["language"] is None


def test_names_that_are_not_latin_stay_readable() -> None:
    request = example()
    name = request.patient.name.full
    assert name is not None
    patient = request.patient.model_copy(update={"name_zh": name.model_copy(update={"value": "陳大文"})})
    assert "陳大文".encode() in write(request.model_copy(update={"patient": patient}), {})
    assert (NATIVE.name, NATIVE.extension) == ("native", "json")
