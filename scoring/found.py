"""The leaves of a request as they are compared: a path, a value as one string, and its grounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from models.code import Code
from models.evidence import Evidence, Sourced
from models.request import Amount, AuthorizationRequest, Consent, Estimate, PatientIdentifier
from models.service_line import Frequency, Money, Quantity

# What is concluded, copied or counted from the rest, and what says something about the reading instead of the request.
_PLAIN = frozenset({
    "id", "schema", "status", "submissions", "channel", "received_at", "received_at_source", "payer", "market", "match",
    "eligibility", "documents", "clinical", "checklists", "findings", "missing_items", "deadlines", "flags", "problems",
    "diagnosis_refs", "used",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A leaf that a request fills in. `value` is None only where `unclear` says why; `unit` is what it counts.

    `rule` is the extractor and the rule by which the value was found, as "form_fields.right".
    """

    path: str
    value: str | None
    confidence: float
    unclear: str | None
    evidence: tuple[Evidence, ...]
    unit: str | None = None
    as_written: str | None = None
    rule: str | None = None

    def at(self, path: str) -> Found:
        """The same leaf under another path."""
        return replace(self, path=path)


def leaves(request: AuthorizationRequest) -> tuple[Found, ...]:
    """Everything that a request says about its case, in the order of the contract."""
    return tuple(_below("", request))


def _below(path: str, value: object) -> Iterator[Found]:
    if isinstance(value, Sourced):
        yield _leaf(path, value)
    elif isinstance(value, Quantity):
        yield from _wrapped(path, value.value, value.unit)
    elif isinstance(value, Frequency):
        yield from _wrapped(path, value.count, f"per {value.per}" if value.per else None)
    elif isinstance(value, Money):
        yield from _wrapped(path, value.amount, value.currency)
    elif isinstance(value, Estimate | PatientIdentifier | Consent):
        yield from _told_apart(path, value)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _below(f"{path}/{number}", item)
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            key = info.alias or name
            if key not in _PLAIN:
                yield from _below(f"{path}/{key}", getattr(value, name))


def _told_apart(path: str, row: Estimate | PatientIdentifier | Consent) -> Iterator[Found]:
    """The rows of lists that say in plain words what they are."""
    if isinstance(row, Estimate):
        yield from _labelled(path, "kind", row.kind, row.amount, row.currency)
    elif isinstance(row, PatientIdentifier):
        yield from _labelled(path, "system", row.system, row.value, None)
    else:
        yield from _consent(path, row)


def _leaf(path: str, leaf: Sourced[Any]) -> Found:
    amount = leaf.value if isinstance(leaf.value, Amount) else None
    value = amount.value if amount is not None else _string(leaf.value)
    unit = amount.unit if amount is not None else None
    return Found(path, value, leaf.confidence, leaf.unclear, leaf.evidence, unit, leaf.as_written, _rule(leaf))


def _rule(leaf: Sourced[Any]) -> str:
    return f"{leaf.provenance.extractor}.{leaf.provenance.rule}"


def _string(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Code):
        return value.code
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _wrapped(path: str, leaf: Sourced[str] | None, unit: str | None) -> Iterator[Found]:
    if leaf is not None:
        yield replace(_leaf(path, leaf), unit=unit)


def _consent(path: str, consent: Consent) -> Iterator[Found]:
    """Whose consent it is stands and falls with the place of the signature."""
    for name, leaf in (("signed", consent.signed), ("signed_on", consent.signed_on)):
        if leaf is not None:
            yield _leaf(f"{path}/{name}", leaf)
    grounds = consent.signed or consent.signed_on
    if grounds is not None:
        yield Found(f"{path}/by", consent.by, grounds.confidence, None, grounds.evidence)


def _labelled(path: str, label: str, said: str, leaf: Sourced[str] | None, unit: str | None) -> Iterator[Found]:
    """A value with what it is: the plain label stands and falls with the value's grounds."""
    if leaf is not None:
        yield replace(_leaf(path, leaf), unit=unit)
        yield Found(f"{path}/{label}", said, leaf.confidence, None, leaf.evidence)
