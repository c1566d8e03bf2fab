"""`dossier process`: files in, requests out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from actions.plan import plan_order
from actions.process import Outcome, process
from actions.show import console, table
from actions.submissions import Source

# Options of the contract that come with later work; each is refused in words.
_NOT_BUILT = ("members", "providers", "authorizations", "resume")


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
    members: Annotated[Path | None, typer.Option("--members", help="Not built yet.")] = None,
    providers: Annotated[Path | None, typer.Option("--providers", help="Not built yet.")] = None,
    authorizations: Annotated[Path | None, typer.Option("--authorizations", help="Not built yet.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Not built yet.")] = False,
) -> None:
    """Turn received files into prior-authorization requests.

    Exit status: 0 all became requests, 4 some files were rejected or pages held, 1 a fault of the program, 2 wrong use.
    """
    asked = {"members": members, "providers": providers, "authorizations": authorizations, "resume": resume or None}
    for name in _NOT_BUILT:
        if asked[name] is not None:
            typer.echo(f"dossier process: the option --{name} is not built yet.", err=True)
            raise typer.Exit(2)
    order = plan_order(
        tuple(paths), out, each=each, payer=payer, market=market, received_at=received_at, formats=formats
    )
    means = replace(context.obj, jobs=jobs or context.obj.jobs)
    outcomes = process(order, means, now=dt.datetime.now(dt.UTC), progress=_told)
    requests = [request for outcome in outcomes for request in outcome.assembly.requests]
    if as_json:
        for request in requests:
            typer.echo(request.model_dump_json(by_alias=True))
    elif requests:
        console().print(table(requests))
    _sum_up(outcomes, out)
    if any(outcome.failed for outcome in outcomes):
        typer.echo(
            "A fault of the program stopped a submission; its files are in rejected.jsonl. Please report this.",
            err=True,
        )
        raise typer.Exit(1)
    if any(outcome.rejected or outcome.assembly.held for outcome in outcomes):
        raise typer.Exit(4)


def _told(source: Source, outcome: Outcome) -> None:
    """One line a submission, on stderr; file names only, never their content."""
    parts = [f"{outcome.pages} pages", f"{len(outcome.assembly.requests)} requests"]
    parts += [f"{len(outcome.assembly.held)} pages held"] if outcome.assembly.held else []
    typer.echo(f"{source.name}: {', '.join(parts)}", err=True)
    for rejection in outcome.rejected:
        typer.echo(f"  {rejection.file}: {rejection.code}. {rejection.message}", err=True)


def _sum_up(outcomes: tuple[Outcome, ...], out: Path) -> None:
    pages = sum(outcome.pages for outcome in outcomes)
    requests = sum(len(outcome.assembly.requests) for outcome in outcomes)
    held = sum(len(outcome.assembly.held) for outcome in outcomes)
    rejected = sum(len(outcome.rejected) for outcome in outcomes)
    typer.echo(
        f"{pages} pages = {pages - held} in {requests} requests + {held} held; {rejected} files rejected. "
        f"Results: {out}",
        err=True,
    )
