from __future__ import annotations

import re

import pytest

from actions.service import Measures
from tests.web.clients import TestClient
from tests.web.house import LIMITS, Installation, Papers
from web.app import make_app
from web.meters import Meters


def test_the_gauges_are_what_the_database_says() -> None:
    work = {("read", "ready"): 3, ("assemble", "quarantined"): 1}
    told = Measures(work, 12.5, 2, {"ready": 7}, {"done": 4}, {}, 6, 700.5)
    text = Meters().text(lambda: told).decode()
    for line in (
        'dossier_queue_depth{stage="read",state="ready"} 3.0',
        'dossier_queue_depth{stage="assemble",state="quarantined"} 1.0',
        "dossier_oldest_waiting_seconds 12.5",
        "dossier_conservation_gap 2.0",
        'dossier_requests{status="ready"} 7.0',
        'dossier_submissions{state="done"} 4.0',
        "dossier_audit_unsigned_rows 6.0",
        "dossier_audit_unsigned_seconds 700.5",
    ):
        assert line in text.splitlines()


def test_the_database_is_not_asked_at_every_scrape() -> None:
    meters, asked = Meters(), []

    def measure() -> Measures:
        asked.append(1)
        return Measures({}, 0, 0, {}, {}, {}, 0, 0)

    meters.text(measure)
    meters.text(measure)
    assert len(asked) == 1


def test_metrics_tell_no_more_than_numbers(home: Installation, papers: Papers) -> None:
    client = home.client("admin")
    home.client("intake").post("/api/v1/submissions", files=[("files", ("Quillfeather.pdf", b"x"))])
    client.get(f"/api/v1/requests/{papers.request}")
    text = client.get("/metrics").text
    assert 'dossier_http_requests_total{method="GET",route="/api/v1/requests/{id}",status="403"}' in text
    assert "dossier_ack_seconds_bucket" in text
    assert "dossier_conservation_gap 0.0" in text
    # Nobody signs here: each call above is a row that waits.
    assert re.search(r"^dossier_audit_unsigned_rows [1-9]", text, re.MULTILINE)
    assert re.search(r"^dossier_audit_unsigned_seconds 0*[.\d]*[1-9]", text, re.MULTILINE)
    assert papers.request not in text
    assert "Quillfeather" not in text


@pytest.mark.parametrize(("role", "status"), [("auditor", 200), ("processor", 403), (None, 401)])
def test_metrics_need_a_right(home: Installation, role: str | None, status: int) -> None:
    client = home.client(role) if role else home.with_key(None)
    assert client.get("/metrics").status_code == status


def test_an_installation_may_open_them(home: Installation) -> None:
    client = TestClient(make_app(home.service, LIMITS.model_copy(update={"open_metrics": True})))
    assert client.get("/metrics").status_code == 200
