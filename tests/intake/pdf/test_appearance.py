"""What a PDF only tells of is drawn: filled fields, ticks, notes and lines without an appearance."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String
from reportlab.pdfgen.canvas import Canvas

from intake.pdf.appearance import with_appearances
from intake.raw import RawPage, ReadOptions
from intake.readers.pdf import load
from tests.intake.readers.drawn import darkness, edited, pdf


def form(canvas: Canvas) -> None:
    canvas.acroForm.textfield(name="name", value="Jane Sample", x=100, y=600, width=200, height=20, borderWidth=0)
    canvas.acroForm.checkbox(name="urgent", checked=True, x=100, y=500, size=20)
    canvas.acroForm.radio(name="sex", value="female", selected=True, x=100, y=450, size=20)
    canvas.acroForm.radio(name="sex", value="male", selected=False, x=200, y=450, size=20)


def page_of(edit: Callable[[Pdf, Object], None]) -> RawPage:
    def each(opened: Pdf) -> None:
        opened.Root.AcroForm.NeedAppearances = False
        for widget in opened.pages[0].Annots:
            edit(opened, widget)

    return load(edited(pdf(form), each), ReadOptions()).page(1)


def ink(page: RawPage, left: float, bottom: float, side: float) -> float:
    assert page.raster is not None
    box = (left + 4, 792 - bottom - side + 4, left + side - 4, 792 - bottom - 4)
    return darkness(page.raster.pixels, page.raster.columns, box, (page.raster.dpi_x, page.raster.dpi_y))


def ticks(page: RawPage) -> dict[tuple[str, str], bool | None]:
    return {(field.name, field.value): field.checked for field in page.fields if field.checked is not None}


def test_a_value_that_its_look_does_not_show() -> None:
    def stale(opened: Pdf, widget: Object) -> None:
        if widget.get("/FT") == Name.Tx:
            box = Array([0, 0, 200, 20])
            widget.AP = Dictionary(N=opened.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=box))

    page = page_of(stale)
    assert [word.text for word in page.words] == ["Jane", "Sample"]
    assert [word.hidden for word in page.words] == [None, None]


def test_buttons_whose_state_only_their_value_tells() -> None:
    def stateless(_: Pdf, widget: Object) -> None:
        if "/AS" in widget:
            del widget["/AS"]

    page = page_of(stateless)
    assert ticks(page)["urgent", "Yes"] is True
    assert ticks(page)["sex", "female"] is True
    assert ticks(page)["sex", "male"] is False
    assert ink(page, 100, 500, 20) > ink(page, 200, 450, 20)


def test_buttons_without_a_look() -> None:
    def bare(_: Pdf, widget: Object) -> None:
        del widget["/AP"]

    page = page_of(bare)
    assert ticks(page)["urgent", "Yes"] is True
    assert ticks(page)["sex", "female"] is True
    assert ink(page, 100, 450, 20) > 0.05
    assert ink(page, 200, 450, 20) < 0.02
    assert [word.text for word in page.words] == ["Jane", "Sample"]


def annotated(**entries: object) -> RawPage:
    def add(opened: Pdf) -> None:
        note = Dictionary(Type=Name.Annot)
        for key, value in entries.items():
            note[f"/{key}"] = value
        opened.pages[0].Annots = Array([opened.make_indirect(note)])

    return load(edited(pdf(lambda canvas: canvas.drawString(50, 50, "page")), add), ReadOptions()).page(1)


def test_a_typed_note_without_a_look_is_drawn_and_read() -> None:
    page = annotated(
        Subtype=Name.FreeText,
        Rect=Array([100, 400, 300, 460]),
        Contents=String("Please expedite, surgery on Monday"),
        DA=String("/Helv 12 Tf 1 0 0 rg"),
    )
    assert [word.text for word in page.words][1:] == ["Please", "expedite,", "surgery", "on", "Monday"]
    (note,) = page.annotations
    assert (note.kind, note.text) == ("freetext", "Please expedite, surgery on Monday")


def test_chinese_notes_are_read() -> None:
    page = annotated(Subtype=Name.FreeText, Rect=Array([100, 400, 300, 460]), Contents=String("陳大文"))
    assert [word.text for word in page.words][1:] == ["陳大文"]


@pytest.mark.parametrize(
    ("kind", "entries"),
    [
        (Name.Line, {"L": Array([100, 400, 300, 400])}),
        (Name.PolyLine, {"Vertices": Array([100, 400, 200, 400, 300, 400])}),
        (Name.Polygon, {"Vertices": Array([100, 400, 300, 400, 200, 300])}),
    ],
)
def test_lines_without_a_look_are_drawn(kind: Name, entries: dict[str, object]) -> None:
    page = annotated(Subtype=kind, Rect=Array([90, 390, 310, 410]), BS=Dictionary(W=4), C=Array([0]), **entries)
    raster = page.raster
    assert raster is not None
    dpi = raster.dpi_x, raster.dpi_y
    assert darkness(raster.pixels, raster.columns, (120, 792 - 401, 280, 792 - 399), dpi) > 0.9


def test_a_document_with_nothing_to_draw_stays_as_it_is() -> None:
    assert with_appearances(pdf(lambda canvas: canvas.drawString(50, 50, "page"))) is None
    assert with_appearances(b"no PDF") is None
