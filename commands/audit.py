"""`dossier audit`: whether what the service wrote down about who did what is as it was written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from models.problem import FOUND, UsageError

Data = Annotated[Path | None, typer.Option("--data", help="The data folder.")]


def add(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(help="The audit: verify, key.", no_args_is_help=True)
    group.command("verify")(verify)
    group.command("key")(key)
    app.add_typer(group, name="audit")


def verify(
    context: typer.Context,
    *,
    public_key: Annotated[
        Path | None, typer.Option("--public-key", help="A file with the public key, or all that there were.")
    ] = None,
    data: Data = None,
) -> None:
    """Walk the chain of all rows and compare it with its signed checkpoints.

    Exit status: 0 all is as it was written; 4 a row was changed, moved, added or removed, or a checkpoint is missing
    or forged (the first is named), or nobody signs any more (more than 1,000 rows wait for a checkpoint, or one of
    them for more than a day); 1 it could not be looked to the end; 2 wrong use, such as no installation or no key.
    """
    from actions.audit import verify_audit

    pem = _read(public_key) if public_key else None
    told = verify_audit(replace(context.obj, data=data or context.obj.data), pem)
    for sentence in told.faults:
        typer.echo(sentence)
    if told.faults:
        raise typer.Exit(FOUND)
    typer.echo(f"{told.rows} rows, all as they were written.")
    if told.unsigned:
        typer.echo(f"{told.unsigned} rows wait for their checkpoint.")
    if told.checkpoints:
        typer.echo(f"{told.checkpoints} signed checkpoints, all of these rows.")
    else:
        typer.echo("No checkpoint was signed yet: rows that were cut off at the end would not be missed.", err=True)


def key(
    context: typer.Context,
    *,
    new: Annotated[
        bool, typer.Option("--new", help="Begin anew with another key, because the old one is lost or known to others.")
    ] = False,
    data: Data = None,
) -> None:
    """Print the public key that checks the checkpoints; keep it where nobody can change it."""
    from actions.checkpoints import new_key, public_key

    chosen = replace(context.obj, data=data or context.obj.data)
    typer.echo(new_key(chosen) if new else public_key(chosen), nl=False)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"The public key {file} cannot be read.") from None
