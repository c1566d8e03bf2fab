"""Laying over a request what people said about its values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from models.correction import Correction
from models.problem import Problem, UsageError
from models.request import AuthorizationRequest
from models.service_line import Diagnosis, ServiceLine

VERSION = "1"
# What a person may say: what the pages tell. Verdicts, flags, deadlines and matches follow from it.
_OPEN = frozenset(
    {
        "request_type", "review_timing", "level_of_service", "urgency_reason", "certification_type", "submitted_on",
        "references", "patient", "coverage", "requesting_provider", "ordering_provider", "servicing_provider",
        "facility", "primary_care_provider", "signature", "admission", "diagnoses", "service_lines", "hong_kong",
    }
)  # fmt: skip
_LISTS = ("diagnoses", "service_lines")
_PLAIN = frozenset(
    {"match", "eligibility", "diagnosis_refs", "used", "system", "kind", "unit", "currency", "per", "by"}
)


def corrected(request: AuthorizationRequest, corrections: Iterable[Correction]) -> AuthorizationRequest:
    """The request with the corrections, in their order; a problem tells of those whose place is no longer there."""
    for correction in corrections:
        try:
            request = correct(request, _placed(request, correction))
        except UsageError:
            problems = (*request.problems, _unplaced(correction))
            request = request.model_copy(update={"problems": problems})
    return request


def anchor_of(request: AuthorizationRequest, path: str) -> str | None:
    """What tells the item of a list that a path leads into from the others; None elsewhere, and for a new item."""
    steps = path.removeprefix("/").split("/")
    if steps[0] not in _LISTS or len(steps) < 2 or not steps[1].isdecimal():
        return None
    items = getattr(request, steps[0])
    return _told(items[int(steps[1])]) if int(steps[1]) < len(items) else None


def _placed(request: AuthorizationRequest, correction: Correction) -> Correction:
    """The correction at the place where its item stands now; UsageError where it stands no more."""
    name, _, rest = correction.path.removeprefix("/").partition("/")
    index, _, leaf = rest.partition("/")
    if name not in _LISTS or not index.isdecimal():
        return correction
    items = getattr(request, name)
    alike = [number for number, item in enumerate(items) if _told(item) == correction.anchor]
    if correction.anchor is None:
        at = len(items)
    elif int(index) in alike:
        at = int(index)
    elif len(alike) == 1:
        at = alike[0]
    else:
        raise UsageError(f"{correction.path} is not there any more.")
    return replace(correction, path=f"/{name}/{at}/{leaf}")


def _told(item: Diagnosis | ServiceLine) -> str:
    """What an item of a list is about."""
    drug = item.drug.name if isinstance(item, ServiceLine) and item.drug is not None else None
    leaves = (item.code, item.text, drug)
    return json.dumps([str(leaf.value) if leaf is not None else None for leaf in leaves])


def _unplaced(correction: Correction) -> Problem:
    return Problem(
        stage="assemble",
        code="correction-unplaced",
        severity="error",
        message=f"A correction of {correction.path} has no place any more, since other papers came. Please look again.",
    )


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
