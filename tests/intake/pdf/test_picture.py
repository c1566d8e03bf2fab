"""Scans come with their own pixels however they are packed, cut and placed."""

from __future__ import annotations

import io
import zlib

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageChops
from PIL.TiffImagePlugin import TiffImageFile

from intake.raw import RawPage, ReadOptions
from intake.readers.pdf import load
from tests.intake.readers.drawn import edited, fax_page, pdf, saved

IMAGE = fax_page(1700, 2200)


def scan(streams: dict[str, tuple[bytes, dict[str, object]]], content: bytes, within: bool = False) -> RawPage:
    """A letter page on which `content` places these images; `within` a form."""

    def put(opened: Pdf) -> None:
        images = Dictionary()
        for name, (data, about) in streams.items():
            stream: Stream = opened.make_stream(data, Type=Name.XObject, Subtype=Name.Image)
            for key, value in about.items():
                stream[f"/{key}"] = value
            images[f"/{name}"] = stream
        page = opened.pages[0]
        page.Resources = Dictionary(XObject=images)
        page.Contents = opened.make_stream(content)
        if within:
            box = Array([0, 0, 612, 792])
            form = opened.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=box)
            form.Resources = Dictionary(XObject=images)
            page.Resources = Dictionary(XObject=Dictionary(F=form))
            page.Contents = opened.make_stream(b"/F Do")

    return load(edited(pdf(lambda _: None), put), ReadOptions()).page(1)


def likeness(page: RawPage) -> float:
    """The share of pixels in which the page differs from the image."""
    raster = page.raster
    assert raster is not None
    own = Image.frombytes("L", (raster.columns, raster.rows), raster.pixels)
    assert own.size == IMAGE.size
    differing = ImageChops.difference(own, IMAGE.convert("L")).point(lambda level: 255 if level > 127 else 0)
    return differing.histogram()[255] / (own.width * own.height)


def bits(**more: object) -> dict[str, object]:
    return {"Width": 1700, "Height": 2200, "BitsPerComponent": 1, "ColorSpace": Name.DeviceGray, **more}


WHOLE = b"q 612 0 0 792 0 0 cm /X Do Q"
INVERTED = bytes(255 - byte for byte in IMAGE.tobytes())


def group4() -> bytes:
    opened = Image.open(io.BytesIO(saved(IMAGE, "TIFF", compression="group4", tiffinfo={278: 2200})))
    assert isinstance(opened, TiffImageFile)
    start, size = opened.tag_v2[273][0], opened.tag_v2[279][0]
    return saved(IMAGE, "TIFF", compression="group4", tiffinfo={278: 2200})[start : start + size]


FAX = Dictionary(K=-1, Columns=1700, Rows=2200, BlackIs1=True)
PACKED: dict[str, tuple[bytes, dict[str, object]]] = {
    "bits": (IMAGE.tobytes(), bits()),
    "inverted": (INVERTED, bits(Decode=Array([1, 0]))),
    "stencil": (IMAGE.tobytes(), {"Width": 1700, "Height": 2200, "BitsPerComponent": 1, "ImageMask": True}),
    "flate": (zlib.compress(IMAGE.convert("L").tobytes()), bits(BitsPerComponent=8, Filter=Name.FlateDecode)),
    "hex": (IMAGE.tobytes().hex().encode() + b">", bits(Filter=Name.ASCIIHexDecode)),
    "fax": (group4(), bits(Filter=Name.CCITTFaxDecode, DecodeParms=FAX)),
    "jpeg": (saved(IMAGE.convert("L"), "JPEG"), bits(BitsPerComponent=8, Filter=Name.DCTDecode)),
    "jpeg 2000": (saved(IMAGE.convert("L"), "JPEG2000"), bits(BitsPerComponent=8, Filter=Name.JPXDecode)),
}


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("within", [False, True])
def test_a_scan_is_its_image(packing: str, within: bool) -> None:
    page = scan({"X": PACKED[packing]}, WHOLE, within)
    assert page.scanned
    assert not page.torn
    assert likeness(page) < 0.001


@pytest.mark.parametrize("count", [11, 110])
def test_strips_make_up_a_page(count: int) -> None:
    rows = 2200 // count
    streams = {
        f"S{number}": (IMAGE.crop((0, number * rows, 1700, (number + 1) * rows)).tobytes(), bits(Height=rows))
        for number in range(count)
    }
    high = 792 / count
    places = [b"q 612 0 0 %.4f 0 %.4f cm /S%d Do Q " % (high, 792 - high * (n + 1), n) for n in range(count)]
    page = scan(streams, b"".join(places))
    assert page.scanned
    assert likeness(page) < 0.005


def test_a_fax_that_breaks_off_is_paper_below() -> None:
    data, about = PACKED["fax"]
    page = scan({"X": (data[: len(data) // 3], about)}, WHOLE)
    raster = page.raster
    assert raster is not None
    assert page.torn
    assert min(raster.pixels[-1700 * 100 :]) == 255
    assert min(raster.pixels[: 1700 * 100]) == 0


def test_a_scan_on_a_tiny_page_keeps_its_pixels() -> None:
    page = load(saved(IMAGE, "PDF", resolution=4000), ReadOptions()).page(1)
    assert page.height == pytest.approx(39.6)
    assert page.raster is not None
    assert page.raster.rows == pytest.approx(2200, abs=2)
