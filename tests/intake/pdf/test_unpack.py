"""Unpackers agree with what was packed, and stop where they must."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.pdf.unpack import flate_size, from_85, from_hex, inflated, lzw, run_lengths
from intake.raw import Unreadable


def packed_lzw(data: bytes) -> bytes:
    """The data in LZW codes, with the early change of width that PDF writers use."""
    table: dict[bytes, int] = {bytes((byte,)): byte for byte in range(256)}
    codes, width, free, word = [(256, 9)], 9, 258, b""
    for byte in data:
        if word + bytes((byte,)) in table:
            word += bytes((byte,))
            continue
        codes.append((table[word], width))
        table[word + bytes((byte,))] = free
        free += 1
        width = min(12, max(9, free.bit_length()))
        word = bytes((byte,))
        if free == 4095:
            codes.append((table[word], width))
            codes.append((256, width))
            table, width, free, word = {bytes((one,)): one for one in range(256)}, 9, 258, b""
    if word:
        codes.append((table[word], width))
        free += 1
    codes.append((257, min(12, max(9, free.bit_length()))))
    bits = "".join(f"{code:0{width}b}" for code, width in codes)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[place : place + 8], 2) for place in range(0, len(bits), 8))


@given(st.binary(max_size=600), st.integers(1, 20))
def test_lzw(data: bytes, times: int) -> None:
    assert lzw(packed_lzw(data * times), 1 << 20) == data * times


def test_run_lengths() -> None:
    assert run_lengths(b"\x02abc\xfez\x80rest", 100) == b"abczzz"


def test_texts_of_bytes() -> None:
    assert from_hex(b"4a 61 6E>xx") == b"Jan"
    assert from_85(b"<~87cURDZ~>") == b"Hello"
    assert from_85(b"\x00\xff") == b""


def test_flate() -> None:
    packed = zlib.compress(b"a /Launch b" * 20_000)
    assert flate_size(memoryview(packed), 1 << 20, (b"/Launch", b"/None")) == (220_000, {b"/Launch"})
    assert inflated(packed[:-20], 1 << 20)[:11] == b"a /Launch b"


@pytest.mark.parametrize(
    "unpack",
    [
        lambda: flate_size(memoryview(zlib.compress(bytes(5000))), 1000),
        lambda: inflated(zlib.compress(bytes(5000)), 1000),
        lambda: lzw(packed_lzw(bytes(5000)), 1000),
        lambda: run_lengths(b"\x81z" * 50, 1000),
    ],
    ids=["size", "flate", "lzw", "run lengths"],
)
def test_what_is_too_much_is_refused(unpack: object) -> None:
    assert callable(unpack)
    with pytest.raises(Unreadable) as caught:
        unpack()
    assert caught.value.code == "F010"
