"""`dossier serve`: the whole service on one machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from actions.installation import Installation


def add(app: typer.Typer) -> None:
    """Register the command."""
    app.command("serve")(run)


def run(
    context: typer.Context,
    *,
    data: Annotated[Path | None, typer.Option("--data", help="The folder in which all of it lies.")] = None,
    host: Annotated[str | None, typer.Option("--host", help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option("--port", help="The port to listen on.", min=1, max=65_535)] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", help="Processes that read. Default: one a core.", min=1)
    ] = None,
) -> None:
    """Take files in, read them and hand requests out, until Ctrl-C or SIGTERM.

    On the first start a key for the administrator is printed, once.
    """
    # Imported here: the database and all that belongs to it take a while to load, which --help must not.
    from actions.serve import serve

    given: Installation = context.obj
    chosen = replace(
        given,
        data=data or given.data,
        host=host or given.host,
        port=port or given.port,
        workers=workers or given.workers,
    )
    serve(chosen, typer.echo)
