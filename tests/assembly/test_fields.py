from __future__ import annotations

from typing import Any

from assembly.cases import split_cases
from assembly.fields import fields_of, nested
from models.mention import FieldMention
from models.result import DocumentResult
from tests.assembly.results import FORM, LETTER, NOTE, part, result, says, submission


def values(*results: DocumentResult) -> dict[tuple[str, tuple[int, ...]], Any]:
    cases, _ = split_cases(submission(*results))
    return {key: leaf.value for key, leaf in fields_of(cases[0]).items()}


def plain(*mentions: FieldMention) -> Any:
    """The nested values of a form that says this."""

    def bare(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: bare(child) for key, child in node.items()}
        if isinstance(node, tuple):
            return tuple(bare(child) for child in node)
        return getattr(node, "value", node)

    cases, _ = split_cases(submission(result(part(FORM, 1), mentions=mentions)))
    return bare(nested(fields_of(cases[0])))


def test_leaves_are_nested_by_their_paths_and_lists_are_closed_up() -> None:
    assert plain(
        says("patient.name.full", "Jane Sample"),
        says("patient.identifiers.mrn", "77"),
        says("service_lines.code", "b", rows=(3,)),
        says("service_lines.code", "a", rows=(1,)),
        says("service_lines.quantity.value", "2", rows=(1,)),
        says("service_lines.quantity.unit", "units", rows=(1,)),
        says("service_lines.modifiers", "KX", rows=(1, 1)),
        says("service_lines.modifiers", "GP", rows=(1, 0)),
        says("service_lines.drug.prior_treatments.from", "2025", rows=(1, 4)),
    ) == {
        "patient": {"name": {"full": "Jane Sample"}, "identifiers": ({"system": "mrn", "value": "77"},)},
        "service_lines": (
            {
                "code": "a",
                "quantity": {"value": "2", "unit": "units"},
                "modifiers": ("GP", "KX"),
                "drug": {"prior_treatments": ({"from": "2025"},)},
            },
            {"code": "b"},
        ),
    }


def test_only_pages_of_the_case_speak() -> None:
    made = result(
        part(FORM, 1, name="Jane Sample"),
        part(NOTE, 2, name="Otto Different"),
        mentions=[says("patient.name.full", "Jane Sample"), says("coverage.member_id", "OTHERS", 2)],
    )
    assert values(made) == {("patient.name.full", ()): "Jane Sample"}


def test_a_list_comes_from_the_paper_that_counts_most_and_from_it_alone() -> None:
    form = result(part(FORM, 1), mentions=[says("service_lines.drug.name", "Humira", rows=(0,))])
    letter = result(
        part(LETTER, 1),
        identifier="d2",
        mentions=[
            says("service_lines.drug.name", "adalimumab", rows=(0,), document="d2"),
            says("service_lines.drug.dose", "weekly", rows=(0,), document="d2"),
            says("diagnoses.text", "Crohn's", rows=(0,), document="d2"),
        ],
    )
    assert values(form, letter) == {("service_lines.drug.name", (0,)): "Humira", ("diagnoses.text", (0,)): "Crohn's"}


def test_a_duplicate_and_facts_of_a_part_add_nothing() -> None:
    first = result(part(FORM, 1), mentions=[says("patient.phone", "1"), says("part.author", "Bo")])
    twin = result(
        part(FORM, 1), identifier="d2", mentions=[says("patient.phone", "2", document="d2")], duplicate_of="d1"
    )
    assert values(first, twin) == {("patient.phone", ()): "1"}
