from __future__ import annotations

import re
from pathlib import Path

import pytest

from actions.people import create_person
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


def test_nothing_chosen_is_said_in_a_sentence(client: TestClient) -> None:
    token = form_token(client)
    parts = [f'form-data; name="form_token"\r\n\r\n{token}', 'form-data; name="files"; filename=""\r\n\r\n']
    body = "".join(f"--b\r\nContent-Disposition: {part}\r\n" for part in parts) + "--b--\r\n"
    headers = {**HERE, "Content-Type": "multipart/form-data; boundary=b"}
    answer = client.post("/upload", content=body, headers=headers)
    assert answer.status_code == 422
    assert "There is no file." in answer.text


def test_a_key_of_a_machine_cannot_send_forms(house: Installation) -> None:
    answer = house.client("intake").post("/upload", files=[("files", ("a.pdf", b"x"))])
    assert answer.status_code == 401


def test_those_who_may_not_send_see_no_form(house: Installation) -> None:
    assert house.client("auditor").get("/upload").status_code == 403
