from __future__ import annotations

import pytest

from extractors.part_side import PART_SIDE
from models.annotations import Annotations, Part, PartType
from models.mention import FieldMention
from tests.extractors.documents import document_from_lines


def side(*lines: str, kind: PartType = PartType.PROGRESS_NOTE) -> object:
    document = document_from_lines(lines)
    annotations = Annotations(parts=(Part(type=kind, pages=(1,), title=None, confidence=0.9),))
    found = list(PART_SIDE.run(document, annotations))
    assert len(found) <= 1
    for mention in found:
        assert isinstance(mention, FieldMention)
        assert mention.evidence
        assert mention.path == "part.laterality"
        return mention.value
    return None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("MRI RIGHT KNEE WITHOUT CONTRAST",), "right"),
        (("XR Left Hip",), "left"),
        (("Order", "L1851-LT  Knee orthosis, single upright"), "left"),
        (("Order", "27447 RT Total knee replacement"), "right"),
        (("Knee, left: effusion.",), "left"),
        (("Bilateral knee films",), "bilateral"),
        (("The left ventricle is normal. He is right handed.",), None),
        (("Turn right at the desk. She left the office.",), None),
        (("Left knee pain.", "Right knee pain."), None),
        ((), None),
    ],
)
def test_the_side_is_that_beside_a_joint(lines: tuple[str, ...], expected: str | None) -> None:
    assert side("Progress note", *lines) == expected


def test_the_other_side_in_passing_does_not_change_it() -> None:
    lines = ("MRI of the left knee", *("text",) * 14, "Left knee: tear of the ACL.", "The right knee was not examined.")
    assert side(*lines) == "left"


def test_on_an_order_a_side_may_stand_without_its_joint() -> None:
    lines = ("Physician order", "97110 Therapeutic exercises, left", "Side: Left")
    assert side(*lines, kind=PartType.ORDER) == "left"
    assert side(*lines) is None


def test_forms_and_cards_have_none() -> None:
    assert side("Left knee", kind=PartType.PRIOR_AUTHORIZATION_FORM) is None
    assert side("Left knee", kind=PartType.ID_CARD) is None
