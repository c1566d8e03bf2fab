from __future__ import annotations

import pytest

from checklists.paths import identifier_kind, known, label, leaves
from models.annotations import PartType
from models.evidence import Sourced
from models.service_line import Drug, PriorTreatment, Quantity, ServiceLine
from tests.checklists.drafts import paper, part, request, told


def values(path: str, line: int | None = None) -> list[object]:
    treatments = tuple(PriorTreatment.model_validate({"name": told(name), "from": told("2025")}) for name in "ab")
    lines = (
        ServiceLine(drug=Drug(name=told("X"), prior_treatments=treatments)),
        ServiceLine(quantity=Quantity(value=told("3"), unit="visits")),
    )
    draft = request(
        service_lines=lines,
        documents=(paper(part(PartType.ORDER, author="Bo"), part(PartType.ORDER, author="Al", patient="other")),),
    )
    return [leaf.value if isinstance(leaf, Sourced) else leaf for leaf in leaves(draft, path, line)]


@pytest.mark.parametrize(
    ("path", "line", "found"),
    [
        ("service_lines.drug.name", None, ["X"]),
        ("service_lines.drug.name", 1, []),
        ("service_lines.drug.prior_treatments.name", 0, ["a", "b"]),
        ("service_lines.drug.prior_treatments.from", 0, ["2025", "2025"]),
        ("service_lines.quantity", 1, ["3"]),
        ("service_lines.quantity.unit", 1, ["visits"]),
        ("patient.name", None, ["Ada Example"]),
        ("admission", None, []),
        ("order.author", None, ["Bo"]),
        ("progress-note.author", None, []),
        ("channel", None, ["cli"]),
    ],
)
def test_leaves(path: str, line: int | None, found: list[object]) -> None:
    assert values(path, line) == found


@pytest.mark.parametrize(
    "path", ["service_lines.drug.prior_treatments.to", "patient.name.full", "order.signed", "status"]
)
def test_known_paths(path: str) -> None:
    assert known(path)


@pytest.mark.parametrize(
    "path", ["service_line.code", "patient.name.full.value", "order.colour", "", "service_lines.drug.x"]
)
def test_unknown_paths(path: str) -> None:
    assert not known(path)


def test_labels() -> None:
    assert label("requesting_provider.npi") == "NPI of the requesting provider"
    assert label("service_lines.end_on") == "end date"
    assert label("service_lines.start_on") == "date of service"
    assert identifier_kind("requesting_provider.npi") == "npi"
    assert identifier_kind("patient.name") is None
