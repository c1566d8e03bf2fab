"""The fields of a request in groups: every leaf that is there, and the critical ones that are not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from emit.sheet import words
from emit.sheet.entry import Block, Entry, Group, Row, sureness
from emit.sheet.reasons import DOUBTFUL, reason
from models.code import Code
from models.evidence import Alternative, Sourced
from models.request import Accident, Address, AuthorizationRequest, Coverage, Match, OtherCoverage, Provider
from models.service_line import PriorTreatment, ServiceLine
from models.value import Value

# Title, and the keys of the request that stand under it, in the order of an authorization form.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Request", ("level_of_service", "urgency_reason", "request_type", "certification_type", "review_timing",
                 "submitted_on", "references")),
    ("Patient", ("patient",)),
    ("Coverage", ("coverage",)),
    ("Services", ("service_lines",)),
    ("Diagnoses", ("diagnoses",)),
    ("Requesting provider", ("requesting_provider",)),
    ("Ordering provider", ("ordering_provider",)),
    ("Servicing provider", ("servicing_provider",)),
    ("Facility", ("facility",)),
    ("Primary care provider", ("primary_care_provider",)),
    ("Admission", ("admission",)),
    ("Signature", ("signature",)),
    ("Hong Kong", ("hong_kong",)),
)  # fmt: skip

# Values whose leaves are read as one line.
_TOGETHER: dict[type, str] = {
    Address: "Address",
    PriorTreatment: "Tried before",
    OtherCoverage: "Other insurer",
    Accident: "Accident",
}

_DECISIONS = {
    "link": "Found in the directory",
    "possible_link": "Possibly found in the directory; a person decides",
    "non_link": "Not found in the directory",
}


def groups(request: AuthorizationRequest) -> tuple[Group, ...]:
    """The groups that say something, in order."""
    critical = critical_paths(request)
    made = (_group(request, title, keys, critical) for title, keys in GROUPS)
    return tuple(group for group in made if group.blocks)


def critical_paths(request: AuthorizationRequest) -> frozenset[str]:
    """The ids of the leaves that decide whether a reading is complete (contract, section 3), there or not."""
    name = request.patient.name
    names = ("full",) if name.full or not (name.family or name.given) else ("family", "given")
    paths = {f"patient.name.{key}" for key in names}
    paths |= {"patient.birth_date", "coverage.member_id", "level_of_service"}
    for number, line in enumerate(request.service_lines):
        keys = ("code", "text", "drug.name", "start_on", "end_on", _units(line))
        paths |= {f"service_lines.{number}.{key}" for key in keys}
    return frozenset(paths)


def rows(value: Value, path: str, critical: frozenset[str] = frozenset()) -> Iterator[Row]:
    """A row for each leaf of `value` that is there, an address in one row; `path` is where the value stands."""
    for key, child in _children(value):
        yield from _rows_of(child, f"{path}.{key}" if path else key, critical, value)


def entry(path: str, leaf: Sourced[Any], critical: frozenset[str] = frozenset(), holder: Value | None = None) -> Entry:
    """A leaf in words; `holder` is the value it stands in, whose plain keys (unit, system ...) belong to it."""
    kind = getattr(holder, "system", None)
    text = _with_unit(words.value(leaf.value, path), holder)
    bare = leaf.value.code if isinstance(leaf.value, Code) else text
    written = leaf.as_written or None
    how = sureness(leaf, critical=path in critical)
    return Entry(
        id=path,
        label=words.label(kind) if kind else _label(path, holder),
        text=text,
        sureness=how,
        confidence=leaf.confidence,
        as_written=None if written is None or words.same(written, bare) else written,
        reason=reason(path, leaf, kind=kind) or (DOUBTFUL if how == "check" else None),
        others=tuple(_other(path, number, other, holder) for number, other in enumerate(leaf.alternatives, 1)),
        evidence=leaf.evidence,
        critical=path in critical,
        repaired=leaf.provenance.repaired,
        source=_source(leaf),
        language="zh-Hant" if path.endswith("name_zh") else None,
    )


def _group(request: AuthorizationRequest, title: str, keys: tuple[str, ...], critical: frozenset[str]) -> Group:
    blocks: list[Block] = []
    loose: list[Row] = []
    for key in keys:
        value = getattr(request, key)
        if isinstance(value, tuple):
            blocks += _list_blocks(value, key, title, critical)
        else:
            loose += _rows_of(value, key, critical, request)
    loose = [*_absent(title, loose, request), *loose]
    notes = _notes(getattr(request, keys[0]))
    if title == "Coverage":
        notes += (
            f"Read by the rules of the payer {request.payer}"
            if request.payer
            else "Read without the rules of a known payer",
        )
    if loose or notes:
        blocks.insert(0, Block(title=None, rows=tuple(loose), notes=notes))
    return Group(id=f"group-{keys[0]}", title=title, blocks=tuple(blocks))


def _list_blocks(values: tuple[Value, ...], key: str, title: str, critical: frozenset[str]) -> Iterator[Block]:
    one = {"Services": "Service", "Diagnoses": "Diagnosis"}.get(title, title)
    for number, value in enumerate(values):
        made = tuple(rows(value, f"{key}.{number}", critical))
        if made:
            yield Block(title=f"{one} {number + 1}" if len(values) > 1 else None, rows=made, notes=_notes(value))


def _rows_of(child: object, path: str, critical: frozenset[str], holder: Value) -> Iterator[Row]:
    if isinstance(child, Sourced):
        made = entry(path, child, critical, holder)
        yield Row(label=made.label, entries=(made,))
    elif isinstance(child, Address | PriorTreatment | OtherCoverage | Accident):
        together = tuple(entry for row in rows(child, path, critical) for entry in row.entries)
        if together:
            yield Row(label=_TOGETHER[type(child)], entries=together)
    elif isinstance(child, Value):
        yield from rows(child, path, critical)
    elif isinstance(child, tuple):
        for number, item in enumerate(child):
            yield from _rows_of(item, f"{path}.{number}", critical, holder)


def _children(value: Value) -> Iterator[tuple[str, object]]:
    """The keys of a value as the contract writes them; of a service, what it is comes first."""
    fields = type(value).model_fields
    first = ("code", "text", "modifiers", "drug") if isinstance(value, ServiceLine) else ()
    for name in dict.fromkeys((*first, *fields)):
        yield fields[name].alias or name, getattr(value, name)


def _absent(title: str, found: list[Row], request: AuthorizationRequest) -> Iterator[Row]:
    """Rows for what every request must say and this one does not."""
    there = {entry.id for row in found for entry in row.entries}
    wanted = {
        "Request": ("level_of_service",),
        "Patient": ("patient.name.full", "patient.birth_date"),
        "Coverage": ("coverage.member_id",),
    }.get(title, ())
    for path in wanted:
        by_parts = path == "patient.name.full" and "patient.name.family" in there
        if path not in there and not by_parts:
            yield Row(label=words.label(path))
    if title == "Services" and not any(_named(line) for line in request.service_lines):
        yield Row(label="Service")


def _named(line: ServiceLine) -> bool:
    return bool(line.code or line.text or (line.drug and line.drug.name))


def _units(line: ServiceLine) -> str:
    """Where the line says how much: its quantity, else visits, else the drug's quantity."""
    if line.quantity and line.quantity.value:
        return "quantity.value"
    return "visits" if line.visits else "drug.quantity"


def _with_unit(text: str, holder: Value | None) -> str:
    if not text or holder is None:
        return text
    per = getattr(holder, "per", None)
    unit = getattr(holder, "unit", None) or getattr(holder, "currency", None) or (f"per {per}" if per else None)
    return f"{text} {unit}" if unit else text


def _label(path: str, holder: Value | None) -> str:
    by = getattr(holder, "kind", None) or getattr(holder, "by", None)
    return f"{words.label(path)} ({words.sentence(by).lower()})" if by else words.label(path)


def _other(path: str, number: int, other: Alternative[Any], holder: Value | None) -> Entry:
    return Entry(
        id=f"{path}.other-{number}",
        label=f"{words.label(path)}, {'not visible on the page' if other.hidden else 'other reading'}",
        reason="The file holds this at the same place; the page does not show it." if other.hidden else None,
        text=_with_unit(words.value(other.value, path), holder),
        sureness="check",
        confidence=other.confidence,
        evidence=other.evidence,
    )


def _source(leaf: Sourced[Any]) -> str:
    if leaf.confirmed_by is not None:
        return "Confirmed by a person"
    made = leaf.provenance
    return f"{round(leaf.confidence * 100)} %, read by {made.extractor} {made.version} ({made.rule})"


def _notes(value: object) -> tuple[str, ...]:
    if isinstance(value, Coverage):
        found = value.eligibility
        told = (f"Coverage {found.status} as of {words.date(found.as_of)}: {found.reason}",) if found else ()
        return _matched(value.match) + told
    if isinstance(value, Provider):
        return _matched(value.match)
    if isinstance(value, ServiceLine) and value.used:
        return (f"{value.used.used} of {value.used.approved} {value.used.unit} already used",)
    return ()


def _matched(match: Match | None) -> tuple[str, ...]:
    if match is None:
        return ()
    record = f": {match.record}" if match.record else ""
    return (f"{_DECISIONS[match.decision]}{record} ({round(match.probability * 100)} %)",)
