"""`dossier checklist`: which are loaded, whether they are in order, why a verdict is so, what would change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from actions.checklist_replay import replay as replayed
from actions.checklist_twins import TWINS, run_twins
from actions.checklists import derive, listed, policies, services, write_schemas


def add(app: typer.Typer) -> None:
    """Register the command with its sub-commands."""
    told = "The payers' questions: list, validate, test, explain, replay."
    group = typer.Typer(name="checklist", help=told, no_args_is_help=True)
    group.command("list")(show)
    group.command("validate")(validate)
    group.command("test")(run_cases)
    group.command("explain")(explain)
    group.command("replay")(replay)
    group.command("schema")(schema)
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
    """Show how the verdict on an item came about, in sentences."""
    for derivation in derive(file, item, policies()):
        for depth, step in derivation.lines():
            typer.echo("  " * depth + step)
        typer.echo()


def run_cases(
    folder: Annotated[Path | None, typer.Argument(help="A folder of twins; default: those of Dossier.")] = None,
    *,
    checklists: Annotated[Path | None, typer.Option("--checklists", help="A folder of checklists to test.")] = None,
) -> None:
    """Run the checklists' twins: small requests with the verdicts they must get. Exit status 1 if one is another."""
    loaded = policies() if checklists is None else policies(checklists=_folder(checklists))
    run = run_twins(TWINS if folder is None else _folder(folder), loaded)
    for miss in run.misses:
        typer.echo(f"{miss.checklist}: {miss.case}: {miss.message}")
    if run.untested:
        typer.echo(f"Without a twin: {', '.join(run.untested)}.")
    typer.echo(f"{run.cases} cases of {run.checklists} checklists, {len(run.misses)} not as expected.")
    if run.misses:
        raise typer.Exit(1)


def replay(
    run: Annotated[Path, typer.Argument(help="The folder of a run of `dossier process`, or a requests.jsonl.")],
    *,
    checklists: Annotated[Path | None, typer.Option("--checklists", help="A folder of checklists to try.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON document.")] = False,
) -> None:
    """Apply the checklists to the requests of an earlier run and show which verdicts would change. Writes nothing."""
    found = replayed(run, policies() if checklists is None else policies(checklists=_folder(checklists)))
    if as_json:
        typer.echo(json.dumps(found.plain(), ensure_ascii=False))
        return
    for change in found.changes:
        about = "" if change.service_line is None else f", service line {change.service_line + 1}"
        typer.echo(f"{change.request}  {change.checklist}:{change.item}{about}: {change.was} -> {change.becomes}")
        typer.echo(f"    {change.reason}")
    typer.echo(f"{found.requests} requests, {found.verdicts} verdicts, {len(found.changes)} changes.")


def schema() -> None:
    """Rewrite schema.json of checklists/ and payers/ from the models."""
    for path in write_schemas():
        typer.echo(path.name + " of " + path.parent.name)


def _folder(folder: Path) -> Path:
    if not folder.is_dir():
        raise typer.BadParameter(f"{folder} is no folder.")
    return folder
