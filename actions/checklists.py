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
from checklists.paths import label
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

    def lines(self) -> tuple[tuple[int, str], ...]:
        """What was asked, the verdict and what it came from, in sentences, each with its depth of indentation."""
        item = next(one for one in self.checklist.items if one.id == self.item)
        about = "the request as a whole" if self.line is None else f"service line {self.line + 1}"
        count = {"required": "It is required.", "conditional": "Another item decides whether it is needed.",
                 "recommended": "It is recommended only and is never asked for."}  # fmt: skip
        return (
            (0, f"Request {self.request}, {about}"),
            (0, f"{self.checklist.title} ({self.checklist.id} {self.checklist.version}), item {self.item}"),
            (0, f"Looked for: {item.ask} {count[importance(item)]}"),
            (0, f"Verdict: {_verdict(self.outcome)}. {self.outcome.reason}"),
            *(((0, "How it came about:"), *_steps(self.outcome, depth=1)) if _parts(self.outcome) else ()),
            (0, f"Source: {self.checklist.source.policy}"),
        )


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


_VERDICTS = {"not_met": "not met", "not_found": "not found", "waived": "not needed"}
_JOINED = {"all_of": "All of these are needed", "any_of": "One of these is enough", "condition": "The condition counts"}


def _verdict(outcome: Outcome) -> str:
    told = _VERDICTS.get(outcome.verdict, outcome.verdict)
    return f"{told} ({outcome.cause.replace('-', ' ')})" if outcome.cause else told


def _steps(outcome: Outcome, *, depth: int) -> Iterator[tuple[int, str]]:
    """A step that only passes on its single part is left out; one that joins several leaves the reasons to them."""
    parts = _parts(outcome)
    head = f"{_named(outcome.kind)}: {_verdict(outcome)}."
    yield depth, head if parts else f"{head} {outcome.reason}"
    for part in parts:
        yield from _steps(part, depth=depth + 1)


def _parts(outcome: Outcome) -> tuple[Outcome, ...]:
    while len(outcome.parts) == 1 and outcome.parts[0].reason == outcome.reason:
        outcome = outcome.parts[0]
    return tuple({(part.kind, part.verdict, part.reason): part for part in outcome.parts}.values())


def _named(kind: str) -> str:
    """What a step did, in words: "In the notes, conservative therapy"."""
    head, _, rest = kind.partition(" ")
    words = rest.replace("_", " ")
    named = {
        "field": f"On the forms and letters, {label(rest) if rest else ''}",
        "code": f"Among the {words} codes",
        "entity": f"In the notes, {words}",
        "duration": f"In the notes, how long: {words}",
        "measurement": f"In the notes, the value of {words}",
        "count": f"How many: {words}",
        "document": f"Among the pages, {' or '.join(rest.split())}".replace("-", " "),
        "same": "Held against each other",
        "when": f"Needed only if: {words.replace('-', ' ')}",
        "unless": f"Not needed if: {words.replace('-', ' ')}",
    }
    return _JOINED.get(kind) or named.get(head) or "Checked"


def _documents(text: str) -> Iterator[str]:
    try:
        json.loads(text)
    except json.JSONDecodeError:
        yield from (line for line in text.splitlines() if line.strip())
    else:
        yield text
