"""Units of durable work: what is to be done with what was received, and who is doing it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

# What a unit of work does: read one received file, or put the documents of one case into requests.
Stage = Literal["read", "assemble"]


class WorkState(StrEnum):
    """Where a unit of work stands; `QUARANTINED` waits for a person."""

    READY = "ready"
    LEASED = "leased"
    DONE = "done"
    WAITING_RETRY = "waiting_retry"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Lease:
    """A unit of work that is ours until it expires; what it yields is committed only while `token` still holds.

    `subject` is the id of a file (stage "read") or of a case ("assemble"), `version` of its input. `attempts` counts
    this one, `deaths` those that ended with the death of their process.
    """

    work: str
    tenant: str
    stage: Stage
    subject: str
    version: int
    token: str
    attempts: int
    deaths: int


class LeaseLost(Exception):
    """Another worker has taken the work over: what this one found must not be written."""
