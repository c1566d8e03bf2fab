"""Directories of TIFFs, sound and hostile."""

from __future__ import annotations

import struct

import pytest

from intake.raster.directory import Torn, directories, header
from intake.raster.tiff import TiffPages
from intake.raw import ReadOptions, Unreadable
from tests.intake.raster.tiffs import OPTIONS, tiff

PAGE = {256: 8, 257: 2, 258: 8, 262: 1}
PIXELS = [bytes(range(16))]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("big", [False, True])
def test_tags_in_both_byte_orders_and_sizes(order: str, big: bool) -> None:
    found = list(directories(tiff((PAGE, PIXELS), (PAGE, PIXELS), order=order, big=big)))
    assert [one and one.size for one in found] == [(8, 2), (8, 2)]
    first = found[0]
    assert first is not None
    assert (first.whole(258), first.whole(999, 7), first.numbers(999)) == (8, 7, ())


def test_a_chain_that_comes_back_ends() -> None:
    content = bytearray(tiff((PAGE, PIXELS), (PAGE, PIXELS)))
    first = header(bytes(content))[2]
    content[-4:] = struct.pack("<I", first)
    assert len(list(directories(bytes(content)))) == 2


def test_a_chain_that_breaks_off_counts_one_lost_page() -> None:
    content = bytearray(tiff((PAGE, PIXELS)))
    content[-4:] = struct.pack("<I", 1 << 30)
    pages = TiffPages(bytes(content), OPTIONS)
    assert pages.page_count == 2
    assert pages.picture(1).grey.tobytes() == PIXELS[0]
    with pytest.raises(Unreadable, match="F006"):
        pages.picture(2)


def test_as_many_images_as_a_tiff_can_count_are_too_many_pages() -> None:
    content = tiff((PAGE, PIXELS), *(({256: 8, 257: 2, 258: 8, 262: 1}, PIXELS) for _ in range(2500)))
    with pytest.raises(Unreadable, match="F008"):
        TiffPages(content, OPTIONS)
    assert TiffPages(content, ReadOptions(pages=3000)).page_count == 2501


@pytest.mark.parametrize("content", [b"II*\0", b"II*\0\xff\xff\xff\x7f", b"MM\0*\0\0\0\0", b"II+\0\x08\0\0\0"])
def test_no_directory_at_all(content: bytes) -> None:
    with pytest.raises(Unreadable, match="F006"):
        TiffPages(content, OPTIONS)


def test_a_directory_without_a_size_is_torn() -> None:
    with pytest.raises(Unreadable, match="F006"):
        TiffPages(tiff(({258: 8}, PIXELS)), OPTIONS)
    with pytest.raises(Torn):
        header(b"II*")


def test_counts_beyond_the_file_are_cut() -> None:
    content = bytearray(tiff((PAGE, PIXELS)))
    place = header(bytes(content))[2]
    struct.pack_into("<H", content, place, 0xFFFF)
    found = next(directories(bytes(content)))
    assert found is not None
    assert found.size == (8, 2)
