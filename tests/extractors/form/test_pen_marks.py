from __future__ import annotations

from typing import Any

import pytest

from models.document import Document
from models.geometry import Box
from models.mention import FieldMention
from models.parsed import Annotation
from tests.extractors.forms import At, fields, form, mentions, pen, tick_box, values

LEVEL = "level_of_service"
BOXED = [At("Review type:", 72, 100), At("Standard", 172, 100), At("Urgent", 252, 100)]
AROUND_URGENT = pen(234, 94, 300, 118)


def boxes(standard: Any = "empty", urgent: Any = "empty") -> Any:
    return tick_box(160, 100, standard), tick_box(240, 100, urgent)


def levels(document: Document) -> list[tuple[Any, str | None]]:
    fields_ = (mention for mention in mentions(document) if isinstance(mention, FieldMention))
    return [(field.value, field.unclear) for field in fields_ if field.path == LEVEL]


def test_a_circle_around_the_urgent_option_counts_as_urgent() -> None:
    document = form(BOXED, checkboxes=boxes(), ink=(AROUND_URGENT,))
    found = fields(document)[LEVEL, ()]
    assert (found.value, found.unclear, found.confidence) == ("urgent", "illegible", 0.5)
    evidence = found.evidence[0]
    assert (evidence.quote, evidence.handwritten) == ("Urgent", True)
    assert evidence.boxes == ((234.0, 94.0, 300.0, 118.0),)


def test_strokes_where_the_box_should_be_count_as_urgent() -> None:
    document = form(BOXED, checkboxes=boxes()[:1], ink=(pen(238, 96, 251, 112),))
    assert values(document)[LEVEL] == "<illegible>"
    assert fields(document)[LEVEL, ()].value == "urgent"


def test_pen_strokes_of_a_pdf_count_too() -> None:
    note = Annotation("ink", Box(234, 94, 300, 118))
    assert fields(form(BOXED, checkboxes=boxes(), annotations=(note,)))[LEVEL, ()].value == "urgent"


def test_a_ticked_box_needs_no_ink() -> None:
    document = form(BOXED, checkboxes=boxes(urgent="checked"), ink=(AROUND_URGENT,))
    assert levels(document) == [("urgent", None)]


@pytest.mark.parametrize("ink", [(), (pen(150, 94, 232, 118),), (pen(150, 92, 256, 118),), (pen(234, 130, 300, 150),)])
def test_ink_on_the_standard_option_or_elsewhere_leaves_it_standard(ink: Any) -> None:
    document = form(BOXED, checkboxes=boxes(standard="checked"), ink=ink)
    assert values(document)[LEVEL] == "standard"


def test_both_marks_are_told() -> None:
    document = form(BOXED, checkboxes=boxes(standard="checked"), ink=(AROUND_URGENT,))
    assert levels(document) == [("standard", None), ("urgent", "illegible")]


def words_inked(line: str, word: str) -> dict[str, Any]:
    """The levels of service of a page with this line, a pen's circle around one of its words."""
    place = next(w.box for w in form([At(line, 100, 100)]).page(1).words if w.text == word)
    assert place is not None
    document = form([At(line, 100, 100)], ink=(pen(place.x0 - 6, place.top - 5, place.x1 + 6, place.bottom + 5),))
    return {path: value for path, value in values(document).items() if path == LEVEL}


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("Urgent", "Urgent"),
        ("Expedited / Urgent (attach reason)", "Urgent"),
        ("Type of request: Routine Urgent", "Urgent"),
        ("Standard or STAT", "STAT"),
        ("V Urgent", "Urgent"),
    ],
)
def test_options_without_a_box(line: str, word: str) -> None:
    assert words_inked(line, word) == {LEVEL: "<illegible>"}


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("If this is an URGENT request, please call", "URGENT"),
        ("Emergency contact: Jane Roe", "Emergency"),
        ("Urgent care center", "Urgent"),
        ("Non urgent", "urgent"),
        ("Nonurgent", "Nonurgent"),
        ("Type of request: Routine Urgent", "Routine"),
    ],
)
def test_sentences_and_labels_that_hold_the_word_are_no_options(line: str, word: str) -> None:
    assert words_inked(line, word) == {}
