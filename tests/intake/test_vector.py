"""Words of program-made pages: box symbols are no letters, typed notes stand where their ink is."""

from __future__ import annotations

from intake.vector import layer_words, typed_words
from models.document import CheckBox, Word
from models.geometry import Box, Span
from models.parsed import Annotation, VectorWord

CHECKBOX = CheckBox(Box(37, 260, 44, 267), "empty", 0.0, 0.0)


def test_symbols_of_boxes_are_dropped() -> None:
    words = (VectorWord("❑", Box(37, 260, 44, 268)), VectorWord("Check", Box(48, 260, 70, 268)))
    assert [word.text for word in layer_words(words, (CHECKBOX,))] == ["Check"]


def test_a_symbol_grown_to_its_word_is_cut_off() -> None:
    (word,) = layer_words((VectorWord("❑Check", Box(37, 260, 79, 268)),), (CHECKBOX,))
    assert word.text == "Check"
    assert word.box is not None
    assert (word.box.x0, word.box.x1) == (44, 79)


def test_private_letters_go_only_on_a_box() -> None:
    there = VectorWord("\uf071Yes", Box(37, 260, 60, 268))
    away = VectorWord("\uf071Yes", Box(300, 260, 323, 268))
    assert [word.text for word in layer_words((there, away), (CHECKBOX,))] == ["Yes", "\uf071Yes"]


def test_typed_notes_are_placed_by_what_was_seen() -> None:
    note = Annotation("freetext", Box(0, 0, 200, 20), "10-19-2014 Sarah")
    seen = (
        Word("10-19-2O14", Box(10, 4, 60, 14), Span(0, 0), 0.6),
        Word("Sarah", Box(70, 4, 95, 14), Span(0, 0), 0.9),
    )
    words = typed_words(note, seen)
    assert [(word.text, word.box, word.confidence) for word in words] == [
        ("10-19-2014", Box(10, 4, 60, 14), None),
        ("Sarah", Box(70, 4, 95, 14), None),
    ]


def test_typed_notes_without_ink_keep_their_frame() -> None:
    note = Annotation("freetext", Box(0, 0, 200, 20), "Sarah Sample")
    assert [word.box for word in typed_words(note, ())] == [note.box, note.box]
