"""Requests for the terminal: all of a run in a table, one in full."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console, RenderableType

from actions.checklists import read_requests
from emit.terminal import detail, overview
from models.problem import UsageError
from models.request import AuthorizationRequest


def table(requests: Iterable[AuthorizationRequest]) -> RenderableType:
    """A row for each request: member, service, urgency, status, what is missing."""
    return overview(requests)


def full(path: Path, *, number: int) -> RenderableType:
    """The `number`-th request (from 1) of a results folder, a requests.jsonl or a native.json, with all its fields.

    Raises:
        UsageError: there is no such file, or it holds fewer requests.
    """
    file = path / "requests.jsonl" if path.is_dir() else path
    if not file.exists():
        raise UsageError(f"There are no requests at {file}. Give the results folder of dossier process.")
    requests = read_requests(file)
    if not 1 <= number <= len(requests):
        raise UsageError(f"There is no request {number} in {file}; it holds {len(requests)}.")
    return detail(requests[number - 1])


def console(*, to_stderr: bool = False) -> Console:
    """The terminal; 110 columns where there is none, so that redirected output can be read."""
    plain = Console(stderr=to_stderr)
    return plain if plain.is_terminal else Console(stderr=to_stderr, width=110)
