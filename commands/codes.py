"""`dossier codes`: official public code tables, versioned by the date from which they count."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

_DATA = Annotated[Path, typer.Option("--data", help="The data folder.")]


def add(app: typer.Typer) -> None:
    """Register the command with its sub-commands."""
    group = typer.Typer(name="codes", help="Code tables: import, list.", no_args_is_help=True)
    group.command("import")(load)
    group.command("list")(show)
    app.add_typer(group)


def load(
    system: Annotated[str, typer.Argument(metavar="icd10cm|hcpcs|ndc|nppes", help="The layout of the file.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The published file, as it is or gzipped.")],
    *,
    data: _DATA = Path("data"),
    effective: Annotated[
        dt.datetime | None,
        typer.Option("--effective", formats=["%Y-%m-%d"], help="From when on it counts, if its name does not say so."),
    ] = None,
) -> None:
    """Load a code table, or refresh it. Bad lines are told and skipped."""
    # Imported here, so that `dossier --help` stays quick.
    from actions.import_codes import import_codes

    done = import_codes(
        system,
        file,
        data,
        effective_on=effective.date() if effective is not None else None,
        today=dt.datetime.now(dt.UTC).date(),
        told=_count,
    )
    for bad in done.bad:
        typer.echo(f"line {bad.line} skipped: {bad.reason}", err=True)
    if done.skipped > len(done.bad):
        typer.echo(f"and {done.skipped - len(done.bad)} more lines skipped", err=True)
    typer.echo(f"{system}: {done.rows} rows, counting from {done.effective_on}; {done.skipped} lines skipped.")


def show(*, data: _DATA = Path("data")) -> None:
    """List the code tables that are loaded."""
    from actions.code_tables import listed

    for line in listed(data):
        typer.echo(line)


def _count(rows: int) -> None:
    """The rows so far, on a terminal only."""
    if sys.stderr.isatty():
        typer.echo(f"\r{rows} rows", nl=False, err=True)
