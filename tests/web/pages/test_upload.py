from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from actions.people import create_person
from actions.receive import Inbox
from store.quota import Quota
from tests.web.clients import TestClient
from tests.web.house import ADMIN, Installation, install
from tests.web.pages.test_sessions import HERE, PASSWORD, browser, form_token, sign_in


@pytest.fixture
def house(tmp_path: Path) -> Installation:
    house = install(tmp_path, payers=["us-commercial", "hk-insurer"])
    create_person(house.service.database, ADMIN, name="ana", role="intake", office=None, password=PASSWORD)
    return house


@pytest.fixture
def client(house: Installation) -> TestClient:
    client = browser(house)
    sign_in(client)
    return client


def test_the_form_offers_the_payers_and_says_the_limits(client: TestClient) -> None:
    text = client.get("/upload").text
    assert "<option>hk-insurer</option>" in text
    assert "up to 200 files of 100 MB each" in text


def test_sent_files_are_received_with_a_receipt(client: TestClient) -> None:
    data = {"form_token": form_token(client), "payer": "", "request_id": "", "note": "urgent <b>", "form_key": "0" * 32}
    files = [("files", ("a.pdf", b"one")), ("files", ("b.pdf", b"two"))]
    answer = client.post("/upload", data=data, files=files, headers=HERE)
    assert answer.status_code == 303
    assert re.fullmatch(r"/submissions/[0-9a-f]{32}\?received=1", answer.headers["location"])
    text = client.get(answer.headers["location"]).text
    assert "2 files are stored safely under the number" in text
    assert "urgent &lt;b&gt;" in text
    # Pressed twice, it counts once.
    again = client.post("/upload", data=data, files=files, headers=HERE)
    assert again.headers["location"] == answer.headers["location"]


@pytest.mark.parametrize("most", [3, 3_000_000])
def test_a_form_that_was_accepted_may_come_again_though_the_quota_does_not_bear_it(tmp_path: Path, most: int) -> None:
    # The second of these quotas is not spent by it: the form alone tells that it is larger than what is left.
    house = install(tmp_path, quota=Quota(bytes=most))
    create_person(house.service.database, ADMIN, name="ana", role="intake", office=None, password=PASSWORD)
    client = browser(house)
    sign_in(client)
    answers = []
    for form_key in ("0" * 32, "0" * 32, "1" * 32):
        data = {"form_token": form_token(client), "form_key": form_key}
        files = [("files", ("a.pdf", form_key[:1].encode() * (2_500_000 if most > 3 else 3)))]
        answers.append(client.post("/upload", data=data, files=files, headers=HERE))
    assert [one.status_code for one in answers] == [303, 303, 429]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert "more than is taken from this sender on one day" in answers[2].text
    assert 0 < int(answers[2].headers["retry-after"]) <= 86_401
    assert kept(tmp_path) == 1


def test_of_a_form_that_is_not_of_this_session_nothing_is_stored(house: Installation, tmp_path: Path) -> None:
    client = browser(house)
    sign_in(client)
    answer = client.post("/upload", data={"form_token": "0"}, files=[("files", ("a.pdf", b"x"))], headers=HERE)
    assert (answer.status_code, kept(tmp_path)) == (403, 0)


def kept(folder: Path) -> int:
    return sum(len(path.name) == 64 for path in (folder / "blobs").rglob("*"))


def test_nothing_chosen_is_said_in_a_sentence(client: TestClient) -> None:
    token = form_token(client)
    parts = [f'form-data; name="form_token"\r\n\r\n{token}', 'form-data; name="files"; filename=""\r\n\r\n']
    body = "".join(f"--b\r\nContent-Disposition: {part}\r\n" for part in parts) + "--b--\r\n"
    headers = {**HERE, "Content-Type": "multipart/form-data; boundary=b"}
    answer = client.post("/upload", content=body, headers=headers)
    assert answer.status_code == 422
    assert "There is no file." in answer.text


def test_a_form_is_looked_at_once_however_many_files_it_has(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    looks, real = [], Inbox.check

    def check(box: Inbox, *given: Any, **told: Any) -> None:
        looks.append(given)
        real(box, *given, **told)

    monkeypatch.setattr(Inbox, "check", check)
    data = {"form_token": form_token(client), "form_key": "0" * 32}
    files = [("files", (f"{n}.pdf", b"x")) for n in range(5)]
    assert client.post("/upload", data=data, files=files, headers=HERE).status_code == 303
    assert len(looks) == 1


def test_a_key_of_a_machine_cannot_send_forms(house: Installation) -> None:
    answer = house.client("intake").post("/upload", files=[("files", ("a.pdf", b"x"))])
    assert answer.status_code == 401


def test_those_who_may_not_send_see_no_form(house: Installation) -> None:
    assert house.client("auditor").get("/upload").status_code == 403
