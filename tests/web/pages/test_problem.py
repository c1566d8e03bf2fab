from __future__ import annotations

import pytest

from tests.web.house import Installation


@pytest.mark.parametrize("path", ["/nowhere", "/submissions/none", "/requests/none", "/static/nothing.css"])
def test_browsers_get_a_page_and_machines_a_problem(home: Installation, path: str) -> None:
    client = home.client("supervisor")
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "There is nothing here" in page.text
    assert page.headers["x-request-id"] in page.text
    assert client.get(path).json()["code"] == "not-found"


def test_the_api_answers_browsers_as_it_does_machines(home: Installation) -> None:
    answer = home.client("supervisor").get("/api/v1/requests/none", headers={"Accept": "text/html"})
    assert answer.headers["content-type"] == "application/problem+json"
