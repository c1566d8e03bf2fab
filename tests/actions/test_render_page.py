"""What looking at pages costs: how often a file is opened, and what is asked of the sandbox."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import sandbox
from actions import render_page
from actions.drawing import Busy, Looking
from actions.pictures import picture_of
from actions.render_page import PageRoom
from models.parsed import ParsedFile, RejectedFile
from models.principal import Principal
from models.problem import NotFound
from store.repository import Repository, StoredDocument
from tests.actions import papers
from tests.web.house import Installation, Papers, install

WHO = Principal("main", "key:1", "supervisor")


@dataclass(frozen=True)
class Read:
    """A document of four pages, and a mail with two of them."""

    house: Installation
    four: Papers
    mail: Papers

    def room(self, folder: Path, **looking: Any) -> PageRoom:
        return PageRoom(self.house.service.blobs, self.house.worker.means, folder, Looking(**looking))

    def document(self, key: str) -> StoredDocument:
        return Repository(self.house.service.database, WHO).document(key)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    house = install(tmp_path_factory.mktemp("read"))
    four = papers.pdf(papers.form(), papers.note(), papers.note(), papers.note())
    both = papers.mail("Please see.", ("note.pdf", papers.pdf(papers.note())), ("form.pdf", papers.pdf(papers.form())))
    who = Principal("main", "key:1", "intake")
    return Read(house, house.paper(who, four), house.paper(who, both, "a.eml"))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, int]]:
    """What each sandbox was asked for."""
    told, real = list[dict[str, int]](), sandbox.open_file

    def open_file(*given: Any, wanted: dict[str, int], **more: Any) -> Iterator[ParsedFile | RejectedFile]:
        told.append(wanted)
        return real(*given, wanted=wanted, **more)

    monkeypatch.setattr(sandbox, "open_file", open_file)
    return told


def test_pages_of_a_document_are_drawn_in_one_go(read: Read, opened: list[dict[str, int]], tmp_path: Path) -> None:
    room, document = read.room(tmp_path), read.document(read.four.document)
    pictures = room.pictures(document, {1, 2, 3, 4, 9})
    assert sorted(pictures) == [1, 2, 3, 4]
    assert opened == [{document.path: 1}]
    assert room.image(document, 3) == pictures[3].png
    assert room.pictures(document, {2, 4}) == {number: pictures[number] for number in (2, 4)}
    assert len(opened) == 1


def test_only_what_is_wanted_is_drawn(read: Read, opened: list[dict[str, int]], tmp_path: Path) -> None:
    room, document = read.room(tmp_path), read.document(read.four.document)
    room.image(document, 3)
    assert opened == [{document.path: 3}]
    assert [path.name for path in tmp_path.glob("*/*/*")] == ["3.png"]
    assert sorted(room.pictures(document, {2, 3, 4})) == [2, 3, 4]
    assert opened[1:] == [{document.path: 2}]


def test_the_sheet_of_a_request_opens_each_file_once(
    read: Read, opened: list[dict[str, int]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    service = read.house.service
    monkeypatch.setattr(service.pages, "_drawn", read.room(tmp_path)._drawn)
    for _ in range(2):
        html = service.formatted(WHO, read.four.request, "html").content
        assert html.count(b"data:image/png") >= 4
    assert len(opened) == 1


def test_pages_without_room_to_be_kept_are_shown_all_the_same(
    read: Read, opened: list[dict[str, int]], tmp_path: Path
) -> None:  # fmt: skip
    room, document = read.room(tmp_path, kept_bytes=0), read.document(read.four.document)
    assert sorted(room.pictures(document, {1, 2, 3, 4})) == [1, 2, 3, 4]
    assert room.image(document, 1).startswith(b"\x89PNG")
    assert len(opened) == 2


def test_those_who_want_the_same_page_at_once_have_it_drawn_once(
    read: Read, opened: list[dict[str, int]], tmp_path: Path
) -> None:  # fmt: skip
    room, document = read.room(tmp_path), read.document(read.four.document)
    got = list[bytes]()
    viewers = [threading.Thread(target=lambda: got.append(room.image(document, 2))) for _ in range(6)]
    for viewer in viewers:
        viewer.start()
    for viewer in viewers:
        viewer.join()
    assert len(got) == 6
    assert len(set(got)) == 1
    assert len(opened) == 1


def test_a_burst_of_viewers_is_told_to_come_again(read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house, room = read.house, read.room(tmp_path, sandboxes=1, waiting=0)
    document = read.document(read.four.document)
    with room._desk.turn("another", lambda: False, who="other"), pytest.raises(Busy):
        room.image(document, 1)
    monkeypatch.setattr(house.service.pages, "_desk", room._desk)
    monkeypatch.setattr(house.service.pages, "_drawn", room._drawn)
    path = f"/api/v1/documents/{read.four.document}/pages/1.png"
    with room._desk.turn("another", lambda: False, who="other"):
        answer = house.client("processor").get(path)
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "busy", "5")
    assert house.client("processor").get(path).status_code == 200


def test_of_a_mail_only_the_document_is_opened(read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = read.room(tmp_path)
    told = read.house.service.submission(WHO, read.mail.submission)
    keys = dict.fromkeys(page["document"] for page in told["files"][0]["pages"])
    document = next(one for one in map(read.document, keys) if one.path.endswith("2/form.pdf"))
    seen, real = list[str](), sandbox.open_file

    def open_file(*given: Any, **more: Any) -> Iterator[ParsedFile | RejectedFile]:
        for leaf in real(*given, **more):
            seen.append(leaf.path)
            yield leaf

    monkeypatch.setattr(sandbox, "open_file", open_file)
    assert room.image(document, 1).startswith(b"\x89PNG")
    assert seen == ["a.eml", "a.eml/2/form.pdf"]


def test_many_pages_are_drawn_in_slices(
    read: Read, opened: list[dict[str, int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render_page, "_MOST_PAGES", 3)
    room, document = read.room(tmp_path), read.document(read.four.document)
    assert sorted(room.pictures(document, {1, 2, 3, 4})) == [1, 2, 3, 4]
    assert opened == [{document.path: 1}, {document.path: 4}]


def test_a_page_that_cannot_be_drawn_is_not_tried_at_each_view(
    read: Read, opened: list[dict[str, int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, document = read.room(tmp_path), read.document(read.four.document)
    monkeypatch.setattr(
        render_page,
        "picture_of",
        lambda parsed, *rest, **more: parsed.number != 2 and picture_of(parsed, *rest, **more),
    )
    for _ in range(3):
        assert sorted(room.pictures(document, {1, 2, 3})) == [1, 3]
        with pytest.raises(NotFound, match="could not be drawn"):
            room.image(document, 2)
    assert len(opened) == 1
    later = time.monotonic() + 301
    monkeypatch.setattr(render_page, "picture_of", picture_of)
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert room.image(document, 2).startswith(b"\x89PNG")
