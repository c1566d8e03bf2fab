"""Packed bytes, whole and broken."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, strategies
from PIL import Image

from intake.raster.directory import directories
from intake.raster.lzw import unpack_bits, unpack_lzw
from intake.raster.pieces import layout_of, pieces_of


def packed(data: bytes, method: str) -> bytes:
    """The data as libtiff packs it."""
    out = io.BytesIO()
    Image.frombytes("L", (len(data), 1), data).save(out, "TIFF", compression=method)
    directory = next(directories(out.getvalue()))
    assert directory is not None
    return next(pieces_of(directory, layout_of(directory))).packed


@given(strategies.binary(min_size=1, max_size=400).map(lambda data: data * 30))
def test_what_libtiff_packs_is_unpacked(data: bytes) -> None:
    assert unpack_lzw(packed(data, "tiff_lzw"), len(data)) == data
    assert unpack_bits(packed(data, "packbits"), len(data)) == data


@pytest.mark.parametrize("unpack", [unpack_lzw, unpack_bits])
@given(strategies.binary(max_size=300))
def test_any_bytes_end(unpack: object, data: bytes) -> None:
    assert callable(unpack)
    assert len(unpack(data, 500)) <= 500


def test_what_comes_before_the_damage_is_kept() -> None:
    data = bytes(value * value % 251 for value in range(20_000))
    broken = packed(data, "tiff_lzw")[:8000]
    kept = unpack_lzw(broken, len(data))
    assert len(kept) > 4000
    assert data.startswith(kept)
