"""`dossier user`: people who sign in with a name and a password."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from models.problem import UsageError

Data = Annotated[Path | None, typer.Option("--data", help="The data folder.")]


def add(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(help="People who sign in: create, list, block.", no_args_is_help=True)
    group.command("create")(create)
    group.command("list")(listed)
    group.command("block")(block)
    app.add_typer(group, name="user")


def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What they sign in with.")],
    *,
    role: Annotated[str, typer.Option("--role", help="What they may do, such as processor or supervisor.")],
    office: Annotated[str | None, typer.Option("--office", help="The office whose papers alone they may see.")] = None,
    data: Data = None,
) -> None:
    """Add a person and print the id. The password is asked for, or is the first line of standard input."""
    from actions.people_here import add_person

    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True) if sys.stdin.isatty() else _line()
    installation = replace(context.obj, data=data or context.obj.data)
    typer.echo(add_person(installation, name=name, role=role, office=office, password=password))


def listed(context: typer.Context, *, data: Data = None) -> None:
    """Print all people: id, name, role, office, when added, whether they may sign in or when blocked, last sign-in."""
    from actions.people_here import known_people

    for line in known_people(replace(context.obj, data=data or context.obj.data)):
        typer.echo(line)


def block(
    context: typer.Context,
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="The id of a person, as `dossier user list` shows it.")
    ],
    *,
    data: Data = None,
) -> None:
    """Keep a person out from now on; their sessions end."""
    from actions.people_here import block_person

    block_person(replace(context.obj, data=data or context.obj.data), identifier)


def _line() -> str:
    told = sys.stdin.readline().rstrip("\r\n")
    if not told:
        raise UsageError("Give the password as the first line of standard input.")
    return told
