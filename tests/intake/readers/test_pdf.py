"""Words lie on their ink however the page is turned and cut; forms, annotations, scans and traps."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from intake.raw import Corners, RawPage, RawRaster, ReadOptions, Unreadable
from intake.readers.pdf import load
from tests.intake.readers.drawn import darkness, edited, fax_page, pdf, saved


def first_page(content: bytes) -> RawPage:
    return load(content, ReadOptions()).page(1)


def raster(page: RawPage) -> RawRaster:
    assert page.raster is not None
    assert len(page.raster.pixels) == page.raster.columns * page.raster.rows
    return page.raster


def boxes_of(page: RawPage) -> dict[str, Corners]:
    return {word.text: word.box for word in page.words}


def letter(canvas: Canvas) -> None:
    canvas.drawString(100, 650, "Patient: Sample, Jane")
    canvas.drawString(300, 200, "HHHH")


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (50, 100, 500, 700)])
def test_words_lie_on_their_ink(turn: int, crop: tuple[int, int, int, int] | None) -> None:
    def place(opened: Pdf) -> None:
        opened.pages[0].Rotate = turn
        if crop:
            opened.pages[0].CropBox = Array(crop)

    page = first_page(edited(pdf(letter), place))
    wide, high = (450.0, 600.0) if crop else (612.0, 792.0)
    assert (page.width, page.height) == ((high, wide) if turn in (90, 270) else (wide, high))
    picture = raster(page)
    assert [word for word, _, _ in page.words] == ["Patient:", "Sample,", "Jane", "HHHH"]
    for word, (x0, top, x1, bottom), _ in page.words:
        dpi = picture.dpi_x, picture.dpi_y
        assert darkness(picture.pixels, picture.columns, (x0, top, x1, bottom), dpi) > 0.15, word
        for beside in ((x0, top - 5, x1, top - 2), (x0, bottom + 2, x1, bottom + 5)) if turn in (0, 180) else ():
            assert darkness(picture.pixels, picture.columns, beside, dpi) < 0.1, word


def test_box_of_a_known_word() -> None:
    page = first_page(pdf(letter))
    x0, top, x1, bottom = boxes_of(page)["HHHH"]
    # Helvetica: an H is 0.722 wide and 0.718 high, with side bearings of about 0.077, at 12 points.
    assert (x0, x1) == pytest.approx((300 + 0.9, 300 + 4 * 8.664 - 0.9), abs=0.3)
    assert (top, bottom) == pytest.approx((792 - 200 - 8.62, 792 - 200), abs=0.3)


def test_pages_are_drawn_in_grey_at_the_resolution_asked_for() -> None:
    picture = raster(load(pdf(letter), ReadOptions(dpi=100)).page(1))
    assert (picture.columns, picture.rows, picture.dpi_x, picture.dpi_y) == (850, 1100, 100, 100)
    assert not first_page(pdf(letter)).scanned


def test_words_part_at_wide_gaps_and_keep_hyphens() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 650, "left")
        canvas.drawString(160, 650, "right")
        canvas.drawString(100, 600, "follow-up self-")
        canvas.drawString(100, 585, "administered")

    assert [word for word, _, _ in first_page(pdf(draw)).words] == [
        "left",
        "right",
        "follow-up",
        "self-",
        "administered",
    ]


def test_words_off_the_page_are_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 650, "here")
        canvas.drawString(100, 1650, "elsewhere")

    assert [word for word, _, _ in first_page(pdf(draw)).words] == ["here"]


def filled_form(canvas: Canvas) -> None:
    form = canvas.acroForm
    form.textfield(
        name="member.name", tooltip="Name of the member", value="Jane Sample", x=100, y=600, width=200, height=20
    )
    form.textfield(name="member.empty", x=100, y=560, width=200, height=20)
    form.checkbox(name="urgent", tooltip="Urgent", checked=True, x=100, y=500, size=12)
    form.checkbox(name="standard", tooltip="Standard", checked=False, x=200, y=500, size=12)
    form.radio(name="sex", value="female", selected=True, x=100, y=450, size=12)
    form.radio(name="sex", value="male", selected=False, x=200, y=450, size=12)
    form.choice(name="plan", value="HMO", options=["HMO", "PPO"], x=100, y=400, width=80, height=20)


def test_form_fields_and_their_boxes() -> None:
    page = first_page(pdf(filled_form))
    fields = {(field.name, field.value): field for field in page.fields}
    name = fields["member.name", "Jane Sample"]
    assert (name.kind, name.label, name.checked) == ("text", "Name of the member", None)
    assert name.box == pytest.approx((100, 792 - 620, 300, 792 - 600), abs=2)
    ticks = {(field.kind, field.name, field.value, field.checked) for field in page.fields if field.checked is not None}
    assert ("checkbox", "urgent", "Yes", True) in ticks
    assert ("checkbox", "standard", "Yes", False) in ticks
    assert ("radio", "sex", "female", True) in ticks
    assert ("radio", "sex", "male", False) in ticks
    assert ("plan", "HMO") in fields
    assert not any(field.name == "member.empty" for field in page.fields)


def test_what_stands_in_fields_is_among_the_words() -> None:
    page = first_page(pdf(filled_form))
    boxes = boxes_of(page)
    assert [word for word, _, _ in page.words] == ["Jane", "Sample", "HMO"]
    picture = raster(page)
    assert darkness(picture.pixels, picture.columns, boxes["Sample"], (picture.dpi_x, picture.dpi_y)) > 0.15


def test_values_without_appearance_and_inherited_types_are_reported() -> None:
    def strip(opened: Pdf) -> None:
        opened.Root.AcroForm.NeedAppearances = True
        widget = next(one for one in opened.pages[0].Annots if str(one.T) == "member.name")
        del widget.AP
        parent = opened.make_indirect(
            Dictionary(T="member", FT=Name.Tx, V=widget.V, TU="The member", Kids=Array([widget]))
        )
        for key in ("/FT", "/V", "/TU"):
            del widget[key]
        widget.T = pikepdf.String("name")
        widget.Parent = parent
        fields = opened.Root.AcroForm.Fields
        opened.Root.AcroForm.Fields = Array([parent, *(one for one in fields if one.objgen != widget.objgen)])

    page = first_page(edited(pdf(filled_form), strip))
    field = next(field for field in page.fields if field.value == "Jane Sample")
    assert (field.name, field.kind) == ("member.name", "text")


def laid_over(opened: Pdf) -> None:
    ink = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Ink,
        Rect=Array([100, 500, 140, 540]),
        C=Array([0, 0, 0]),
        InkList=Array([Array([100, 500, 140, 540]), Array([100, 540, 140, 500])]),
        Border=Array([0, 0, 4]),
    )
    appearance = opened.make_stream(
        b"4 w 100 500 m 140 540 l S 100 540 m 140 500 l S",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([100, 500, 140, 540]),
    )
    ink.AP = Dictionary(N=appearance)
    typed = opened.make_stream(
        b"BT /F1 12 Tf 202 405 Td (Typed over) Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([200, 400, 300, 420]),
        Resources=Dictionary(
            Font=Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        ),
    )
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.FreeText,
        Rect=Array([200, 400, 300, 420]),
        Contents="Typed over",
        DA="/Helv 12 Tf",
        AP=Dictionary(N=typed),
        F=4,
    )
    hidden = Dictionary(
        Type=Name.Annot, Subtype=Name.Ink, Rect=Array([0, 0, 9, 9]), F=2, InkList=Array([Array([0, 0, 9, 9])])
    )
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    opened.pages[0].Annots = Array([opened.make_indirect(one) for one in (ink, note, hidden, link)])


def test_annotations_are_told_of_and_drawn_and_their_words_read() -> None:
    page = first_page(edited(pdf(letter), laid_over))
    assert [(one.kind, one.box, one.text) for one in page.annotations] == [
        ("ink", (100, 252, 140, 292), ""),
        ("freetext", (200, 372, 300, 392), "Typed over"),
    ]
    picture = raster(page)
    dpi = picture.dpi_x, picture.dpi_y
    assert darkness(picture.pixels, picture.columns, (115, 267, 125, 277), dpi) > 0.3
    assert darkness(picture.pixels, picture.columns, boxes_of(page)["Typed"], dpi) > 0.15


def test_a_page_to_be_read_with_care_is_not_laid_into_one() -> None:
    """Its picture shows everything, so nothing is missing; pages with nothing laid over them keep their words."""
    content = edited(pdf(letter), laid_over)
    careful = load(content, ReadOptions(careful=1)).page(1)
    assert (careful.words, len(careful.annotations)) == ((), 2)
    assert raster(careful).pixels == raster(first_page(content)).pixels
    assert load(pdf(letter), ReadOptions(careful=1)).page(1) == first_page(pdf(letter))


def scanned(
    place: tuple[float, float, float, float] = (0, 0, 612, 792), more: str = "", size: tuple[int, int] = (1728, 1100)
) -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(fax_page(*size)), *place)
        if more == "hidden":
            text = canvas.beginText(100, 400)
            text.setTextRenderMode(3)
            text.textLine("someone's own reading")
            canvas.drawText(text)
        if more == "header":
            canvas.drawString(20, 780, "2026-11-22 10:00 FROM 555-0100 P.1/1")
        if more == "typed":
            canvas.drawString(200, 400, "typed value")

    return pdf(draw)


def test_a_scan_comes_as_its_own_pixels_at_its_own_resolution() -> None:
    page = first_page(scanned())
    picture = raster(page)
    assert page.scanned
    assert (picture.columns, picture.rows) == (1728, 1100)
    assert (picture.dpi_x, picture.dpi_y) == pytest.approx((1728 / 8.5, 100), rel=1e-6)
    assert picture.stated
    assert picture.pixels == fax_page(1728, 1100).convert("L").tobytes()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_scan_comes_as_the_page_shows_it(turn: int) -> None:
    def place(opened: Pdf) -> None:
        opened.pages[0].Rotate = turn

    picture = raster(first_page(edited(scanned(), place)))
    expected = fax_page(1728, 1100).rotate(-turn, expand=True).convert("L")
    assert (picture.columns, picture.rows) == expected.size
    assert picture.pixels == expected.tobytes()
    assert (picture.dpi_x > picture.dpi_y) == (turn == 180)


def test_a_scan_with_margins_keeps_its_place() -> None:
    picture = raster(first_page(scanned(place=(18, 18, 576, 756))))
    bar = (18 + 100 / 1728 * 576, 18 + 60 / 1100 * 756, 18 + 500 / 1728 * 576, 18 + 120 / 1100 * 756)
    dpi = picture.dpi_x, picture.dpi_y
    assert darkness(picture.pixels, picture.columns, bar, dpi) > 0.98
    assert darkness(picture.pixels, picture.columns, (0, 0, bar[2] + 20, bar[1] - 1), dpi) == 0


@pytest.mark.parametrize("more", ["hidden", "header"])
def test_a_scan_with_a_text_layer_or_fax_header_is_a_scan(more: str) -> None:
    page = first_page(scanned(more=more))
    picture = raster(page)
    assert page.scanned
    assert (picture.columns, picture.rows) == (1728, 1100)
    assert page.words
    bar = (100 / 1728 * 612, 60 / 1100 * 792, 500 / 1728 * 612, 120 / 1100 * 792)
    assert darkness(picture.pixels, picture.columns, bar, (picture.dpi_x, picture.dpi_y)) > 0.98


def test_a_scan_with_ink_over_it_shows_the_ink() -> None:
    page = first_page(edited(scanned(), laid_over))
    picture = raster(page)
    assert page.scanned
    assert (picture.columns, picture.rows) == (1728, 1100)
    assert darkness(picture.pixels, picture.columns, (115, 267, 125, 277), (picture.dpi_x, picture.dpi_y)) > 0.3


def test_typed_text_on_a_picture_of_a_form_is_no_scan() -> None:
    page = first_page(scanned(more="typed"))
    assert not page.scanned
    assert [word for word, _, _ in page.words] == ["typed", "value"]


def test_a_stencil_image_is_drawn_as_the_page_shows_it() -> None:
    def to_mask(opened: Pdf) -> None:
        image = next(iter(opened.pages[0].Resources.XObject.values()))
        bits = fax_page(1728, 1100).tobytes()
        image.write(bits)
        for key in ("/ColorSpace", "/SMask", "/Mask", "/DecodeParms"):
            if key in image:
                del image[key]
        image.ImageMask, image.BitsPerComponent, image.Decode = True, 1, Array([0, 1])

    picture = raster(first_page(edited(scanned(), to_mask)))
    bar = (100 / 1728 * 612, 60 / 1100 * 792, 500 / 1728 * 612, 120 / 1100 * 792)
    assert darkness(picture.pixels, picture.columns, bar, (picture.dpi_x, picture.dpi_y)) > 0.98
    assert darkness(picture.pixels, picture.columns, (300, 600, 500, 700), (picture.dpi_x, picture.dpi_y)) < 0.02


def test_a_one_bit_fax_in_a_pdf_comes_bit_by_bit() -> None:
    image = fax_page(1728, 1078)
    page = first_page(saved(image, "PDF", resolution=204.0))
    picture = raster(page)
    assert page.scanned
    assert picture.bilevel
    assert picture.pixels == image.convert("L").tobytes()


@pytest.mark.parametrize("trick", ["mask", "clip"])
def test_an_image_that_is_not_what_the_page_shows_is_not_taken_for_it(trick: str) -> None:
    def change(opened: Pdf) -> None:
        page = opened.pages[0]
        if trick == "mask":
            image = next(iter(page.Resources.XObject.values()))
            image.SMask = opened.make_stream(
                b"\x00" * 8 + b"\xff" * 8,
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=4,
                Height=4,
                ColorSpace=Name.DeviceGray,
                BitsPerComponent=8,
            )
        else:
            page.contents_add(b"0 0 612 396 re W n ", prepend=True)

    picture = raster(first_page(edited(scanned(), change)))
    bar = (100 / 1728 * 612, 60 / 1100 * 792, 500 / 1728 * 612, 120 / 1100 * 792)
    assert darkness(picture.pixels, picture.columns, bar, (picture.dpi_x, picture.dpi_y)) < 0.02


def test_scripts_and_attachments_are_noted() -> None:
    def add(opened: Pdf) -> None:
        opened.attachments["x.exe"] = b"MZ"

    assert load(edited(pdf(letter), add), ReadOptions()).notes == ("F015", "files")
    assert load(pdf(letter), ReadOptions()).notes == ()


def refused(content: bytes, options: ReadOptions | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        load(content, options or ReadOptions()).page(1)
    return caught.value.code


def test_passwords() -> None:
    locked = edited(pdf(letter), lambda _: None, pikepdf.Encryption(user="secret", owner="owner"))
    guarded = edited(pdf(letter), lambda _: None, pikepdf.Encryption(user="", owner="owner"))
    assert refused(locked) == "F005"
    assert len(first_page(guarded).words) == 4


def test_limits_have_their_codes() -> None:
    assert refused(pdf(letter, pages=3), ReadOptions(pages=2)) == "F008"
    assert refused(b"%PDF-1.4\nnothing of the kind") == "F006"
    assert refused(pdf(letter), ReadOptions(points=500)) == "F009"


def test_a_large_page_is_drawn_coarser() -> None:
    page = load(pdf(letter), ReadOptions(pixels=1_000_000)).page(1)
    picture = raster(page)
    assert 900_000 < picture.columns * picture.rows <= 1_000_000
    assert picture.dpi_x == pytest.approx(picture.columns / 8.5)


def test_pictures_with_text_are_drawn_not_taken() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (300, 300), 90)), 50, 50, 200, 200)
        canvas.drawString(100, 650, "text beside a picture")

    page = first_page(pdf(draw))
    assert not page.scanned
    assert raster(page).columns == 1700


def test_the_pages_of_io_objects_are_closed_without_warnings(recwarn: pytest.WarningsRecorder) -> None:
    source = load(pdf(letter, pages=3), ReadOptions())
    assert [len(source.page(number).words) for number in (1, 2, 3)] == [4, 4, 4]
    assert not recwarn.list
