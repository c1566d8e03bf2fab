from __future__ import annotations

from extractors.layout.combs import comb_boxes, combs
from extractors.layout.runs import runs
from models.document import Page, Rule, Word
from models.geometry import Box, Span
from tests.extractors.layout.test_frames import framed

STEP = 12.0


def cells(x: float, top: float, count: int) -> tuple[Rule, ...]:
    """A frame of `count` cells."""
    inner = (Rule(Box(x + STEP * n, top, x + STEP * n + 0.4, top + 14), horizontal=False) for n in range(1, count))
    return (*framed(x, top, x + STEP * count, top + 14), *inner)


def glyphs(text: str, x: float, top: float) -> tuple[Word, ...]:
    """A character in each cell from `x`; a blank leaves one empty."""
    return tuple(
        Word(glyph, Box(x + STEP * n + 3, top + 4, x + STEP * n + 8, top + 10), Span(n, n + 1))
        for n, glyph in enumerate(text)
        if glyph != " "
    )


def page(words: tuple[Word, ...], rules: tuple[Rule, ...]) -> Page:
    return Page(1, 612, 792, "text_layer", words=words, rules=rules)


def test_characters_in_cells_spell_words_and_an_empty_cell_parts_them() -> None:
    (run,) = runs(page(glyphs("DE LA", 72, 100), cells(72, 100, 15)))
    assert [word.text for word in run.words] == ["DE", "LA"]


def test_two_characters_are_enough() -> None:
    assert [run.text for run in runs(page(glyphs("GA", 72, 100), cells(72, 100, 2)))] == ["GA"]


def test_groups_of_cells_close_together_are_one_field() -> None:
    words = (*glyphs("10", 72, 100), *glyphs("05", 101, 100), *glyphs("1981", 130, 100))
    found = page(words, (*cells(72, 100, 2), *cells(101, 100, 2), *cells(130, 100, 4)))
    assert len(combs(found)) == 1
    assert [run.text for run in runs(found)] == ["10051981"]


def test_a_field_begins_where_its_label_begins() -> None:
    label = Word("To", Box(130, 91, 140, 97), Span(50, 52))
    words = (*glyphs("10052026", 72, 100)[:4], *glyphs("1981", 130, 100), label)
    found = page(words, (*cells(72, 100, 4), *cells(130, 100, 4)))
    close = page(words[:-1], (*cells(72, 100, 4), *cells(124, 100, 4)))
    assert len(combs(found)) == 2
    assert len(combs(close)) == 1


def test_an_upright_that_was_not_seen_leaves_a_field() -> None:
    rules = cells(72, 100, 6)
    assert len(combs(page((), (*rules[:4], *rules[5:])))) == 1


def test_characters_far_apart_in_a_plain_frame_spell_words_and_close_ones_are_left() -> None:
    spaced = page(glyphs("ST. CLAIR", 72, 100), framed(72, 100, 300, 114))
    assert [word.text for run in runs(spaced) for word in run.words] == ["ST.", "CLAIR"]
    assert len(comb_boxes(spaced)) == 1
    close = tuple(Word(c, Box(74 + 6 * n, 104, 79 + 6 * n, 110), Span(n, n + 1)) for n, c in enumerate("ABC"))
    assert comb_boxes(page(close, framed(72, 100, 300, 114))) == ()


def test_narrow_columns_of_a_table_are_no_comb() -> None:
    uneven = tuple(Rule(Box(x, 100, x + 0.4, 114), horizontal=False) for x in (90, 140, 150, 230))
    assert combs(page((), (*framed(72, 100, 300, 114), *uneven))) == ()
