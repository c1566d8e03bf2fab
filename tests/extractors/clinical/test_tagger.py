from __future__ import annotations

import numpy as np
import pytest

from extractors.clinical.tagger import TAGS, allowed_steps, best_path, find_names, spans_of, tokens_of


def names(text: str) -> list[tuple[str, str]]:
    return [(name.category, text[name.span.start : name.span.end]) for name in find_names(text)]


def test_names_that_no_list_holds() -> None:
    assert ("problem", "nephroblastoma") in names("She was diagnosed with nephroblastoma in May.")
    assert ("drug", "tetrodotoxin") in names("Seizures were induced by tetrodotoxin in rats.")
    assert names("") == []
    assert names("The weather was fine on the way to the office.") == []


def test_an_inside_tag_only_follows_its_own() -> None:
    inside = TAGS.index("I-problem")
    emissions = np.zeros((3, len(TAGS)), dtype=np.float32)
    emissions[:, inside] = 5
    assert best_path(emissions, allowed_steps())[0] != inside
    tags = [TAGS.index(tag) for tag in ("B-drug", "I-drug", "O", "B-test", "B-test")]
    assert list(spans_of(tags)) == [(0, 1, "drug"), (3, 3, "test"), (4, 4, "test")]


@pytest.mark.parametrize("text", ["", " ", "a", "BP 120/80, HbA1c 8.9%", "可能 pneumonia", "x" * 400])
def test_tokens_and_names_stand_in_the_text(text: str) -> None:
    assert all(text[span.start : span.end].strip() for span in tokens_of(text))
    for name in find_names(text):
        assert text[name.span.start : name.span.end].strip() == text[name.span.start : name.span.end] != ""
