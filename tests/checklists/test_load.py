from __future__ import annotations

from pathlib import Path

import pytest

from checklists.load import load_checklists, read_checklist, read_concepts
from checklists.policies import Policies, load_policies
from models.checklist import Checklist
from models.problem import PolicyError
from tests.checklists.conftest import CONCEPTS, ROOT

GOOD = """\
id: mri
authority: general
version: "2026-01"
effective: {from: 2026-01-01}
title: MRI
source: {policy: A public text, retrieved: 2026-11-01}
applies_to:
  services: [{system: CPT, codes: ["72148"]}]
items:
  - id: therapy
    ask: Six weeks of therapy.
    unless: red-flag
    need:
      all_of:
        - entity: {concept: topical_therapy, status: [present, failed], within: {value: 3, unit: mo, before: order}}
        - duration: {of: topical_therapy, at_least: {value: 6, unit: wk}}
  - id: red-flag
    ask: Is a red flag documented?
    required: false
    need: {any_of: [{entity: {concept: asthma}}, {field: {path: diagnoses.code}}]}
  - id: note
    ask: A signed note.
    need: {document: {type: [progress-note], signed: true, within: {value: 60, unit: d, before: therapy}}}
"""


def load(folder: Path, text: str) -> object:
    (folder / "mri.yaml").write_text(text)
    return load_checklists(folder, CONCEPTS)


def test_the_example_of_the_design_loads(tmp_path: Path) -> None:
    load(tmp_path, GOOD)
    (checklist,) = load_checklists(tmp_path, CONCEPTS)
    assert checklist.version == "2026-01"
    assert [item.id for item in checklist.items] == ["therapy", "red-flag", "note"]


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("unless: red-flag", "unless: no-such", "line 12: unless names 'no-such'"),
        ("unless: red-flag", "when: no-such", "line 12: when names 'no-such'"),
        ("before: therapy", "before: no-such", "line 23: before: 'no-such' is no anchor"),
        ("before: order", "before: note", "leans on itself"),
        ("required: false", "unless: therapy", "leans on itself"),
        ("concept: asthma", "concept: no_such", "line 20: the concept 'no_such' is not in the vocabulary"),
        ("of: topical_therapy", "of: no_such", "the concept 'no_such'"),
        ("path: diagnoses.code", "path: diagnosis.code", "the request has no field 'diagnosis.code'"),
        ("- id: note", "- id: therapy", "line 21: the item 'therapy' stands twice"),
        ('version: "2026-01"', "version: 2026", "line 3: version: .* Put the value in quotes"),
        ("status: [present, failed]", "status: [presnt]", "line 15: .*status"),
        ("type: [progress-note]", "type: [progress]", "line 23: "),
        ("{from: 2026-01-01}", "{from: 2026-01-01, until: 2025-01-01}", "line 4: until is not after from"),
        ("codes: [", "code: [", "line 8: .*Remove the key or correct its name"),
        ('codes: ["72148"]', "codes: []", "line 8: the selector is empty"),
        ("title: MRI", "title: MRI\ntitle: CT", "line 6: the key 'title' stands twice"),
        ("title: MRI", "title: [", "this is not valid YAML"),
        ("need: {document", "need: {order: {}, document", "line 23: a need has exactly one key, this one has 2"),
        (
            "any_of: [{entity: {concept: asthma}}, ",
            "any_of: [{}, ",
            "line 20: a need has exactly one key, this one has 0",
        ),
    ],
)
def test_a_defect_is_told_with_its_line(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    with pytest.raises(PolicyError, match=told):
        load(tmp_path, GOOD.replace(was, becomes, 1))


def test_two_versions_may_follow_but_not_overlap(tmp_path: Path) -> None:
    (tmp_path / "new.yaml").write_text(GOOD)
    (tmp_path / "old.yaml").write_text(GOOD.replace("{from: 2026-01-01}", "{from: 2025-01-01, until: 2026-01-01}"))
    assert len(load_checklists(tmp_path, CONCEPTS)) == 2
    (tmp_path / "old.yaml").write_text(GOOD.replace("{from: 2026-01-01}", "{from: 2025-01-01}"))
    with pytest.raises(PolicyError, match="in force twice"):
        load_checklists(tmp_path, CONCEPTS)


def test_a_payer_may_only_name_checklists_that_are_there(tmp_path: Path) -> None:
    for folder in ("checklists", "payers"):
        (tmp_path / folder).mkdir()
    text = (ROOT / "payers/us-medicare-advantage.yaml").read_text()
    (tmp_path / "payers/us-medicare-advantage.yaml").write_text(text)
    with pytest.raises(PolicyError, match="there is no checklist 'general-minimum'"):
        load_policies(tmp_path / "checklists", tmp_path / "payers", CONCEPTS)


def test_a_checklist_survives_being_written_and_read(policies: Policies) -> None:
    for checklist in policies.checklists:
        assert Checklist.model_validate_json(checklist.model_dump_json(by_alias=True)) == checklist


def test_our_checklists_use_the_vocabulary_of_the_extractors() -> None:
    concepts = read_concepts(ROOT / "extractors/data/concepts.yaml")
    assert len(load_checklists(ROOT / "checklists", concepts)) >= 2


def test_an_unknown_concept_is_told_with_its_line_and_the_nearest_one(tmp_path: Path) -> None:
    text = (ROOT / "checklists/knee-orthosis.yaml").read_text("utf-8")
    path = tmp_path / "knee-orthosis.yaml"
    path.write_text(text.replace("concept: knee_injury", "concept: knee_injurie"))
    line = next(number for number, one in enumerate(path.read_text().splitlines(), 1) if "knee_injurie" in one)
    with pytest.raises(PolicyError, match=rf"line {line}: the concept 'knee_injurie'.* nearest name is 'knee_injury'"):
        read_checklist(path, read_concepts(ROOT / "extractors/data/concepts.yaml"))
