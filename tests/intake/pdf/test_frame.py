"""Pages whose boxes make no sense are shown whole; units other than points are counted in."""

from __future__ import annotations

import pytest
from pikepdf import Array, Name, Pdf
from reportlab.pdfgen.canvas import Canvas

from intake.raw import ReadOptions, Unreadable
from intake.readers.pdf import load
from tests.intake.readers.drawn import edited, pdf


def letter(canvas: Canvas) -> None:
    canvas.drawString(20, 30, "HHHH")


def boxed(**boxes: object) -> bytes:
    def place(opened: Pdf) -> None:
        for name, value in boxes.items():
            opened.pages[0].obj[f"/{name}"] = Array(value) if isinstance(value, list) else value

    return edited(pdf(letter), place)


WHOLE_LETTER: dict[str, dict[str, object]] = {
    "crop box elsewhere": {"CropBox": [1000, 1000, 1200, 1200]},
    "crop box empty": {"CropBox": [10, 10, 10, 10]},
    "crop box too large": {"CropBox": [-100, -100, 2000, 2000]},
    "crop box a sliver": {"CropBox": [0, 0, 612, 0.5]},
    "media box empty": {"MediaBox": [0, 0, 0, 0]},
    "media box inside out": {"MediaBox": [612, 792, 0, 0]},
    "media box a dot": {"MediaBox": [0, 0, 0.01, 0.01]},
    "media box of names": {"MediaBox": [Name.a, Name.b, 1, 2]},
    "media box of three": {"MediaBox": [0, 0, 612]},
    "turned by half a right angle": {"Rotate": 45},
}


@pytest.mark.parametrize("boxes", WHOLE_LETTER)
def test_boxes_that_make_no_sense(boxes: str) -> None:
    page = load(boxed(**WHOLE_LETTER[boxes]), ReadOptions()).page(1)
    assert (page.width, page.height) == (612, 792)
    assert [(word.text, word.hidden) for word in page.words] == [("HHHH", None)]


def test_a_missing_media_box_is_a_letter() -> None:
    def remove(opened: Pdf) -> None:
        del opened.pages[0].obj["/MediaBox"]

    assert load(edited(pdf(letter), remove), ReadOptions()).page(1).width == 612


@pytest.mark.parametrize("side", [20_000, 1e9])
def test_a_page_beyond_the_limit(side: float) -> None:
    with pytest.raises(Unreadable) as caught:
        load(boxed(MediaBox=[0, 0, side, side]), ReadOptions()).page(1)
    assert caught.value.code == "F009"


def test_a_page_in_other_units_has_its_size_in_points() -> None:
    page = load(boxed(MediaBox=[0, 0, 61.2, 79.2], UserUnit=10), ReadOptions()).page(1)
    assert (page.width, page.height) == pytest.approx((612, 792))
    assert page.raster is not None
    assert page.raster.columns == 1700
    (word,) = page.words
    assert word.box[0] == pytest.approx(10 * 20.9, abs=3)


def test_a_tiny_page_is_drawn_finer() -> None:
    raster = load(boxed(MediaBox=[0, 0, 61.2, 79.2]), ReadOptions()).page(1).raster
    assert raster is not None
    assert raster.rows == 1100
