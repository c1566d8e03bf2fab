from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.arrival import Arrival
from models.principal import Principal
from tests.web.house import LIMITS, Installation, Papers, form, install
from web.limits import Limits

WHO = Principal("main", "key:1", "intake")


def events(text: str) -> list[tuple[str, dict]]:  # type: ignore[type-arg]
    blocks = [block.split("\n") for block in text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def waiting(house: Installation) -> str:
    """A submission that nobody works on."""
    box = house.service.inbox
    return box.accept(Arrival("api", "a", (box.store(WHO, "a.pdf", [form()]),)), WHO).submission


def test_a_submission_is_as_the_contract_says(home: Installation, papers: Papers) -> None:
    told = home.client("processor").get(f"/api/v1/submissions/{papers.submission}").json()
    (file,) = told["files"]
    assert {"path", "sha256", "size", "media_type", "state", "code", "pages"} == set(file)
    assert (told["state"], file["state"], file["media_type"]) == ("done", "read", "application/pdf")
    assert file["pages"] == [{"document": papers.document, "page": 1, "state": "request", "request": papers.request}]
    assert told["requests"] == [papers.request]
    assert told["received_at"].endswith("Z")


def test_lists_go_on_where_they_ended(tmp_path: Path) -> None:
    house = install(tmp_path)
    made = [waiting(house) for _ in range(5)]
    client, seen, cursor = house.client("auditor"), list[str](), ""
    for _ in range(3):
        part = client.get(f"/api/v1/submissions?limit=2{cursor}").json()
        seen += [item["id"] for item in part["items"]]
        cursor = f"&cursor={part['next']}"
    assert part["next"] is None
    assert seen == made[::-1]
    assert client.get("/api/v1/submissions?state=done").json()["items"] == []
    assert len(client.get("/api/v1/submissions?state=received").json()["items"]) == 5


def test_whoever_watches_sees_what_changes_until_all_is_done(tmp_path: Path) -> None:
    house = install(tmp_path, limits=Limits(calls_per_s=None, stream_s=60, tick_s=0.01))
    identifier = waiting(house)
    real, asked = house.service.progress, list[int]()

    def progress(who: Principal, one: str) -> tuple[str, dict[str, int]]:
        asked.append(1)
        if len(asked) == 2 or len(asked) == 3:
            house.worker.once()
        return real(who, one)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(house.service), "progress", lambda _, who, one: progress(who, one))
        answer = house.client("intake").get(f"/api/v1/submissions/{identifier}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    told = events(answer.text)
    assert [(name, one["state"]) for name, one in told] == [
        ("progress", "received"), ("progress", "processing"), ("done", "done"),
    ]  # fmt: skip
    assert [one["pages"] for _, one in told] == [{}, {"in_progress": 1}, {"request": 1}]
    assert [one["files"] for _, one in told] == [{"received": 1}, {"read": 1}, {"read": 1}]


def test_a_stream_has_an_end_and_there_are_only_so_many(tmp_path: Path) -> None:
    house = install(tmp_path)
    path = f"/api/v1/submissions/{waiting(house)}/events"
    client = house.client("intake")
    assert [name for name, _ in events(client.get(path).text)] == ["progress"]
    streams = house.app.state.front.streams
    assert not streams.open
    streams.open["another"] = LIMITS.streams
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "busy", "5")


def test_one_caller_watches_only_so_much(tmp_path: Path) -> None:
    house = install(tmp_path)
    path = f"/api/v1/submissions/{waiting(house)}/events"
    key = house.key("intake")
    who = house.service.caller(key)
    assert who is not None
    house.app.state.front.streams.open[who.actor] = LIMITS.streams_of_a_caller
    answer = house.with_key(key).get(path)
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (429, "too-many-calls", "1")
    assert house.client("intake").get(path).status_code == 200


def test_a_stream_ends_with_the_right_to_it(tmp_path: Path) -> None:
    house = install(tmp_path, limits=Limits(calls_per_s=None, stream_s=60, tick_s=0.01))
    client, asked = house.client("intake"), list[int]()
    path = f"/api/v1/submissions/{waiting(house)}/events"
    real = house.service.caller

    def caller(_: object, key: str) -> Principal | None:
        asked.append(1)
        return real(key) if len(asked) < 4 else None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(house.service), "caller", caller)
        assert [name for name, _ in events(client.get(path).text)] == ["progress"]
    assert len(asked) == 4
