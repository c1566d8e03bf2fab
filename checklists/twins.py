"""Run the twin of a checklist: build its small requests, assess them, and tell every verdict that is another."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklists.assess import assess
from checklists.authored import defect, read_authored
from models.annotations import PartType
from models.checklist import Checklist
from models.request import AuthorizationRequest
from models.twin import Twin, TwinCase, TwinFact, TwinPart, TwinRequest

_SHA = "0" * 64
_LISTS = {"service_lines", "diagnoses", "modifiers", "prior_treatments", "other_coverage", "estimates", "identifiers",
          "consents"}  # fmt: skip
# What every form says; a case may take it away ("").
_EVERY_FORM = {"patient.name.full": "Ada Example", "patient.birth_date": "1980-05-01", "coverage.member_id": "M123"}
_PLAIN = {"system", "kind", "unit", "currency", "per", "by"}


@dataclass(frozen=True, slots=True)
class Miss:
    """A case that did not come out as its twin says."""

    checklist: str
    case: str
    message: str


def read_twin(path: Path, checklists: tuple[Checklist, ...]) -> Twin:
    """Read a twin. Raises PolicyError, with file and line, for a defect or a checklist or item that is not there."""
    twin = read_authored(path, Twin)
    found = next((one for one in checklists if one.id == twin.checklist), None)
    if found is None:
        raise defect(path, ("checklist",), f"there is no checklist {twin.checklist!r}. Write the id of one.")
    ids = {item.id for item in found.items}
    for number, case in enumerate(twin.cases):
        for name in (*case.expect, *(case.asked or ())):
            if name not in ids:
                raise defect(path, ("cases", number), f"the checklist has no item {name!r}. Write one of its ids.")
    return twin


def run_twin(twin: Twin, checklist: Checklist) -> tuple[Miss, ...]:
    """Assess every case by this checklist; () when all verdicts are as expected.

    The whole request comes first: nothing required may be missing of it, or the checklist asks too much.
    """
    whole = TwinCase(says="the whole request", expect={}, asked=())
    return tuple(miss for case in (whole, *twin.cases) for miss in _misses(twin, case, checklist))


def build(twin: TwinRequest) -> AuthorizationRequest:
    """The request that a short form stands for: every field read clearly, every part on a page of its own."""
    pages = {part.type: number for number, part in reversed(list(enumerate(twin.parts, 2)))}
    received = dt.datetime.combine(twin.received, dt.time(15, 30), tzinfo=dt.UTC)
    values: dict[str, Any] = {
        "id": "twin", "status": "needs_review", "submissions": ["twin"], "channel": "cli",
        "received_at": received.isoformat(), "received_at_source": "option", "payer": None, "market": twin.market,
        "documents": [_document(twin)], "clinical": [_fact(fact, pages) for fact in twin.facts],
    }  # fmt: skip
    for path, text in {**_EVERY_FORM, **twin.fields}.items():
        if text:
            _put(values, path.split("."), text)
    return AuthorizationRequest.model_validate_json(json.dumps(_listed(values)))


def _misses(twin: Twin, case: TwinCase, checklist: Checklist) -> Iterator[Miss]:
    found = assess(build(_changed(twin.whole, case)), (checklist,))
    if not found.applied:
        yield Miss(checklist.id, case.says, "the checklist does not apply to this request")
        return
    for name, expected in case.expect.items():
        own = [one for one in found.findings if one.item == name]
        told = {f"{one.verdict} {one.cause}" if one.cause else one.verdict for one in own}
        if not any(expected in {one, one.split()[0]} for one in told):
            reasons = " ".join(one.reason for one in own)
            yield Miss(checklist.id, case.says, f"{name} is {' and '.join(sorted(told))}, not {expected}. {reasons}")
    asked = tuple(dict.fromkeys(one.item for one in found.missing_items))
    if case.asked is not None and set(asked) != set(case.asked):
        listed = ", ".join(asked) or "nothing"
        yield Miss(checklist.id, case.says, f"asked for: {listed}; expected: {', '.join(case.asked) or 'nothing'}")


def _changed(whole: TwinRequest, case: TwinCase) -> TwinRequest:
    instead = {part.type: part for part in case.parts}
    parts = tuple(instead.pop(part.type, part) for part in whole.parts if part.type not in case.without)
    return whole.model_copy(
        update={
            "fields": {**whole.fields, **case.fields},
            "parts": (*parts, *instead.values()),
            "facts": whole.facts if case.facts is None else case.facts,
        }
    )


def _document(twin: TwinRequest) -> dict[str, Any]:
    form = TwinPart(type=PartType.PRIOR_AUTHORIZATION_FORM)
    parts = [_part(part, number) for number, part in enumerate((form, *twin.parts), 1)]
    return {
        "id": "d1", "sha256": _SHA, "path": "twin.pdf", "filename": "twin.pdf", "parent": None,
        "media_type": "application/pdf", "page_count": len(parts), "dpi": None, "duplicate_of": None, "parts": parts,
    }  # fmt: skip


def _part(part: TwinPart, page: int) -> dict[str, Any]:
    told = {
        "dated_on": part.dated.isoformat() if part.dated else None, "author": part.author, "signed": part.signed,
        "laterality": part.side,
    }  # fmt: skip
    return {
        "type": part.type.value, "loinc": None, "pages": [page], "title": None, "confidence": 1.0,
        "patient": part.patient, **{name: _leaf(value, page) for name, value in told.items() if value},
    }  # fmt: skip


def _fact(fact: TwinFact, pages: dict[PartType, int]) -> dict[str, Any]:
    page = pages.get(fact.part, 1) if fact.part else min(pages.values(), default=1)
    return {
        "text": fact.concept.replace("_", " "), "category": "problem", "concept": fact.concept, "status": fact.status,
        "date": fact.dated.isoformat() if fact.dated else None, "value": fact.value, "unit": fact.unit,
        "laterality": fact.side, "codes": [], "evidence": [_place(page)],
        "began_on": fact.began.isoformat() if fact.began else None,
        "ended_on": fact.ended.isoformat() if fact.ended else None,
    }  # fmt: skip


def _leaf(value: object, page: int = 1) -> dict[str, Any]:
    provenance = {"extractor": "twin", "version": "1", "rule": "written"}
    return {"value": value, "confidence": 1.0, "evidence": [_place(page)], "provenance": provenance}


def _place(page: int) -> dict[str, Any]:
    return {"document": "d1", "sha256": _SHA, "page": page, "quote": ""}


def _put(node: dict[str, Any], names: list[str], text: str) -> None:
    """Set a leaf; positions of lists are keys until `_listed`."""
    *way, last = names
    for name in way:
        node = node.setdefault(name, {})
    if last in _PLAIN:
        node[last] = text
    elif last == "code":
        system, _, code = text.rpartition(" ")
        node[last] = _leaf({"system": system, "code": code, "display": None})
    else:
        node[last] = _leaf({"true": True, "false": False}.get(text, text))


def _listed(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    made = {name: _listed(child) for name, child in node.items()}
    for name in _LISTS & set(made):
        if isinstance(made[name], dict):
            made[name] = [made[name][place] for place in sorted(made[name], key=int)]
    return made
