"""The sub-commands of `dossier`. To add one: a file here with `add(app)`, its line below, and its test."""

from __future__ import annotations

from collections.abc import Callable

import typer

from commands import checklist, codes, directory, doctor, evaluate, list_plans, match, process, read, show, unbuilt

COMMANDS: tuple[Callable[[typer.Typer], None], ...] = (
    process.add,
    read.add,
    show.add,
    list_plans.add,
    doctor.add,
    checklist.add,
    codes.add,
    directory.add,
    match.add,
    evaluate.add,
    unbuilt.add,
)
