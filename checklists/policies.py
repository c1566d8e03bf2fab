"""All policies of an installation: the checklists, the payers, and that they fit together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from checklists.applicable import is_general
from checklists.authored import defect
from checklists.load import load_checklists
from checklists.payers import load_payers
from models.checklist import Checklist
from models.payer import Payer


@dataclass(frozen=True, slots=True)
class Policies:
    """What is loaded, in the order of the file names."""

    checklists: tuple[Checklist, ...]
    payers: tuple[Payer, ...]

    def for_payer(self, payer: Payer | None) -> tuple[Checklist, ...]:
        """The checklists a payer names; with no payer the general ones only.

        A rule of one authority is thus never applied to another payer's request silently.
        """
        if payer is None:
            return tuple(checklist for checklist in self.checklists if is_general(checklist.authority))
        return tuple(checklist for checklist in self.checklists if checklist.id in payer.checklists)


def load_policies(checklists: Path, payers: Path, concepts: Collection[str]) -> Policies:
    """Load both folders; `concepts` is the vocabulary that entities carry.

    Raises:
        PolicyError: of the first defect found, with file, line and what to do.
    """
    policies = Policies(load_checklists(checklists, concepts), load_payers(payers))
    known = {checklist.id for checklist in policies.checklists}
    for payer in policies.payers:
        for index, name in enumerate(payer.checklists):
            if name not in known:
                path = payers / f"{payer.id}.yaml"
                raise defect(path, ("checklists", index), f"there is no checklist {name!r}. Known: {', '.join(known)}.")
    return policies
