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
    """Print every setting as it holds, and where from: a variable, dossier.toml, or its default. Status 2 if one cannot
    be used. Secrets are only said to be set.
    """
    from actions.settings import settings_that_hold

    # Settings that are unknown or cannot be have ended the program before; a payer is looked up here.
    for one in settings_that_hold(context.obj):
        typer.echo(f"{one.name} = {one.value}\t{one.origin}")


def _group() -> None:
    """Keep `check` a command of its own, though it is the only one."""
