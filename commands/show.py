"""`dossier show`: one request in full, on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def add(app: typer.Typer) -> None:
    """Register the command."""
    app.command("show")(run)


def run(
    path: Annotated[Path, typer.Argument(help="A results folder, a requests.jsonl, or a request's native.json.")],
    *,
    number: Annotated[int, typer.Option("--number", "-n", help="Which request of the file, from 1.", min=1)] = 1,
) -> None:
    """Show a request: every value with its confidence, page and quote, then what is missing."""
    # Imported here, so that `dossier --help` stays quick.
    from actions.show import console, full

    console().print(full(path, number=number))
