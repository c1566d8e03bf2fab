from __future__ import annotations

import hashlib
import re
from ipaddress import ip_network
from pathlib import Path

import pytest
import sqlalchemy as sa

from actions.people import create_person
from store.tables import AUDIT, SESSION
from tests.web.clients import TestClient
from tests.web.house import ADMIN, LIMITS, Installation, install
from web.app import make_app
from web.pace import Pace

PASSWORD = "correct horse battery"
HERE = {"Origin": "http://testserver"}
BEHIND_A_PROXY = LIMITS.model_copy(update={"trusted_proxies": (ip_network("10.0.0.0/8"),)})


@pytest.fixture
def house(tmp_path: Path) -> Installation:
    house = install(tmp_path)
    for name, role, office in (("ana", "supervisor", None), ("office", "provider-office", "o1")):
        create_person(house.service.database, ADMIN, name=name, role=role, office=office, password=PASSWORD)
    return house


def browser(house: Installation) -> TestClient:
    return TestClient(house.app, headers={"Accept": "text/html"}, follow_redirects=False)


def sign_in(client: TestClient, name: str = "ana", password: str = PASSWORD, **others: str) -> int:
    data = {"name": name, "password": password, **others}
    return int(client.post("/sign-in", data=data, headers=HERE).status_code)


def form_token(client: TestClient, path: str = "/upload") -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', client.get(path).text)
    assert found is not None
    return found[1]


def test_whoever_is_not_signed_in_is_asked_to(house: Installation) -> None:
    client = browser(house)
    answer = client.get("/submissions")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/submissions")
    assert "Sign in" in client.get(answer.headers["location"]).text


def test_a_session_begins_and_ends(house: Installation) -> None:
    client = browser(house)
    answer = client.post("/sign-in", data={"name": " Ana ", "password": PASSWORD, "next": "/upload"}, headers=HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/upload")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    page = client.get("/submissions")
    assert page.status_code == 200
    assert "ana" in page.text
    kept = dict(client.cookies)
    out = client.post("/sign-out", data={"form_token": form_token(client)}, headers=HERE)
    assert out.headers["location"] == "/sign-in"
    client.cookies.update(kept)
    assert client.get("/submissions").status_code == 303


def test_by_https_the_cookie_is_kept_to_this_host(house: Installation) -> None:
    client = TestClient(
        make_app(house.service, LIMITS.model_copy(update={"secure": True})), base_url="https://testserver"
    )
    headers = {"Origin": "https://testserver"}
    answer = client.post(
        "/sign-in", data={"name": "ana", "password": PASSWORD}, headers=headers, follow_redirects=False
    )
    assert answer.headers["set-cookie"].startswith("__Host-dossier=")
    assert "Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize(("name", "password"), [("ana", "wrong"), ("nobody", PASSWORD), ("", ""), ("ana", "")])
def test_what_does_not_belong_together_says_the_same(house: Installation, name: str, password: str) -> None:
    client = browser(house)
    answer = client.post("/sign-in", data={"name": name, "password": password}, headers=HERE)
    assert answer.status_code == 401
    assert "The name and the password do not belong together" in answer.text
    assert f'value="{name}"' in answer.text
    assert "set-cookie" not in answer.headers


def test_ten_failures_keep_even_the_right_password_out(house: Installation) -> None:
    client = browser(house)
    assert [sign_in(client, password=f"wrong {n}") for n in range(10)] == [401] * 10
    assert sign_in(client) == 401
    assert sign_in(client, "office") == 303
    with house.service.database.read() as connection:
        told = connection.execute(sa.select(AUDIT.c.outcome).where(AUDIT.c.action == "session.begin")).scalars().all()
    assert told == ["refused"] * 10 + ["locked", "done"]


def test_signing_in_again_ends_the_earlier_session(house: Installation) -> None:
    client = browser(house)
    sign_in(client)
    first = dict(client.cookies)
    sign_in(client)
    assert dict(client.cookies) != first
    with house.service.database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).where(SESSION.c.ended_at.is_(None))).scalar() == 1


@pytest.mark.parametrize(
    "place", ["https://evil.example.org", "//evil.example.org", "/\\evil", "javascript:alert(1)", "/a?b"]
)
def test_nobody_is_sent_elsewhere(house: Installation, place: str) -> None:
    client = browser(house)
    answer = client.post("/sign-in", data={"name": "ana", "password": PASSWORD, "next": place}, headers=HERE)
    assert answer.headers["location"] == "/submissions"
    assert "evil" not in client.get("/sign-in", params={"next": place}).text


@pytest.mark.parametrize("origin", [{"Origin": "https://evil.example.org"}, {"Origin": "null"}, {}])
def test_only_pages_of_ours_may_send_forms(house: Installation, origin: dict[str, str]) -> None:
    client = browser(house)
    assert client.post("/sign-in", data={"name": "ana", "password": PASSWORD}, headers=origin).status_code == 403
    sign_in(client)
    token = form_token(client)
    assert client.post("/sign-out", data={"form_token": token}, headers=origin).status_code == 403
    files = [("files", ("a.pdf", b"x"))]
    assert client.post("/upload", data={"form_token": token}, files=files, headers=origin).status_code == 403
    answer = client.post("/api/v1/requests/search", json={"name": "x"}, headers={**origin, "X-Form-Token": token})
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong-origin")


@pytest.mark.parametrize("token", ["", "another", "é"])
def test_a_form_needs_the_token_of_its_session(house: Installation, token: str) -> None:
    client = browser(house)
    sign_in(client)
    files = [("files", ("a.pdf", b"x"))]
    assert client.post("/upload", data={"form_token": token}, files=files, headers=HERE).status_code == 403
    assert not list(Path(house.service.blobs.root).rglob(hashlib.sha256(b"x").hexdigest()))  # type: ignore[attr-defined]
    assert client.post("/sign-out", data={"form_token": token}, headers=HERE).status_code == 403
    headers = {"Origin": HERE["Origin"].encode(), "X-Form-Token": token.encode()}
    assert client.post("/api/v1/requests/search", json={"name": "x"}, headers=headers).status_code == 403
    assert client.post("/api/v1/requests/search", json={"name": "x"}, headers=HERE).status_code == 403
    right = {**HERE, "X-Form-Token": form_token(client)}
    assert client.post("/api/v1/requests/search", json={"name": "x"}, headers=right).status_code == 200


def test_too_many_attempts_from_one_address_have_to_wait(house: Installation) -> None:
    client = browser(house)
    house.app.state.front.doors = Pace(0.001, 3)
    told = [sign_in(client, f"nobody{n}", "x") for n in range(5)]
    assert told == [401] * 3 + [429] * 2


def test_the_first_page_is_the_list(house: Installation) -> None:
    assert browser(house).get("/").headers["location"] == "/submissions"


def test_an_office_sees_its_own_side_only(house: Installation) -> None:
    client = browser(house)
    sign_in(client, "office")
    text = client.get("/submissions").text
    assert "Nothing has come in yet" in text
    assert client.get("/upload").status_code == 200


def attacked(house: Installation, name: str = "ana") -> None:
    """Ten wrong passwords, from elsewhere."""
    client = browser(house)
    assert [sign_in(client, name, f"wrong {n}") for n in range(10)] == [401] * 10


def test_strangers_keep_nobody_out_of_a_browser_that_is_known(house: Installation) -> None:
    own, other = browser(house), browser(house)
    assert sign_in(own) == 303
    own.post("/sign-out", data={"form_token": form_token(own)}, headers=HERE)
    assert "dossier-browser" in own.cookies
    attacked(house)
    assert sign_in(other) == 401
    assert sign_in(own, password="wrong") == 401
    assert sign_in(own) == 303


def test_what_a_browser_is_known_by_is_of_one_person_and_opens_nothing(house: Installation) -> None:
    client = browser(house)
    answer = client.post("/sign-in", data={"name": "ana", "password": PASSWORD}, headers=HERE)
    session, mark = answer.headers.get_list("set-cookie")
    assert mark.startswith("dossier-browser=")
    assert {"HttpOnly", "SameSite=strict", "Max-Age=7776000"} <= set(mark.split("; "))
    value = client.cookies["dossier-browser"]
    assert value not in session
    stranger = browser(house)
    stranger.cookies.set("dossier", value)
    assert stranger.get("/submissions").status_code == 303
    attacked(house, "office")
    stranger.cookies.set("dossier-browser", value)
    assert sign_in(stranger, "office") == 401
    stranger.cookies.set("dossier-browser", "0" * 64)
    assert sign_in(stranger, "office") == 401


def test_one_name_is_not_tried_for_ever_however_many_addresses_it_is_tried_from(house: Installation) -> None:
    app = make_app(house.service, BEHIND_A_PROXY)
    told = []
    for n in range(25):
        client = TestClient(app, client=("10.0.0.1", 1), follow_redirects=False)
        headers = {**HERE, "X-Forwarded-For": f"198.51.100.{n}"}
        told.append(client.post("/sign-in", data={"name": "Nobody ", "password": "x"}, headers=headers))
    assert [one.status_code for one in told] == [401] * 20 + [429] * 5
    assert int(told[-1].headers["retry-after"]) > 60


def test_behind_a_trusted_proxy_each_address_has_its_own_attempts(house: Installation) -> None:
    for limits, told in ((BEHIND_A_PROXY, [401] * 5), (LIMITS, [401] * 3 + [429] * 2)):
        app = make_app(house.service, limits)
        app.state.front.doors = Pace(0.001, 3)
        client = TestClient(app, client=("10.0.0.1", 1), headers=HERE, follow_redirects=False)
        answers = [
            client.post(
                "/sign-in",
                data={"name": f"nobody{n}", "password": "x"},
                headers={"X-Forwarded-For": f"6.6.6.6, 198.51.100.{n}"},
            )
            for n in range(5)
        ]
        assert [one.status_code for one in answers] == told


def test_who_comes_by_a_known_browser_does_not_wait_for_others_of_the_address(house: Installation) -> None:
    own = browser(house)
    assert sign_in(own) == 303
    own.post("/sign-out", data={"form_token": form_token(own)}, headers=HERE)
    house.app.state.front.doors = Pace(0.001, 3)
    assert [sign_in(browser(house), f"nobody{n}", "x") for n in range(4)] == [401] * 3 + [429]
    assert sign_in(own) == 303


@pytest.mark.parametrize(("peer", "status"), [("10.0.0.1", 401), ("192.0.2.1", 403)])
def test_a_trusted_proxy_says_that_the_browser_came_by_https(house: Installation, peer: str, status: int) -> None:
    app = make_app(house.service, BEHIND_A_PROXY)
    client = TestClient(app, client=(peer, 1), follow_redirects=False)
    headers = {"Origin": HERE["Origin"].replace("http:", "https:"), "X-Forwarded-Proto": "https"}
    answer = client.post("/sign-in", data={"name": "nobody", "password": "x"}, headers=headers)
    assert answer.status_code == status
