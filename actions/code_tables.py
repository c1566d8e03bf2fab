"""The code tables at hand: the one that comes with Dossier and those that were imported."""

from __future__ import annotations

from pathlib import Path

from codes.icd10cm import PACKAGE, icd10cm
from models.code_table import CodeTables
from store.codes import code_tables, releases


def imported(data: Path) -> CodeTables:
    """The imported tables of a data folder; none if there is no such folder."""
    return code_tables(data)


def listed(data: Path) -> tuple[str, ...]:
    """One line a table: system, effective date, rows, where it comes from."""
    own = icd10cm()
    return (
        f"ICD-10-CM  {own.effective_on}  {len(own.nodes)} lines  built in ({PACKAGE}, {own.release})",
        *(f"{one.system}  {one.effective_on}  {one.rows} rows  {one.file}" for one in releases(data)),
    )
