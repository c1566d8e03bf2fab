"""Whether the audit is as it was written."""

from __future__ import annotations

from dataclasses import dataclass

from actions.checkpoints import read_checkpoints
from actions.house import open_house
from actions.installation import Installation
from store import audit, checkpoints
from store.audit import Digests
from store.checkpoints import Signed, Unsigned


@dataclass(frozen=True, slots=True)
class Audit:
    """How many rows there are, how many checkpoints of them hold, and a sentence for each thing that is wrong.

    `unsigned` rows wait for their checkpoint, as some always do for ten minutes; longer than a day is wrong.
    """

    rows: int
    checkpoints: int
    faults: tuple[str, ...]
    unsigned: int = 0


def verify_audit(installation: Installation, public_key: str | None = None) -> Audit:
    """Walk the audit of every tenant, and compare it with the checkpoints that the key has signed.

    `public_key` (PEM) is another key than the installation's own, or the half of it that is known here.

    Raises:
        UsageError: the key cannot be used.
        TransientError: the bucket is away.
    """
    found: list[Signed] = []

    def signed() -> Digests:
        found.append(read_checkpoints(installation, public_key))
        return found[0].digests

    with open_house(installation, begins=False) as house:
        count, breaks = audit.verify(house.database, signed)
        left = checkpoints.unsigned(house.database, found[0].digests)
    told = (f"tenant {one.tenant}: {one.reason}" for one in breaks)
    stopped = (_stopped(one) for one in left if one.late)
    return Audit(count, found[0].count, (*told, *found[0].faults, *stopped), sum(one.rows for one in left))


def _stopped(one: Unsigned) -> str:
    return (
        f"tenant {one.tenant}: {one.rows} rows wait for a checkpoint, the first for {one.age_s / 3600:.0f} hours: "
        "nobody signs any more. Does a worker run, and what does its log say?"
    )
