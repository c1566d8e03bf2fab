"""Small PDFs and scans, made for the tests that read them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

LETTER = (612.0, 792.0)


def pdf(draw: Callable[[Canvas], None], pages: int = 1) -> bytes:
    """A letter-size PDF on each of whose pages `draw` has drawn."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=LETTER)
    for _ in range(pages):
        canvas.setFont("Helvetica", 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def edited(content: bytes, edit: Callable[[pikepdf.Pdf], None], encryption: pikepdf.Encryption | bool = False) -> bytes:
    """The PDF after an edit, perhaps encrypted."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        edit(opened)
        opened.save(out, encryption=encryption)
    return out.getvalue()


def fax_page(columns: int = 1728, rows: int = 2292) -> Image.Image:
    """A one-bit page with a black bar in its top left corner and a line across."""
    image = Image.new("1", (columns, rows), 255)
    pen = ImageDraw.Draw(image)
    pen.rectangle((100, 60, 500, 120), fill=0)
    pen.rectangle((0, rows // 2, columns, rows // 2 + 3), fill=0)
    return image


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    """The image as a file."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def darkness(pixels: bytes, columns: int, box: tuple[float, float, float, float], dpi: tuple[float, float]) -> float:
    """The share 0..1 of dark pixels within a box given in points."""
    image = Image.frombytes("L", (columns, len(pixels) // columns), pixels)
    x, y = dpi[0] / 72, dpi[1] / 72
    part = image.crop((round(box[0] * x), round(box[1] * y), round(box[2] * x), round(box[3] * y)))
    return sum(part.histogram()[:128]) / max(1, part.width * part.height)
