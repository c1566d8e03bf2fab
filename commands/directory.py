"""`dossier directory`: the plan's members, providers and earlier authorizations are loaded and refreshed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from models.directory import DirectoryKind
from models.problem import UsageError

if TYPE_CHECKING:
    from actions.import_directory import Imported

_KINDS: tuple[DirectoryKind, ...] = ("members", "providers", "authorizations")


def add(app: typer.Typer) -> None:
    """Register the command with its sub-command."""
    group = typer.Typer(name="directory", help="Members, providers, earlier authorizations.", no_args_is_help=True)
    group.callback()(_nothing)
    group.command("import")(run)
    app.add_typer(group)


def run(
    kind: Annotated[str, typer.Argument(metavar="members|providers|authorizations", help="Which directory.")],
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="UTF-8, the first line names the columns.")],
    *,
    data: Annotated[Path, typer.Option("--data", help="The folder of data.")] = Path("data"),
) -> None:
    """Load or refresh a directory from a CSV file.

    A row with the identity of one that is there takes its place: members by member_id and effective_on, providers by
    provider_id (else npi), authorizations by number, system, code and modifier. Rows that cannot be used are told with
    their line numbers and skipped. Exit status: 0 done, 4 some rows were skipped, 2 wrong use.
    """
    # Imported here, so that `dossier --help` stays quick.
    from actions.import_directory import import_directory
    from actions.progress import counter

    chosen = next((known for known in _KINDS if known == kind), None)
    if chosen is None:
        raise UsageError(f"There is no directory '{kind}'. Known directories: {', '.join(_KINDS)}.")
    with counter(f"Importing {kind}") as told:
        done = import_directory(chosen, file, data, told=told)
    for line in told_of(file.name, done):
        typer.echo(line, err=True)
    typer.echo(f"{done.rows} rows imported, {done.replaced} of them new for old; {done.skipped} skipped.")
    if done.skipped:
        raise typer.Exit(4)


def told_of(name: str, done: Imported) -> list[str]:
    """The rows that were skipped, in lines."""
    lines = [f"{name}, line {bad.line}: the row {bad.reason}; skipped." for bad in done.bad]
    more = done.skipped - len(done.bad)
    return [*lines, f"{name}: {more} more rows skipped."] if more else lines


def _nothing() -> None:
    """A group with one command keeps that command's name."""
