"""`dossier checklist`: which checklists are loaded, whether they are in order, and why a verdict is so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from actions.checklists import derive, listed, policies, services, write_schemas


def add(app: typer.Typer) -> None:
    """Register the command with its sub-commands."""
    group = typer.Typer(name="checklist", help="The payers' questions: list, validate, explain.", no_args_is_help=True)
    group.command("list")(show)
    group.command("validate")(validate)
    group.command("explain")(explain)
    group.command("schema")(schema)
    group.command("test", help="Not built yet.", context_settings=_ANY)(_refuse)
    group.command("replay", help="Not built yet.", context_settings=_ANY)(_refuse)
    app.add_typer(group)


def show(*, as_json: Annotated[bool, typer.Option("--json", help="As one JSON document.")] = False) -> None:
    """List the checklists that are loaded."""
    loaded = policies()
    if as_json:
        typer.echo(json.dumps(listed(loaded), ensure_ascii=False))
        return
    for checklist in loaded.checklists:
        names = services(checklist)
        told = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        typer.echo(f"{checklist.id}  {checklist.version}  {checklist.title}")
        typer.echo(f"    {len(checklist.items)} items, for {told}, authority {checklist.authority}")


def validate(
    folder: Annotated[Path | None, typer.Argument(help="A folder of checklists; default: those of Dossier.")] = None,
) -> None:
    """Check every checklist and payer file; the first defect is told with its file and line."""
    loaded = policies() if folder is None else policies(checklists=_folder(folder))
    typer.echo(f"In order: {len(loaded.checklists)} checklists, {len(loaded.payers)} payers.")


def explain(
    file: Annotated[Path, typer.Argument(help="A request's native.json, or requests.jsonl.")],
    *,
    item: Annotated[str, typer.Option("--item", help="The item's id, or checklist:item.")],
) -> None:
    """Show how the verdict on an item came about."""
    for derivation in derive(file, item, policies()):
        line, checklist = derivation.line, derivation.checklist
        about = "the request" if line is None else f"service line {line + 1}"
        typer.echo(f"{derivation.request}  {checklist.id} {checklist.version}  {derivation.item}, {about}")
        for depth, step in derivation.steps():
            typer.echo("  " * (depth + 1) + step)


def schema() -> None:
    """Rewrite schema.json of checklists/ and payers/ from the models."""
    for path in write_schemas():
        typer.echo(path.name + " of " + path.parent.name)


_ANY = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def _refuse(context: typer.Context) -> None:
    typer.echo(f"dossier checklist {context.info_name}: not built yet.", err=True)
    raise typer.Exit(2)


def _folder(folder: Path) -> Path:
    if not folder.is_dir():
        raise typer.BadParameter(f"{folder} is no folder.")
    return folder
