from __future__ import annotations

from dataclasses import replace

from extractors.form.choices import chosen, option_text, ticked
from extractors.form.marks import Option, read_options, typed_ticks, without_boxes
from extractors.layout.runs import runs
from models.document import CheckBox, Page
from tests.extractors.documents import At, document_from_lines
from tests.extractors.forms import tick_box


def page(*pieces: At, boxes: tuple[CheckBox, ...]) -> Page:
    return replace(document_from_lines(pieces).page(1), checkboxes=boxes)


def read(made: Page) -> list[tuple[str, str]]:
    return [(option.question, option_text(option)) for option in options(made)]


def options(made: Page) -> tuple[Option, ...]:
    return read_options(made, without_boxes(made, runs(made)))


def test_options_stand_to_the_right_of_their_boxes() -> None:
    made = page(
        At("Urgent?", 72, 100),
        At("Yes", 144, 100),
        At("No", 184, 100),
        boxes=(tick_box(132, 100, "checked"), tick_box(172, 100)),
    )
    assert read(made) == [("Urgent?", "Yes"), ("Urgent?", "No")]
    assert [option_text(option) for option in ticked(options(made))] == ["Yes"]


def test_options_may_stand_to_the_left() -> None:
    made = page(At("Yes", 100, 100), At("No", 150, 100), boxes=(tick_box(118, 100), tick_box(164, 100)))
    assert [option for _, option in read(made)] == ["Yes", "No"]


def test_the_question_may_stand_on_the_line_above() -> None:
    made = page(At("Is the request urgent?", 72, 86), At("Yes", 84, 100), boxes=(tick_box(72, 100),))
    assert read(made) == [("Is the request urgent?", "Yes")]


def test_a_box_without_words_is_no_option() -> None:
    assert read(page(At("far away", 400, 100), boxes=(tick_box(72, 100),))) == []


def test_the_glyph_of_a_box_is_not_read_as_a_word() -> None:
    made = page(At("☐ Urgent", 74, 100), boxes=(tick_box(73, 101),))
    assert [option for _, option in read(made)] == ["Urgent"]
    assert [run.text for run in without_boxes(made, runs(made))] == ["Urgent"]


def test_what_options_say() -> None:
    def leaf(question: str, option: str) -> tuple[str, str] | None:
        words = document_from_lines([option]).page(1).words
        choice = chosen(Option(tick_box(0, 0, "checked"), words, question))
        return (choice.path, choice.value) if choice else None

    assert leaf("", "Expedited/Urgent") == ("level_of_service", "urgent")
    assert leaf("", "Non-urgent") == ("level_of_service", "standard")
    assert leaf("Is this request urgent?", "Yes") == ("level_of_service", "urgent")
    assert leaf("Type of request:", "Emergency") == ("level_of_service", "emergency")
    assert leaf("", "Emergency") == ("level_of_service", "urgent")
    assert leaf("Expedited review?", "Yes") == ("level_of_service", "urgent")
    assert leaf("Gender", "M") == ("patient.sex", "male")
    assert leaf("Is this medication", "New") == ("service_lines.drug.new_or_continuing", "new")
    assert leaf("Sex:", "F") == ("patient.sex", "female")
    assert leaf("", "F") is None
    assert leaf("", "New start") == ("service_lines.drug.new_or_continuing", "new")
    assert leaf("Does it hurt?", "Yes") is None


def test_a_pen_cross_over_the_first_of_some_typed_brackets_is_a_tick() -> None:
    row = (
        At("ROUTINE", 100, 100),
        At("[   ]", 160, 100),
        At("URGENT", 190, 100),
        At("{ ]", 250, 100),
        At("RUSH", 275, 100),
    )
    made = page(At("A", 86, 92, 20), *row, boxes=())
    found = typed_ticks(made, runs(made))
    assert [box.state for box in sorted(found, key=lambda box: box.box.x0)] == ["checked", "empty", "empty"]
    small = page(At("A", 86, 100), *row, boxes=())
    assert [box.state for box in typed_ticks(small, runs(small))] == ["empty", "empty"]
