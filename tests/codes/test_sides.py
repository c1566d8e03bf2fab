from __future__ import annotations

from typing import Any

import pytest

from codes.sides import side_flags, side_of
from models.annotations import PartType
from models.request import RequestDocument, RequestPart
from models.service_line import Diagnosis, ServiceLine
from tests.checklists.drafts import request, told
from tests.codes.readings import diagnosis


def said(line: ServiceLine, *diagnoses: Diagnosis) -> list[str]:
    return [flag.message for flag in side_flags(request(service_lines=(line,), diagnoses=diagnoses))]


def line(*modifiers: str, **leaves: Any) -> ServiceLine:
    fields: dict[str, Any] = {name: told(leaf) for name, leaf in leaves.items()}
    return ServiceLine(modifiers=tuple(told(one) for one in modifiers), **fields)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("MRI of the left knee", "left"),
        ("Rt shoulder", "right"),
        ("both knees", "bilateral"),
        ("right and left hip", "bilateral"),
        ("left hip after fall on the right", None),
        ("left ventricular failure", None),
        ("right upper quadrant pain", None),
        ("knee", None),
    ],
)
def test_the_side_that_words_name(text: str, side: str | None) -> None:
    assert side_of(text) == side


def test_a_modifier_against_the_words_of_its_line() -> None:
    assert said(line("RT", text="Arthroscopy, left knee")) == [
        "Modifier RT of line 1 says right, the words of line 1 says left."
    ]


def test_a_modifier_against_the_diagnosis_code() -> None:
    assert said(line("RT"), diagnosis("M17.12")) == [
        "Modifier RT of line 1 says right, diagnosis code M17.12 says left."
    ]
    assert said(line("F1"), diagnosis("M65.331")) != []


def test_a_diagnosis_code_against_its_own_words() -> None:
    assert said(line(), diagnosis("M17.11", "OA left knee")) == [
        "Diagnosis code M17.11 says right, the words of diagnosis 1 says left."
    ]


@pytest.mark.parametrize(
    ("modifiers", "codes"),
    [
        (("RT",), ("M17.11",)),
        (("RT",), ("M17.0",)),
        (("RT",), ("M17.12", "M17.11")),
        (("50",), ("M17.12", "M17.11")),
        (("RT", "LT"), ("M17.0",)),
        (("RT",), ("M54.16",)),
        ((), ("M17.12",)),
        (("GP",), ("M17.12",)),
    ],
)
def test_what_goes_together(modifiers: tuple[str, ...], codes: tuple[str, ...]) -> None:
    assert said(line(*modifiers), *(diagnosis(code) for code in codes)) == []


def test_both_sides_for_one_sided_diagnoses() -> None:
    assert len(said(line("50"), diagnosis("M17.12"))) == 1


def test_what_is_unclear_says_nothing() -> None:
    assert said(line("RT"), diagnosis("M17.12", unclear="illegible")) == []


def papers(*sides: tuple[PartType, Any, Any]) -> list[str]:
    """What is said where the left side is asked for and these papers name a side, of (type, side, whose)."""
    parts = tuple(
        RequestPart(
            type=kind, loinc=None, pages=(number,), title=None, confidence=0.9, patient=whose, laterality=told(side)
        )
        for number, (kind, side, whose) in enumerate(sides, 2)
    )
    document = RequestDocument(
        id="d1", sha256="0" * 64, path="a.pdf", filename="a.pdf", parent=None, media_type="application/pdf",
        page_count=9, dpi=None, duplicate_of=None, parts=parts,
    )  # fmt: skip
    return [flag.message for flag in side_flags(request(service_lines=(line("LT"),), documents=(document,)))]


def test_an_order_for_the_other_side() -> None:
    assert papers((PartType.ORDER, "right", "same")) == [
        "The order on page 2 of d1 says right, modifier LT of line 1 says left."
    ]


@pytest.mark.parametrize(
    "sides",
    [
        ((PartType.ORDER, "left", "same"),),
        ((PartType.ORDER, "bilateral", "same"),),
        ((PartType.PROGRESS_NOTE, "right", "same"),),
        ((PartType.IMAGING_REPORT, "right", "same"), (PartType.IMAGING_REPORT, "left", "same")),
        ((PartType.ORDER, "right", "other"),),
    ],
)
def test_papers_that_say_nothing_against_it(sides: tuple[tuple[PartType, Any, Any], ...]) -> None:
    assert papers(*sides) == []
