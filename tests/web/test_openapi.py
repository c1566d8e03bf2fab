from __future__ import annotations

import json
from typing import Any

import pytest

from tests.web.house import Installation
from web.api import shapes
from web.openapi import describe
from web.problems import CODES

OPEN = {"get_health", "get_readiness"}


@pytest.fixture(scope="module")
def told(home: Installation) -> dict[str, Any]:
    return describe(home.app)


def operations(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in told["paths"].values() for operation in path.values()]


def test_it_is_openapi_3_1_and_served_to_everybody(home: Installation, told: dict[str, Any]) -> None:
    answer = home.with_key(None).get("/api/openapi.json")
    assert answer.json() == json.loads(json.dumps(told))
    assert told["openapi"].startswith("3.1")


def test_it_has_every_address_of_the_contract(told: dict[str, Any]) -> None:
    assert {(method, path) for path, item in told["paths"].items() for method in item} == {
        ("post", "/api/v1/submissions"),
        ("get", "/api/v1/submissions"),
        ("get", "/api/v1/submissions/{id}"),
        ("get", "/api/v1/submissions/{id}/events"),
        ("get", "/api/v1/requests"),
        ("post", "/api/v1/requests/search"),
        ("get", "/api/v1/requests/{id}"),
        ("patch", "/api/v1/requests/{id}"),
        ("get", "/api/v1/requests/{id}/formats/{name}"),
        ("get", "/api/v1/requests/{id}/missing"),
        ("post", "/api/v1/requests/{id}/missing/requests"),
        ("get", "/api/v1/documents/{id}/pages/{n}.png"),
        ("get", "/api/v1/documents/{id}/pages/{n}/words"),
        ("get", "/healthz"),
        ("get", "/readyz"),
        ("get", "/metrics"),
    }


def test_every_operation_has_a_name_of_its_own_a_sentence_and_problem_codes(told: dict[str, Any]) -> None:
    found = operations(told)
    assert len({one["operationId"] for one in found}) == len(found)
    for one in found:
        assert one["summary"]
        if one["operationId"] in OPEN:
            continue
        problems = {status: answer for status, answer in one["responses"].items() if int(status) >= 400}
        assert {"401", "403", "429", "500", "503"} <= set(problems)
        for status, answer in problems.items():
            examples = answer["content"]["application/problem+json"]["examples"]
            assert examples
            for code, example in examples.items():
                assert example["value"]["code"] == code
                assert CODES[code][0] == int(status)


def test_every_body_has_an_example_that_its_schema_takes(told: dict[str, Any]) -> None:
    for one in operations(told):
        body = one.get("requestBody", {}).get("content", {}).get("application/json")
        if body is None:
            continue
        name = body["schema"]["$ref"].rsplit("/", 1)[-1]
        schema = told["components"]["schemas"][name]
        assert schema["additionalProperties"] is False
        (example,) = schema["examples"]
        assert getattr(shapes, name).model_validate(example)


def test_all_answers_are_closed_shapes(told: dict[str, Any]) -> None:
    loose = {
        name
        for name, schema in told["components"]["schemas"].items()
        if schema.get("type") == "object" and schema.get("additionalProperties") is not False
    }
    assert loose == set()
