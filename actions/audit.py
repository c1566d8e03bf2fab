"""Whether the audit is as it was written."""

from __future__ import annotations

from actions.house import open_house
from actions.installation import Installation
from store import audit


def verify_audit(installation: Installation) -> tuple[int, tuple[str, ...]]:
    """Walk the audit of every tenant: how many rows there are, and a sentence for each chain that is broken."""
    with open_house(installation) as house:
        count, breaks = audit.verify(house.database)
    return count, tuple(f"tenant {one.tenant}: {one.reason}" for one in breaks)
