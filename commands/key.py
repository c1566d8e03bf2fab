"""`dossier key`: API keys for machines and offices."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path | None, typer.Option("--data", help="The data folder.")]


def add(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(help="API keys: create, list, revoke.", no_args_is_help=True)
    group.command("create")(create)
    group.command("list")(listed)
    group.command("revoke")(revoke)
    app.add_typer(group, name="key")


def create(
    context: typer.Context,
    *,
    role: Annotated[str, typer.Option("--role", help="What its holder may do, such as processor or integrator.")],
    office: Annotated[str | None, typer.Option("--office", help="The office whose papers alone it may see.")] = None,
    label: Annotated[str | None, typer.Option("--label", help="What it is for.")] = None,
    days: Annotated[int | None, typer.Option("--days", help="How long it holds. Default: for ever.", min=1)] = None,
    scopes: Annotated[
        list[str] | None, typer.Option("--scope", help="A right beyond the role's, such as identifiers:read.")
    ] = None,
    data: Data = None,
) -> None:
    """Make a key and print it, alone, on standard output; it is shown once and kept nowhere."""
    from actions.api_keys import create_key

    installation = replace(context.obj, data=data or context.obj.data)
    made = create_key(installation, role=role, office=office, label=label, scopes=frozenset(scopes or ()), days=days)
    typer.echo(made)


def listed(context: typer.Context, *, data: Data = None) -> None:
    """Print all keys but for the secret: id, role, office, when made, until when they hold or when revoked, label."""
    from actions.api_keys import known_keys

    for line in known_keys(replace(context.obj, data=data or context.obj.data)):
        typer.echo(line)


def revoke(
    context: typer.Context,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="The id of a key, as `dossier key list` shows it.")],
    *,
    data: Data = None,
) -> None:
    """End a key at once."""
    from actions.api_keys import revoke_key

    revoke_key(replace(context.obj, data=data or context.obj.data), identifier)
