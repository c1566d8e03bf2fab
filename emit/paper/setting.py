"""How pages are set: sizes, styles, tables, and the same bytes for the same request."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from emit.paper.text import plain

MARGIN = 54.0  # points
INK, FAINT, LINE = colors.HexColor("#1b2430"), colors.HexColor("#5a6675"), colors.HexColor("#b8c1cc")
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13.5, textColor=INK)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8.2, leading=10.6)
NOTE = ParagraphStyle("note", parent=SMALL, textColor=FAINT)
RIGHT = ParagraphStyle("right", parent=NOTE, alignment=TA_RIGHT)
TITLE = ParagraphStyle("title", parent=BODY, fontName="Helvetica-Bold", fontSize=15, leading=18)
HEAD = ParagraphStyle("head", parent=BODY, fontName="Helvetica-Bold", fontSize=9.4, leading=12, spaceBefore=6)


Cell = Flowable | Sequence[Flowable] | Drawing


def paragraph(text: str, style: ParagraphStyle = BODY, *, bold: bool = False) -> Paragraph:
    """A paragraph of text from anywhere; nothing in it is taken for markup."""
    marked = plain(text)
    return Paragraph(f"<b>{marked}</b>" if bold else marked, style)


def grid(rows: Sequence[Sequence[Cell]], widths: Sequence[float], *, headed: bool = False, ruled: bool = True) -> Table:
    """A table; `headed` shades its first row, which is repeated on every page."""
    style = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")])
    for name, space in (("LEFTPADDING", 4.0), ("RIGHTPADDING", 4.0), ("TOPPADDING", 2.5), ("BOTTOMPADDING", 2.5)):
        style.add(name, (0, 0), (-1, -1), space)
    if ruled:
        style.add("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE)
        style.add("LINEABOVE", (0, 0), (-1, 0), 0.4, LINE)
    if headed:
        style.add("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#eef1f5"))
    return Table([list(row) for row in rows], colWidths=list(widths), style=style, repeatRows=int(headed))


def page_size(market: str) -> tuple[float, float]:
    """Letter for the United States, A4 elsewhere; in points."""
    return LETTER if market == "us" else A4


def typeset(story: Sequence[Flowable], *, title: str, foot: str, market: str) -> bytes:
    """The PDF of a story. The same story gives the same bytes: no date of making, no random id."""
    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream, pagesize=page_size(market), leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN,
        bottomMargin=MARGIN + 8, title=title, author="Dossier", invariant=1,
    )  # fmt: skip

    def number(canvas: Canvas, _: object) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 7.5)
        canvas.setFillColor(FAINT)
        canvas.drawString(MARGIN, MARGIN - 14, foot)
        canvas.drawRightString(page_size(market)[0] - MARGIN, MARGIN - 14, f"Page {canvas.getPageNumber()}")
        canvas.restoreState()

    document.build(list(story), onFirstPage=number, onLaterPages=number)
    return stream.getvalue()
