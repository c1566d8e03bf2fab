from __future__ import annotations

import pytest

from tests.web.clients import TestClient
from tests.web.house import LIMITS, Installation
from web.app import make_app
from web.limits import Limits


def test_two_applications_have_nothing_to_do_with_one_another(home: Installation) -> None:
    one, two = make_app(home.service, LIMITS), make_app(home.service, Limits(open_metrics=True))
    assert TestClient(one).get("/metrics").status_code == 401
    assert TestClient(two).get("/metrics").status_code == 200
    assert one.state.front.meters is not two.state.front.meters


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/api/v1/", "/static/", "/static/../app.py"])
def test_nothing_is_served_that_is_not_meant_to_be(home: Installation, path: str) -> None:
    assert home.client("supervisor").get(path).status_code == 404


def test_the_style_is_served_as_what_it_is(home: Installation) -> None:
    answer = home.with_key(None).get("/static/dossier.css")
    assert answer.headers["content-type"].startswith("text/css")
    assert len(answer.content) < 16_000
