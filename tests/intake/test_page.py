"""A page is read as a person sees it: every word where it stands, marks as they were made, nothing guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from intake.ocr import OcrWord
from intake.page import Eyes, open_eyes, read_page
from models.document import Page
from models.geometry import Affine, Box
from models.parsed import Annotation, FormFieldValue, ParsedPage, Pixels, Raster, VectorWord
from tests.fakes.ocr_crash import CrashingOcr
from tests.fakes.ocr_script import ScriptedOcr
from tests.intake.sheets import Drawing, faxed, letter


@pytest.fixture(scope="module")
def eyes() -> Eyes:
    return open_eyes()


def texts(page: Page) -> list[str]:
    return [word.text for word in page.words]


def missed(page: Page, drawing: Drawing) -> list[str]:
    left = texts(page)
    return [word for word, _ in drawing.words if word not in left]


def errors(page: Page, drawing: Drawing, way: Affine) -> list[float]:
    """How far each side of each rightly read word is from the truth, in points."""
    found = []
    for word in page.words:
        assert word.box is not None
        box = page.received(word.box)
        likes = [way.box(place) for text, place in drawing.words if text == word.text]
        distances = [
            max(abs(box.x0 - b.x0), abs(box.top - b.top), abs(box.x1 - b.x1), abs(box.bottom - b.bottom)) for b in likes
        ]
        found += [min(distances)] if distances else []
    return found


@pytest.mark.parametrize("dpi_y", [98.0, 196.0])
@pytest.mark.parametrize(("turn", "skew"), [(0, 3.0), (90, -3.0), (180, 1.3), (270, 3.0), (0, -3.0)])
def test_every_word_lies_within_two_points_of_its_ink(eyes: Eyes, dpi_y: float, turn: int, skew: float) -> None:
    drawing = letter()
    parsed, way = faxed(drawing, dpi_y=dpi_y, turn=turn, skew=skew)
    page = read_page(parsed, eyes)
    assert (page.rotation + turn) % 360 == 0
    assert page.skew == pytest.approx(skew, abs=0.3)
    assert len(missed(page, drawing)) <= 0.05 * len(drawing.words)
    distances = errors(page, drawing, way)
    assert len(distances) > 55
    assert max(distances) <= 2.0
    assert all(0 <= word.confidence <= 1 for word in page.words if word.confidence is not None)


def test_label_and_value_on_different_baselines_stay_apart(eyes: Eyes) -> None:
    drawing = Drawing()
    drawing.rectangle(Box(60, 100, 300, 120))
    drawing.rectangle(Box(300, 100, 540, 120))
    drawing.text(64, 111, "NPI#:", size=8)
    drawing.text(110, 116, "1237865", size=10)
    drawing.text(304, 111, "Phone:", size=8)
    drawing.text(350, 116, "555-645-8796", size=10)
    page = read_page(faxed(drawing)[0], eyes)
    assert texts(page) == ["NPI#:", "1237865", "Phone:", "555-645-8796"]
    assert sum(rule.horizontal for rule in page.rules) == 2
    assert sum(not rule.horizontal for rule in page.rules) >= 3


def test_a_value_that_stands_on_its_blank_is_read_whole(eyes: Eyes) -> None:
    drawing = Drawing()
    drawing.text(72, 200, "Pharmacy:", size=10)
    drawing.line((126, 202.6), (330, 202.6))
    drawing.text(140, 200, "Playgroup Quay", size=11)
    assert {"Playgroup", "Quay"} <= set(texts(read_page(faxed(drawing)[0], eyes)))


def test_white_words_on_a_dark_band_are_read(eyes: Eyes) -> None:
    drawing = Drawing()
    drawing.rectangle(Box(60, 100, 540, 118), fill=0)
    drawing.text(240, 113, "MEMBER INFORMATION", size=11, fill=255)
    page = read_page(faxed(drawing)[0], eyes)
    assert texts(page) == ["MEMBER", "INFORMATION"]
    assert len(page.bands) == 1
    assert page.received(page.bands[0]).height == pytest.approx(18, abs=1.5)


def test_a_box_is_no_letter_of_its_option(eyes: Eyes) -> None:
    drawing = Drawing()
    for x, option in ((72, "Standard"), (172, "Urgent")):
        drawing.rectangle(Box(x, 300, x + 9, 309))
        drawing.text(x + 13, 308, option, size=10)
    drawing.line((170, 311), (184, 297), width=1.5)
    page = read_page(faxed(drawing)[0], eyes)
    assert texts(page) == ["Standard", "Urgent"]
    assert [box.state for box in page.checkboxes] == ["empty", "checked"]


def test_a_signature_is_pen_ink_and_no_word(eyes: Eyes) -> None:
    drawing = Drawing()
    drawing.text(72, 400, "Signature of the physician:", size=10)
    xs = np.linspace(210, 330, 160)
    ys = 392 + 9 * np.sin(xs / 4.1) * np.cos(xs / 17) - 4 * np.sin(xs / 9)
    drawing.line(*zip(xs.tolist(), ys.tolist(), strict=True), width=1.1)
    page = read_page(faxed(drawing)[0], eyes)
    assert texts(page) == ["Signature", "of", "the", "physician:"]
    assert [region.kind for region in page.ink] == ["pen"]
    assert page.received(page.ink[0].box).common(Box(210, 380, 330, 404)) > 1000


def test_blank_pages_are_not_read() -> None:
    page = read_page(faxed(Drawing(), specks=0.001)[0], Eyes(CrashingOcr()))
    assert page.blank
    assert page.words == page.margin == ()


def test_of_a_blank_page_only_the_line_of_the_fax_is_read(eyes: Eyes) -> None:
    drawing = Drawing()
    drawing.text(40, 20, "FROM: 312 555 0100   P.002/004", size=8)
    page = read_page(faxed(drawing, specks=0.001)[0], eyes)
    assert page.blank
    assert page.words == ()
    assert [word.text for word in page.margin] == ["FROM:", "312", "555", "0100", "P.002/004"]


def test_a_page_with_one_line_is_not_blank(eyes: Eyes) -> None:
    drawing = Drawing()
    drawing.text(72, 300, "See attached note.")
    page = read_page(faxed(drawing, specks=0.001)[0], eyes)
    assert not page.blank
    assert texts(page) == ["See", "attached", "note."]


def test_pages_of_programs_keep_their_words(eyes: Eyes) -> None:
    drawing = Drawing()
    drawing.text(72, 100, "Typed by a program")
    drawing.rectangle(Box(72, 120, 82, 130))
    parsed, _ = faxed(drawing)
    words = tuple(VectorWord(text, box) for text, box in drawing.words)
    page = read_page(replace(parsed, scanned=False, words=words), eyes)
    assert page.source == "text_layer"
    assert [(word.text, word.confidence) for word in page.words] == [(text, None) for text, _ in drawing.words]
    assert [box.state for box in page.checkboxes] == ["empty"]
    assert page.ink == ()


def test_typed_notes_over_a_form_become_words_where_their_ink_is(eyes: Eyes) -> None:
    drawing = Drawing()
    drawing.text(72, 100, "Name:")
    drawing.text(130, 100, "Sarah Sample")
    parsed, _ = faxed(drawing)
    note = Annotation("freetext", Box(120, 80, 300, 110), "Sarah Sample")
    layer = (VectorWord(*drawing.words[0]),)
    page = read_page(replace(parsed, scanned=False, words=layer, annotations=(note,)), eyes)
    assert texts(page) == ["Name:", "Sarah", "Sample"]
    for word, (_, truth) in zip(page.words, drawing.words, strict=True):
        assert word.box is not None
        assert word.box.x0 == pytest.approx(truth.x0, abs=2)
        assert word.box.x1 == pytest.approx(truth.x1, abs=2)


def test_text_inside_pictures_is_read_beside_the_text_layer(eyes: Eyes) -> None:
    drawing = letter()
    parsed, _ = faxed(drawing)
    layer = tuple(VectorWord(text, box) for text, box in drawing.words[:9])
    page = read_page(replace(parsed, scanned=False, words=layer), eyes)
    assert page.source == "mixed"
    assert missed(page, drawing) == []


def test_form_fields_move_to_the_reading_frame() -> None:
    drawing = letter()
    parsed, way = faxed(drawing, turn=90)
    field = FormFieldValue("name", None, "text", "Sample", checked=None, box=way.box(Box(72, 90, 172, 104)))
    page = read_page(replace(parsed, form_fields=(field,)), Eyes(ScriptedOcr()))
    moved = page.form_fields[0].box
    assert (moved.x0, moved.top, moved.x1, moved.bottom) == pytest.approx((72, 90, 172, 104), abs=2)


def test_damaged_and_plain_pages_pass_through() -> None:
    none = Eyes(CrashingOcr())
    damaged = read_page(ParsedPage(3, 612, 792, None, damaged=True), none)
    plain = read_page(ParsedPage(1, 612, 792, None, plain="Dear  plan,\nplease"), none)
    assert (damaged.number, damaged.damaged, damaged.words) == (3, True, ())
    assert (plain.source, texts(plain)) == ("plain", ["Dear", "plan,", "please"])
    assert all(word.box is None for word in plain.words)


class Wavering(ScriptedOcr):
    """Reads something else each time it looks, as an engine does on a bad page."""

    def read_lines(self, lines: Sequence[Pixels], dpi: float) -> tuple[tuple[OcrWord, ...], ...]:
        """One word a line, another one each time."""
        self.text = f"word{len(self.lines_seen)}"
        return super().read_lines(lines, dpi)


def test_quality_says_why_a_page_is_hard_to_read() -> None:
    page = read_page(faxed(letter(), dpi_y=98, specks=0.004)[0], Eyes(Wavering(confidence=0.7)))
    assert page.quality.score < 0.88
    assert page.quality.reason == "low resolution (98 lines to the inch), noisy"


def test_tiny_rasters_do_no_harm(eyes: Eyes) -> None:
    for shape in ((1, 1), (3, 400), (400, 2)):
        raster = Raster(np.zeros(shape, dtype=np.uint8), 200, 200, stated=False)
        assert read_page(ParsedPage(1, 10, 10, raster, scanned=True), eyes).words == ()
