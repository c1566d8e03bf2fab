"""Whether the reading of a request is complete, or a person must look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from models.evidence import Sourced
from models.request import AuthorizationRequest
from models.service_line import ServiceLine

# The confidence a critical field must have unless the payer's file says otherwise (docs/payers.md).
THRESHOLD = 0.90


def status_of(request: AuthorizationRequest, thresholds: Mapping[str, float]) -> Literal["ready", "needs_review"]:
    """Say "ready" if no person is needed to read it: no error, every critical field clear and sure, the member linked.

    Missing items do not count: "ready" says the reading is complete, never that the service could be approved.
    """
    errors = any(flag.severity == "error" for flag in request.flags) or any(
        p.severity == "error" for p in request.problems
    )
    match = request.coverage.match
    linked = match is not None and match.decision == "link"
    sure = all(
        leaf.unclear is None and (leaf.confirmed_by is not None or leaf.confidence >= thresholds.get(path, THRESHOLD))
        for path, leaf in critical(request)
    )
    return "ready" if linked and sure and not errors else "needs_review"


def critical(request: AuthorizationRequest) -> Iterator[tuple[str, Sourced[Any]]]:
    """The fields of a request that a wrong decision could hang on, as far as they are there."""
    found: list[tuple[str, Sourced[Any] | None]] = [
        ("patient.name.full", request.patient.name.full),
        ("patient.birth_date", request.patient.birth_date),
        ("coverage.member_id", request.coverage.member_id),
        ("level_of_service", request.level_of_service),
    ]
    for line in request.service_lines:
        found += [("service_lines.start_on", line.start_on), ("service_lines.end_on", line.end_on), *_service(line)]
    yield from ((path, leaf) for path, leaf in found if leaf is not None)


def _service(line: ServiceLine) -> Iterator[tuple[str, Sourced[Any] | None]]:
    """What is asked for and how much: units are the quantity, else the visits, else the drug's quantity."""
    drug = line.drug
    yield "service_lines.code", line.code
    if line.code is None:
        yield "service_lines.text", line.text
    if drug is not None:
        yield "service_lines.drug.name", drug.name
    quantity = line.quantity.value if line.quantity is not None else None
    yield "units", quantity or line.visits or (drug.quantity if drug is not None else None)
