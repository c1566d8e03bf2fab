"""winmail.dat: body, attachments with their real names, streams within streams, and damage."""

from __future__ import annotations

import struct

import pytest

from intake import mapi
from intake.raw import RawLeaf, ReadOptions, Unreadable
from intake.readers.tnef import load
from tests.intake.readers.wrapped import attribute, properties, winmail

NEW = attribute(2, 0x69002, bytes(14))
WIDE = mapi.UNICODE


def leaves(content: bytes) -> list[RawLeaf]:
    return list(load(content, ReadOptions()).leaves())


def attached(name: bytes, content: bytes, *values: tuple[int, int, bytes]) -> bytes:
    parts = NEW + attribute(2, 0x18010, name) + attribute(2, 0x6800F, content)
    return parts + (attribute(2, 0x69005, properties(*values)) if values else b"")


def test_body_and_attachments() -> None:
    long = "Antrag für Müller.pdf".encode("utf-16-le")
    content = winmail(
        attribute(1, 0x2800C, b"Please see attached.\0"),
        attached(b"ANTRAG~1.PDF\0", b"%PDF", (mapi.LONG_FILENAME, WIDE, long)),
        attached(b"scan.tif\0", b"II*\0"),
    )
    assert [(leaf.filename, leaf.body, leaf.content) for leaf in leaves(content)] == [
        ("", True, b"Please see attached."),
        ("Antrag für Müller.pdf", False, b"%PDF"),
        ("scan.tif", False, b"II*\0"),
    ]


def test_html_and_times_and_sender() -> None:
    ticks = struct.pack("<Q", 133_773_210_620_000_000)
    block = properties(
        (mapi.HTML, mapi.BINARY, b"<p>The words</p>"), (mapi.SENDER_SMTP, WIDE, "a@b.org".encode("utf-16-le"))
    )
    block = struct.pack("<I", 3) + block[4:] + struct.pack("<HH", mapi.TIME, mapi.DELIVERED) + ticks
    source = load(winmail(attribute(1, 0x69003, block)), ReadOptions())
    (body,) = source.leaves()
    assert (body.media_type, body.content) == ("text/html", b"<p>The words</p>")
    assert source.received_at is not None
    assert source.received_at.startswith("2024-11-2")
    assert source.sender == "a@b.org"


def test_a_stream_within_a_stream() -> None:
    inner = winmail(attribute(1, 0x2800C, b"inner"))
    guid = bytes.fromhex("0703020000000000c000000000000046")
    outer = winmail(NEW, attribute(2, 0x69005, properties((mapi.DATA, mapi.OBJECT, guid + inner))))
    (leaf,) = leaves(outer)
    assert (leaf.media_type, leaf.content) == ("application/ms-tnef", inner)


def test_compressed_bodies() -> None:
    plain = b"{\\rtf1 hello\\par wor\\'e4ld}"
    raw = struct.pack("<IIII", len(plain) + 12, len(plain), 0x414C454D, 0) + plain
    (body,) = leaves(winmail(attribute(1, 0x69003, properties((mapi.RTF, mapi.BINARY, raw)))))
    assert body.content.decode() == "hello\nworäld"
    # The two examples of MS-OXRTFCP 4.1 and 4.2.
    first = "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    assert mapi.inflate_rtf(bytes.fromhex(first)) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    second = "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"
    assert mapi.inflate_rtf(bytes.fromhex(second)) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_html_within_rtf() -> None:
    rtf = b"{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag64 <p>}"
    rtf += b"\\htmlrtf {\\htmlrtf0 Words\\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 </p>}}"
    raw = struct.pack("<IIII", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf
    (body,) = leaves(winmail(attribute(1, 0x69003, properties((mapi.RTF, mapi.BINARY, raw)))))
    assert (body.media_type, body.content) == ("text/html", b"<p>Words</p>")


def test_what_breaks_off_is_read_as_far_as_it_goes() -> None:
    whole = winmail(attribute(1, 0x2800C, b"words"), attached(b"a.pdf\0", b"%PDF" * 100))
    body, torn = leaves(whole[:-200])
    assert body.content == b"words"
    assert torn.content.startswith(b"%PDF")
    assert len(leaves(whole + b"\xff junk")) == 2
    with pytest.raises(Unreadable, match="F006"):
        load(b"\x78\x9f\x3e\x22", ReadOptions())
