from __future__ import annotations

import logging
from pathlib import Path

import pytest

from models.problem import DossierError, TransientError
from store.db import DatabaseAway
from store.quota import TooManyCalls
from tests.web.house import Installation
from web.problems import CODES, code_of, responses

SECRET = "Zuzana Quillfeather 1960-05-12"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not-found"),
        ("PUT", "/api/v1/requests", 405, "method-not-allowed"),
        ("GET", "/api/v1/requests/none", 404, "not-found"),
        ("GET", "/api/v1/requests?limit=0", 422, "invalid"),
        ("GET", "/api/v1/requests?limt=5", 422, "invalid"),
        ("GET", "/api/v1/requests?cursor=zz", 422, "invalid"),
        ("POST", "/api/v1/requests/search", 422, "invalid"),
        ("GET", "/api/v1/documents/none/pages/0.png", 422, "invalid"),
    ],
)
def test_every_error_is_a_problem_with_a_stable_code(
    home: Installation, method: str, path: str, status: int, code: str
) -> None:
    answer = home.client("supervisor").request(method, path)
    told = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, told["status"], told["code"]) == (status, status, code)
    assert told["request_id"] == answer.headers["x-request-id"]
    assert told["type"] == f"urn:dossier:problem:{code}"


def test_errors_name_the_place_and_never_the_value(home: Installation) -> None:
    client = home.client("supervisor")
    told = client.post("/api/v1/requests/search", json={"name": 5, "birth_date": SECRET, SECRET: 1})
    assert told.status_code == 422
    assert {error["at"] for error in told.json()["errors"]} == {"body/name", "body/birth_date", "body/?"}
    assert SECRET not in told.text
    broken = client.post("/api/v1/requests/search", content=f"{{{SECRET}", headers={"Content-Type": "application/json"})
    assert (broken.status_code, broken.json()["code"]) == (400, "malformed")
    assert SECRET not in broken.text


def test_what_nobody_foresaw_tells_nothing(
    home: Installation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fault(*_: object, **__: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(type(home.service), "requests", fault)
    with caplog.at_level(logging.INFO):
        answer = home.client("supervisor").get("/api/v1/requests")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert SECRET not in answer.text
    assert SECRET not in caplog.text
    assert "ValueError in test_problems.py" in caplog.text
    assert answer.json()["request_id"] in {getattr(record, "request_id", None) for record in caplog.records}


def test_a_database_that_is_away_is_worth_another_try(home: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise DatabaseAway("The database does not answer (OperationalError).")

    client = home.client("supervisor")
    monkeypatch.setattr(type(home.service), "caller", away)
    answer = client.get("/api/v1/requests")
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "database-away", "5")


def test_codes_are_the_names_of_our_errors() -> None:
    assert code_of(TransientError("x")) == "transient-error"
    assert code_of(DossierError("x")) == "dossier-error"


def test_responses_join_the_codes_of_a_status() -> None:
    told = responses("invalid", "key-used-otherwise")
    assert set(told[422]["content"]["application/problem+json"]["examples"]) == {"invalid", "key-used-otherwise"}
    assert {status for status, _ in CODES.values()} >= {400, 401, 403, 404, 405, 412, 413, 415, 422, 428, 429, 503, 507}


def test_every_code_is_in_the_documentation() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/api.md").read_text(encoding="utf-8")
    for code, (status, sentence) in CODES.items():
        assert f"| `{code}` | {status} | {sentence} |" in page


def test_who_may_come_again_later_is_told_when(home: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    def later(*_: object, **__: object) -> None:
        raise TooManyCalls(7200)

    client = home.client("supervisor")
    monkeypatch.setattr(type(home.service), "requests", later)
    answer = client.get("/api/v1/requests")
    assert (answer.status_code, answer.json()["code"]) == (429, "too-many-calls")
    assert answer.headers["retry-after"] == "7200"
