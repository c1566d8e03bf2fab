from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from checklists.load import read_concepts
from checklists.policies import Policies, load_policies

# Wall time of one example says nothing on a machine that is shared.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parents[2]
CONCEPTS = read_concepts(ROOT / "extractors/data/concepts.yaml")


@pytest.fixture(scope="session")
def policies() -> Policies:
    return load_policies(ROOT / "checklists", ROOT / "payers", CONCEPTS)
