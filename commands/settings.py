"""`dossier config`: whether the settings can be used, and what they come to."""

from __future__ import annotations

import typer


def add(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(help="The settings: check.", no_args_is_help=True)
    group.command("check")(check)
    group.callback()(_group)
    app.add_typer(group, name="config")


def check(context: typer.Context) -> None:
    """Print every setting as it counts; secrets are only said to be set. Status 2 if one cannot be used."""
    from actions.assemble_worker import context_of

    # Settings that are unknown or cannot be have ended the program before; a payer has to be looked up.
    context_of(context.obj)
    for name, value in context.obj.shown:
        typer.echo(f"{name} = {value}")


def _group() -> None:
    """Keep `check` a command of its own, though it is the only one."""
