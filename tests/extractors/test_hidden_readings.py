"""What is hidden in the place of a value stands among its alternatives, read as such a value and masked as one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from extractors.hidden_readings import with_hidden_readings
from models.code import Code
from models.document import Document, HiddenWord, Page, Word
from models.evidence import Provenance
from models.geometry import Box, Span
from models.mention import FieldMention, Scalar

SHOWN = (Word("value", Box(100, 100, 160, 110), Span(0, 5)),)


def document(*hidden: tuple[str, float]) -> Document:
    words = tuple(HiddenWord(text, Box(x, 100, x + 5 * len(text), 110), "covered") for text, x in hidden)
    page = Page(number=1, width=612, height=792, source="text_layer", words=SHOWN, hidden=words)
    return Document("d1", "a.pdf", "a.pdf", None, "0" * 64, "application/pdf", (page,), "value")


def mention(paper: Document, path: str, value: Scalar | None, **changes: Any) -> FieldMention:
    return FieldMention(
        path=path,
        value=value,
        confidence=0.99,
        evidence=(paper.evidence(1, SHOWN),),
        provenance=Provenance(extractor="t", version="1", rule="t"),
        **changes,
    )


def others(paper: Document, path: str, value: Scalar | None, **changes: Any) -> list[Any]:
    found = with_hidden_readings(paper, mention(paper, path, value, **changes))
    assert isinstance(found, FieldMention)
    assert found.value == value
    assert all(other.hidden and other.confidence == 0 for other in found.alternatives)
    return [other.value for other in found.alternatives]


def test_a_date_is_read_as_a_date_without_its_label() -> None:
    paper = document(("Date", 20), ("of", 43), ("birth:", 56), ("May", 90), ("12,", 108), ("1960", 126))
    assert others(paper, "patient.birth_date", dt.date(1961, 11, 23)) == [dt.date(1960, 5, 12)]


def test_codes_names_and_numbers_are_read_as_such() -> None:
    crohn = Code(system="ICD-10-CM", code="K50.90", display=None)
    (code,) = others(document(("E11.65", 102)), "diagnoses.code", crohn, rows=(0,))
    assert code.code == "E11.65"
    assert others(document(("Theodore", 60), ("Whitfield", 104)), "patient.name.full", "Kenneth Okafor") == [
        "Theodore Whitfield"
    ]
    assert others(document(("1234567893", 101)), "requesting_provider.npi", "1245319599") == ["1234567893"]


def test_what_cannot_be_such_a_value_or_is_the_same_is_none() -> None:
    paper = document(("approve", 101))
    assert others(paper, "patient.birth_date", dt.date(1961, 11, 23)) == []
    assert others(document(("11/23/1961", 101)), "patient.birth_date", dt.date(1961, 11, 23)) == []


def test_what_is_hidden_elsewhere_is_none() -> None:
    assert others(document(("05/12/1960", 300)), "patient.birth_date", dt.date(1961, 11, 23)) == []


def test_identity_numbers_stay_masked() -> None:
    paper = document(("123-45-6789", 101))
    found = with_hidden_readings(paper, mention(paper, "patient.identifiers.ssn", "***-**-1111"))
    assert "123-45" not in found.model_dump_json()


def test_pages_without_hidden_words_change_nothing() -> None:
    paper = document()
    plain = mention(paper, "patient.birth_date", dt.date(1961, 11, 23))
    assert with_hidden_readings(paper, plain) is plain
    assert with_hidden_readings(replace(paper, pages=paper.pages), plain) is plain
