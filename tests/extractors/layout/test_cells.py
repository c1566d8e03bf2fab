from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from extractors.layout.cells import blanks, grid
from models.document import Page
from models.geometry import Box
from tests.extractors.forms import cell, table, underline

PAGE = Page(1, 612.0, 792.0, "text_layer")


def test_a_text_stands_in_the_cell_around_it() -> None:
    lines = grid(replace(PAGE, rules=cell(70, 100, 300, 130)))
    found = lines.cell(Box(80, 110, 120, 120))
    assert (found.x0, found.top, found.x1, found.bottom) == (70.5, 100.5, 300, 130)
    assert lines.ruled(found)
    assert lines.boxed(found)


def test_outside_all_rules_the_page_is_the_cell() -> None:
    lines = grid(replace(PAGE, rules=cell(70, 100, 300, 130)))
    free = lines.cell(Box(400, 300, 420, 310))
    assert free == Box(300.5, 0, 612, 792) or free == Box(0, 0, 612, 792)
    assert not lines.ruled(free)


def test_a_typed_word_that_touches_its_line_stays_above_it() -> None:
    lines = grid(replace(PAGE, rules=table((70, 300), (100, 115, 130))))
    assert lines.cell(Box(80, 106, 120, 116)).bottom == 115


def test_an_underlined_blank_is_no_side_of_a_cell() -> None:
    page = replace(PAGE, rules=(underline(150, 111, 350), *cell(70, 200, 300, 230)))
    assert blanks(page) == (Box(150, 111, 350, 111.5),)
    assert not grid(page).ruled(grid(page).cell(Box(160, 100, 200, 110)))


def test_a_black_band_bounds_what_stands_below_it() -> None:
    lines = grid(replace(PAGE, bands=(Box(70, 100, 540, 114),)))
    assert lines.cell(Box(80, 120, 120, 130)).top == 114


def test_on_a_turned_page_the_cell_ends_where_the_upright_page_does() -> None:
    lines = grid(replace(PAGE, width=792.0, height=612.0, rotation=90))
    assert lines.cell(Box(10, 10, 20, 20)) == Box(0, 0, 612, 792)


@given(st.lists(st.integers(1, 60), min_size=3, max_size=6, unique=True), st.integers(1, 600), st.integers(1, 780))
def test_a_point_lies_in_its_own_cell(sides: list[int], x: int, y: int) -> None:
    places = tuple(float(10 * side) for side in sorted(sides))
    lines = grid(replace(PAGE, rules=table(places, places)))
    found = lines.cell(Box(x, y, x + 1, y + 8))
    assert found.x0 <= x + 0.5 <= found.x1
    assert found.top <= y + 4 + 4 and found.bottom >= y  # noqa: PT018 - one claim: it is around the text
