from __future__ import annotations

from itertools import combinations

from rapidfuzz.distance import Indel

from extractors.language import LEAST_LETTERS, TERM_SIMILARITY, concepts, find_terms, level_text


def found(text: str, *, misread: bool = False) -> list[tuple[str, str]]:
    return [(term.concept.concept, text[term.span.start : term.span.end]) for term in find_terms(text, misread=misread)]


def test_the_longest_term_wins_across_a_line_break_and_quotes() -> None:
    assert found("atopic\ndermatitis and Crohn’s disease") == [
        ("atopic_dermatitis", "atopic\ndermatitis"),
        ("crohns_disease", "Crohn’s disease"),
    ]


def test_spelling_errors_and_brands_are_terms() -> None:
    assert found("Methylprednisone, Humira, Dupixent") == [
        ("conventional_systemic_therapy", "Methylprednisone"),
        ("biologic_therapy", "Humira"),
        ("biologic_therapy", "Dupixent"),
    ]


def test_a_word_of_unless_drops_the_concept() -> None:
    assert found("inhaled budesonide for asthma") == [("asthma", "asthma")]
    assert found("budesonide 9 mg daily") == [("conventional_systemic_therapy", "budesonide")]


def test_misread_words_are_found_only_when_asked() -> None:
    assert found("adalimumah weekly") == []
    assert found("adalimumah weekly", misread=True) == [("biologic_therapy", "adalimumah")]
    assert found("the triamcino1one cream", misread=True) == [("topical_therapy", "triamcino1one")]


def test_no_two_drug_names_of_different_concepts_are_close_enough_to_be_confused() -> None:
    words = [
        (t.lower(), c.concept)
        for c in concepts()
        if c.category == "drug"
        for t in c.terms
        if len(t) >= LEAST_LETTERS and t.isalpha()
    ]
    for (one, concept), (other, another) in combinations(words, 2):
        if concept != another:
            assert Indel.normalized_similarity(one, other) < TERM_SIMILARITY, (one, other)


def test_levelled_text_keeps_places() -> None:
    text = "a\nb\fc’d\u00a0e"
    assert len(level_text(text)) == len(text)
