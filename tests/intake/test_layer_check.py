"""The layer of a drawn page is checked against what the page shows: what is not there, or is another word, falls."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.page import Eyes, open_eyes, read_page
from models.document import Page
from models.geometry import Box
from models.parsed import FormFieldValue, ParsedPage, VectorWord
from tests.intake.sheets import Drawing, faxed, letter


@pytest.fixture(scope="module")
def eyes() -> Eyes:
    return open_eyes()


def typed(drawing: Drawing, *more: VectorWord, instead: dict[str, str] | None = None) -> ParsedPage:
    """The drawing as a page made by a program; words in `instead` are told as others."""
    told = tuple(VectorWord((instead or {}).get(text, text), box) for text, box in drawing.words)
    return replace(faxed(drawing)[0], scanned=False, words=(*told, *more))


def texts(page: Page) -> list[str]:
    return [word.text for word in page.words]


def told(page: Page) -> list[tuple[str, str]]:
    return [(word.text, word.reason) for word in page.hidden]


def test_an_honest_layer_stands_word_for_word(eyes: Eyes) -> None:
    drawing = letter()
    page = read_page(typed(drawing), eyes)
    assert texts(page) == [text for text, _ in drawing.words]
    assert (page.hidden, page.source, page.engine) == ((), "text_layer", None)


def test_words_without_ink_are_hidden(eyes: Eyes) -> None:
    drawing = letter()
    page = read_page(typed(drawing, VectorWord("E11.65", Box(300, 600, 340, 610))), eyes)
    assert told(page) == [("E11.65", "paper-coloured")]
    assert "E11.65" not in texts(page)


def test_a_figure_that_is_drawn_as_another_is_read_as_drawn_and_in_its_place(eyes: Eyes) -> None:
    drawing = letter()
    page = read_page(typed(drawing, instead={"03/14/2026": "03/19/2026"}), eyes)
    assert texts(page) == [text for text, _ in drawing.words]
    assert told(page) == [("03/19/2026", "unlike")]
    assert page.source == "mixed"


def test_of_two_words_in_one_place_the_drawn_one_stands(eyes: Eyes) -> None:
    drawing = Drawing()
    drawing.text(72, 100, "Name: Theodore Whitfield")
    _, first, _ = drawing.words
    page = read_page(typed(drawing, VectorWord("Kenneth", first[1])), eyes)
    assert texts(page) == ["Name:", "Theodore", "Whitfield"]
    assert told(page) == [("Kenneth", "covered")]


def test_a_word_that_the_file_says_is_covered_stands_where_it_is_seen_all_the_same(eyes: Eyes) -> None:
    drawing = letter()
    parsed = typed(drawing)
    words = tuple(replace(word, hidden="covered") for word in parsed.words)
    page = read_page(replace(parsed, words=words), eyes)
    assert page.hidden == ()
    assert texts(page) == [text for text, _ in drawing.words]


def test_letters_too_small_to_read_and_words_off_the_page_are_no_words(eyes: Eyes) -> None:
    drawing = letter()
    tiny = VectorWord("1234567", Box(72, 500, 76, 501))
    beside = VectorWord("X7654321", Box(700, 500, 760, 510), "off-page")
    page = read_page(typed(drawing, tiny, beside), eyes)
    assert told(page) == [("1234567", "tiny"), ("X7654321", "off-page")]
    assert not {"1234567", "X7654321"} & set(texts(page))


def test_a_layer_of_nonsense_gives_way_to_the_pixels_and_is_not_told(eyes: Eyes) -> None:
    drawing = letter()
    shifted = {text: "".join(chr((ord(c) - 33 + 29) % 94 + 33) for c in text) for text, _ in drawing.words}
    page = read_page(typed(drawing, instead=shifted), eyes)
    missed = [text for text, _ in drawing.words if text not in texts(page)]
    assert len(missed) <= 0.05 * len(drawing.words)
    assert page.source == "ocr"
    assert page.hidden == ()


def test_the_good_words_of_a_layer_that_is_lost_are_read_again(eyes: Eyes) -> None:
    drawing = Drawing()
    rows = (("Patient Full Name", "Jane"), ("Number Of Units", "12"), ("Primary Diagnosis Code", "M17"), ("Level", "2"))
    values = {value for _, value in rows}
    for number, (label, value) in enumerate(rows):
        drawing.text(72, 120 + 40 * number, label)
        drawing.text(380, 120 + 40 * number, value)
    words = tuple(
        VectorWord(text, box) if text in values else VectorWord("zqxv"[: len(text)], box, "garbled")
        for text, box in drawing.words
    )
    page = read_page(replace(typed(drawing), words=words), eyes)
    assert texts(page) == [text for text, _ in drawing.words]
    assert page.source == "ocr"


def test_fields_of_a_page_whose_layer_is_lost_hold_what_is_drawn(eyes: Eyes) -> None:
    drawing = letter()
    text, box = next((text, box) for text, box in drawing.words if len(text) > 5)
    fields = (
        FormFieldValue("seen", None, "text", text, checked=None, box=box.grown(3)),
        FormFieldValue("dob", None, "text", "05/12/1960", checked=None, box=Box(300, 500, 400, 516)),
    )
    words = tuple(VectorWord("zqxv", box, "garbled") for _, box in drawing.words)
    page = read_page(replace(typed(drawing), words=words, form_fields=fields), eyes)
    assert page.source == "ocr"
    assert [field.value for field in page.form_fields] == [text, ""]
    assert ("05/12/1960", "invisible") in told(page)


def test_white_words_on_a_dark_band_stand(eyes: Eyes) -> None:
    drawing = Drawing()
    drawing.rectangle(Box(60, 90, 540, 112), fill=0)
    drawing.text(72, 105, "Member 40718265 Plan 93", fill=255)
    page = read_page(typed(drawing), eyes)
    assert texts(page) == ["Member", "40718265", "Plan", "93"]
    assert page.hidden == ()


def test_a_form_field_whose_value_is_not_drawn_has_none(eyes: Eyes) -> None:
    drawing = letter()
    field = FormFieldValue("dob", None, "text", "05/12/1960", checked=None, box=Box(300, 500, 400, 516))
    page = read_page(replace(typed(drawing), form_fields=(field,)), eyes)
    assert [field.value for field in page.form_fields] == [""]
    assert told(page) == [("05/12/1960", "invisible")]
