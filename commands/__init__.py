"""The sub-commands of `dossier`. To add one: a file here with `add(app)`, its line below, and its test."""

from __future__ import annotations

from collections.abc import Callable

import typer

from commands import (
    api,
    audit,
    backup,
    channel,
    checklist,
    codes,
    directory,
    doctor,
    evaluate,
    key,
    list_plans,
    match,
    process,
    read,
    serve,
    settings,
    show,
    storage,
    unbuilt,
    user,
    work,
    worker,
)

COMMANDS: tuple[Callable[[typer.Typer], None], ...] = (
    process.add,
    serve.add,
    read.add,
    show.add,
    list_plans.add,
    doctor.add,
    checklist.add,
    codes.add,
    directory.add,
    match.add,
    evaluate.add,
    api.add,
    worker.add,
    channel.add,
    key.add,
    user.add,
    work.add,
    audit.add,
    storage.add,
    settings.add,
    backup.add,
    unbuilt.add,
)
