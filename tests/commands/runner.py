"""Runs a command of ours in this process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from typer.testing import CliRunner

import cli


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its status, what it said, and the fault that `cli.main` would have told of."""

    status: int
    out: str
    err: str
    fault: BaseException | None = None

    def json(self) -> Any:
        return json.loads(self.out)


def dossier(*arguments: str) -> Ended:
    result = CliRunner().invoke(cli.application(), list(arguments))
    return Ended(result.exit_code, result.stdout, result.stderr, result.exception)
