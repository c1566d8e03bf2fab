"""`dossier read`: what one file says, document by document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from models.parsed import RejectedFile
from models.result import DocumentResult


def add(app: typer.Typer) -> None:
    """Register the command."""
    app.command("read")(run)


def run(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to read.")],
    *,
    to_json: Annotated[bool, typer.Option("--json", help="One JSON object a document, one a line.")] = False,
) -> None:
    """Read a file: its text, parts and mentions. Status 4 if something in it could not be read."""
    # Imported here, so that `dossier --help` stays quick.
    from actions.read import as_json, read_file

    rejected = False
    for result in read_file(file, context.obj.means):
        if isinstance(result, RejectedFile):
            rejected = True
            typer.echo(f"{result.path}: {result.code.value}. {result.message}", err=True)
        elif to_json:
            typer.echo(json.dumps(as_json(result), ensure_ascii=False))
        else:
            _show(result)
    if rejected:
        raise typer.Exit(4)


def _show(result: DocumentResult) -> None:
    from actions.read import masked_text

    document = result.document
    typer.echo(f"{document.path}  {document.media_type}  {len(document.pages)} pages")
    for part in result.annotations.parts:
        typer.echo(
            f"  {part.type.value}, pages {', '.join(map(str, part.pages))}" + (f": {part.title}" if part.title else "")
        )
    for problem in (*document.problems, *result.problems):
        typer.echo(f"  {problem.severity}: {problem.message}")
    typer.echo(masked_text(result))
