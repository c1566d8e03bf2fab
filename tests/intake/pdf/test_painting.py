"""Words that nobody can see carry the reason; those that can be seen carry none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pikepdf import Array, Pdf
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from intake.raw import ReadOptions
from intake.readers.pdf import load
from tests.intake.readers.drawn import edited, pdf


def reasons(draw: Callable[[Canvas], None], edit: Callable[[Pdf], None] | None = None) -> dict[str, str | None]:
    content = pdf(draw) if edit is None else edited(pdf(draw), edit)
    return {word.text: word.hidden for word in load(content, ReadOptions()).page(1).words}


def test_text_without_ink_is_invisible() -> None:
    def draw(canvas: Canvas) -> None:
        for mode in (0, 3, 7):
            text = canvas.beginText(100, 600 - 20 * mode)
            text.setTextRenderMode(mode)
            text.textOut(f"mode{mode}")
            canvas.drawText(text)
        canvas.setFillAlpha(0)
        canvas.drawString(100, 300, "glass")

    assert reasons(draw) == {"mode0": None, "mode3": "invisible", "mode7": "invisible", "glass": "invisible"}


def test_text_outside_the_page_or_its_clip() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 300, "here")
        canvas.drawString(100, 20, "cropped")
        path = canvas.beginPath()
        path.rect(90, 490, 40, 40)
        canvas.clipPath(path, stroke=0)
        canvas.drawString(100, 500, "in")
        canvas.drawString(300, 500, "out")

    def crop(opened: Pdf) -> None:
        opened.pages[0].CropBox = Array([0, 50, 612, 792])

    assert reasons(draw, crop) == {"here": None, "cropped": "off-page", "in": None, "out": "off-page"}


def test_text_too_small_to_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 0.5)
        canvas.drawString(100, 300, "microscopic")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(100, 400, "print")

    assert reasons(draw) == {"microscopic": "tiny", "print": None}


def test_text_under_what_was_painted_later() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 300, "under")
        canvas.drawString(100, 400, "marked")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(90, 290, 100, 30, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 0)
        canvas.setFillAlpha(0.4)
        canvas.rect(90, 390, 100, 30, stroke=0, fill=1)

    assert reasons(draw) == {"under": "covered", "marked": None}


@pytest.mark.parametrize("see_through", [False, True])
def test_text_under_an_image(see_through: bool) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 300, "under")
        image = Image.new("RGBA", (40, 40), (200, 200, 200, 0 if see_through else 255))
        canvas.drawImage(ImageReader(image), 90, 280, 200, 60, mask="auto")

    assert reasons(draw) == {"under": None if see_through else "covered"}


def test_text_in_the_colour_of_its_ground() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(90, 390, 200, 30, stroke=0, fill=1)
        canvas.drawString(100, 400, "blacked")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(200, 400, "white-on-black")
        canvas.drawString(100, 300, "white-on-white")
        canvas.setFillColorRGB(0.99, 0.99, 0.99)
        canvas.drawString(100, 200, "nearly")

    assert reasons(draw) == {
        "blacked": "paper-coloured",
        "white-on-black": None,
        "white-on-white": "paper-coloured",
        "nearly": "paper-coloured",
    }


def test_text_that_stands_out_from_a_picture_is_seen_whatever_its_colour() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), (20, 40, 90))), 90, 280, 200, 60)
        canvas.linearGradient(90, 480, 290, 480, ((0, 0, 0.5), (0.2, 0.2, 0.2)), extend=False)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(100, 300, "on-a-photo")

    assert reasons(draw) == {"on-a-photo": None}
