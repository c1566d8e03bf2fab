"""The processes of an installation: each is an entry point of this program, run with the same settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from actions.installation import Installation
from actions.supervise import Part

_ROOT = Path(__file__).resolve().parent.parent
# Workers stand back for the API: who uploads is answered at once.
_NICE = 10


def command(entry: str, *arguments: str) -> tuple[str, ...]:
    """How an entry point of this program is run: "api", "worker" or "cli"."""
    return (sys.executable, str(_ROOT / f"{entry}.py"), *arguments)


def parts_of(installation: Installation) -> tuple[Part, ...]:
    """Everything that runs on a machine that does it all."""
    workers = [Part(f"worker {number}", command("worker"), nice=_NICE) for number in range(1, installation.workers + 1)]
    channels = ["folder", *(["imap"] if installation.mailbox else [])]
    return (
        Part("api", command("api")),
        *workers,
        *(Part(f"channel {name}", command("cli", "channel", name)) for name in channels),
    )


def surroundings(installation: Installation, environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of the processes: this one's, with what the command line has changed."""
    changed = {
        "DOSSIER_DATA": str(installation.data.resolve()),
        "DOSSIER_HOST": installation.host,
        "DOSSIER_PORT": str(installation.port),
        "DOSSIER_WORKERS": str(installation.workers),
    }
    kept = {name: value for name, value in environment.items() if name.removesuffix("_FILE") not in changed}
    return {**kept, **changed}


def become(entry: str, installation: Installation) -> None:
    """Go on as another entry point, in this process."""
    told = command(entry)
    os.execve(told[0], told, surroundings(installation, os.environ))  # noqa: S606 - a program of ours
