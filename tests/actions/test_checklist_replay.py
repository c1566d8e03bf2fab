from __future__ import annotations

from pathlib import Path

import pytest

from actions.checklist_replay import replay
from actions.checklists import policies
from checklists.assess import assess
from checklists.policies import Policies
from models.problem import UsageError
from tests.checklists.drafts import drug_request


@pytest.fixture
def run(tmp_path: Path) -> Path:
    draft = drug_request()
    done = assess(draft, policies().for_payer(None))
    whole = draft.model_copy(update={"checklists": done.applied, "findings": done.findings})
    (tmp_path / "requests.jsonl").write_text(whole.model_dump_json(by_alias=True) + "\n")
    return tmp_path


def test_the_same_checklists_change_nothing(run: Path) -> None:
    found = replay(run, policies())
    assert (found.requests, found.changes) == (1, ())
    assert found.verdicts > 20


def test_a_checklist_that_is_gone_and_one_that_is_new_are_changes(run: Path) -> None:
    loaded = policies()
    less = Policies(tuple(one for one in loaded.checklists if one.id != "biologic-drug"), loaded.payers)
    changes = replay(run, less).changes
    assert {(one.checklist, one.becomes) for one in changes} == {("biologic-drug", None)}
    assert "Not asked any more." in {one.reason for one in changes}


def test_an_empty_run_is_refused(tmp_path: Path) -> None:
    (tmp_path / "requests.jsonl").write_text("")
    with pytest.raises(UsageError, match="holds no requests"):
        replay(tmp_path, policies())
