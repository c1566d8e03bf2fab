"""`dossier list`: every plan and version that is loaded."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from typing import Annotated

import typer


def add(app: typer.Typer) -> None:
    """Register the command."""
    app.command("list")(run)


def run(*, as_json: Annotated[bool, typer.Option("--json", help="As one JSON document.")] = False) -> None:
    """Print what is loaded: readers, OCR engines, extractors, checklists, payers, output formats."""
    # Imported here: all plans together take seconds to load, which `dossier --help` must not.
    from actions.list_plans import loaded

    entries = loaded()
    if as_json:
        typer.echo(json.dumps([asdict(entry) for entry in entries]))
        return
    for plan, members in groupby(entries, key=lambda entry: entry.plan):
        typer.echo(plan)
        for entry in members:
            typer.echo(f"  {entry.name:34}{entry.version}")
