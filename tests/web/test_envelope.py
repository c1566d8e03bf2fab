from __future__ import annotations

import asyncio
import logging
from ipaddress import ip_network

import pytest
from starlette.types import Message

from tests.web.clients import TestClient
from tests.web.house import Installation, Papers
from web.app import make_app
from web.limits import Limits

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cache-control": "private, no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/requests", "/nowhere", "/sign-in", "/submissions"])
def test_every_answer_has_the_headers(home: Installation, path: str) -> None:
    answer = home.client("supervisor").get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "strict-transport-security" not in answer.headers


def test_by_https_browsers_are_told_to_stay_there(home: Installation) -> None:
    client = TestClient(make_app(home.service, Limits(secure=True)))
    assert "max-age=31536000" in client.get("/healthz").headers["strict-transport-security"]


def test_no_two_calls_have_the_same_id(home: Installation) -> None:
    client = home.with_key(None)
    assert len({client.get("/healthz").headers["x-request-id"] for _ in range(20)}) == 20


def test_the_log_names_routes_and_ids_never_addresses(
    home: Installation, papers: Papers, caplog: pytest.LogCaptureFixture
) -> None:
    client = home.client("supervisor")
    with caplog.at_level(logging.INFO, logger="dossier.web"):
        client.get(f"/api/v1/requests/{papers.request}?name=Quillfeather")
        client.get("/Quillfeather")
    assert "Quillfeather" not in caplog.text
    first, second = (vars(record) for record in caplog.records if hasattr(record, "route"))
    assert (first["route"], first["status"], second["route"]) == ("/api/v1/requests/{id}", 422, "none")
    assert first["actor"].startswith("key:")
    assert first["duration_ms"] >= 0


@pytest.mark.parametrize(("header", "drained"), [(b"close", 40), (b"keep-alive", 0)])
def test_whoever_is_refused_may_send_to_the_end(home: Installation, header: bytes, drained: int) -> None:
    sent: list[Message] = []
    came = 0
    headers = [(b"host", b"x"), (b"connection", header), (b"content-length", b"99999999999")]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/api/v1/submissions", "raw_path": b"/api/v1/submissions", "query_string": b"", "root_path": "",
        "headers": headers, "client": ("127.0.0.1", 1), "server": ("x", 80),
    }  # fmt: skip

    async def receive() -> Message:
        nonlocal came
        came += 1
        return {"type": "http.request", "body": b"x" * 1000, "more_body": came < 40}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(home.app(scope, receive, send))
    assert sent[0]["status"] == 413
    assert came == drained


@pytest.mark.parametrize(("peer", "warned"), [("192.0.2.1", 1), ("10.0.0.1", 0)])
def test_a_proxy_that_is_not_named_is_told_of_once(
    home: Installation, caplog: pytest.LogCaptureFixture, peer: str, warned: int
) -> None:
    app = make_app(home.service, Limits(trusted_proxies=(ip_network("10.0.0.0/8"),)))
    client = TestClient(app, client=(peer, 1))
    with caplog.at_level(logging.WARNING, logger="dossier.web"):
        for _ in range(3):
            client.get("/healthz", headers={"X-Forwarded-For": "198.51.100.7"})
    assert caplog.text.count("trusted_proxies") == warned
    assert "198.51" not in caplog.text
    assert "192.0" not in caplog.text
