"""`dossier audit`: whether what the service wrote down about who did what is as it was written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer


def add(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(help="The audit: verify.", no_args_is_help=True)
    group.command("verify")(verify)
    group.callback()(_group)
    app.add_typer(group, name="audit")


def verify(
    context: typer.Context,
    *,
    data: Annotated[Path | None, typer.Option("--data", help="The data folder.")] = None,
) -> None:
    """Walk the chain of all rows. Status 1 if one was changed, moved, added or removed; the first is named."""
    from actions.audit import verify_audit

    count, broken = verify_audit(replace(context.obj, data=data or context.obj.data))
    for sentence in broken:
        typer.echo(sentence)
    if broken:
        raise typer.Exit(1)
    typer.echo(f"{count} rows, all as they were written.")


def _group() -> None:
    """Keep `verify` a command of its own, though it is the only one."""
