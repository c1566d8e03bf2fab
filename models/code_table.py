"""Entries of public code tables, and what a table can be asked: the stored and the built-in ones answer alike."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from models.code import CodeSystem


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One code of a table, as the contract writes it.

    `billable` is False for a heading that needs more characters. `valid_from` and `valid_to` are the first and the last
    day on which the code may be used, None where the table sets no bound. `terms` are further names of the same thing.
    """

    code: str
    title: str
    billable: bool = True
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    terms: tuple[str, ...] = ()

    def valid_on(self, day: dt.date) -> bool:
        """Whether the code's own days include this one."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class CodeTable(Protocol):
    """One release of a code system."""

    @property
    def system(self) -> CodeSystem:
        """Whose codes these are."""

    @property
    def effective_on(self) -> dt.date:
        """From when on this release counts, until the next one does."""

    def find(self, code: str) -> CodeEntry | None:
        """The entry of exactly this code; None if the release has none."""


@dataclass(frozen=True, slots=True)
class CodeTables:
    """The releases at hand, in any order."""

    releases: tuple[CodeTable, ...] = ()

    def of(self, system: CodeSystem) -> tuple[CodeTable, ...]:
        """The releases of a system, the newest first."""
        own = [table for table in self.releases if table.system == system]
        return tuple(sorted(own, key=lambda table: table.effective_on, reverse=True))

    def on(self, system: CodeSystem, day: dt.date) -> CodeTable | None:
        """The release that counts on a day: the newest one then in force, else the oldest; None without any."""
        releases = self.of(system)
        return next((table for table in releases if table.effective_on <= day), releases[-1] if releases else None)


NO_TABLES = CodeTables()
