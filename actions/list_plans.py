"""Everything that is loaded, by plan: what the start-up log and `dossier list` tell."""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass

from actions.checklists import policies
from codes.icd10cm import PACKAGE
from emit.formats import FORMATS
from extractors import EXTRACTORS
from intake.channels import NAMES
from intake.engines import ENGINES
from intake.readers import READERS


@dataclass(frozen=True, slots=True)
class Entry:
    """A member of a plan; `version` is empty where the member is as old as the program."""

    plan: str
    name: str
    version: str = ""


def loaded() -> tuple[Entry, ...]:
    """The members of every plan, in the order of the plans. Raises PolicyError for a defect in a checklist or payer."""
    files = policies()
    return (
        *(Entry("channels", name) for name in NAMES),
        *(Entry("readers", reader.name) for reader in READERS),
        *(Entry("ocr engines", name) for name, _ in ENGINES),
        *(Entry("extractors", extractor.name, extractor.version) for extractor in EXTRACTORS),
        Entry("code tables", "ICD-10-CM", importlib.metadata.version(PACKAGE)),
        *(Entry("checklists", checklist.id, checklist.version) for checklist in files.checklists),
        *(Entry("payers", payer.id) for payer in files.payers),
        *(Entry("formats", known.name) for known in FORMATS),
    )
