"""Every checklist has a twin of small cases, and comes out as the twin says."""

from __future__ import annotations

from pathlib import Path

import pytest

from checklists.assess import assess
from checklists.policies import Policies
from checklists.twins import build, read_twin, run_twin
from models.problem import PolicyError

TWINS = Path(__file__).resolve().parent / "twins"
FILES = sorted(TWINS.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_checklist_is_as_its_twin_says(policies: Policies, path: Path) -> None:
    twin = read_twin(path, policies.checklists)
    checklist = next(one for one in policies.checklists if one.id == twin.checklist)
    assert path.stem == twin.checklist
    assert [f"{miss.case}: {miss.message}" for miss in run_twin(twin, checklist)] == []


def test_every_checklist_has_a_twin_that_touches_each_of_its_items(policies: Policies) -> None:
    assert {path.stem for path in FILES} == {checklist.id for checklist in policies.checklists}
    for path in FILES:
        twin = read_twin(path, policies.checklists)
        checklist = next(one for one in policies.checklists if one.id == twin.checklist)
        touched = {name for case in twin.cases for name in case.expect}
        assert {item.id for item in checklist.items} - touched == set(), path.stem


def test_a_wrong_expectation_is_told_with_the_reason(policies: Policies) -> None:
    twin = read_twin(TWINS / "spine-mri.yaml", policies.checklists)
    wrong = twin.cases[0].model_copy(update={"expect": {"order": "not_found"}, "asked": ("order",)})
    checklist = next(one for one in policies.checklists if one.id == "spine-mri")
    misses = run_twin(twin.model_copy(update={"cases": (wrong,)}), checklist)
    assert [miss.message.split(",")[0] for miss in misses] == ["order is met", "asked for: nothing; expected: order"]


def test_an_item_that_is_not_there_is_refused_with_its_line(policies: Policies, tmp_path: Path) -> None:
    text = (TWINS / "spine-mri.yaml").read_text("utf-8")
    (tmp_path / "spine-mri.yaml").write_text(text.replace("{order: not_found}", "{odrer: not_found}"))
    with pytest.raises(PolicyError, match=r"spine-mri.yaml, line \d+: the checklist has no item 'odrer'"):
        read_twin(tmp_path / "spine-mri.yaml", policies.checklists)
    (tmp_path / "spine-mri.yaml").write_text(text.replace("checklist: spine-mri", "checklist: spain-mri"))
    with pytest.raises(PolicyError, match="line 1: there is no checklist 'spain-mri'"):
        read_twin(tmp_path / "spine-mri.yaml", policies.checklists)


def test_the_short_form_builds_a_request(policies: Policies) -> None:
    built = build(read_twin(TWINS / "spine-mri.yaml", policies.checklists).whole)
    assert built.service_lines[0].code is not None
    assert built.service_lines[0].code.value is not None
    assert built.service_lines[0].code.value.code == "72148"
    assert [part.pages for part in built.documents[0].parts] == [(1,), (2,), (3,), (4,)]
    assert built.clinical[0].evidence[0].page == 2


FORBIDDEN = (
    "denied",
    "deny",
    "insufficient",
    "does not meet",
    "not met",
    "not_met",
    "fails to",
    "inadequate",
    "reject",
)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_what_a_provider_reads_never_judges(policies: Policies, path: Path) -> None:
    twin = read_twin(path, policies.checklists)
    checklist = next(one for one in policies.checklists if one.id == twin.checklist)
    drafts = [build(twin.whole.model_copy(update={"parts": (), "facts": (), "fields": {}}))]
    drafts += [
        build(twin.whole.model_copy(update={"parts": case.parts or twin.whole.parts, "facts": case.facts or ()}))
        for case in twin.cases
    ]
    told = [item.ask for item in checklist.items]
    told += [gap.ask for draft in drafts for gap in assess(draft, (checklist,)).missing_items]
    assert [text for text in told if any(word in text.lower() for word in FORBIDDEN)] == []
