"""`dossier work`: what waits for a person because it failed again and again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path | None, typer.Option("--data", help="The data folder.")]


def add(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(help="Work in quarantine: list, release.", no_args_is_help=True)
    group.command("list")(listed)
    group.command("release")(release)
    app.add_typer(group, name="work")


def listed(context: typer.Context, *, data: Data = None) -> None:
    """Print what is in quarantine: id, since when, stage, what it is about, and the kind of fault."""
    from actions.quarantine import kept_work

    kept = kept_work(replace(context.obj, data=data or context.obj.data))
    for line in kept:
        typer.echo(line)
    if not kept:
        typer.echo("Nothing is in quarantine.", err=True)


def release(
    context: typer.Context,
    identifiers: Annotated[list[str], typer.Argument(metavar="ID...", help="As `dossier work list` shows them.")],
    *,
    data: Data = None,
) -> None:
    """Have work tried again, once its cause is gone."""
    from actions.quarantine import release_work

    released = release_work(replace(context.obj, data=data or context.obj.data), identifiers)
    typer.echo(f"{released} released.")
