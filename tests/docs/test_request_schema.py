from __future__ import annotations

import json

from docs.example_request import example
from docs.request_schema import EXAMPLE, ROOT, SCHEMA, request, schema
from models.request import AuthorizationRequest


def test_the_schema_is_that_of_the_models() -> None:
    assert (ROOT / SCHEMA).read_text(encoding="utf-8") == schema(), "run `make docs`"


def test_the_example_is_up_to_date_and_reads_as_a_request() -> None:
    text = (ROOT / EXAMPLE).read_text(encoding="utf-8")
    assert text == request(), "run `make docs`"
    assert AuthorizationRequest.model_validate_json(text) == example()


def test_the_schema_speaks_in_the_keys_of_the_contract() -> None:
    made = json.loads(schema())
    assert {"schema", "id", "missing_items", "deadlines"} <= set(made["properties"])
    assert {"from", "to"} <= set(made["$defs"]["PriorTreatment"]["properties"])
    assert made["additionalProperties"] is False
