"""`dossier worker`: one process that reads, on this machine or another one of the same installation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from actions.parts import become


def add(app: typer.Typer) -> None:
    """Register the command."""
    app.command("worker")(run)


def run(
    context: typer.Context,
    *,
    data: Annotated[Path | None, typer.Option("--data", help="The data folder.")] = None,
) -> None:
    """Read what came in until SIGTERM; what is then being read is finished or given back."""
    become("worker", replace(context.obj, data=data or context.obj.data))
