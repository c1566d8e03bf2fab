from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.fuse import Claim, fuse
from models.annotations import PartType
from models.code import Code
from models.mention import FieldMention
from tests.assembly.results import FORM, LETTER, NOTE, another, says


def claims(*mentions: FieldMention, part: PartType = FORM) -> list[Claim]:
    return [Claim(mention, part) for mention in mentions]


def test_one_claim_is_the_value_with_its_grounds() -> None:
    mention = says("coverage.member_id", "X1", as_written="X 1")
    leaf = fuse("coverage.member_id", claims(mention))
    assert (leaf.value, leaf.as_written, leaf.confidence, leaf.unclear) == ("X1", "X 1", 0.95, None)
    assert leaf.evidence == mention.evidence
    assert leaf.provenance == mention.provenance


def test_agreement_lends_places_and_the_best_confidence() -> None:
    leaf = fuse(
        "patient.name.full",
        claims(says("p", "Jane Sample", 1, confidence=0.7), says("p", "SAMPLE, JANE", 2, confidence=0.9)),
    )
    assert (leaf.value, leaf.confidence, leaf.unclear) == ("SAMPLE, JANE", 0.9, None)
    assert [place.page for place in leaf.evidence] == [2, 1]


def test_a_confident_contradiction_is_a_conflict_with_both_readings() -> None:
    leaf = fuse("coverage.member_id", claims(says("p", "X1", 1), says("p", "X2", 2, confidence=0.8)))
    assert (leaf.value, leaf.unclear) == ("X1", "conflict")
    assert [(other.value, other.evidence[0].page) for other in leaf.alternatives] == [("X2", 2)]


def test_a_poor_reading_is_no_contradiction() -> None:
    leaf = fuse("coverage.member_id", claims(says("p", "X1", 1), says("p", "X2", 2, confidence=0.5)))
    assert (leaf.value, leaf.unclear, [other.value for other in leaf.alternatives]) == ("X1", None, ["X2"])


def test_the_form_s_word_counts_before_a_note_s_unless_it_says_who_the_patient_is() -> None:
    phone = [*claims(says("p", "1", 1, confidence=0.7)), *claims(says("p", "2", 2), part=NOTE)]
    assert (fuse("patient.phone", phone).value, fuse("patient.phone", phone).unclear) == ("1", None)
    born = [*claims(says("p", dt.date(1960, 1, 1), 1)), *claims(says("p", dt.date(1961, 1, 1), 2), part=NOTE)]
    assert (fuse("patient.birth_date", born).value, fuse("patient.birth_date", born).unclear) == (
        dt.date(1960, 1, 1),
        "conflict",
    )


def test_what_cannot_be_read_gives_way_to_what_can() -> None:
    unread = says("p", None, 1, unclear="illegible", confidence=0.99, alternatives=(another("X9"),))
    leaf = fuse("coverage.member_id", claims(unread, says("p", "X1", 2, confidence=0.6)))
    assert (leaf.value, leaf.unclear) == ("X1", None)
    alone = fuse("coverage.member_id", claims(unread))
    assert (alone.value, alone.unclear, [other.value for other in alone.alternatives]) == (None, "illegible", ["X9"])


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        ("coverage.member_id", "XYZ-123", "xyz 123"),
        ("service_lines.drug.strength", "40 mg", "40mg"),
        ("service_lines.drug.strength", "2.5 mg", "2.5mg"),
        ("patient.name.full", "Smith, John A.", "John Smith"),
        ("requesting_provider.name", "Bo Example, MD", "Bo Example"),
        ("diagnoses.code", Code(system="ICD-10-CM", code="K50.90"), Code(system="ICD-10-CM", code="K50.90")),
    ],
)
def test_what_says_the_same(path: str, one: str, other: str) -> None:
    leaf = fuse(path, claims(says(path, one), says(path, other, 2)))
    assert (leaf.unclear, leaf.alternatives, len(leaf.evidence)) == (None, (), 2)


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        ("service_lines.drug.strength", "2.5 mg", "25 mg"),
        ("service_lines.drug.quantity", "1.5", "15"),
        ("patient.name.full", "Jane Sample", "Otto Different"),
        ("diagnoses.code", Code(system="ICD-10-CM", code="K50.90"), Code(system="ICD-10-CM", code="K50.91")),
    ],
)
def test_what_does_not(path: str, one: str, other: str) -> None:
    leaf = fuse(path, claims(says(path, one), says(path, other, 2)))
    assert [reading.value for reading in leaf.alternatives] == [other]
    assert len(leaf.evidence) == 1


def test_what_may_be_stated_twice_is_no_conflict_and_the_first_reading_counts() -> None:
    leaf = fuse("patient.phone", claims(says("p", "1", 1, confidence=0.8), says("p", "2", 2)))
    assert (leaf.value, leaf.unclear, [other.value for other in leaf.alternatives]) == ("1", None, ["2"])


def test_an_identifier_that_also_failed_its_check_is_in_conflict() -> None:
    path = "requesting_provider.npi"
    leaf = fuse(path, claims(says(path, "1234567893"), says(path, None, 2, unclear="invalid", quote="1237865")))
    assert (leaf.value, leaf.unclear) == ("1234567893", "conflict")


VALUES = st.tuples(st.sampled_from(["a", "b", "c"]), st.floats(0.1, 1), st.sampled_from([FORM, LETTER, NOTE]))


@given(st.lists(VALUES, min_size=1, max_size=5, unique_by=lambda v: v[1]), st.randoms())
def test_the_order_of_claims_changes_nothing(made: list[tuple[str, float, PartType]], chance: random.Random) -> None:
    def fused(order: list[tuple[str, float, PartType]]) -> tuple[object, ...]:
        given_order = [Claim(says("p", value, confidence=sure), part) for value, sure, part in order]
        leaf = fuse("coverage.member_id", given_order)
        return leaf.value, leaf.confidence, leaf.unclear, {other.value for other in leaf.alternatives}

    shuffled = list(made)
    chance.shuffle(shuffled)
    assert fused(made) == fused(shuffled)


LEVEL = "level_of_service"


@pytest.mark.parametrize(
    ("marks", "value", "unclear"),
    [
        ([("standard", None)], "standard", None),
        ([("standard", None), ("urgent", None)], "urgent", "conflict"),
        ([("standard", None), ("urgent", "illegible")], "urgent", "illegible"),
        ([("urgent", "illegible"), ("urgent", None)], "urgent", None),
        ([("urgent", None), ("emergency", None)], "emergency", "conflict"),
    ],
)
def test_urgency_is_never_lowered(marks: list[tuple[str, str | None]], value: str, unclear: str | None) -> None:
    for order in (marks, marks[::-1]):
        made = [says(LEVEL, v, unclear=u, confidence=0.97 if u is None else 0.5) for v, u in order]
        fused = fuse(LEVEL, claims(*made))
        assert (fused.value, fused.unclear) == (value, unclear)
        assert len(fused.evidence) >= 1


def test_a_letter_s_urgency_counts_beside_the_form_s_routine() -> None:
    fused = fuse(LEVEL, [*claims(says(LEVEL, "standard")), *claims(says(LEVEL, "urgent"), part=LETTER)])
    assert (fused.value, fused.unclear) == ("urgent", "conflict")


def test_the_chart_contradicts_only_where_it_was_read_well() -> None:
    form = Claim(says("p", "X1", 1), FORM)
    poor, sure = (Claim(says("p", "X2", 2, confidence=sure), NOTE) for sure in (0.7, 0.95))
    assert fuse("coverage.member_id", [form, poor]).unclear is None
    assert fuse("coverage.member_id", [form, sure]).unclear == "conflict"
