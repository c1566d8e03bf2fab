from __future__ import annotations

from dataclasses import replace

from extractors.layout import remembered
from extractors.layout.remembered import per_page
from models.document import Page
from tests.extractors.documents import At, document_from_lines


def page() -> Page:
    return document_from_lines((At("word", 72, 60),)).page(1)


def test_a_page_is_asked_once_and_another_of_the_same_words_again() -> None:
    asked: list[Page] = []

    @per_page
    def count(page: Page) -> int:
        """How often."""
        asked.append(page)
        return len(asked)

    first, second = page(), page()
    assert [count(first), count(first), count(second), count(first)] == [1, 1, 2, 1]
    assert count(replace(first, number=2)) == 3
    assert count.__doc__ == "How often."


def test_only_the_last_pages_are_kept() -> None:
    kept = per_page(lambda _: object())
    first = page()
    answer = kept(first)
    for _ in range(remembered._PAGES):
        kept(page())
    assert kept(first) is not answer
