"""Image files of one picture: every format, turned as EXIF says, transparent, large, damaged."""

from __future__ import annotations

import base64
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, features

from intake.raster.frames import FramePages
from intake.raster.kinds import picture_type
from intake.raster.picture import Picture
from intake.raster.png import put_right
from intake.raw import ReadOptions, Unreadable
from tests.intake.readers.drawn import fax_page, saved

# A picture of 64 x 48 pixels, its left half black, as an HEIC of one tile.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAaZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "AA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAMAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHKAAEAAAAAAAAAFgACAAEAAAAAAAAA"
    "AQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADRaXBycAAA"
    "AK9pcGNvAAAAcWh2Y0MBBAgAAAAAAAAAAAAe8AD8/Pj4AAAPAyAAAQAXQAEMAf//BAgAAAMAn/gAAAMAAB66AkAhAAEAJkIBAQQI"
    "AAADAJ/4AAADAAAewIIEFlurkprmwIAAAAMAgAAAAwCEIgABAAZEAcFzwIkAAAAUaXNwZQAAAAAAAABAAAAAQAAAABRpc3BlAAAA"
    "AAAAAEAAAAAwAAAADnBpeGkAAAAAAQgAAAAaaXBtYQAAAAAAAAACAAECgQIAAgIDhAAAABppcmVmAAAAAAAAAA5kaW1nAAIAAQAB"
    "AAAAHm1kYXQAAAASKAGuM8UyS//+8Sqab/hKETAu"
)
GREY = np.linspace(0, 255, 64 * 48).reshape(48, 64).astype(np.uint8)


def read(content: bytes, name: str = "", pixels: int = 40_000_000) -> Picture:
    kind = picture_type(content[:4096], name)
    assert kind is not None
    return FramePages(content, ReadOptions(media_type=kind, pixels=pixels)).picture(1)


@pytest.mark.parametrize(
    ("form", "mode", "exact"),
    [
        ("PNG", "L", True),
        ("PNG", "RGB", True),
        ("GIF", "L", True),
        ("BMP", "RGB", True),
        ("JPEG", "RGB", False),
        ("JPEG", "CMYK", False),
        ("WEBP", "RGB", False),
        ("AVIF", "RGB", False),
        ("JPEG2000", "L", True),
        ("PPM", "L", True),
        ("PPM", "RGB", True),
        ("PCX", "L", True),
        ("SGI", "L", True),
        ("TGA", "L", True),
        ("ICO", "RGB", False),
    ],
)
def test_formats(form: str, mode: str, exact: bool) -> None:
    if form in ("AVIF", "WEBP") and not features.check(form.lower()):
        pytest.skip(f"Pillow was built without {form}")
    options = {"sizes": [(64, 48)]} if form == "ICO" else {"quality": 95} if form in ("JPEG", "WEBP", "AVIF") else {}
    picture = read(saved(Image.fromarray(GREY).convert(mode), form, **options), "scan.tga")
    assert picture.grey.size == (64, 48)
    assert np.abs(np.asarray(picture.grey).astype(int) - GREY).max() <= (1 if exact else 12)
    assert not picture.torn


def test_heic() -> None:
    picture = read(HEIC)
    pixels = np.asarray(picture.grey)
    assert pixels.shape == (48, 64)
    assert pixels[:, :28].max() < 40
    assert pixels[:, 36:].min() > 215
    with pytest.raises(Unreadable, match="F006"):
        read(HEIC[:200])


def test_pages_of_pcx_in_a_dcx() -> None:
    sheets = [saved(Image.new("L", (20, 10), level), "PCX") for level in (10, 200)]
    offsets = (12, 12 + len(sheets[0]), 0)
    pages = FramePages(struct.pack("<I3I", 0x3ADE68B1, *(4 + one for one in offsets[:2]), 0) + b"".join(sheets), DCX)
    assert pages.page_count == 2
    assert [pages.picture(number).grey.getpixel((5, 5)) for number in (1, 2)] == [10, 200]


DCX = ReadOptions(media_type="image/x-dcx")


def test_of_animations_the_first_picture_is_the_page() -> None:
    frames = [Image.new("L", (30, 20), level) for level in (40, 80, 120)]
    for form in ("GIF", "PNG", "WEBP"):
        content = saved(frames[0].convert("RGB"), form, save_all=True, append_images=frames[1:], duration=100)
        assert abs(int(np.asarray(read(content).grey)[5, 5]) - 40) <= 2


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "PNG"])
def test_exif_turns_the_picture_and_its_resolution(form: str) -> None:
    exif = Image.Exif()
    exif[274] = 6
    options = {} if form == "WEBP" else {"dpi": (200, 100)}
    stored = Image.fromarray(GREY).convert("RGB")
    picture = read(saved(stored, form, exif=exif, quality=95, **options))
    assert picture.grey.size == (48, 64)
    assert np.abs(np.asarray(picture.grey).astype(int) - np.rot90(GREY, -1)).max() <= 12
    assert picture.stated == (None if form == "WEBP" else pytest.approx((100, 200), abs=0.1))


def test_transparent_paper_is_white() -> None:
    sheet = Image.new("RGBA", (30, 30), (0, 0, 0, 0))
    sheet.paste((0, 0, 0, 255), (10, 10, 20, 20))
    for form in ("PNG", "WEBP", "GIF"):
        pixels = np.asarray(read(saved(sheet, form)).grey)
        assert (pixels[2, 2], pixels[15, 15]) == (255, 0)


def test_sixteen_bits() -> None:
    wide = Image.fromarray((GREY.astype(np.uint16) << 8) | GREY)
    assert np.abs(np.asarray(read(saved(wide, "PNG")).grey).astype(int) - GREY).max() <= 1


def test_photos_above_the_limit_are_divided() -> None:
    photo = Image.fromarray(GREY).resize((640, 480)).convert("RGB")
    for form in ("JPEG", "PNG"):
        picture = read(saved(photo, form, dpi=(300, 300)), pixels=640 * 480 // 4)
        assert picture.grey.size == (320, 240)
        assert picture.stated == pytest.approx((150, 150), abs=0.1)
    with pytest.raises(Unreadable, match="F009"):
        read(huge_gif())


def huge_gif() -> bytes:
    """A GIF that says to be 60,000 pixels wide and high."""
    content = bytearray(saved(Image.new("L", (10, 10)), "GIF"))
    struct.pack_into("<HH", content, 6, 60_000, 60_000)
    return bytes(content)


def noise(columns: int = 300, rows: int = 300) -> Image.Image:
    return Image.fromarray(np.random.default_rng(5).integers(1, 255, (rows, columns), np.uint8))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "BMP", "GIF"])
def test_a_file_that_breaks_off_keeps_its_upper_part(form: str) -> None:
    content = saved(noise(), form)
    picture = read(content[: len(content) * 7 // 10])
    assert picture.torn
    whole = np.asarray(read(content).grey)
    rows = slice(150, 299) if form == "BMP" else slice(0, 100)  # a BMP begins at the bottom
    assert (np.asarray(picture.grey)[rows] == whole[rows]).mean() > 0.9


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def test_png_chunks_that_make_no_picture_are_left_out() -> None:
    content = saved(Image.fromarray(GREY), "PNG", dpi=(200, 200))
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(50_000_000), 9))
    laden = content[:33] + bomb + chunk(b"acTL", bytes(8)) + content[33:]
    cleaned, torn = put_right(laden)
    assert not torn
    assert len(cleaned) <= len(content)
    picture = read(laden)
    assert (np.asarray(picture.grey) == GREY).all()
    assert picture.stated == pytest.approx((200, 200), abs=0.1)


def test_a_png_with_a_wrong_sum_is_read_and_said_to_be_damaged() -> None:
    content = bytearray(saved(Image.fromarray(GREY), "PNG"))
    at = content.index(b"IDAT") - 4
    length = int.from_bytes(content[at : at + 4], "big")
    content[at + 8 + length] ^= 0xFF
    picture = read(bytes(content))
    assert picture.torn
    assert (np.asarray(picture.grey) == GREY).all()


@pytest.mark.parametrize(("bits", "masks"), [(16, (0x30, 0x1C0, 0xE00)), (32, (0x7FF00000, 0xFFC00, 0x3FF))])
@pytest.mark.parametrize("upside", [1, -1])
def test_bmp_with_masks_of_its_own(bits: int, masks: tuple[int, int, int], upside: int) -> None:
    levels = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 0.0]])
    rows = levels if upside < 0 else levels[::-1]
    pixels = np.zeros(rows.shape, np.uint32)
    for mask in masks:
        pixels |= np.where(rows > 0, mask, 0).astype(np.uint32)
    body = pixels.astype(f"<u{bits // 8}").tobytes()
    head = struct.pack("<IIIHHIIIIII", 40, 2, 3 * upside & 0xFFFFFFFF, 1, bits, 3, len(body), 0, 0, 0, 0)
    content = b"BM" + struct.pack("<IHHI", 66 + len(body), 0, 0, 66) + head + struct.pack("<III", *masks) + body
    assert (np.asarray(read(content).grey) == (levels * 255).astype(np.uint8)).all()


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"BMI 31.2, follow-up in 2 weeks", "note.txt", None),
        (b"P1 was seen today", "note.txt", None),
        (b"GIF attached", "note.txt", None),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "film.mp4", None),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "x", "image/heic"),
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1miaf", "x", "image/avif"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "x.wav", None),
        (b"P4\n# scan\n1728 2200\n", "x", "image/x-portable-anymap"),
        (saved(fax_page(40, 20), "BMP"), "x", "image/bmp"),
    ],
)
def test_what_begins_like_a_picture(head: bytes, name: str, kind: str | None) -> None:
    assert picture_type(head, name) == kind
