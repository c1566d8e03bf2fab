"""Bombs are found before a decoder sees them."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from pikepdf import Array, Encryption, Name, Pdf
from PIL import Image

from intake.pdf.inflate import ATTACHED, LAUNCH, check_streams
from intake.raw import ReadOptions, Unreadable
from intake.readers.pdf import load
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


def bomb(wrap: str = "") -> bytes:
    def add(opened: Pdf) -> None:
        packed = zlib.compress(b"0 0 m\n" * (3 << 20), 9)
        filters: list[Name] = [Name.FlateDecode]
        if wrap == "twice":
            packed, filters = zlib.compress(packed, 9), [Name.FlateDecode, Name.FlateDecode]
        if wrap == "hex":
            packed, filters = packed.hex().encode() + b">", [Name.ASCIIHexDecode, Name.FlateDecode]
        stream = opened.make_stream(b"")
        stream.write(packed, filter=Array(filters))
        opened.pages[0].Contents = stream

    return edited(pdf(lambda _: None), add, Encryption(user="", owner="o") if wrap == "encrypted" else False)


@pytest.mark.parametrize("wrap", ["", "twice", "hex", "encrypted"])
def test_a_stream_that_inflates_too_much_is_refused(wrap: str) -> None:
    with pytest.raises(Unreadable) as caught:
        load(bomb(wrap), ReadOptions(inflated=8 << 20))
    assert caught.value.code == "F010"


def test_a_stream_with_bytes_after_its_end_is_no_trap() -> None:
    def add(opened: Pdf) -> None:
        stream = opened.make_stream(b"")
        stream.write(zlib.compress(b"q Q ") + b"x" * 200_000, filter=Name.FlateDecode)
        opened.pages[0].Contents = stream

    assert load(edited(pdf(lambda _: None), add), ReadOptions()).page(1).words == ()
