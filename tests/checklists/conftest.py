from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from checklists.policies import Policies, load_policies

# Wall time of one example says nothing on a machine that is shared.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parents[2]
CONCEPTS = frozenset({
    "conventional_systemic_therapy", "topical_therapy", "biologic_therapy", "tuberculosis_test", "hepatitis_b_test",
    "disease_severity", "crohns_disease", "ulcerative_colitis", "atopic_dermatitis", "psoriasis", "psoriatic_arthritis",
    "rheumatoid_arthritis", "asthma",
})  # fmt: skip


@pytest.fixture(scope="session")
def policies() -> Policies:
    return load_policies(ROOT / "checklists", ROOT / "payers", CONCEPTS)
