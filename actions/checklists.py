"""What can be asked of the checklists themselves: which are loaded, whether they are in order, why a verdict is so."""

from __future__ import annotations

import json
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from checklists.assess import explain
from checklists.load import read_concepts
from checklists.missing import importance
from checklists.outcome import Outcome
from checklists.policies import Policies, load_policies
from checklists.schema import SCHEMAS, schema_text
from models.checklist import Checklist
from models.problem import NotFound, UsageError
from models.request import AuthorizationRequest

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Derivation:
    """Why an item of a checklist has its verdict in a request, for one service line (None: the request as a whole)."""

    request: str
    checklist: Checklist
    item: str
    line: int | None
    outcome: Outcome

    def steps(self) -> tuple[tuple[int, str], ...]:
        """The verdict and what it came from, in words, each with its depth."""
        return tuple(_steps(self.outcome, depth=0))


def policies(checklists: Path = ROOT / "checklists", payers: Path = ROOT / "payers") -> Policies:
    """All checklists and payers of this installation. Raises PolicyError for a defect in any of them."""
    return load_policies(checklists, payers, read_concepts(ROOT / "extractors/data/concepts.yaml"))


def listed(loaded: Policies) -> tuple[dict[str, object], ...]:
    """The checklists as `dossier checklist list --json` prints them."""
    return tuple(
        {
            "id": checklist.id,
            "version": checklist.version,
            "title": checklist.title,
            "services": services(checklist),
            "source": checklist.source.model_dump(mode="json"),
            "items": [{"id": item.id, "need": importance(item), "ask": item.ask} for item in checklist.items],
        }
        for checklist in loaded.checklists
    )


def services(checklist: Checklist) -> list[str]:
    """What a checklist applies to, one word or code each: "all services", "HCPCS J0135", "adalimumab"."""
    if checklist.applies_to.all_services:
        return ["all services"]
    found = []
    for selector in checklist.applies_to.services:
        found += [" ".join(part for part in (selector.system, code) if part) for code in selector.codes]
        found += [*selector.drugs, *(f"{kind} request" for kind in selector.request_types)]
    return found


def derive(path: Path, item: str, loaded: Policies) -> tuple[Derivation, ...]:
    """Derive the verdict of an item (its id, or "checklist:item") for every request of a file.

    Raises:
        NotFound: no checklist that was applied to a request has such an item.
        UsageError: the file is not there or holds no requests.
    """
    name, _, wanted = item.rpartition(":")
    found = []
    for request in read_requests(path):
        applied = {one.id for one in request.checklists}
        payer = next((one for one in loaded.payers if one.id == request.payer), None)
        zone = zoneinfo.ZoneInfo(payer.zone if payer is not None else "UTC")
        for checklist in loaded.checklists:
            if checklist.id in applied and name in {"", checklist.id}:
                outcomes = explain(request, checklist, wanted, zone=zone)
                found += [Derivation(request.id, checklist, wanted, line, outcome) for line, outcome in outcomes]
    if not found:
        known = sorted({one.id for checklist in loaded.checklists for one in checklist.items})
        raise NotFound(f"No checklist applied in this file has an item {wanted!r}. Known items: {', '.join(known)}.")
    return tuple(found)


def read_requests(path: Path) -> tuple[AuthorizationRequest, ...]:
    """The requests of a file: one JSON document, or one a line."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{path} cannot be read. Name a request's native.json or a requests.jsonl.") from None
    try:
        return tuple(AuthorizationRequest.model_validate_json(one) for one in _documents(text))
    except (ValidationError, ValueError):
        raise UsageError(f"{path} holds no requests. Name a request's native.json or a requests.jsonl.") from None


def write_schemas(root: Path = ROOT) -> tuple[Path, ...]:
    """Write the schema.json files from the models; returns their paths."""
    for name, model in SCHEMAS.items():
        (root / name).write_text(schema_text(model), "utf-8")
    return tuple(root / name for name in SCHEMAS)


def _steps(outcome: Outcome, *, depth: int) -> Iterator[tuple[int, str]]:
    """A step that only passes on its single part is left out."""
    cause = f", {outcome.cause}" if outcome.cause else ""
    kind = f"{outcome.kind}: " if outcome.kind else ""
    yield depth, f"{kind}{outcome.verdict}{cause}. {outcome.reason}"
    if len(outcome.parts) == 1 and outcome.parts[0].reason == outcome.reason:
        return
    for part in outcome.parts:
        yield from _steps(part, depth=depth + 1)


def _documents(text: str) -> Iterator[str]:
    try:
        json.loads(text)
    except json.JSONDecodeError:
        yield from (line for line in text.splitlines() if line.strip())
    else:
        yield text
