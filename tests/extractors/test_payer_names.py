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


def test_a_plan_that_no_list_has_is_known_by_its_place_size_and_words() -> None:
    title = At("Prior Authorization Request", 72, 60, 14)
    body = tuple(At("Patient name: Jane Sample", 72, y) for y in (300, 320, 340))
    (found,) = named(At("Copper Finch Health Plan", 72, 40, 16), title, *body)
    assert (found.value, found.provenance.rule) == ("Copper Finch Health Plan", "named-in-the-head")
    assert named(title, At("Utilization Management Department", 72, 80), *body) == []


def test_a_name_in_the_size_of_the_text_is_none() -> None:
    assert named(At("Copper Finch Health Plan", 72, 40), At("Patient name: Jane Sample", 72, 300)) == []
