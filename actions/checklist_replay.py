"""Apply today's checklists to the requests of an earlier run, and tell which verdicts would change."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from actions.checklists import read_requests
from checklists.assess import assess
from checklists.policies import Policies
from models.checklist import Finding
from models.problem import UsageError
from models.request import AuthorizationRequest


@dataclass(frozen=True, slots=True)
class Change:
    """One verdict that is another now; None where the item was or is not asked. `reason` is the new one's."""

    request: str
    checklist: str
    item: str
    service_line: int | None
    was: str | None
    becomes: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Replay:
    """All changes, and what they come from."""

    requests: int
    verdicts: int
    changes: tuple[Change, ...]

    def plain(self) -> dict[str, object]:
        """The replay as `--json` prints it."""
        return {**asdict(self), "changes": [asdict(change) for change in self.changes]}


def replay(run: Path, loaded: Policies) -> Replay:
    """Assess the requests of a run's folder (or of a file of requests) again; nothing is written.

    Each request is held against the checklists of its own payer as they are now, by the day it was received.

    Raises:
        UsageError: there are no requests.
    """
    path = run / "requests.jsonl" if run.is_dir() else run
    requests = read_requests(path)
    if not requests:
        raise UsageError(f"{path} holds no requests. Name the folder of a run.")
    found = [(request, _assessed(request, loaded)) for request in requests]
    changes = tuple(change for request, findings in found for change in _changes(request, findings))
    return Replay(len(requests), sum(len(findings) for _, findings in found), changes)


Key = tuple[str, str, int | None]


def _assessed(request: AuthorizationRequest, loaded: Policies) -> tuple[Finding, ...]:
    payer = next((one for one in loaded.payers if one.id == request.payer), None)
    zone = zoneinfo.ZoneInfo(payer.zone if payer is not None else "UTC")
    return assess(request, loaded.for_payer(payer), zone=zone).findings


def _changes(request: AuthorizationRequest, findings: tuple[Finding, ...]) -> Iterator[Change]:
    before, after = _by_key(request.findings), _by_key(findings)
    for key in dict.fromkeys((*before, *after)):
        was, becomes = before.get(key), after.get(key)
        if was is not None and becomes is not None and (was.verdict, was.cause) == (becomes.verdict, becomes.cause):
            continue
        yield Change(request.id, *key, _told(was), _told(becomes), becomes.reason if becomes else "Not asked any more.")


def _by_key(findings: tuple[Finding, ...]) -> dict[Key, Finding]:
    return {(one.checklist, one.item, one.service_line): one for one in findings}


def _told(finding: Finding | None) -> str | None:
    if finding is None:
        return None
    return f"{finding.verdict} {finding.cause}" if finding.cause else finding.verdict
