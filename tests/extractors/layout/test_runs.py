from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from extractors.layout.runs import Run, run_of, runs
from models.document import Page, Word
from models.geometry import Box, Span
from tests.extractors.documents import At, document_from_lines
from tests.extractors.forms import typed, underline


def page(*pieces: At, **changes: object) -> Page:
    return replace(document_from_lines(pieces).page(1), **changes)  # type: ignore[arg-type]


def texts(found: tuple[Run, ...]) -> list[str]:
    return [run.text for run in found]


def test_a_wide_gap_parts_a_line_and_lines_come_top_down() -> None:
    found = runs(page(At("below", 72, 100), At("one two", 72, 60), At("three", 200, 60)))
    assert texts(found) == ["one two", "three", "below"]


def test_a_ruled_line_parts_words_that_stand_close() -> None:
    words = page(At("left", 72, 60), At("right", 98, 60))
    assert texts(runs(words)) == ["left right"]
    upright = replace(underline(95, 50, 95.5), box=Box(95, 50, 95.5, 80), horizontal=False)
    assert texts(runs(replace(words, rules=(upright,)))) == ["left", "right"]


def test_a_value_typed_lower_than_its_label_is_another_line() -> None:
    assert texts(runs(page(At("Name", 72, 60), At("Jane", 95, 66)))) == ["Name", "Jane"]


def test_what_was_typed_into_a_form_field_is_a_run_unless_the_page_draws_it() -> None:
    box = Box(160, 58, 300, 74)
    label = page(At("Name:", 72, 60), form_fields=(typed("n", " Jane  Sample ", box), typed("e", "  ", box)))
    assert texts(runs(label)) == ["Name:", "Jane Sample"]
    drawn = page(At("Name:", 72, 60), At("Jane Sample", 165, 60), form_fields=(typed("n", "Jane Sample", box),))
    assert texts(runs(drawn)) == ["Name:", "Jane Sample"]


def test_a_part_of_a_run_has_its_own_box() -> None:
    run = run_of(page(At("one two three", 72, 60)).words)
    assert run.part(1).text == "two three"
    assert run.part(0, 1).box == Box(72, 60, 87, 70)


@given(st.lists(st.tuples(st.integers(0, 550), st.integers(0, 700)), max_size=30))
def test_every_word_is_in_exactly_one_run(places: list[tuple[int, int]]) -> None:
    words = tuple(Word(f"w{n}", Box(x, y, x + 15, y + 10), Span(n, n + 1)) for n, (x, y) in enumerate(places))
    found = runs(Page(1, 612, 792, "text_layer", words))
    assert sorted(word.text for run in found for word in run.words) == sorted(word.text for word in words)
    assert runs(Page(1, 612, 792, "text_layer", words)) == found
