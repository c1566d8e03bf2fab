"""The command `dossier`: settings become means, commands become an application. Wiring only."""

from __future__ import annotations

import os
import sys

import typer

import config
from actions.installation import Installation, install
from commands import COMMANDS
from models.problem import DossierError


def application() -> typer.Typer:
    """The application with all commands, in the order of their plan."""
    app = typer.Typer(
        name="dossier",
        help="Turns clinical paperwork into prior-authorization requests, each value with its place on a page.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_prepare)
    for add in COMMANDS:
        add(app)
    return app


def main() -> None:
    """Run a command. Exit status: 0 done, 1 a fault of the program or of what it needs, 2 wrong use, 4 done, but
    something needs a person: files were rejected or held, rows skipped, or what was looked at is damaged or changed.
    """
    # One thread for each Tesseract: more burn four times the CPU for a longer wall time (docs/quality.md).
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    try:
        application()()
    except DossierError as error:
        print(f"dossier: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(error.exit_status)
    except PermissionError as failure:
        print(  # noqa: T201
            f"dossier: {failure.filename} cannot be used ({failure.strerror}). Give it to the user that runs dossier.",
            file=sys.stderr,
        )
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain again while closing it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def installation(settings: config.Settings) -> Installation:
    """What the settings come to on this machine."""
    return install(settings.model_dump(), config.shown(settings), origins=config.origins())


def _prepare(context: typer.Context) -> None:
    if not context.resilient_parsing:
        context.obj = installation(config.load())


if __name__ == "__main__":
    main()
