"""`dossier api`: the API alone, as a process of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from actions.parts import become


def add(app: typer.Typer) -> None:
    """Register the command."""
    app.command("api")(run)


def run(
    context: typer.Context,
    *,
    data: Annotated[Path | None, typer.Option("--data", help="The data folder.")] = None,
    host: Annotated[str | None, typer.Option("--host", help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option("--port", help="The port to listen on.", min=1, max=65_535)] = None,
) -> None:
    """Serve uploads and requests until SIGTERM; uploads that have begun may end."""
    given = context.obj
    become("api", replace(given, data=data or given.data, host=host or given.host, port=port or given.port))
