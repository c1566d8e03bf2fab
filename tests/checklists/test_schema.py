from __future__ import annotations

import pytest

from checklists.schema import SCHEMAS, schema_text
from tests.checklists.conftest import ROOT


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_beside_the_files_is_that_of_the_models(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == schema_text(SCHEMAS[name]), "run: dossier checklist schema"
