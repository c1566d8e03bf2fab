from __future__ import annotations

from extractors.annotation import annotate
from extractors.annotation.sections import heading_kind
from tests.extractors.documents import document_from_lines


def test_headings_with_and_without_colons_and_inline_capitals() -> None:
    document = document_from_lines(
        [
            "PROGRESS NOTE",
            "HPI:",
            "Cough for two weeks.",
            "Assessment and Plan",
            "1. Cough. PLAN: rest.",
            "Family history: asthma",
        ],
        pages=[["more about the family"]],
    )
    sections = annotate(document).sections
    assert [(section.kind, section.page) for section in sections] == [
        ("history_present_illness", 1),
        ("assessment_plan", 1),
        ("plan", 1),
        ("family_history", 1),
    ]
    assert document.text[sections[0].span.start : sections[0].span.end] == "HPI:\nCough for two weeks."
    assert document.text[sections[-1].span.start : sections[-1].span.end].endswith("about the family")


def test_a_section_does_not_reach_into_the_next_part() -> None:
    document = document_from_lines(["PROGRESS NOTE", "Plan: rest"], pages=[["LAB RESULTS", "Hemoglobin 9 g/dL"]])
    plan = next(section for section in annotate(document).sections if section.kind == "plan")
    assert document.text[plan.span.start : plan.span.end] == "Plan: rest"


def test_misread_headings_are_known_and_prose_is_not_a_heading() -> None:
    assert heading_kind("Assessrnent and Plan") == "assessment_plan"
    assert heading_kind("Review of Systerns") == "review_of_systems"
    assert heading_kind("The patient was seen") is None
