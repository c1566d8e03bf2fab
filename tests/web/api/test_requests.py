from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from models.access import FULL_IDENTIFIERS
from models.principal import Principal
from models.request import AuthorizationRequest
from store.tables import AUDIT, OUTBOX
from tests.web.clients import TestClient
from tests.web.house import Installation, Papers, form, install

WHO = Principal("main", "key:1", "intake")
BIRTH: dict[str, Any] = {"path": "/patient/birth_date", "value": "1960-05-13", "kind": "correct_reading"}


@pytest.fixture
def house(tmp_path: Path) -> Installation:
    return install(tmp_path)


@pytest.fixture
def own(house: Installation) -> Papers:
    """Papers that a test may change."""
    return house.paper(WHO, form("Jane Sample"))


def patch(client: TestClient, own: Papers, *changes: dict[str, Any], etag: str | None = '"1"') -> Any:
    headers = {"If-Match": etag} if etag else {}
    return client.patch(f"/api/v1/requests/{own.request}", json={"changes": changes}, headers=headers)


def test_a_request_is_the_native_one_with_keys_and_a_tag(home: Installation, papers: Papers) -> None:
    answer = home.client("processor").get(f"/api/v1/requests/{papers.request}")
    told = answer.json()
    assert answer.headers["etag"] == '"1"'
    assert [document.pop("key") for document in told["documents"]] == [papers.document]
    assert AuthorizationRequest.model_validate_json(json.dumps(told)).patient.name.full is not None


def test_lists_say_no_word_of_a_request_and_filter(home: Installation, everything: dict[str, Papers]) -> None:
    client = home.client("processor")
    items = client.get("/api/v1/requests?limit=200").json()["items"]
    assert {item["id"] for item in items} == {everything[owner].request for owner in ("staff", "o1", "o2")}
    assert set(items[0]) == {"id", "status", "version", "payer", "received_at", "due_at"}
    assert client.get("/api/v1/requests?status=ready").json() == {"items": [], "next": None}
    assert client.get("/api/v1/requests?payer=nobody").json()["items"] == []
    assert client.get("/api/v1/requests?status=denied").status_code == 422


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({"name": "quillFEATHER zuz"}, True), ({"member_id": "canarystaff7"}, True),
        ({"birth_date": "1960-05-12"}, True),
        ({"name": "quillfeather", "birth_date": "1999-01-01"}, False), ({"name": "quill%"}, False),
        ({"name": "'; drop table request --"}, False),
    ],
)  # fmt: skip
def test_a_search_finds_patients(
    home: Installation, papers: Papers, search: dict[str, str], *, found: bool
) -> None:  # fmt: skip
    answer = home.client("processor").post("/api/v1/requests/search", json=search)
    assert (papers.request in {item["id"] for item in answer.json()["items"]}) is found


@pytest.mark.parametrize(
    "search", [{}, {"name": ""}, {"name": None}, {"birth_date": "12.5.1960"}, {"birth_date": "1960-02-31"},
               {"name": "x", "tenant": "other"}, {"name": "x", "limit": "5"}, {"name": "x", "limit": 201}, []],
)  # fmt: skip
def test_a_search_that_cannot_be(home: Installation, search: Any) -> None:
    assert home.client("processor").post("/api/v1/requests/search", json=search).status_code == 422


def test_a_change_needs_the_version_that_was_looked_at(house: Installation, own: Papers) -> None:
    client = house.client("processor")
    assert patch(client, own, BIRTH, etag=None).json()["code"] == "precondition-required"
    assert patch(client, own, BIRTH, etag='W/"1"').json()["code"] == "invalid"
    assert patch(client, own, BIRTH, etag='"7"').json()["code"] == "changed"
    first = patch(client, own, BIRTH)
    assert (first.status_code, first.headers["etag"], first.json()["state"]) == (202, '"2"', "queued")
    assert patch(client, own, BIRTH).json()["code"] == "changed"
    while house.worker.once():
        pass
    told = client.get(f"/api/v1/requests/{own.request}")
    leaf = told.json()["patient"]["birth_date"]
    assert (leaf["value"], leaf["confirmed_by"].split(":")[0]) == ("1960-05-13", "key")
    assert told.headers["etag"] == '"2"'


@pytest.mark.parametrize(
    "change",
    [
        {**BIRTH, "path": "/status", "value": "ready"}, {**BIRTH, "path": "/id"}, {**BIRTH, "path": "/coverage/match"},
        {**BIRTH, "path": "/documents/0/sha256"}, {**BIRTH, "path": "/findings/0/verdict", "value": "met"},
        {**BIRTH, "path": "/patient/birth_date/confidence", "value": 1.0}, {**BIRTH, "value": "yesterday"},
        {**BIRTH, "kind": "provider_change"}, {**BIRTH, "document": "d9"},
    ],
)  # fmt: skip
def test_what_follows_from_the_pages_cannot_be_changed(
    home: Installation, papers: Papers, change: dict[str, Any]
) -> None:
    answer = patch(home.client("processor"), papers, change)
    assert (answer.status_code, answer.json()["code"]) == (400, "usage-error")


@pytest.mark.parametrize(
    "body",
    [
        {"changes": [{**BIRTH, "made_by": "person:boss"}]}, {"changes": [BIRTH], "version": 1, "status": "ready"},
        {"changes": [{**BIRTH, "tenant": "other"}]}, {"changes": []}, {"changes": [{**BIRTH, "kind": "approve"}]},
        {"changes": [{**BIRTH, "confirmed_by": "me"}]}, {"changes": BIRTH},
    ],
)  # fmt: skip
def test_nothing_can_be_assigned_beside_what_is_asked_for(home: Installation, papers: Papers, body: Any) -> None:
    client = home.client("processor")
    answer = client.patch(f"/api/v1/requests/{papers.request}", json=body, headers={"If-Match": '"1"'})
    assert answer.status_code == 422


def test_a_change_by_the_provider_names_its_document(house: Installation, own: Papers) -> None:
    change = {**BIRTH, "kind": "provider_change", "document": own.document}
    assert patch(house.client("processor"), own, change).status_code == 202


def test_numbers_that_people_typed_are_masked_but_for_who_may_see_them(house: Installation, own: Papers) -> None:
    change = {"path": "/urgency_reason", "value": "HKID A123456(3), SSN 536-90-4399", "kind": "correct_reading"}
    assert patch(house.client("processor"), own, change).status_code == 202
    while house.worker.once():
        pass
    full = house.client("processor", scopes=frozenset({FULL_IDENTIFIERS}))
    seen = [
        client.get(f"/api/v1/requests/{own.request}").json()["urgency_reason"]["value"]
        for client in (house.client("processor"), full)
    ]
    assert seen == ["HKID A123***(*), SSN ***-**-4399", "HKID A123456(3), SSN 536-90-4399"]
    native = house.client("processor").get(f"/api/v1/requests/{own.request}/formats/native")
    assert "536-90" not in native.text


@pytest.mark.parametrize(
    ("name", "media_type", "starts"),
    [
        ("native", "application/json", b"{"), ("html", "text/html; charset=utf-8", b"<!doctype html>"),
        ("summary", "application/pdf", b"%PDF"), ("letter", "application/pdf", b"%PDF"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ],
)  # fmt: skip
def test_the_formats(home: Installation, papers: Papers, name: str, media_type: str, starts: bytes) -> None:
    answer = home.client("processor").get(f"/api/v1/requests/{papers.request}/formats/{name}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert answer.content.lstrip().startswith(starts)
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="{papers.request}-{name}.')
    if name == "html":
        assert "sandbox allow-scripts" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("name", ["fhir-pas", "nothing", "x12-278"])
def test_formats_that_are_not_there(home: Installation, papers: Papers, name: str) -> None:
    answer = home.client("processor").get(f"/api/v1/requests/{papers.request}/formats/{name}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_what_is_missing_is_asked_for_once(house: Installation, own: Papers) -> None:
    client = house.client("processor")
    items = client.get(f"/api/v1/requests/{own.request}/missing").json()["items"]
    assert items[0]["ask"]
    wanted = {"channel": "fax", "language": "en", "due_on": "2026-12-01", "items": [items[0]["id"]]}
    path = f"/api/v1/requests/{own.request}/missing/requests"
    one, two = (client.post(path, json=wanted) for _ in range(2))
    assert (one.status_code, one.json()["state"]) == (202, "queued")
    assert one.json() == two.json()
    with house.service.database.read() as connection:
        rows = connection.execute(sa.select(OUTBOX).where(OUTBOX.c.kind == "missing.request")).all()
    (row,) = rows
    assert (row.id, row.subject, row.state) == (one.json()["id"], own.request, "ready")
    assert json.loads(row.body)["items"] == [items[0]["id"]]


@pytest.mark.parametrize(
    "change", [{"items": []}, {"items": ["nothing"]}, {"channel": "pigeon"}, {"due_on": "soon"}, {"language": "x"},
               {"to": "+1 512 555 0199"}],
)  # fmt: skip
def test_questions_that_cannot_be_asked(home: Installation, papers: Papers, change: dict[str, Any]) -> None:
    wanted = {"channel": "fax", "language": "en", "due_on": "2026-12-01", "items": ["x"], **change}
    answer = home.client("processor").post(f"/api/v1/requests/{papers.request}/missing/requests", json=wanted)
    assert answer.status_code in {400, 422}


def test_every_look_at_a_patient_is_told_to_the_audit(house: Installation, own: Papers) -> None:
    client = house.client("processor")
    base = f"/api/v1/requests/{own.request}"
    client.get(base)
    client.get(f"{base}/formats/native")
    client.get(f"{base}/missing")
    client.post("/api/v1/requests/search", json={"name": "sample"})
    client.get(f"/api/v1/documents/{own.document}/pages/1.png")
    client.get(f"/api/v1/documents/{own.document}/pages/1/words")
    house.client("admin").get(base)
    with house.service.database.read() as connection:
        rows = connection.execute(sa.select(AUDIT).order_by(AUDIT.c.number.desc()).limit(8)).all()
    told = [(row.action, row.subject, row.outcome) for row in rows][::-1]
    assert told == [
        ("request.read", own.request, "done"),
        ("request.format", own.request, "done"),
        ("missing.read", own.request, "done"),
        ("request.search", "-", "done"),
        ("page.image", f"{own.document}/1", "done"),
        ("page.words", f"{own.document}/1", "done"),
        ("key.create", rows[1].subject, "done"),
        ("request.read", "-", "refused"),
    ]
    assert rows[0].at <= dt.datetime.now(dt.UTC).timestamp() + 1
