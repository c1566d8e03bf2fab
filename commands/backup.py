"""`dossier backup`: copies of an installation on one machine, made while it runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of the backup.")]


def add(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(help="Backups: create, verify, restore.", no_args_is_help=True)
    group.command("create")(create)
    group.command("verify")(verify)
    group.command("restore")(restore)
    app.add_typer(group, name="backup")


def create(
    context: typer.Context,
    folder: Folder,
    *,
    data: Annotated[Path | None, typer.Option("--data", help="The data folder.")] = None,
) -> None:
    """Copy the database and every object into a new folder, while the service runs.

    Exit status: 0 done; 4 an object is gone or has changed (all others are copied), or a database is damaged (what is
    in the folder is no backup then); 1 it could not be done; 2 wrong use.
    """
    from actions.backup import create_backup

    done = create_backup(replace(context.obj, data=data or context.obj.data), folder)
    typer.echo(f"{done.files} files, {done.bytes} bytes in {folder}.")


def verify(folder: Folder) -> None:
    """See that a backup is whole and as it was written.

    Exit status: 0 it is, 4 it is not, or was not finished (the first fault is named), 1 it could not be read, 2 wrong
    use, such as a folder that is no backup.
    """
    from actions.backup import verify_backup

    done = verify_backup(folder)
    typer.echo(f"{done.files} files, {done.bytes} bytes, all as they were written.")


def restore(
    folder: Folder, *, data: Annotated[Path, typer.Option("--data", help="The new data folder; it must be empty.")]
) -> None:
    """Make a backup that is whole a new data folder, for a service that is not running yet.

    Exit status: 0 done; 4 the backup is damaged, and nothing was written (unless a file changes while
    it is copied); 1 it could not be done; 2 wrong use, such as a folder that is not empty.
    """
    from actions.backup import restore_backup

    done = restore_backup(folder, data)
    typer.echo(f"{done.files} files, {done.bytes} bytes restored into {data}.")
