"""`dossier evaluate`: samples with known truth in, figures out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer


def add(app: typer.Typer) -> None:
    """Register the command."""
    app.command("evaluate")(run)


def run(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="TRUTH_DIR", help="A folder with received/ and truth.jsonl.")],
    *,
    out: Annotated[
        Path | None, typer.Option("--out", help="A new folder for the results. Default: TRUTH_DIR/evaluation.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", help="Processes that read pages. Default: one a core.", min=1, max=64)
    ] = None,
) -> None:
    """Process samples whose truth is known, and say how good the reading is: report.html and figures.json."""
    # Imported here, so that `dossier --help` stays quick.
    from actions.evaluate import evaluate
    from actions.progress import watcher
    from actions.quality_report import table
    from actions.show import console

    means = replace(context.obj.means, jobs=jobs or context.obj.means.jobs)
    to = out or folder / "evaluation"
    with watcher() as watching:
        evaluation = evaluate(folder, to, means, now=dt.datetime.now(dt.UTC), watcher=watching)
    console().print(table(evaluation.figures))
    typer.echo(f"Report: {to / 'report.html'}", err=True)
