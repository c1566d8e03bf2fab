"""`dossier process`: files in, requests out."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.directory import told_of
from models.directory import DirectoryKind

if TYPE_CHECKING:
    from actions.conservation import Tally
    from actions.import_directory import Imported

# More requests than this are no table to look at; the sum and the folder say where they are.
_MOST_SHOWN = 50


def add(app: typer.Typer) -> None:
    """Register the command."""
    app.command("process")(run)


def run(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files, or folders of files, received together.")
    ],
    *,
    out: Annotated[Path, typer.Option("--out", help="An empty or new folder for the results.")],
    each: Annotated[bool, typer.Option("--each", help="Every child of PATH is a submission of its own.")] = False,
    payer: Annotated[str | None, typer.Option("--payer", help="The payer's id: a file in payers/.")] = None,
    market: Annotated[str | None, typer.Option("--market", help="us or hk. Default: the payer's, else us.")] = None,
    received_at: Annotated[str | None, typer.Option("--received-at", help="When it was received, ISO 8601.")] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", help="Processes that read pages. Default: one a core.", min=1, max=64)
    ] = None,
    formats: Annotated[str, typer.Option("--format", help="A comma list of formats.")] = "native,html",
    as_json: Annotated[bool, typer.Option("--json", help="Print the requests on stdout, one a line.")] = False,
    members: Annotated[Path | None, typer.Option("--members", help="The plan's members, a CSV file.")] = None,
    providers: Annotated[Path | None, typer.Option("--providers", help="The plan's providers, a CSV file.")] = None,
    authorizations: Annotated[
        Path | None, typer.Option("--authorizations", help="What was authorized before, a CSV file.")
    ] = None,
    data: Annotated[Path, typer.Option("--data", help="The data folder, with imported code tables.")] = Path("data"),
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run that was stopped: what is done in --out is kept.")
    ] = False,
) -> None:
    """Turn received files into prior-authorization requests.

    Exit status: 0 all became requests, 4 some files were rejected or pages held, 1 a fault of the program, 2 wrong use.
    """
    # Imported here, so that `dossier --help` stays quick.
    from actions.directories import Directories
    from actions.plan import plan_order
    from actions.process import process
    from actions.progress import watcher

    order = plan_order(
        tuple(paths),
        out,
        each=each,
        payer=payer,
        market=market,
        received_at=received_at,
        formats=formats,
        resume=resume,
        data=data,
    )
    means = replace(context.obj.means, jobs=jobs or context.obj.means.jobs)
    given: dict[DirectoryKind, Path | None]
    given = {"members": members, "providers": providers, "authorizations": authorizations}
    files = {kind: file for kind, file in given.items() if file is not None}
    with Directories.chosen(files, data, told=_tell) as directories, watcher() as watching:
        now = dt.datetime.now(dt.UTC)
        tally = process(order, means, now=now, watcher=watching, directories=directories)
    _show(tally, out, as_json=as_json)
    if tally.failed:
        typer.echo(
            "A fault of the program stopped a submission; its files are in rejected.jsonl. Please report this.",
            err=True,
        )
        raise typer.Exit(1)
    if tally.rejected or tally.held:
        raise typer.Exit(4)


def _tell(kind: DirectoryKind, done: Imported) -> None:
    """What became of a directory's file."""
    for line in told_of(kind, done):
        typer.echo(line, err=True)


def _show(tally: Tally, out: Path, *, as_json: bool) -> None:
    from actions.checklists import read_requests
    from actions.show import console, table

    sheet = out / "requests.jsonl"
    if as_json:
        with sheet.open("r", encoding="utf-8") as lines:
            shutil.copyfileobj(lines, sys.stdout)
    elif 0 < tally.requests <= _MOST_SHOWN:
        console().print(table(read_requests(sheet)))
    typer.echo(
        f"{tally.pages} pages = {tally.pages - tally.held} in {tally.requests} requests + {tally.held} held; "
        f"{tally.rejected} files rejected. Results: {out}",
        err=True,
    )
