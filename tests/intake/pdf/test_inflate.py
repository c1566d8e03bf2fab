"""Bombs are found before a decoder sees them."""

from __future__ import annotations

import io
import struct

import pytest
from pikepdf import Name, Pdf
from PIL import Image

from intake.pdf.inflate import ATTACHED, LAUNCH, check_streams
from intake.raw import Unreadable
from tests.intake.pdf.test_unpack import packed_lzw
from tests.intake.readers.drawn import edited, pdf, saved


def content_of(data: bytes, packing: str) -> bytes:
    def add(opened: Pdf) -> None:
        stream = opened.make_stream(b"")
        stream.write(data, filter=Name(packing))
        opened.pages[0].Contents = stream

    return edited(pdf(lambda _: None), add)


def picture_of(data: bytes, packing: str, width: int, height: int) -> bytes:
    def add(opened: Pdf) -> None:
        stream = opened.make_stream(b"", Subtype=Name.Image, Width=width, Height=height, BitsPerComponent=1)
        stream.write(data, filter=Name(packing))
        opened.pages[0].obj["/Thumb"] = stream

    return edited(pdf(lambda _: None), add)


def code(content: bytes, most: int = 1 << 20) -> str:
    with pytest.raises(Unreadable) as caught:
        check_streams(content, most)
    return caught.value.code


def test_other_packings_are_unpacked_too() -> None:
    assert code(content_of(packed_lzw(bytes(2 << 20)), "/LZWDecode")) == "F010"
    assert code(content_of(b"\x81 " * 20_000, "/RunLengthDecode")) == "F010"
    check_streams(content_of(packed_lzw(b"q Q " * 500), "/LZWDecode"), 1 << 20)


def test_pictures_that_are_held_as_a_whole() -> None:
    small = io.BytesIO(saved(Image.new("L", (64, 64)), "JPEG2000")).getvalue()
    place = small.index(b"\xff\x4f\xff\x51") + 8
    large = small[:place] + struct.pack(">II", 60_000, 60_000) + small[place + 8 :]
    check_streams(picture_of(small, "/JPXDecode", 64, 64), 1 << 20)
    assert code(picture_of(large, "/JPXDecode", 64, 64)) == "F009"
    assert code(picture_of(b"\0" * 50, "/JBIG2Decode", 60_000, 60_000)) == "F009"


def test_what_stands_in_streams_of_objects_is_told() -> None:
    content = edited(pdf(lambda _: None), lambda _: None)
    assert not check_streams(content, 1 << 20)
    assert check_streams(content + b"/S /Launch /Subtype /FileAttachment", 1 << 20) == {LAUNCH, ATTACHED}
