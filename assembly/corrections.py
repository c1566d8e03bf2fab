"""Laying over a request what people said about its values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from models.correction import Correction
from models.problem import UsageError
from models.request import AuthorizationRequest

VERSION = "1"
# What a person may say: what the pages tell. Verdicts, flags, deadlines and matches follow from it.
_OPEN = frozenset(
    {
        "request_type", "review_timing", "level_of_service", "urgency_reason", "certification_type", "submitted_on",
        "references", "patient", "coverage", "requesting_provider", "ordering_provider", "servicing_provider",
        "facility", "primary_care_provider", "signature", "admission", "diagnoses", "service_lines", "hong_kong",
    }
)  # fmt: skip
_PLAIN = frozenset(
    {"match", "eligibility", "diagnosis_refs", "used", "system", "kind", "unit", "currency", "per", "by"}
)


def corrected(request: AuthorizationRequest, corrections: Iterable[Correction]) -> AuthorizationRequest:
    """The request with the corrections, in their order; those whose place is no longer there are left out."""
    for correction in corrections:
        try:
            request = correct(request, correction)
        except UsageError:
            continue
    return request


def correct(request: AuthorizationRequest, correction: Correction) -> AuthorizationRequest:
    """The request with one value as a person said.

    Raises:
        UsageError: there is no such leaf, or it cannot have this value; the sentence says which.
    """
    steps = correction.path.removeprefix("/").split("/")
    if not correction.path.startswith("/") or steps[0] not in _OPEN or _PLAIN & set(steps):
        raise UsageError(f"{correction.path} is no value that can be corrected.")
    told = request.model_dump(mode="json", by_alias=True)
    _set(told, steps, correction)
    try:
        return AuthorizationRequest.model_validate_json(json.dumps(told))
    except ValidationError:
        raise UsageError(f"{correction.path} cannot have this value. Write it as the contract does.") from None


def _set(node: Any, steps: list[str], correction: Correction) -> None:
    """Put the corrected leaf at the end of the steps."""
    for depth, step in enumerate(steps[:-1]):
        if isinstance(node, list):
            node = _item(node, step, correction)
        elif isinstance(node, dict) and step in node:
            if node[step] is None:
                node[step] = {}
            node = node[step]
        else:
            raise UsageError(f"{correction.path} is no value that can be corrected.")
        if isinstance(node, dict) and {"confidence", "evidence"} <= node.keys() and depth < len(steps) - 1:
            raise UsageError(f"{correction.path} lies within a value. Correct the value as a whole.")
    last = steps[-1]
    if isinstance(node, list):
        index = _index(node, last, correction)
        node[index : index + 1] = [_leaf(node[index] if index < len(node) else None, correction)]
    elif isinstance(node, dict) and not {"confidence", "evidence"} <= node.keys():
        node[last] = None if correction.value is None else _leaf(node.get(last), correction)
    else:
        raise UsageError(f"{correction.path} is no value that can be corrected.")


def _item(items: list[Any], step: str, correction: Correction) -> Any:
    """An item of a list; the one after the last is a new one."""
    index = _index(items, step, correction)
    if index == len(items):
        items.append({})
    return items[index]


def _index(items: list[Any], step: str, correction: Correction) -> int:
    if not step.isdecimal() or int(step) > len(items):
        raise UsageError(f"{correction.path} has no place in a list of {len(items)}.")
    return int(step)


def _leaf(before: Any, correction: Correction) -> Mapping[str, Any]:
    """The value as a person said, beside the place that the page has for it."""
    kept = before if isinstance(before, dict) else {}
    provenance = {"extractor": "person", "version": VERSION, "rule": correction.kind.replace("_", "-")}
    return {
        "value": correction.value,
        "confidence": 1.0,
        "as_written": kept.get("as_written"),
        "unclear": None,
        "alternatives": [],
        "evidence": kept.get("evidence", []),
        "provenance": provenance,
        "confirmed_by": correction.made_by,
    }
