from __future__ import annotations

from extractors.annotation.cues import body_scores
from extractors.annotation.lines import part_lines
from extractors.annotation.type_model import KINDS, kind_scores
from models.annotations import PartType
from tests.extractors.documents import document_from_lines

OPERATION = [
    "The patient was taken to the operating room and placed supine on the table. General anesthesia was induced.",
    "The left knee was prepped and draped in the usual sterile fashion. A tourniquet was inflated.",
    "A midline incision was made and carried down through the subcutaneous tissue with electrocautery.",
    "The meniscus was trimmed with a shaver. The wound was irrigated and closed with interrupted sutures.",
    "Estimated blood loss was minimal. Sponge and needle counts were correct. She was extubated and taken to",
    "the recovery room in stable condition, having tolerated the procedure well.",
]


def test_words_alone_tell_an_operation() -> None:
    document = document_from_lines(OPERATION)
    lines = part_lines(document, [1])
    said = kind_scores(lines, body_scores(lines))
    assert set(said) == set(KINDS)
    assert max(said, key=lambda kind: said[kind]) == "surgery"


def test_a_stub_of_a_page_is_no_note() -> None:
    document = document_from_lines(["See attached.", "Thank you."])
    assert kind_scores(part_lines(document, [1]), {}) == {}


def test_each_kind_covers_types_of_its_own() -> None:
    covered = [kind for types in KINDS.values() for kind in types]
    assert len(covered) == len(set(covered))
    assert PartType.PRIOR_AUTHORIZATION_FORM not in covered
