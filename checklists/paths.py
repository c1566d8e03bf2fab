"""Paths of the request as the contract writes them, list positions left out: "service_lines.drug.name"."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterable

from pydantic import BaseModel

from models.annotations import PartType
from models.evidence import Sourced
from models.identifiers import Kind
from models.request import AuthorizationRequest, RequestPart

_LINES = "service_lines"
_PARTS = frozenset(kind.value for kind in PartType)
_ACRONYMS = {"npi", "tin", "dea", "mbi", "ndc", "id"}
_LABELS = {
    "patient.name": "member name",
    "patient.birth_date": "date of birth",
    "patient.identifiers.value": "other identifier of the member",
    "diagnoses.code": "diagnosis code",
    "diagnoses.text": "diagnosis",
    "service_lines.code": "service code",
    "service_lines.text": "service in words",
    "service_lines.start_on": "date of service",
    "service_lines.drug.prior_treatments.name": "treatment tried before",
    "service_lines.drug.prior_treatments.outcome": "result of a treatment tried before",
    "service_lines.drug.new_or_continuing": "statement that the drug is new or continued",
    "signature.state": "signature",
    "signature.signed_on": "date of the signature",
    "urgency_reason": "reason for the urgency",
    "admission": "admission",
    "admission.admitted_on": "day of admission",
    "admission.days": "length of stay",
    "admission.discharged_on": "day of discharge",
    "admission.level_of_care": "level of care",
    "hong_kong.consents.signed": "signed consent",
    "hong_kong.estimates.amount": "estimate of the fees",
    "hong_kong.first_consulted_on": "date of the first consultation",
    "hong_kong.other_insurer": "other insurer",
    "hong_kong.symptom_onset_on": "date on which the symptoms began",
    "hong_kong.symptoms": "symptoms",
}
_IDENTIFIERS: dict[str, Kind] = {"npi": "npi", "tin": "tin", "dea": "dea", "phone": "phone", "fax": "fax"}


def leaves(draft: AuthorizationRequest, path: str, line: int | None) -> tuple[object, ...]:
    """Everything that stands at `path`: `Sourced` values and plain ones, never None; () where there is nothing.

    Under `service_lines` only `line` is looked at (None: every line). A path that ends at a group ("patient.name")
    means every leaf of the group. "order.author" and the like mean that attribute of every part of the type, but for
    parts of other patients.
    """
    head, _, rest = path.partition(".")
    if head in _PARTS:
        parts = (part for document in draft.documents for part in document.parts if _is_part(part, head))
        return tuple(leaf for part in parts for leaf in _walk(part, rest.split(".")))
    if head == _LINES and line is not None:
        return tuple(_walk(draft.service_lines[line], rest.split(".") if rest else []))
    return tuple(_walk(draft, path.split(".")))


def known(path: str) -> bool:
    """Whether the request has such a path."""
    head, _, rest = path.partition(".")
    if head in _PARTS:
        return rest in {"author", "dated_on", "patient", "signed"}
    return _typed(AuthorizationRequest, path.split("."))


def under_lines(path: str) -> bool:
    """Whether a path is about a service line."""
    return path.split(".", maxsplit=1)[0] == _LINES


def label(path: str) -> str:
    """A path in words: "NPI of the requesting provider", "drug name"."""
    if path in _LABELS:
        return _LABELS[path]
    names = [name for name in path.split(".") if name not in {_LINES, "patient", "coverage"}] or path.split(".")
    if len(names) > 1 and (names[0] == "facility" or names[0].endswith("_provider")):
        return f"{_spoken(names[1:])} of the {_spoken(names[:1])}"
    return _spoken(names)


def identifier_kind(path: str) -> Kind | None:
    """The kind of identifier that stands at this path, where it has a form of its own."""
    return _IDENTIFIERS.get(path.rsplit(".", maxsplit=1)[-1])


def _spoken(names: list[str]) -> str:
    found = " ".join(re.sub(r"_on$", " date", name).replace("_", " ").replace("-", " ") for name in names)
    return " ".join(word.upper() if word in _ACRONYMS else word for word in found.split())


def _is_part(part: RequestPart, kind: str) -> bool:
    return part.type == kind and part.patient != "other"


def _walk(node: object, names: list[str]) -> Iterable[object]:
    if node is None:
        return
    if isinstance(node, tuple):
        for member in node:
            yield from _walk(member, names)
    elif not names:
        yield from _spread(node)
    elif isinstance(node, BaseModel) and not isinstance(node, Sourced):
        field = _field(type(node), names[0])
        if field is not None:
            yield from _walk(getattr(node, field), names[1:])


def _spread(node: object) -> Iterable[object]:
    """A leaf is itself; a group is its `Sourced` leaves, since its plain keys (unit, system) say nothing alone."""
    if isinstance(node, Sourced) or not isinstance(node, BaseModel):
        yield node
        return
    for name in type(node).model_fields:
        member = getattr(node, name)
        if isinstance(member, BaseModel | tuple):
            yield from (leaf for leaf in _walk(member, []) if isinstance(leaf, Sourced))


def _field(model: type[BaseModel], name: str) -> str | None:
    """The attribute behind a name of the contract, which may be an alias ("from")."""
    for field, info in model.model_fields.items():
        if name == (info.alias or field):
            return field
    return None


def _typed(annotation: object, names: list[str]) -> bool:
    if not names:
        return True
    if isinstance(annotation, type) and issubclass(annotation, Sourced):
        return False
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        field = _field(annotation, names[0])
        return field is not None and _typed(annotation.model_fields[field].annotation, names[1:])
    if typing.get_origin(annotation) in {tuple, types.UnionType, typing.Union}:
        return any(_typed(member, names) for member in typing.get_args(annotation) if member not in {type(None), ...})
    return False
