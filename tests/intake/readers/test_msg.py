"""Messages of Outlook: body, times, attachments, and messages attached to them."""

from __future__ import annotations

import struct

import pytest

from intake import mapi
from intake.raw import RawLeaf, ReadOptions, Unreadable
from intake.readers import email
from intake.readers.msg import OutlookMessage, load
from intake.sniff import media_type_of
from tests.intake.readers.wrapped import compound, message

HEADERS = (
    "Received: from mx.example.org by us.example.com; Sun, 22 Nov 2026 14:31:02 +0000\r\n"
    "Date: Sun, 22 Nov 2026 09:30:00 -0500\r\nFrom: Office <office@example.org>\r\n"
)


def attached(name: str, content: bytes) -> dict[str, object]:
    tree = message(8, {mapi.LONG_FILENAME: name})
    tree["__substg1.0_37010102"] = content
    return tree


def opened(tree: dict[str, object]) -> OutlookMessage:
    content = compound(tree)
    assert media_type_of(content, "x.pdf") == "application/vnd.ms-outlook"
    return load(content, ReadOptions())


def leaves(tree: dict[str, object]) -> list[RawLeaf]:
    return list(opened(tree).leaves())


def test_body_attachments_and_times() -> None:
    texts = {mapi.BODY: "Please see attached. 陳大文", mapi.HEADERS: HEADERS}
    source = opened(message(32, texts, a=attached("form.pdf", b"%PDF-1.4"), b=attached("掃描.tif", b"II*\0")))
    found = [(leaf.filename, leaf.body, leaf.content.rstrip(b"\0")) for leaf in source.leaves()]
    assert found == [
        ("", True, "Please see attached. 陳大文".encode()),
        ("form.pdf", False, b"%PDF-1.4"),
        ("掃描.tif", False, b"II*"),
    ]
    assert source.received_at == "2026-11-22T14:31:02+00:00"
    assert source.sent_at == "2026-11-22T09:30:00-05:00"
    assert source.sender == "office@example.org"


def test_times_without_headers() -> None:
    tree = message(32, {mapi.BODY: "words"})
    entry = struct.pack("<HHIQ", mapi.TIME, mapi.DELIVERED, 0, 133_773_210_620_000_000)
    tree["__properties_version1.0"] = bytes(32) + entry
    assert str(opened(tree).received_at).startswith("2024-11-2")


def test_a_message_within_the_message_is_a_mail() -> None:
    inner = message(24, {mapi.BODY: "inner words", mapi.SUBJECT: "Fw: form"}, a=attached("inner.pdf", b"%PDF-1.4"))
    holder = message(8, {mapi.DISPLAY_NAME: "Fw.msg"})
    holder["__substg1.0_3701000D"] = inner
    body, nested = leaves(message(32, {mapi.BODY: "outer words"}, a=holder))
    assert body.content.rstrip(b"\0") == b"outer words"
    assert (nested.filename, nested.media_type) == ("Fw.eml", "message/rfc822")
    assert media_type_of(nested.content, nested.filename, nested.media_type) == "message/rfc822"
    again = list(email.load(nested.content, ReadOptions()).leaves())
    assert [(leaf.filename, leaf.content.rstrip(b"\0")) for leaf in again] == [
        ("", b"inner words"),
        ("inner.pdf", b"%PDF-1.4"),
    ]


def test_html_bodies_in_their_codepage() -> None:
    tree = message(32, {})
    tree["__properties_version1.0"] = bytes(32) + struct.pack("<HHIQ", 3, mapi.CODEPAGE, 0, 950)
    tree["__substg1.0_10130102"] = "<p>陳大文</p>".encode("big5")
    (body,) = leaves(tree)
    assert (body.media_type, "陳大文" in body.content.decode()) == ("text/html", True)


def test_damaged_files() -> None:
    whole = compound(message(32, {mapi.BODY: "words"}))
    for content in (whole[:600], whole[:8] + bytes(len(whole) - 8)):
        with pytest.raises(Unreadable, match="F006"):
            load(content, ReadOptions())
