"""`dossier doctor`: is everything here that the work needs, and which walls stand around untrusted files?"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from actions.doctor import examine


def add(app: typer.Typer) -> None:
    """Register the command."""
    app.command("doctor")(run)


def run(
    context: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON document.")] = False,
    data: Annotated[Path | None, typer.Option("--data", help="The data folder.")] = None,
) -> None:
    """Check this machine and the service: Python, OCR, its data, the sandbox, the database, the objects, Redis.

    Status 1 if something needed is missing or does not answer.
    """
    # Imported here: the database and all that belongs to it take a while to load, which --help must not.
    from actions.doctor_service import examine_service

    installation = replace(context.obj, data=data or context.obj.data)
    checks = (*examine(installation.means), *examine_service(installation))
    if as_json:
        typer.echo(json.dumps([asdict(check) for check in checks]))
    else:
        wide = max(len(check.name) for check in checks)
        for check in checks:
            typer.echo(f"{'ok' if check.ok else 'MISSING':8}{check.name:{wide}}  {check.detail}")
    if not all(check.ok for check in checks):
        raise typer.Exit(1)
