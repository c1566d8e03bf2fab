from __future__ import annotations

import pytest
from starlette.requests import Request

from tests.web.house import LIMITS, Installation
from web.front import Front, check_origin, key_of, new_front
from web.problems import Refusal


def called(home: Installation, method: str = "GET", scheme: str = "http", **headers: str) -> Request:
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http", "method": method, "path": "/", "query_string": b"", "headers": told, "app": home.app,
        "scheme": scheme, "server": ("dossier.example.org", 80), "state": {},
    }  # fmt: skip
    return Request(scope)


def front(home: Installation, *, secure: bool = False) -> Front:
    return new_front(home.service, LIMITS.model_copy(update={"secure": secure}))


@pytest.mark.parametrize(
    ("header", "key"),
    [("Bearer dsk_x", "dsk_x"), ("bearer  dsk_x ", "dsk_x"), ("Basic dsk_x", None), ("Bearer", None), ("", None)],
)
def test_the_key_of_a_call(home: Installation, header: str, key: str | None) -> None:
    assert key_of(called(home, authorization=header)) == key


@pytest.mark.parametrize(
    ("secure", "headers", "good"),
    [
        (False, {"origin": "http://dossier.example.org"}, True),
        (False, {"origin": "https://dossier.example.org"}, False),
        (True, {"origin": "https://dossier.example.org"}, True),
        (True, {"origin": "http://dossier.example.org"}, False),
        (False, {"origin": "http://dossier.example.org.evil.example.org"}, False),
        (False, {"origin": "http://dossier.example.org:8080"}, False),
        (False, {"origin": "null"}, False),
        (False, {}, False),
        (False, {"sec_fetch_site": "same-origin"}, True),
        (False, {"sec_fetch_site": "cross-site"}, False),
    ],
)
def test_where_a_form_may_come_from(home: Installation, secure: bool, headers: dict[str, str], *, good: bool) -> None:
    request = called(home, "POST", host="dossier.example.org", **headers)
    if good:
        check_origin(front(home, secure=secure), request)
        return
    with pytest.raises(Refusal, match="wrong-origin"):
        check_origin(front(home, secure=secure), request)


def test_a_cookie_by_https_has_the_name_that_keeps_it_to_this_host(home: Installation) -> None:
    assert front(home, secure=True).cookie == "__Host-dossier"
    assert front(home).cookie == "dossier"
