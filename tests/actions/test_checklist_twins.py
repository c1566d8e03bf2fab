from __future__ import annotations

from pathlib import Path

import pytest

from actions.checklist_twins import TWINS, run_twins
from actions.checklists import policies
from models.problem import UsageError


def test_every_checklist_is_tried_and_comes_out_as_expected() -> None:
    loaded = policies()
    run = run_twins(TWINS, loaded)
    assert (run.checklists, run.misses, run.untested) == (len(loaded.checklists), (), ())
    assert run.cases > 100


def test_a_folder_without_twins_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no twins"):
        run_twins(tmp_path, policies())
