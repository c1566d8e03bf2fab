"""The settings as they hold: each with its value, also where it was left to its default, and where that comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from actions.assemble_worker import context_of
from actions.checkpoints import folder_of
from actions.installation import INBOX, Installation
from models.setting import NOT_SET
from store import db, signing

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting by its name: its value as text, of a secret only whether it is set, and where that comes from."""

    name: str
    value: str
    origin: str


def settings_that_hold(installation: Installation) -> tuple[Setting, ...]:
    """All settings; the origin of each is a variable, the name of the file, or `DEFAULT`.

    Raises:
        UsageError: the payer is unknown.
    """
    instead = _instead(installation)
    told = []
    for name, value in installation.shown:
        held = instead.get(name, value) if value == NOT_SET else value
        told.append(Setting(name, held, installation.origins.get(name, DEFAULT)))
    return tuple(told)


def _instead(installation: Installation) -> Mapping[str, str]:
    """What holds in place of a setting that has no value of its own; what is not named here is not used then."""
    limits = {f"sandbox.{name}": str(value) for name, value in asdict(installation.means.limits).items()}
    data = installation.data
    return {
        **limits,
        "jobs": str(installation.means.jobs),
        "workers": str(installation.workers),
        "market": context_of(installation).market,
        "database_url": f"(the file {data / db.FILE})",
        "audit.key": f"(the file {data / signing.FILE})",
        "audit.checkpoints": str(folder_of(installation)),
        "folder.paths": str(data / INBOX),
        "quota.bytes": "none",
        "quota.files": "none",
    }
