from __future__ import annotations

import asyncio
import hashlib
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.types import Message, Receive

from actions.receive import Inbox
from actions.service import Service
from models.limits import UploadLimits
from store.blobs import NoSpace
from store.db import DatabaseAway
from store.quota import Quota
from store.tables import SUBMISSION
from tests.web.house import LIMITS, Installation, install
from web.limits import Limits
from web.multipart import Event
from web.pace import Pace
from web.parts import Parts

MB = 1024**2
SMALL = Limits(
    upload=UploadLimits(bytes=5 * MB, files=3, stall_s=5), file_bytes=2 * MB, body_bytes=1000, calls_per_s=None,
    stream_s=0.1, tick_s=0.01,
)  # fmt: skip
TYPE = {"Content-Type": "multipart/form-data; boundary=b"}


def bounded(**upload: Any) -> Limits:
    return Limits(upload=UploadLimits(**upload), calls_per_s=None)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install(tmp_path_factory.mktemp("small"), limits=SMALL, payers=["us-commercial"])


def send(
    house: Installation, *files: tuple[str, bytes], key: str | None = None, **data: str
) -> tuple[int, dict[str, Any]]:
    headers = {"Idempotency-Key": key} if key else {}
    with house.client("intake") as client:
        answer = client.post(
            "/api/v1/submissions", files=[("files", file) for file in files], data=data, headers=headers
        )
        return answer.status_code, answer.json()


def stream(
    house: Installation, body: Iterator[bytes], *headers: tuple[bytes, bytes], key: str | None = None
) -> tuple[int, dict[str, Any]]:
    """Send a body as a server hands it over, piece by piece: a test client would read all of it first."""

    async def receive() -> Message:
        piece = next(body, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    return called(house, receive, *headers, key=key)


def called(
    house: Installation, receive: Receive, *others: tuple[bytes, bytes], key: str | None = None
) -> tuple[int, dict[str, Any]]:
    """Upload what is received, with a key or a new one."""
    sent: list[Message] = []
    headers = [(b"authorization", f"Bearer {key or house.key('intake')}".encode()), (b"host", b"x"), *others]
    headers.append((b"content-type", b"multipart/form-data; boundary=b"))
    path = "/api/v1/submissions"
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "scheme": "http", "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("x", 80),
    }  # fmt: skip

    async def send_(message: Message) -> None:
        sent.append(message)

    asyncio.run(house.app(scope, receive, send_))
    return sent[0]["status"], json.loads(b"".join(one.get("body", b"") for one in sent[1:]))


def count(house: Installation) -> int:
    with house.service.database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(SUBMISSION)).scalar_one())


def test_a_receipt_names_every_file_with_its_digest(small: Installation) -> None:
    status, told = send(small, ("a.pdf", b"one"), ("Röntgen 二.tif", b"two" * 100_000), payer="us-commercial", note="x")
    assert status == 202
    assert set(told) == {"submission", "receipt"}
    assert set(told["receipt"]) == {"number", "received_at", "files"}
    assert told["receipt"]["files"] == [
        {"filename": "a.pdf", "sha256": hashlib.sha256(b"one").hexdigest(), "size": 3},
        {"filename": "Röntgen 二.tif", "sha256": hashlib.sha256(b"two" * 100_000).hexdigest(), "size": 300_000},
    ]
    assert told["receipt"]["received_at"].endswith("Z")
    assert small.service.blobs.get("main", told["receipt"]["files"][1]["sha256"]) == b"two" * 100_000


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "../../etc/passwd"), ("a\x01b\x1b[31m\x00.pdf", "ab[31m.pdf"),
        ("x" * 4000 + ".pdf", "x" * 496 + ".pdf"), ("\u202egpj.exe", "\u202egpj.exe"), ("😀.pdf", "😀.pdf"),
    ],
)  # fmt: skip
def test_names_are_data(small: Installation, given: str, kept: str) -> None:
    head = f'--b\r\nContent-Disposition: form-data; name="files"; filename="{given}"\r\n\r\n'.encode()
    answer = small.client("intake").post("/api/v1/submissions", content=head + b"x\r\n--b--\r\n", headers=TYPE)
    assert answer.json()["receipt"]["files"][0]["filename"] == kept


def test_the_same_key_never_makes_a_second_submission(small: Installation) -> None:
    first = send(small, ("a.pdf", b"k"), key="k-1")
    with small.client("intake") as client:
        key = {"Idempotency-Key": "k-2"}
        one, two = (
            client.post("/api/v1/submissions", files=[("files", ("a.pdf", b"k"))], headers=key) for _ in range(2)
        )
        other = client.post("/api/v1/submissions", files=[("files", ("a.pdf", b"other"))], headers=key)
    assert one.json() == two.json()
    assert ("idempotency-replayed" in one.headers, two.headers["idempotency-replayed"]) == (False, "true")
    assert (other.status_code, other.json()["code"]) == (422, "key-used-otherwise")
    # Keys of different callers have nothing to do with one another.
    assert send(small, ("a.pdf", b"other"), key="k-1")[1]["submission"] != first[1]["submission"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "malformed"),
        (b"nonsense", 400, "malformed"),
        (b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nhalf', 400, "malformed"),
        (b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nx\r\n--b', 400, "malformed"),
        (b'--b\r\nContent-Disposition: form-data; name="files"\r\n\r\nx\r\n--b--\r\n', 422, "invalid"),
        (b'--b\r\nContent-Disposition: form-data; name="role"\r\n\r\nadmin\r\n--b--\r\n', 422, "invalid"),
        (b'--b\r\nContent-Disposition: form-data; name="note"\r\n\r\nx\r\n--b--\r\n', 422, "invalid"),
        (b'--b\r\nContent-Disposition: form-data; name="form_token"\r\n\r\nx\r\n--b--\r\n', 422, "invalid"),
        (b"--b\r\n" + b"X: y\r\n" * 50 + b"\r\n\r\nx\r\n--b--\r\n", 400, "malformed"),
    ],
)
def test_bodies_that_cannot_be_taken(small: Installation, body: bytes, status: int, code: str) -> None:
    before = count(small)
    answer = small.client("intake").post("/api/v1/submissions", content=body, headers=TYPE)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert count(small) == before
    assert not list(Path(small.service.blobs.root).glob("incoming/*"))  # type: ignore[attr-defined]


def test_other_content_types_and_missing_boundaries(small: Installation) -> None:
    client = small.client("intake")
    assert client.post("/api/v1/submissions", json={}).json()["code"] == "unsupported-media-type"
    headers = {"Content-Type": "multipart/form-data"}
    assert client.post("/api/v1/submissions", content=b"x", headers=headers).json()["code"] == "malformed"


@pytest.mark.parametrize("field", [{"payer": "no such"}, {"payer": "us-comercial"}, {"request_id": "a b"}])
def test_fields_with_values_that_cannot_be(small: Installation, field: dict[str, str]) -> None:
    status, told = send(small, ("a.pdf", b"x"), **field)
    assert (status, told["errors"][0]["at"]) == (422, next(iter(field)))


@pytest.mark.parametrize(("note", "status"), [("a\r\n" * 2000, 202), ("a\n" * 2000, 202), ("a\r\n" * 2000 + "b", 422)])
def test_a_line_end_of_a_note_is_one_character(small: Installation, note: str, status: int) -> None:
    answered, told = send(small, ("a.pdf", b"x"), note=note)
    assert answered == status
    if status == 202:
        kept_as = small.client("supervisor").get(f"/api/v1/submissions/{told['submission']}").json()["note"]
        assert kept_as == "a\n" * 2000


def test_empty_fields_tell_nothing(small: Installation) -> None:
    status, told = send(small, ("a.pdf", b"x"), payer="", request_id="", note="")
    assert status == 202
    with small.service.database.read() as connection:
        row = connection.execute(sa.select(SUBMISSION).where(SUBMISSION.c.id == told["submission"])).mappings().one()
    assert (row["payer"], row["answers"], row["note"]) == (None, None, None)


def empty(many: int) -> bytes:
    """Parts as a browser sends them for fields where no file was chosen."""
    head = b'--b\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\n\r\n'
    return head * many


def test_parts_without_a_file_are_counted_and_cost_no_file(
    small: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    begun, real = [], type(small.service.blobs).writer

    def writer(blobs: Any, tenant: str) -> Any:
        begun.append(tenant)
        return real(blobs, tenant)

    monkeypatch.setattr(type(small.service.blobs), "writer", writer)
    with small.client("intake") as client:
        answers = [
            client.post("/api/v1/submissions", content=empty(many) + of_size(1), headers=TYPE) for many in (1, 3, 4, 5)
        ]
        nothing = client.post("/api/v1/submissions", content=empty(4) + b"--b--\r\n", headers=TYPE)
    assert [one.status_code for one in answers] == [202, 202, 422, 422]
    assert answers[-1].json()["detail"] == "At most 3 files can be taken at once."
    assert "There is no file." in nothing.text
    assert len(begun) == 2


def test_too_large_a_file_too_many_files_too_large_a_batch(small: Installation) -> None:
    assert send(small, ("a", b"x" * (2 * MB + 1)))[0] == 413
    assert send(small, *[(f"{n}", b"x") for n in range(4)])[0] == 422
    assert send(small, *[(f"{n}", b"x" * (2 * MB - 1)) for n in range(3)])[0] == 413


def test_a_body_that_says_it_is_too_large_is_not_read(small: Installation) -> None:
    client = small.client("intake")
    headers = {**TYPE, "Content-Length": str(50 * MB)}
    answer = client.post("/api/v1/submissions", content=b"", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    headers = {"Content-Length": "9" * 5000, "Content-Type": "application/json"}
    assert client.post("/api/v1/requests/search", content=b"", headers=headers).status_code == 413


def test_a_body_without_a_length_is_counted_while_it_comes(small: Installation) -> None:
    came = 0

    def body() -> Iterator[bytes]:
        nonlocal came
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
        for _ in range(100):
            came += 1
            yield b"x" * MB

    status, told = stream(small, body())
    assert (status, told["code"]) == (413, "too-large")
    assert came < 10
    searched = small.client("supervisor").post("/api/v1/requests/search", content=(b"x" * 600 for _ in range(9)))
    assert searched.status_code == 413


def test_a_full_disk_is_told_with_a_time_to_come_again(
    small: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    def full(_: object) -> None:
        raise NoSpace("The disk is nearly full. Nothing new is accepted until there is room again.")

    monkeypatch.setattr(type(small.service.blobs), "check", full)
    before = count(small)
    with small.client("intake") as client:
        answer = client.post("/api/v1/submissions", files=[("files", ("a", b"x"))])
        ready = client.get("/readyz")
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (507, "no-space", "60")
    assert (ready.status_code, ready.headers["retry-after"]) == (503, "5")
    assert count(small) == before


def test_nothing_is_acknowledged_before_it_is_accepted(small: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Jane Sample")

    monkeypatch.setattr(type(small.service.inbox), "accept", broken)
    answer = small.client("intake").post("/api/v1/submissions", files=[("files", ("a", b"x"))])
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "Jane" not in answer.text


def test_an_upload_never_lies_whole_in_memory(tmp_path: Path) -> None:
    house = install(tmp_path, limits=LIMITS)

    def body() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
        for _ in range(40 * 16):
            yield b"x" * (MB // 16)
        yield b"\r\n--b--\r\n"

    tracemalloc.start()
    try:
        _, told = stream(house, body())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert told["receipt"]["files"][0]["size"] == 40 * MB
    assert most < 20 * MB


def test_any_payer_is_taken_where_none_are_known(tmp_path: Path) -> None:
    home = install(tmp_path)
    assert isinstance(home.service, Service)
    assert send(home, ("a.pdf", b"x"), payer="whoever")[0] == 202


def test_who_has_sent_as_much_as_may_be_sent_on_a_day_is_told_before_a_byte_is_kept(tmp_path: Path) -> None:
    house = install(tmp_path, quota=Quota(files=1))
    with house.client("intake") as client:
        statuses = [
            client.post("/api/v1/submissions", files=[("files", (name, name.encode()))]) for name in ("a.txt", "b.txt")
        ]
    assert [one.status_code for one in statuses] == [202, 429]
    assert statuses[1].json()["code"] == "too-many-calls"
    assert 0 < int(statuses[1].headers["retry-after"]) <= 86_401
    assert len([path for path in (tmp_path / "blobs").rglob("*") if len(path.name) == 64]) == 1


def test_what_was_accepted_may_come_again_though_the_quota_is_spent(tmp_path: Path) -> None:
    house = install(tmp_path, quota=Quota(files=1))
    with house.client("intake") as client:
        answers = [
            client.post("/api/v1/submissions", files=[("files", ("a.txt", b"a fax"))], headers={"Idempotency-Key": key})
            for key in ("fax-1", "fax-1", "fax-2")
        ]
    assert [one.status_code for one in answers] == [202, 202, 429]
    assert answers[1].headers["idempotency-replayed"] == "true"


def of_size(count: int) -> bytes:
    """A body with one file."""
    head = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    return head + b"x" * count + b"\r\n--b--\r\n"


def test_what_says_that_it_is_larger_than_what_is_left_of_the_day_is_refused_unread(tmp_path: Path) -> None:
    house = install(tmp_path, limits=SMALL, quota=Quota(bytes=4 * MB))
    key, read = house.key("intake"), 0

    def body() -> Iterator[bytes]:
        nonlocal read
        for _ in range(4):
            read += 1
            yield b"x" * MB

    assert house.with_key(key).post("/api/v1/submissions", content=of_size(2 * MB), headers=TYPE).status_code == 202
    status, told = stream(house, body(), (b"content-length", str(4 * MB).encode()), key=key)
    assert (status, told["code"], read) == (429, "too-many-calls", 0)
    assert "more than is taken from this sender on one day" in told["detail"]
    # One that tells no length is counted where it would be accepted.
    with house.with_key(key) as client:
        for size, ended in ((2 * MB - 9, 202), (10, 429), (9, 202)):
            told = client.post("/api/v1/submissions", content=iter([of_size(size)]), headers=TYPE)
            assert told.status_code == ended
    assert count(house) == 3


@pytest.mark.parametrize("told", [True, False])
def test_what_is_more_than_a_whole_day_is_too_large_and_not_told_to_come_again(tmp_path: Path, told: bool) -> None:
    house = install(tmp_path, limits=SMALL, quota=Quota(bytes=MB // 2))
    content = of_size(2 * MB)
    with house.client("intake") as client:
        answer = client.post("/api/v1/submissions", content=content if told else iter([content]), headers=TYPE)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    assert "more than may be sent on one day" in answer.json()["detail"]
    assert "retry-after" not in answer.headers
    assert count(house) == 0


@pytest.mark.parametrize("around", [0, SMALL.around_bytes - 1000])
def test_what_is_around_files_that_just_fit_refuses_none(tmp_path: Path, around: int) -> None:
    house = install(tmp_path, limits=SMALL, quota=Quota(bytes=2 * MB))
    answers = []
    with house.client("intake") as client:
        for size in (2 * MB - 10, 11, 10):
            # What stands behind the last boundary belongs to no part.
            content = of_size(size) + b"x" * around
            answers.append(client.post("/api/v1/submissions", content=content, headers=TYPE))
    assert [one.status_code for one in answers] == [202, 429, 202]
    assert answers[1].json()["code"] == "too-many-calls"
    assert 0 < int(answers[1].headers["retry-after"]) <= 86_401


def test_a_body_that_is_mostly_around_its_files_is_refused(small: Installation) -> None:
    rest = b"x" * (SMALL.around_bytes // 4)
    with small.client("intake") as client:
        answers = [
            client.post("/api/v1/submissions", content=iter([of_size(1), *[rest] * times]), headers=TYPE)
            for times in (3, 4)
        ]
    assert [one.status_code for one in answers] == [202, 413]
    assert answers[1].json()["detail"] == "Too much of the body is none of its files."


def test_what_was_accepted_may_come_again_though_it_is_larger_than_what_is_left(tmp_path: Path) -> None:
    house = install(tmp_path, limits=SMALL, quota=Quota(bytes=3 * MB))
    with house.client("intake") as client:
        answers = [
            client.post("/api/v1/submissions", content=of_size(2 * MB), headers={**TYPE, "Idempotency-Key": key})
            for key in ("fax-1", "fax-1", "fax-2")
        ]
    assert [one.status_code for one in answers] == [202, 202, 429]
    assert answers[1].headers["idempotency-replayed"] == "true"
    assert answers[1].json() == answers[0].json()
    assert kept(house) == 1


def slowly(house: Installation, *, byte_s: float, most: int = 2000) -> tuple[int, dict[str, Any], int]:
    """Send a byte every `byte_s` seconds for ever; how it ended, and how many came."""
    came = 0
    head = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'

    async def receive() -> Message:
        nonlocal came
        await asyncio.sleep(byte_s if came else 0)
        came += 1
        return {"type": "http.request", "body": head if came == 1 else b"x", "more_body": came < most}

    status, told = called(house, receive)
    return status, told, came


def test_a_body_that_comes_byte_by_byte_is_given_up_and_its_turn_is_free(tmp_path: Path) -> None:
    house = install(tmp_path, limits=bounded(stall_s=5, grace_s=0.3, bytes_per_s=1000, at_once=1))
    status, told, came = slowly(house, byte_s=0.02)
    assert (status, told["code"]) == (408, "too-slow")
    assert 5 < came < 200
    assert not house.app.state.front.turns.taken
    assert not list(Path(house.service.blobs.root).glob("incoming/*"))  # type: ignore[attr-defined]
    assert send(house, ("a.pdf", b"x"))[0] == 202


def test_time_that_we_take_ourselves_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = install(tmp_path, limits=bounded(stall_s=5, grace_s=0.2, bytes_per_s=100 * MB))
    real = Parts.take

    async def take(parts: Parts, event: Event) -> None:
        await asyncio.sleep(0.1)
        await real(parts, event)

    monkeypatch.setattr(Parts, "take", take)
    head = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
    assert stream(house, iter([head, *[b"x"] * 5, b"\r\n--b--\r\n"]))[0] == 202


def kept(house: Installation) -> int:
    return sum(len(path.name) == 64 for path in Path(house.service.blobs.root).rglob("*"))  # type: ignore[attr-defined]


def test_files_of_calls_that_are_refused_are_charged(tmp_path: Path) -> None:
    house = install(tmp_path, limits=SMALL, payers=["us-commercial"])
    house.app.state.front.vain = Pace(0.001, 3, "In vain.")
    with house.client("intake") as client:
        # A payer that stands behind the files is known too late.
        answers = [
            client.post(
                "/api/v1/submissions", files=[("files", (f"{n}.pdf", bytes([n]) * 2_000_000)), ("payer", (None, "x"))]
            )
            for n in range(5)
        ]
        assert [one.status_code for one in answers] == [422, 422, 429, 429, 429]
        assert kept(house) == 2
    # Others are not stopped, nor is one who is answered well.
    for n in range(3):
        assert send(house, ("a.pdf", bytes([n]) * 2_000_000))[0] == 202


def test_what_ends_for_our_own_faults_is_not_charged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = install(tmp_path, limits=SMALL)
    house.app.state.front.vain = Pace(0.001, 3, "In vain.")

    def away(*given: Any) -> None:
        raise DatabaseAway("The database does not answer.")

    monkeypatch.setattr(Inbox, "accept", away)
    with house.client("intake") as client:
        files = [("files", ("a.pdf", b"x" * 2_000_000))]
        assert [client.post("/api/v1/submissions", files=files).status_code for _ in range(4)] == [503] * 4


def test_an_unknown_payer_before_the_files_is_refused_before_a_byte_is_kept(tmp_path: Path) -> None:
    house = install(tmp_path, limits=SMALL, payers=["us-commercial"])
    assert send(house, ("a.pdf", b"a fax"), payer="x")[0] == 422
    assert kept(house) == 0
