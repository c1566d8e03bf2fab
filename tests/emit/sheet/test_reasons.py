from __future__ import annotations

import pytest

from docs.example_request import at, said, unreadable
from emit.sheet.entry import sureness
from emit.sheet.reasons import reason
from models.evidence import Sourced, Unclear


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("requesting_provider.dea", "'12345678' does not pass the check of a DEA number."),
        ("requesting_provider.npi", "'12345678' does not pass the check of an NPI."),
        ("patient.birth_date", "'12345678' is not a date that exists."),
        ("signature.signed_on", "'12345678' is not a date that exists."),
        ("coverage.group_number", "'12345678' does not pass its check."),
    ],
)
def test_an_invalid_value_is_explained_in_its_own_terms(path: str, sentence: str) -> None:
    assert reason(path, unreadable(at("12345678", 1), "invalid")) == sentence


def test_the_kind_of_an_identifier_comes_from_its_system() -> None:
    leaf = unreadable(at("1EG4", 1), "invalid")
    assert reason("patient.identifiers.0.value", leaf, kind="mbi") == (
        "'1EG4' does not pass the check of a Medicare number (MBI)."
    )


@pytest.mark.parametrize("why", ["handwritten", "illegible", "conflict"])
def test_every_other_reason_has_its_sentence(why: Unclear) -> None:
    told = reason("coverage.group_number", unreadable(at("", 1), why))
    assert told is not None
    assert told.endswith(".")


def test_a_doubtful_urgent_mark_counts_as_urgent() -> None:
    told = reason("level_of_service", said("urgent", at("STAT", 1), unclear="illegible"))
    assert told is not None
    assert "counts as urgent" in told


def test_what_is_clear_or_confirmed_needs_no_reason() -> None:
    assert reason("coverage.member_id", said("A1", at("A1", 1))) is None
    settled = unreadable(at("A1", 1), "conflict").model_copy(update={"value": "A1", "confirmed_by": "u1"})
    assert reason("coverage.member_id", settled) is None


@pytest.mark.parametrize(
    ("leaf", "critical", "word"),
    [
        (said("a", at("a", 1), confidence=0.90), True, "sure"),
        (said("a", at("a", 1), confidence=0.89), True, "check"),
        (said("a", at("a", 1), confidence=0.89), False, "likely"),
        (said("a", at("a", 1), confidence=0.74), False, "check"),
        (said("a", at("a", 1), confidence=0.99, unclear="conflict"), False, "check"),
        (said("a", at("a", 1), confidence=0.2).model_copy(update={"confirmed_by": "u1"}), True, "confirmed"),
    ],
)
def test_confidence_is_a_word(leaf: Sourced[str], critical: bool, word: str) -> None:
    assert sureness(leaf, critical=critical) == word
