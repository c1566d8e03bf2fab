from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.annotation import annotate
from tests.extractors.documents import document_from_lines


def sentences(*lines: str) -> list[str]:
    document = document_from_lines(lines)
    return [" ".join(document.text[s.start : s.end].split()) for s in annotate(document).sentences]


def test_hard_wrapped_lines_are_one_sentence_and_items_their_own() -> None:
    assert sentences(
        "The patient has been using topical triamcinolone up to twice daily as well as regular",
        "use of emollients, without significant relief. Per parents she is itching at night and",
        "cannot sleep.",
        "- Continue triamcinolone",
        "- Start dupilumab",
        "Skin: Negative for rash. Positive for itch",
    ) == [
        "The patient has been using topical triamcinolone up to twice daily as well as regular use of emollients, "
        "without significant relief.",
        "Per parents she is itching at night and cannot sleep.",
        "- Continue triamcinolone",
        "- Start dupilumab",
        "Skin: Negative for rash.",
        "Positive for itch",
    ]


def test_abbreviations_do_not_end_a_sentence() -> None:
    assert sentences("Seen by Dr. Lee vs. Dr. Kim today. Well.") == ["Seen by Dr. Lee vs. Dr. Kim today.", "Well."]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abcXYZ .:-;\n19", max_size=60), max_size=12))
def test_sentences_are_ordered_and_cover_every_word(lines: list[str]) -> None:
    document = document_from_lines([" ".join(line.split()) for line in lines])
    spans = annotate(document).sentences
    assert all(one.end <= two.start for one, two in pairwise(spans))
    for page in document.pages:
        for word in page.words:
            assert any(span.covers(word.span) for span in spans), word.text
