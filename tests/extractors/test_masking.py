from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from extractors import extract
from extractors.annotation import annotate
from extractors.extractor import Extractor
from models.annotations import Annotations
from models.document import Document
from models.evidence import Evidence
from models.mention import AnyMention, EntityMention, FieldMention, MarkMention, OtherReading
from tests.extractors.documents import document_from_lines

SECRETS = "SSN 123-45-6789 HKID A123456(3) card 4111 1111 1111 1111"
MASKED = "SSN ***-**-6789 HKID A123***(*) card **** **** **** 1111"


def found(make: Callable[[dict[str, Any]], AnyMention]) -> AnyMention:
    """What is left of a mention whose every text is secret."""
    document = document_from_lines(["LETTER", SECRETS])
    page = document.page(1)
    place = document.evidence(1, page.words[1:])
    open_place = place.model_copy(update={"quote": SECRETS})

    def run(_: Document, __: Annotations) -> Iterator[AnyMention]:
        provenance = extractor.provenance("made")
        yield make({"evidence": (open_place,), "provenance": provenance, "confidence": 0.9})

    extractor = Extractor(name="made", version="1", run=run)
    ((mention,), problems) = extract(document, annotate(document), (extractor,))
    assert not problems
    assert mention.evidence[0].span == place.span
    return mention


def test_every_text_of_a_mention_is_masked() -> None:
    def other(common: dict[str, Any]) -> OtherReading:
        return OtherReading(value=SECRETS, confidence=0.5, evidence=common["evidence"])

    for mention in (
        found(lambda c: FieldMention(path="x", value=SECRETS, as_written=SECRETS, alternatives=(other(c),), **c)),
        found(lambda c: MarkMention(question=SECRETS, option=SECRETS, state="checked", **c)),
        found(
            lambda c: EntityMention(
                text=SECRETS, category="problem", concept=None, status="present", value=SECRETS, **c
            )
        ),
    ):
        dumped = mention.model_dump_json()
        assert MASKED in dumped
        assert not any(secret in dumped for secret in ("123-45", "123456", "4111"))


@pytest.mark.parametrize(
    ("value", "written", "masked"),
    [
        ("123456789", "123-45-6789", "*****6789"),
        ("4111111111111111", "4111 1111 1111 1111", "************1111"),
        ("1234567893", "1234567893", "1234567893"),
        ("XYZ12345", "XYZ12345", "XYZ12345"),
        (7, "7", 7),
    ],
)
def test_a_value_follows_its_original(value: Any, written: str, masked: Any) -> None:
    mention = found(lambda c: FieldMention(path="x", value=value, as_written=written, **c))
    assert isinstance(mention, FieldMention)
    assert mention.value == masked


def test_quotes_are_masked_where_they_are_taken() -> None:
    document = document_from_lines([SECRETS])
    words = document.page(1).words
    assert document.evidence(1, words).quote == MASKED
    assert words[0].box is not None
    region: Evidence = document.region(1, words[0].box, SECRETS)
    assert region.quote == MASKED


def test_titles_are_masked() -> None:
    document = document_from_lines(["PROGRESS NOTE 123-45-6789", "Patient Name: Jane Sample", "ASSESSMENT", "Well."])
    assert "123-45" not in annotate(document).model_dump_json()
