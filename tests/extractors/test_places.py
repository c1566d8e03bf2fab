from __future__ import annotations

from extractors.places import Places
from models.geometry import Span
from tests.extractors.documents import document_from_lines


def test_spans_lead_to_words_pages_and_evidence() -> None:
    document = document_from_lines(["alpha beta gamma"], pages=[["delta"]], confidence=0.8)
    places = Places.of(document)
    start = document.text.index("beta")
    assert [word.text for _, word in places.under(Span(start + 1, start + 7))] == ["beta", "gamma"]
    assert places.page_of(Span(start, start + 1)) == 1
    both = places.evidence(Span(start, len(document.text)))
    assert [(piece.page, piece.quote) for piece in both] == [(1, "beta gamma"), (2, "delta")]
    assert places.confidence(Span(0, 3)) == 0.8


def test_nothing_under_an_empty_document() -> None:
    places = Places.of(document_from_lines([]))
    assert places.evidence(Span(0, 5)) == ()
    assert places.page_of(Span(0, 5)) is None
