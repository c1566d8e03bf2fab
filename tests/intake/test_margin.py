"""The edge at which a sheet was fed is read whichever way the page itself lies."""

from __future__ import annotations

import datetime as dt

import cv2
import numpy as np
import pytest

from intake.fax_header import part_headers
from intake.page import Eyes, open_eyes, read_page
from models.document import Page
from models.parsed import ParsedPage, Pixels, Raster
from samples.envelope import STYLES, Sending, header_line, stamped
from tests.intake.sheets import faxed, letter

SENDING = Sending("Lakeview Rheumatology", "2165550192", "8005550100", dt.datetime(2026, 9, 14, 14, 3), 5)  # noqa: DTZ001
DPI = (204.0, 196.0)
PLAIN, INVERSE = STYLES[0], STYLES[-1]


@pytest.fixture(scope="module")
def eyes() -> Eyes:
    return open_eyes()


def sheet() -> Pixels:
    raster = faxed(letter())[0].raster
    assert raster is not None
    return raster.pixels


def read(pixels: Pixels, eyes: Eyes) -> Page:
    height, width = pixels.shape
    raster = Raster(pixels, *DPI, stated=True, bilevel=True)
    page = read_page(ParsedPage(1, width / DPI[0] * 72, height / DPI[1] * 72, raster, scanned=True), eyes)
    return part_headers([page])[0]


def upside_down(pixels: Pixels) -> Pixels:
    return np.ascontiguousarray(pixels[::-1, ::-1])


def crooked(pixels: Pixels) -> Pixels:
    height, width = pixels.shape
    way = cv2.getRotationMatrix2D((width / 2, height / 2), 2.0, 1.0)
    return np.asarray(cv2.warpAffine(pixels, way, (width, height), borderValue=(255,)), dtype=np.uint8)


@pytest.mark.parametrize("style", [PLAIN, INVERSE], ids=lambda style: style.name)
@pytest.mark.parametrize("fed", ["straight", "upside down", "crooked", "blank"])
def test_the_line_is_read_however_the_page_was_fed(fed: str, style: object, eyes: Eyes) -> None:
    assert style in (PLAIN, INVERSE)
    chosen = PLAIN if style is PLAIN else INVERSE
    pixels = {"straight": sheet(), "upside down": upside_down(sheet()), "crooked": crooked(sheet())}.get(
        fed, np.full_like(sheet(), 255)
    )
    page = read(stamped(pixels, header_line(chosen, SENDING, 2), dpi=DPI, style=chosen), eyes)
    (header,) = page.fax_headers
    assert (header.number, header.page, header.of) == ("2165550192", 2, 5)
    assert header.sent_at == SENDING.at
    assert page.blank is (fed == "blank")
    assert not any("2165550192" in word.text.replace("-", "") for word in page.words)


def test_a_page_that_was_turned_after_it_came_has_its_line_below(eyes: Eyes) -> None:
    received = stamped(upside_down(sheet()), header_line(PLAIN, SENDING, 2), dpi=DPI, style=PLAIN)
    page = read(upside_down(received), eyes)
    assert page.rotation == 0
    assert page.fax_headers[0].number == "2165550192"


def test_a_page_without_a_line_has_none(eyes: Eyes) -> None:
    page = read(sheet(), eyes)
    assert page.fax_headers == ()
    assert page.margin == ()
