from __future__ import annotations

import pytest

from web.multipart import Event, Head, Multipart
from web.problems import Refusal

TYPE = "multipart/form-data; boundary=b"
BODY = (
    '--b\r\nContent-Disposition: form-data; name="note"\r\n\r\nsoon\r\n'
    '--b\r\ncontent-type: image/tiff\r\nCONTENT-DISPOSITION: form-data; name="files"; filename="Röntgen 二.tif"'
    "\r\n\r\none\r\ntwo\r\n--b--\r\n"
).encode()


def told(body: Multipart, *chunks: bytes) -> list[Event]:
    """What the chunks tell; bytes that belong together are joined."""
    joined: list[Event] = []
    for event in (one for chunk in chunks for one in body.feed(chunk)):
        if isinstance(event, bytes) and isinstance(joined[-1], bytes):
            joined[-1] += event
        else:
            joined.append(event)
    return joined


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_wherever_a_body_is_cut_it_tells_the_same(size: int) -> None:
    body = Multipart(TYPE)
    chunks = [BODY[start : start + size] for start in range(0, len(BODY), size)]
    assert told(body, *chunks) == [
        Head("form-data", "note", None, None), b"soon", None,
        Head("form-data", "files", "Röntgen 二.tif", "image/tiff"), b"one\r\ntwo", None,
    ]  # fmt: skip
    body.close()


def test_a_part_without_headers_has_no_name() -> None:
    assert told(Multipart(TYPE), b"--b\r\n\r\nx\r\n--b--")[0] == Head("", "", None, None)


def test_a_name_that_is_no_text_is_one_of_marks() -> None:
    (head, _) = told(Multipart(TYPE), b'--b\r\nContent-Disposition: form-data; name="a\xe4"; filename=""\r\n\r\nx')
    assert head == Head("form-data", "a\ufffd", "", None)


@pytest.mark.parametrize(
    ("content_type", "code"),
    [
        (None, "unsupported-media-type"), ("application/json", "unsupported-media-type"),
        ("multipart/form-data", "malformed"), ("multipart/form-data; boundary=" + "b" * 300, "malformed"),
    ],
)  # fmt: skip
def test_bodies_of_other_types(content_type: str | None, code: str) -> None:
    with pytest.raises(Refusal) as raised:
        Multipart(content_type)
    assert raised.value.code == code


def test_a_body_that_is_broken_or_ends_too_early_is_refused() -> None:
    with pytest.raises(Refusal, match="malformed"):
        Multipart(TYPE).feed(b"nonsense")
    body = Multipart(TYPE)
    body.feed(BODY[:-6])
    with pytest.raises(Refusal, match="malformed") as raised:
        body.close()
    assert raised.value.detail == "The body ends too early. Send it again."
