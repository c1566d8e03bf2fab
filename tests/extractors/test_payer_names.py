from __future__ import annotations

import pytest

from extractors.payer_names import extract_payer_names
from models.annotations import PartType
from models.mention import FieldMention
from tests.extractors.documents import At, document_from_lines
from tests.extractors.forms import annotated


def named(*lines: str | At, kind: PartType = PartType.PRIOR_AUTHORIZATION_FORM) -> list[FieldMention]:
    document = document_from_lines(lines)
    return list(extract_payer_names(document, annotated(document, kind)))


def test_the_payer_in_the_head_of_the_form() -> None:
    (found,) = named("Cigna prior authorization request", "Patient Name: Jane Sample")
    assert (found.path, found.value) == ("coverage.payer_name", "Cigna")
    assert found.evidence[0].quote == "Cigna"
    assert found.confidence > 0.85


def test_a_name_further_down_that_stands_once_is_believed_less() -> None:
    (head,), (below,) = named("Humana"), named(At("Humana", 72, 600))
    assert below.confidence < head.confidence < named("Humana", "call Humana")[0].confidence


def test_the_payer_named_most_often_counts_and_a_tie_says_nothing() -> None:
    assert [found.value for found in named("Aetna", "Fax to Aetna", "Other insurance: Humana")] == ["Aetna"]
    assert named("Aetna", "Humana") == []


def test_the_longest_name_at_a_place_counts() -> None:
    assert [found.value for found in named("CVS Caremark criteria")] == ["CVS Caremark"]


@pytest.mark.parametrize("line", ["Cigna's form", "CIGNA,", "(Cigna)", "Cigna®"])
def test_case_and_punctuation_do_not_count(line: str) -> None:
    assert [found.value for found in named(line)] == ["Cigna"]


def test_a_note_that_names_a_payer_is_no_form() -> None:
    assert named("Aetna", kind=PartType.PROGRESS_NOTE) == []
