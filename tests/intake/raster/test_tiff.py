"""TIFFs of every kind of pixel, of every layout, with previews, and damaged."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from intake.raster.tiff import TiffPages
from intake.raw import ReadOptions, Unreadable
from tests.intake.raster.tiffs import OPTIONS, Tags, grey_page, tiff
from tests.intake.readers.drawn import saved

# A ramp from black to white, 16 columns and 12 rows.
RAMP = np.linspace(0, 1, 192).reshape(12, 16)
LEVELS = (RAMP * 255 + 0.5).astype(np.uint8)


def packed_bits(values: npt.NDArray[np.float64], bits: int) -> bytes:
    """Values 0..1 as whole numbers of so many bits, row by row, the highest bit first."""
    rows = []
    for row in values.reshape(len(values), -1):
        text = "".join(format(round(float(value) * (2**bits - 1)), f"0{bits}b") for value in row)
        text += "0" * (-len(text) % 8)
        rows.append(int(text, 2).to_bytes(len(text) // 8, "big"))
    return b"".join(rows)


def tags(bits: int, samples: int = 1, **more: int) -> Tags:
    size: Tags = {256: 16, 257: 12, 258: (bits,) * samples, 262: 2 if samples > 2 else 1, 277: samples, 278: 12}
    return size | {int(name[1:]): value for name, value in more.items()}


@pytest.mark.parametrize("bits", [1, 2, 4, 6, 8, 10, 12, 14, 16, 24, 32])
@pytest.mark.parametrize("white_is_zero", [False, True])
def test_samples_of_any_number_of_bits(bits: int, white_is_zero: bool) -> None:
    data = packed_bits(1 - RAMP if white_is_zero else RAMP, bits)
    pixels, torn = grey_page(tiff((tags(bits, t262=0 if white_is_zero else 1), [data]), order=">"))
    step = 255 / (2**bits - 1)
    assert np.abs(pixels.astype(int) - LEVELS).max() <= step / 2 + 1
    assert not torn


@pytest.mark.parametrize("bits", [2, 4, 8, 10, 14, 16, 24, 32])
@pytest.mark.parametrize("planar", [False, True])
def test_colours_together_and_apart(bits: int, planar: bool) -> None:
    if planar:
        image = (tags(bits, 3, t284=2), [packed_bits(RAMP, bits)] * 3)
    else:
        image = (tags(bits, 3), [packed_bits(np.repeat(RAMP, 3, axis=1), bits)])
    pixels, torn = grey_page(tiff(image, order=">"))
    assert np.abs(pixels.astype(int) - LEVELS).max() <= 255 / (2**bits - 1) / 2 + 1
    assert not torn


@pytest.mark.parametrize(("bits", "code"), [(16, "e"), (32, "f"), (64, "d")])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("white", [1.0, 255.0])
def test_floating_samples(bits: int, code: str, order: str, white: float) -> None:
    data = (RAMP * white).astype(f"{order}{code}").tobytes()
    pixels, _ = grey_page(tiff((tags(bits, t339=3), [data]), order=order))
    assert np.abs(pixels.astype(int) - LEVELS).max() <= 1


def test_differences_of_floating_samples() -> None:
    rows = RAMP.astype(">f4").view(np.uint8).reshape(12, 16, 4).transpose(0, 2, 1).reshape(12, 64)
    told = np.diff(rows, axis=1, prepend=np.zeros((12, 1), np.uint8)).astype(np.uint8)
    pixels, _ = grey_page(tiff((tags(32, t339=3, t317=3, t259=8), [zlib.compress(told.tobytes())])))
    assert np.abs(pixels.astype(int) - LEVELS).max() <= 1


@pytest.mark.parametrize("order", ["<", ">"])
def test_sixteen_bits_with_differences(order: str) -> None:
    whole = (RAMP * 65535).astype(np.uint16)
    told = np.diff(whole, axis=1, prepend=np.zeros((12, 1), np.uint16)).astype(f"{order}u2")
    pixels, _ = grey_page(tiff((tags(16, t317=2, t259=8), [zlib.compress(told.tobytes())]), order=order))
    assert np.abs(pixels.astype(int) - LEVELS).max() <= 1


def test_twelve_bits_stored_in_sixteen() -> None:
    data = (RAMP * 4095).astype("<u2").tobytes()
    assert np.abs(grey_page(tiff((tags(16), [data])))[0].astype(int) - LEVELS).max() <= 1


def test_a_palette_of_sixteen_bits() -> None:
    ramp = np.arange(65536)
    colours = tuple(int(value) for value in (*ramp, *ramp, *ramp))
    data = (RAMP * 65535).astype("<u2").tobytes()
    pixels, _ = grey_page(tiff((tags(16, t262=3) | {320: colours}, [data])))
    assert np.abs(pixels.astype(int) - LEVELS).max() <= 1


@pytest.mark.parametrize("planar", [False, True])
def test_cmyk(planar: bool) -> None:
    ink = 255 - LEVELS
    plates = [np.zeros_like(ink)] * 3 + [ink]
    pieces = [plate.tobytes() for plate in plates] if planar else [np.stack(plates, -1).tobytes()]
    pixels, _ = grey_page(tiff((tags(8, 4, t262=5, t284=2 if planar else 1), pieces)))
    assert np.abs(pixels.astype(int) - LEVELS).max() <= 1


@pytest.mark.parametrize(("alpha", "expected"), [(1, 255), (2, 255)])
@pytest.mark.parametrize("bits", [8, 16])
def test_the_see_through_shows_white(alpha: int, expected: int, bits: int) -> None:
    data = np.zeros((12, 16, 2), "<u2" if bits == 16 else np.uint8)
    pixels, _ = grey_page(tiff((tags(bits, 2, t338=alpha), [data.tobytes()])))
    assert (pixels == expected).all()


def test_lightness_of_lab() -> None:
    data = np.stack([LEVELS, np.zeros_like(LEVELS), np.zeros_like(LEVELS)], -1).tobytes()
    assert (grey_page(tiff((tags(8, 3, t262=8), [data])))[0] == LEVELS).all()


@pytest.mark.parametrize(("across", "down"), [(1, 1), (2, 1), (2, 2), (4, 1), (4, 4)])
def test_subsampled_colours(across: int, down: int) -> None:
    out = bytearray()
    for y in range(0, 12, down):
        for x in range(0, 16, across):
            out += LEVELS[y : y + down, x : x + across].tobytes() + b"\x80\x80"
    image = tags(8, 3, t262=6) | {530: (across, down)}
    assert (grey_page(tiff((image, [bytes(out)])))[0] == LEVELS).all()


def test_video_levels_are_stretched() -> None:
    data = np.stack([np.where(LEVELS > 127, 235, 16), LEVELS, LEVELS], -1).astype(np.uint8).tobytes()
    image = tags(8, 3, t262=6) | {530: (1, 1), 532: (16, 235, 128, 240, 128, 240)}
    assert set(np.unique(grey_page(tiff((image, [data])))[0])) == {0, 255}


@pytest.mark.parametrize("planar", [False, True])
def test_tiles(planar: bool) -> None:
    image = np.tile(np.arange(40, dtype=np.uint8) * 6, (20, 1))
    padded = np.zeros((32, 48), np.uint8)
    padded[:20, :40] = image
    tiles = [padded[y : y + 16, x : x + 16].tobytes() for y in (0, 16) for x in (0, 16, 32)]
    if planar:  # fourteen bits a sample would be read here, eight by Pillow: both lay tiles the same
        layout: Tags = {256: 40, 257: 20, 258: (8, 8, 8), 262: 2, 277: 3, 284: 2, 322: 16, 323: 16}
        tiles = tiles * 3
    else:
        layout = {256: 40, 257: 20, 258: 8, 262: 1, 322: 16, 323: 16, 259: 5}
        tiles = [lzw(tile) for tile in tiles]
    assert np.abs(grey_page(tiff((layout, tiles)))[0].astype(int) - image).max() <= 1


def lzw(data: bytes) -> bytes:
    """Each byte between two clear codes: no table is needed."""
    bits = "".join(f"{256:09b}{byte:09b}" for byte in data) + f"{257:09b}"
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("bits", [8, 14])
def test_orientation_both_ways_of_reading(orientation: int, bits: int) -> None:
    upright, _ = grey_page(tiff((tags(bits), [packed_bits(RAMP, bits)])))
    turned, _ = grey_page(tiff((tags(bits, t274=orientation), [packed_bits(RAMP, bits)])))
    again = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.T,
        6: np.rot90(upright, -1),
        7: np.rot90(upright, 2).T,
        8: np.rot90(upright),
    }[orientation]
    assert (turned == again).all()


def test_a_strip_whose_length_is_missing_or_zero() -> None:
    data = LEVELS.tobytes()
    for length in (0, len(data)):
        packed = zlib.compress(data)
        image = tags(8, t259=8) | ({279: 0} if length == 0 else {})
        assert (grey_page(tiff((image, [packed])))[0] == LEVELS).all()


@pytest.mark.parametrize("method", [1, 5, 8, 32773])
def test_damaged_strips_cost_their_rows_alone(method: int) -> None:
    rows = [LEVELS[y : y + 4].tobytes() for y in (0, 4, 8)]
    packers: dict[int, Callable[[bytes], bytes]] = {
        1: bytes,
        5: lzw,
        8: zlib.compress,
        32773: lambda data: bytes([len(data) - 1]) + data,
    }
    pieces = [packers[method](row) for row in rows]
    image = tags(8, t259=method) | {278: 4}
    assert not grey_page(tiff((image, pieces)))[1]
    pieces[1] = b"\xff\xff\xff" if method == 5 else b""
    pixels, torn = grey_page(tiff((image | {279: tuple(max(3, len(piece)) for piece in pieces)}, pieces)))
    assert torn or method == 1
    assert (pixels[:4] == LEVELS[:4]).all()
    if method != 1:
        assert (pixels[8:] == LEVELS[8:]).all()
        assert (pixels[4:8] == 255).all()


def test_a_deflated_strip_is_kept_up_to_the_damage() -> None:
    noise = np.random.default_rng(3).integers(0, 255, (400, 400), np.uint8)
    packed = bytearray(zlib.compress(noise.tobytes()))
    packed[len(packed) // 2 :] = b"\xff" * (len(packed) - len(packed) // 2)
    pixels, torn = grey_page(tiff(({256: 400, 257: 400, 258: 8, 262: 1, 259: 8, 278: 400}, [bytes(packed)])))
    assert torn
    assert (pixels[:150] == noise[:150]).all()
    assert (pixels[-20:] == 255).all()


def jpeg_parts(quality: int = 95) -> tuple[bytes, Image.Image]:
    image = Image.fromarray(np.kron(LEVELS, np.ones((8, 8), np.uint8)))
    return saved(image, "JPEG", quality=quality), image


def test_old_jpeg_that_lies_in_one_place() -> None:
    stream, image = jpeg_parts()
    layout: Tags = {256: 128, 257: 96, 258: 8, 262: 1, 259: 6, 513: 8, 514: 3, 278: 96}
    pixels, torn = grey_page(tiff((layout, [stream])))
    assert np.abs(pixels.astype(int) - np.asarray(image)).mean() < 3
    assert not torn


def test_old_jpeg_whose_tables_lie_apart() -> None:
    stream, image = jpeg_parts()
    tables: dict[int, bytes] = {}
    at, scan = 2, b""
    while not scan:
        marker, length = stream[at + 1], struct.unpack_from(">H", stream, at + 2)[0]
        body = stream[at + 4 : at + 2 + length]
        if marker == 0xDB:
            tables[519] = body[1:65]
        if marker == 0xC4:
            tables[520 if body[0] == 0 else 521] = body[1:]
        at += 2 + length
        if marker == 0xDA:
            scan = stream[at:-2]
    places, lead = {}, 8
    blob = b""
    for tag, table in tables.items():
        places[tag] = lead + len(blob)
        blob += table
    image_tags: Tags = {256: 128, 257: 96, 258: 8, 262: 1, 259: 6, 278: 96, **places}
    image_tags |= {273: lead + len(blob), 279: len(scan)}
    pixels, _ = grey_page(tiff((image_tags, [blob + scan])))
    assert np.abs(pixels.astype(int) - np.asarray(image)).mean() < 3


def test_jpeg_strips_cut_off() -> None:
    stream, image = jpeg_parts()
    layout: Tags = {256: 128, 257: 96, 258: 8, 262: 1, 259: 7, 278: 96}
    pixels, torn = grey_page(tiff((layout, [stream[: len(stream) * 9 // 10]])))
    assert torn
    assert np.abs(pixels[:16].astype(int) - np.asarray(image)[:16]).mean() < 3


def page_of(columns: int, rows: int, level: int, **more: int) -> tuple[Tags, list[bytes]]:
    layout: Tags = {256: columns, 257: rows, 258: 8, 262: 1, 278: rows}
    return layout | {int(name[1:]): value for name, value in more.items()}, [bytes([level]) * columns * rows]


def test_previews_and_masks_are_no_pages() -> None:
    content = tiff(page_of(20, 30, 1, t254=1), page_of(200, 300, 2), page_of(20, 30, 3, t254=1), page_of(200, 300, 4))
    pages = TiffPages(content, OPTIONS)
    assert [pages.picture(number).grey.getpixel((0, 0)) for number in (1, 2)] == [2, 4]
    assert pages.page_count == 2
    assert TiffPages(tiff(page_of(200, 300, 2), page_of(200, 300, 0, t254=4)), OPTIONS).page_count == 1


def test_pages_wrongly_called_previews_are_kept() -> None:
    content = tiff(page_of(200, 300, 1, t254=1), page_of(200, 300, 2, t254=1), page_of(200, 280, 3, t254=1))
    assert TiffPages(content, OPTIONS).page_count == 3
    assert TiffPages(tiff(page_of(200, 300, 2), page_of(200, 300, 3, t254=1)), OPTIONS).page_count == 2


def test_large_scans_are_divided_and_huge_ones_refused() -> None:
    small = ReadOptions(media_type="image/tiff", pixels=10_000)
    content = saved(Image.new("1", (150, 300), 1), "TIFF", compression="group4", dpi=(600, 600))
    picture = TiffPages(content, small).picture(1)
    assert (picture.grey.size, picture.stated) == ((50, 100), (200, 200))
    layout: Tags = {256: 60_000, 257: 60_000, 258: 14, 262: 1, 278: 60_000}
    with pytest.raises(Unreadable, match="F009"):
        TiffPages(tiff((layout, [b"x"])), OPTIONS).picture(1)


@pytest.mark.parametrize("bad", [{256: 0}, {258: 0}, {277: 4000}, {322: 0, 323: 5}, {258: 65}])
def test_layouts_without_sense(bad: Tags) -> None:
    with pytest.raises(Unreadable, match="F006"):
        TiffPages(tiff((tags(8) | bad, [LEVELS.tobytes()])), OPTIONS).picture(1)


@pytest.mark.parametrize(
    ("unit", "pair", "stated"),
    [(2, (204, 196), (204, 196)), (3, (80, 77), (203.2, 195.58)), (3, (200, 200), (200, 200)), (1, (0, 5), None)],
)
def test_stated_resolution(unit: int, pair: tuple[int, int], stated: tuple[float, float] | None) -> None:
    picture = TiffPages(tiff((tags(8, t282=pair[0], t283=pair[1], t296=unit), [LEVELS.tobytes()])), OPTIONS).picture(1)
    assert picture.stated == (pytest.approx(stated) if stated else None)
