"""Run the twins of the checklists: small requests that must get the verdicts written beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checklists.policies import Policies
from checklists.twins import Miss, read_twin, run_twin
from models.problem import UsageError

TWINS = Path(__file__).resolve().parent.parent / "tests/checklists/twins"


@dataclass(frozen=True, slots=True)
class TwinRun:
    """How many checklists and cases were tried, what came out otherwise, and which checklists have no twin."""

    checklists: int
    cases: int
    misses: tuple[Miss, ...]
    untested: tuple[str, ...]


def run_twins(folder: Path, loaded: Policies) -> TwinRun:
    """Run every *.yaml of a folder against the loaded checklists.

    Raises:
        UsageError: the folder holds no twins.
        PolicyError: one of them has a defect; with file and line.
    """
    twins = tuple(read_twin(path, loaded.checklists) for path in sorted(folder.glob("*.yaml")))
    if not twins:
        raise UsageError(f"{folder} holds no twins of checklists (*.yaml). Name the folder that does.")
    by_id = {checklist.id: checklist for checklist in loaded.checklists}
    misses = tuple(miss for twin in twins for miss in run_twin(twin, by_id[twin.checklist]))
    tried = {twin.checklist for twin in twins}
    untested = tuple(name for name in by_id if name not in tried)
    return TwinRun(len(tried), sum(len(twin.cases) for twin in twins) + len(twins), misses, untested)
