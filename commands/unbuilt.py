"""The commands of the contract that are not built yet: each says so and ends with status 2."""

from __future__ import annotations

import typer

UNBUILT = ("form",)


def add(app: typer.Typer) -> None:
    """Register every one of them, whatever its arguments."""
    settings = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
    for name in UNBUILT:
        app.command(name, help="Not built yet.", hidden=True, context_settings=settings)(_refuse)


def _refuse(context: typer.Context) -> None:
    typer.echo(f"dossier {context.info_name}: not built yet.", err=True)
    raise typer.Exit(2)
