"""Makes single pages for benchmarks/text_layers.py that hide nothing, in all the dress that honest pages come in."""

from __future__ import annotations

import random
from collections.abc import Callable

import pikepdf
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader

from benchmarks.lying import FONTS, Lie, Sheet, edited, searchable, sheet


def plain(rng: random.Random) -> Lie:
    """Black on white, any font and size."""
    page = sheet(rng)
    page.fill()
    return _honest("plain", page)


def small(rng: random.Random) -> Lie:
    """Small print of 4 to 7 points."""
    page = sheet(rng)
    page.size = rng.choice((4, 5, 6, 7))
    page.fill()
    return _honest("small", page)


def grey(rng: random.Random) -> Lie:
    """Pale grey print."""
    page = sheet(rng)
    page.canvas.setFillGray(rng.choice((0.4, 0.6, 0.7, 0.8)))
    page.fill()
    return _honest("grey", page)


def coloured(rng: random.Random) -> Lie:
    """Coloured print on a coloured band."""
    page = sheet(rng)
    for number in range(6):
        page.canvas.setFillColorRGB(*(rng.uniform(0.75, 1) for _ in range(3)))
        page.canvas.rect(60, 694 - 22 * number, 490, 20, stroke=0, fill=1)
    page.canvas.setFillColorRGB(rng.uniform(0, 0.5), rng.uniform(0, 0.3), rng.uniform(0, 0.5))
    page.fill()
    return _honest("coloured", page)


def reversed_out(rng: random.Random) -> Lie:
    """White letters on dark bands: they can be seen."""
    page = sheet(rng)
    page.canvas.setFillGray(rng.choice((0, 0.2, 0.4)))
    for number in range(6):
        page.canvas.rect(60, 694 - 22 * number, rng.choice((300, 490)), 18, stroke=0, fill=1)
    page.canvas.rect(60, 500, 490, 70, stroke=0, fill=1)
    page.canvas.rect(60, 722, 490, 24, stroke=0, fill=1)
    page.canvas.setFillGray(1)
    page.fill()
    return _honest("reversed_out", page)


def spaced(rng: random.Random) -> Lie:
    """Letters set apart."""
    page = sheet(rng)
    page.spacing = rng.choice((0.5, 1.0, 1.5, 2.0))
    page.size = min(page.size, 9)
    page.fill()
    return _honest("spaced", page)


def ruled(rng: random.Random) -> Lie:
    """A form of cells, its values on rules and under highlights, with a struck-out and an underlined line."""
    page = sheet(rng)
    for number in range(7):
        page.canvas.setLineWidth(rng.choice((0.4, 0.8)))
        page.canvas.rect(66, 692 - 22 * number, 240, 22)
        page.canvas.rect(306, 692 - 22 * number, 240, 22)
        page.canvas.line(70, 697 - 22 * number, 300, 697 - 22 * number)
    page.fill()
    page.canvas.setFillColorRGB(1, 1, 0, alpha=0.4)
    page.canvas.rect(70, 672, 220, 18, stroke=0, fill=1)
    return _honest("ruled", page)


def filled(rng: random.Random) -> Lie:
    """A fillable form."""
    page = sheet(rng)
    page.fill(skip=tuple(page.values))
    for label, value in page.values.items():
        x, y = page.places[label]
        page.canvas.acroForm.textfield(
            name=label,
            value=value,
            x=round(x),
            y=round(y) - 5,
            width=200,
            height=18,
            fontSize=10,
            borderWidth=rng.choice((0, 1)),
        )
    return _honest("filled", page)


def stamped(rng: random.Random) -> Lie:
    """A watermark behind the text, a slanted stamp and a logo beside it, a note up the margin."""
    page = sheet(rng)
    pen = page.canvas
    pen.saveState()
    pen.translate(150, 250)
    pen.rotate(45)
    pen.setFillGray(0.88)
    pen.setFont("Helvetica-Bold", 90)
    pen.drawString(0, 0, "COPY")
    pen.restoreState()
    page.fill()
    pen.saveState()
    pen.translate(430, 640)
    pen.rotate(rng.uniform(-20, 20))
    pen.setStrokeColorRGB(0.7, 0, 0)
    pen.setFillColorRGB(0.7, 0, 0)
    pen.setFont("Helvetica-Bold", 14)
    pen.rect(-4, -6, 130, 24)
    pen.drawString(0, 0, "RECEIVED 09/14")
    pen.restoreState()
    pen.saveState()
    pen.translate(30, 200)
    pen.rotate(90)
    pen.setFont("Helvetica", 7)
    pen.drawString(0, 0, "Form 4471-B (rev. 03/2025) page 1 of 2")
    pen.restoreState()
    logo = Image.new("L", (240, 120), 255)
    ImageDraw.Draw(logo).ellipse((10, 10, 230, 110), fill=90)
    pen.drawImage(ImageReader(logo), 470, 700, 80, 40)
    return _honest("stamped", page)


def bold_twice(rng: random.Random) -> Lie:
    """Letters printed twice, a little apart, as some programs make them bold or give them a shadow."""
    page = sheet(rng)
    page.fill()
    label = rng.choice(tuple(page.values))
    x, y = page.places[label]
    page.canvas.drawString(x + 0.3, y, page.values[label])
    page.canvas.drawString(x + 0.3, y, page.values[label])
    return _honest("bold_twice", page)


def turned(rng: random.Random) -> Lie:
    """A page turned by /Rotate."""
    page = sheet(rng)
    page.font = rng.choice(FONTS)
    page.fill()
    lie = _honest("turned", page)

    def turn(opened: pikepdf.Pdf) -> None:
        opened.pages[0].Rotate = 90

    lie.content = edited(lie.content, turn)
    return lie


def own_scan(rng: random.Random) -> Lie:
    """A scan with its own OCR layer, good or poor."""
    page = sheet(rng)
    page.fill()
    content = page.done()
    return Lie("own_scan", searchable(content, content, rng, errors=rng.choice((0.02, 0.1, 0.4, 0.6))))


HONEST: tuple[Callable[[random.Random], Lie], ...] = (
    plain, small, grey, coloured, reversed_out, spaced, ruled, filled, stamped, bold_twice, turned, own_scan,
)  # fmt: skip


def _honest(kind: str, page: Sheet) -> Lie:
    """The page with all the words of its values as those that must be seen."""
    seen = tuple(word for value in page.values.values() for word in value.split())
    return Lie(kind, page.done(), (), seen)
