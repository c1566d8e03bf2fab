"""`dossier match`: which members or providers a file of queries means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from models.problem import UsageError

if TYPE_CHECKING:
    from actions.match_directory import MatchKind

_KINDS: tuple[MatchKind, ...] = ("members", "providers")


def add(app: typer.Typer) -> None:
    """Register the command."""
    app.command("match")(run)


def run(
    kind: Annotated[str, typer.Argument(metavar="members|providers", help="Which directory.")],
    queries: Annotated[Path, typer.Argument(metavar="QUERIES.csv", help="query_id, then columns of the directory.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Where the answers go, one a line.")],
    data: Annotated[Path, typer.Option("--data", help="The folder of data.")] = Path("data"),
) -> None:
    """Match queries against a directory: link, possible_link or non_link, with the record and its probability.

    Any column may be empty or missing. A tie is never decided: it is a possible_link with its candidates.
    """
    # Imported here, so that `dossier --help` stays quick.
    from actions.match_directory import match_directory
    from actions.progress import counter

    chosen = next((known for known in _KINDS if known == kind), None)
    if chosen is None:
        raise UsageError(f"There is nothing to match in '{kind}'. Known: {', '.join(_KINDS)}.")
    with counter(f"Matching {kind}") as told:
        sums = match_directory(chosen, queries, out, data, told=told)
    typer.echo(
        f"{sums.link} link, {sums.possible_link} possible_link, {sums.non_link} non_link. Answers: {out}", err=True
    )
