"""A diagnosis code as a page states it, with all that it can be judged by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from codes.agreement import Agreement, agreement
from models.code import Code
from models.code_table import CodeTable, CodeTables
from models.evidence import Sourced

# A code read off an image with less than this may be misread, with more it stands as the office wrote it: of the words
# above it 98 of 100 are exact (benchmarks/confidence.py).
READ_WELL = 0.96


@dataclass(frozen=True, slots=True)
class Stated:
    """The leaf of a code, the words beside it, the tables, the day of service; `scanned`: it was read off an image.

    `elsewhere` are words that stand in other places of the same packet, `problems` what its notes call the patient's.
    """

    leaf: Sourced[Code]
    beside: Sourced[str] | None
    tables: CodeTables
    day: dt.date
    scanned: bool
    elsewhere: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()

    @property
    def text(self) -> str | None:
        """The words beside it."""
        return self.beside.value if self.beside is not None else None

    @property
    def table(self) -> CodeTable | None:
        """The release that counts on the day of service."""
        return self.tables.on("ICD-10-CM", self.day)

    @property
    def doubtful(self) -> bool:
        """Whether what is read may be a misreading: off an image, not well, and nobody has confirmed it."""
        return self.scanned and self.leaf.confirmed_by is None and self.leaf.confidence < READ_WELL

    def fits(self, code: str) -> Agreement:
        """How the words beside it go with a code; without any, the problems of the notes, for a doubtful reading.

        A code that stands elsewhere, too, and is not contradicted, is the same.
        """
        said = agreement(code, self.text) if self.text else "unknown"
        if said != "disagrees" and code in self.elsewhere:
            return "same"
        if not self.text and self.doubtful and any(agreement(code, named) == "same" for named in self.problems):
            return "same"
        return said

    def shown(self, code: str) -> Code:
        """A code with its meaning."""
        entry = self.table.find(code) if self.table is not None else None
        return Code(system="ICD-10-CM", code=code, display=entry.title if entry is not None else None)
