"""Fax and scan geometry: TIFF compressions, resolutions stated, absurd or absent, turns, depths, damage."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from intake.raster.frames import FORMATS
from intake.raw import RawPage, RawRaster, ReadOptions, Unreadable
from intake.readers import reader_of
from intake.readers.scan import load
from tests.intake.raster.tiffs import HUGE, tiff
from tests.intake.readers.drawn import darkness, fax_page, saved

TIFF = ReadOptions(media_type="image/tiff")


def first_page(content: bytes, media_type: str = "image/tiff") -> RawPage:
    return load(content, ReadOptions(media_type=media_type)).page(1)


def raster(page: RawPage) -> RawRaster:
    assert page.raster is not None
    assert len(page.raster.pixels) == page.raster.columns * page.raster.rows
    return page.raster


@pytest.mark.parametrize(
    "compression", ["group3", "group4", "tiff_ccitt", "tiff_lzw", "packbits", "tiff_deflate", None]
)
def test_one_bit_pages_come_bit_by_bit(compression: str | None) -> None:
    page = first_page(saved(fax_page(), "TIFF", compression=compression, dpi=(204, 196)))
    picture = raster(page)
    assert picture.pixels == fax_page().convert("L").tobytes()
    assert picture.bilevel
    assert page.scanned


def test_group_3_in_two_dimensions() -> None:
    picture = raster(first_page(saved(fax_page(), "TIFF", compression="group3", dpi=(204, 98), tiffinfo={292: 1})))
    assert picture.pixels == fax_page().convert("L").tobytes()


@pytest.mark.parametrize(("lines", "rows"), [(98.0, 1078), (196.0, 2156), (391.0, 4301)])
def test_pixels_that_are_not_square_stay_so(lines: float, rows: int) -> None:
    page = first_page(saved(fax_page(1728, rows), "TIFF", compression="group4", dpi=(204.0, lines)))
    picture = raster(page)
    assert (picture.columns, picture.rows, picture.dpi_x, picture.dpi_y, picture.stated) == (
        1728,
        rows,
        204,
        lines,
        True,
    )
    assert page.width == pytest.approx(1728 / 204 * 72)
    assert page.height == pytest.approx(rows / lines * 72)
    bar = (100 / 204 * 72, 60 / lines * 72, 500 / 204 * 72, 120 / lines * 72)
    assert darkness(picture.pixels, 1728, bar, (204, lines)) > 0.98


def test_resolution_in_centimetres() -> None:
    content = saved(
        fax_page(), "TIFF", compression="group4", resolution_unit="cm", x_resolution=80.4, y_resolution=77.0
    )
    picture = raster(first_page(content))
    assert (picture.dpi_x, picture.dpi_y) == pytest.approx((204.2, 195.6), abs=0.1)
    assert picture.stated


@pytest.mark.parametrize("dpi", [None, (1, 1), (72, 72), (0, 0), (20000, 20000)])
@pytest.mark.parametrize(("rows", "lines"), [(1078, 98.0), (2156, 196.0), (2292, 196.0), (1143, 98.0), (4300, 391.0)])
def test_a_fax_without_credible_resolution_is_known_by_its_width(
    dpi: tuple[int, int] | None, rows: int, lines: float
) -> None:
    options = {"dpi": dpi} if dpi else {}
    picture = raster(first_page(saved(fax_page(1728, rows), "TIFF", compression="group4", **options)))
    assert (picture.dpi_x, picture.dpi_y, picture.stated) == (204, lines, False)


@pytest.mark.parametrize(
    ("size", "page_size"), [((1700, 2200), (612, 792)), ((2200, 1700), (792, 612)), ((1654, 2339), (595, 842))]
)
def test_other_scans_without_resolution_are_taken_for_letter_or_a4(
    size: tuple[int, int], page_size: tuple[int, int]
) -> None:
    page = first_page(saved(Image.new("L", size, 255), "PNG"), "image/png")
    assert (page.width, page.height) == pytest.approx(page_size, abs=1.5)
    assert not raster(page).stated


def test_white_may_be_zero_in_the_file() -> None:
    white_is_zero = saved(fax_page(), "TIFF", compression="group4", dpi=(204, 196), tiffinfo={262: 0})
    assert raster(first_page(white_is_zero)).pixels == fax_page().convert("L").tobytes()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_exif_orientation(orientation: int, form: str) -> None:
    upright = fax_page(400, 600).convert("L")
    turns = {
        1: (),
        2: (Image.Transpose.FLIP_LEFT_RIGHT,),
        3: (Image.Transpose.ROTATE_180,),
        4: (Image.Transpose.FLIP_TOP_BOTTOM,),
        5: (Image.Transpose.TRANSPOSE,),
        6: (Image.Transpose.ROTATE_90,),
        7: (Image.Transpose.TRANSVERSE,),
        8: (Image.Transpose.ROTATE_270,),
    }
    stored = upright
    for turn in turns[orientation]:
        stored = stored.transpose(turn)
    exif = Image.Exif()
    exif[274] = orientation
    options = {"exif": exif} if form == "PNG" else {"tiffinfo": {274: orientation}, "compression": "tiff_lzw"}
    page = first_page(saved(stored, form, dpi=(150, 150), **options), f"image/{form.lower()}")
    assert raster(page).pixels == upright.tobytes()


def test_a_turned_fax_exchanges_its_resolutions() -> None:
    content = saved(fax_page(1728, 1078), "TIFF", compression="group4", dpi=(204, 98), tiffinfo={274: 6})
    picture = raster(first_page(content))
    assert (picture.columns, picture.rows, picture.dpi_x, picture.dpi_y) == (1078, 1728, 98, 204)


@pytest.mark.parametrize(
    ("image", "grey"),
    [
        (Image.new("RGBA", (40, 40), (0, 0, 0, 0)), 255),
        (Image.new("LA", (40, 40), (0, 128)), 127),
        (Image.new("P", (40, 40), 0), 0),
        (Image.new("I;16", (40, 40), 0x8000), 127),
        (Image.new("CMYK", (40, 40), (0, 0, 0, 255)), 0),
        (Image.new("RGB", (40, 40), (255, 255, 255)), 255),
        (Image.new("F", (40, 40), 0.5), 127),
    ],
)
def test_every_depth_becomes_grey_on_white(image: Image.Image, grey: int) -> None:
    pixels = raster(first_page(saved(image, "TIFF"))).pixels
    assert pixels[0] == pytest.approx(grey, abs=1)


def test_jpeg() -> None:
    page = first_page(saved(fax_page(800, 1000).convert("L"), "JPEG", dpi=(100, 100), quality=95), "image/jpeg")
    assert (page.width, page.height) == (576, 720)
    assert not raster(page).bilevel


def fax(pages: int) -> bytes:
    sheets = [fax_page(1728, 1000 + 10 * number) for number in range(pages)]
    return saved(sheets[0], "TIFF", compression="group4", dpi=(204, 98), save_all=True, append_images=sheets[1:])


def test_pages_in_any_order() -> None:
    source = load(fax(4), TIFF)
    assert source.page_count == 4
    assert [raster(source.page(number)).rows for number in (3, 1, 4, 2)] == [1020, 1000, 1030, 1010]


def test_too_many_pages() -> None:
    with pytest.raises(Unreadable, match="F008"):
        load(fax(4), ReadOptions(media_type="image/tiff", pages=3))


def test_too_many_pixels_are_refused_before_they_are_decoded() -> None:
    source = load(tiff(HUGE), TIFF)
    with pytest.raises(Unreadable, match="F009"):
        source.page(1)


def test_a_page_longer_than_can_be_drawn_is_refused() -> None:
    with pytest.raises(Unreadable, match="F009"):
        load(saved(Image.new("L", (100, 30_000)), "PNG"), ReadOptions(media_type="image/png", points=1000)).page(1)


def test_a_torn_fax_keeps_the_pages_before_the_tear() -> None:
    whole = fax(4)
    source = load(whole, TIFF)
    torn = load(whole[: len(whole) * 6 // 10], TIFF)
    whole_pages = 0
    for number in range(1, torn.page_count + 1):
        try:
            page = torn.page(number)
        except Unreadable:
            continue
        if not page.torn:
            assert raster(page).pixels == raster(source.page(number)).pixels
            whole_pages += 1
    assert 1 <= whole_pages < 4
    assert torn.page_count > whole_pages


def test_a_damaged_strip_leaves_its_page_torn() -> None:
    content = bytearray(saved(fax_page(), "TIFF", compression="group4", dpi=(204, 196)))
    assert not first_page(bytes(content)).torn
    half = len(content) // 2
    content[half : half + 20] = bytes(20)
    assert first_page(bytes(content)).torn


def test_damaged_images_are_refused() -> None:
    with pytest.raises(Unreadable, match="F006"):
        load(b"II*\x00 and nothing else", TIFF)
    with pytest.raises(Unreadable, match="F006"):
        load(b"\x89PNG\r\n\x1a\n", ReadOptions(media_type="image/png"))


def test_only_the_kinds_it_was_told_are_opened() -> None:
    gif = io.BytesIO()
    fax_page(100, 100).save(gif, "GIF")
    with pytest.raises(Unreadable, match="F006"):
        load(gif.getvalue(), ReadOptions())


def test_every_kind_that_is_recognised_can_be_read() -> None:
    scan = reader_of("image/tiff")
    assert scan is not None
    assert set(scan.media_types) == {"image/tiff", *FORMATS}
