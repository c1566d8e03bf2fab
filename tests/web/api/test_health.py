from __future__ import annotations

import pytest

from tests.web.house import Installation


def test_it_lives_and_is_ready_for_everybody(home: Installation) -> None:
    client = home.with_key(None)
    assert client.get("/healthz").json()["status"] == "ok"
    assert (client.get("/readyz").status_code, client.get("/readyz").json()["status"]) == (200, "ready")


def test_what_is_not_ready_says_so_and_when_to_come_again(home: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(home.service), "ready", lambda _: (False, "the database is not migrated"))
    answer = home.with_key(None).get("/readyz")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.json() == {"status": "not-ready", "detail": "the database is not migrated"}
