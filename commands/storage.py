"""`dossier storage`: whether what was received and read is all there, and as it was stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from models.problem import FOUND

if TYPE_CHECKING:
    from actions.storage import Storage

Data = Annotated[Path | None, typer.Option("--data", help="The data folder.")]


def add(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(help="Stored objects: check, scrub.", no_args_is_help=True)
    group.command("check")(check)
    group.command("scrub")(scrub)
    app.add_typer(group, name="storage")


def check(
    context: typer.Context,
    *,
    delete: Annotated[
        bool, typer.Option("--delete", help="Remove those that a check listed 30 days ago and that are orphans still.")
    ] = False,
    data: Data = None,
) -> None:
    """Compare the names of all objects with the files that were received.

    Orphans belong to no file: they are left by uploads that were never acknowledged, and by files read again.

    Exit status: 0 all are there; 4 one is gone, or nothing may be removed for what was found does not fit together;
    1 it could not be looked to the end; 2 wrong use.
    """
    from actions.storage import check_storage

    _tell(check_storage(replace(context.obj, data=data or context.obj.data), delete=delete))


def scrub(
    context: typer.Context,
    *,
    rate: Annotated[float, typer.Option("--rate", help="Megabytes a second to read at most.", min=0.001)] = 20.0,
    data: Data = None,
) -> None:
    """Read every object and compare it with its SHA-256.

    Exit status: 0 all are as they were stored, 4 one has changed, even by a bit, 1 none has as far as could be looked,
    2 wrong use.
    """
    from actions.storage import scrub_storage

    _tell(scrub_storage(replace(context.obj, data=data or context.obj.data), rate=rate * 1e6))


def _tell(told: Storage) -> None:
    for line in (*told.lost, *told.orphans):
        typer.echo(line)
    left = len(told.orphans) - told.removed
    counts = f"{len(told.lost)} gone or damaged, {left} orphans, {told.removed} removed"
    typer.echo(f"{told.count} objects, {told.bytes} bytes: {counts}.")
    if told.stopped:
        typer.echo(f"Not all could be looked at: {told.stopped}", err=True)
    if told.lost:
        raise typer.Exit(FOUND)
