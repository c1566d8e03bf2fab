"""`dossier channel`: one source of files, watched by a process of its own, or mailbox files taken in once."""

from __future__ import annotations

import signal
import threading
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from models.problem import UsageError


def add(app: typer.Typer) -> None:
    """Register the command."""
    app.command("channel")(run)


def run(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="folder, imap or mbox.")],
    files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE]...", help="With mbox: the mailboxes.")] = None,
    *,
    data: Annotated[Path | None, typer.Option("--data", help="The data folder.")] = None,
) -> None:
    """Take in what a watched folder or a mailbox (IMAP) brings until SIGTERM, or all mails of mailbox files at once.

    A file or mail is moved at its source only after it was accepted; mailbox files are left as they are.
    """
    # Imported here: the database and all that belongs to it take a while to load, which --help must not.
    from actions.channels import check_channel, run_channel, take_mailboxes
    from actions.logbook import begin_log

    installation = replace(context.obj, data=data or context.obj.data)
    if name == "mbox":
        if not files:
            raise UsageError("Name the mailbox files: dossier channel mbox FILE...")
        taken = take_mailboxes(files, installation)
        typer.echo(f"{taken.accepted} mails accepted, {taken.refused} too large.", err=True)
        return
    check_channel(name, installation)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    begin_log()
    run_channel(name, installation, stop)
