from __future__ import annotations

from assembly.leaves import leaves
from models.request import Patient
from models.service_line import ServiceLine
from tests.checklists.drafts import drug_request, request, told


def test_every_leaf_comes_once_with_its_path() -> None:
    found = dict(leaves(drug_request()))
    assert found["patient.name.full"].value == "Ada Example"
    assert found["service_lines.0.drug.prior_treatments.0.name"].value == "Methotrexate"
    assert "documents.0.parts.1.dated_on" in found
    assert len(found) == len(list(leaves(drug_request())))


def test_what_is_not_there_is_no_leaf() -> None:
    bare = request(patient=Patient(), service_lines=(ServiceLine(modifiers=(told("GP"),)),))
    paths = [path for path, _ in leaves(bare)]
    assert "service_lines.0.modifiers.0" in paths
    assert not any(path.startswith("patient") for path in paths)
