from __future__ import annotations

from dataclasses import replace

from extractors.layout.levels import levels
from extractors.layout.runs import runs
from models.document import Page
from models.geometry import Box
from tests.extractors.documents import At, document_from_lines
from tests.extractors.forms import underline

# "Drug, strength and form:" reaches from 72 to 192, "Tezepelumab" from 200 to 255.
TEXT = (At("Drug, strength and form:", 72, 100), At("Tezepelumab", 200, 100))
PIECES = (underline(80, 112, 100), underline(112, 112, 150), underline(158, 112, 210), underline(222, 112, 255))


def page(*pieces: At, confidence: float | None = 0.95) -> Page:
    return replace(document_from_lines(pieces, confidence=confidence).page(1), rules=PIECES)


def test_pieces_under_words_that_go_on_are_one_line() -> None:
    assert levels(page(*TEXT)) == (Box(80, 112, 255, 112.5),)


def test_a_row_on_a_broken_line_is_not_taken_apart_at_its_pieces() -> None:
    assert [run.text for run in runs(page(*TEXT))] == ["Drug, strength and form: Tezepelumab"]


def test_blanks_with_labels_between_them_are_several() -> None:
    made = page(At("ab", 82, 100), At("x", 104, 100), At("cd", 116, 100), At("y", 151, 100))
    assert len(levels(made)) == len(PIECES)


def test_lines_that_a_file_draws_are_as_they_were_drawn() -> None:
    assert len(levels(page(*TEXT, confidence=None))) == len(PIECES)


def test_words_on_another_line_join_nothing() -> None:
    assert len(levels(page(*(replace(one, y=160) for one in TEXT)))) == len(PIECES)


def test_a_long_line_that_is_hardly_broken_is_one() -> None:
    made = replace(page(*TEXT), rules=(underline(80, 112, 160), underline(163, 112, 300), underline(400, 112, 420)))
    assert [(box.x0, box.x1) for box in levels(made)] == [(80, 300), (400, 420)]
    short = replace(page(*TEXT), rules=(underline(300, 150, 320), underline(323, 150, 343)))
    assert len(levels(short)) == 2
