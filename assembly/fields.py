"""From mentions to the nested values of the request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from assembly.cases import Case
from assembly.fuse import ASKING_RANK, Claim, fuse
from models.evidence import Sourced
from models.mention import FieldMention

# Lists of which one source is taken as a whole: a letter's drug and a form's drug are the same line said twice.
_LISTS = ("service_lines", "diagnoses")
_PARTS = "part."
_SIDE = "service_lines.laterality"

Key = tuple[str, tuple[int, ...]]


def fields_of(case: Case) -> dict[Key, Sourced[Any]]:
    """The fused value of every leaf that the case's pages speak of, by path and list positions."""
    claims: dict[Key, list[Claim]] = {}
    for claim in _chosen_sources(list(_claims(case))):
        claims.setdefault((claim.mention.path, claim.mention.rows), []).append(claim)
    return {key: fuse(key[0], found) for key, found in claims.items()}


def nested(fields: Mapping[Key, Sourced[Any]]) -> dict[str, Any]:
    """The leaves as nested objects and lists, ready to be validated as a request; lists are closed up."""
    root: dict[str, Any] = {}
    for (path, rows), value in fields.items():
        _put(root, path.split("."), list(rows), value)
    return {name: _closed(child) for name, child in root.items()}


def _claims(case: Case) -> Iterable[Claim]:
    for part in case.parts:
        if part.result.duplicate_of is not None:
            continue
        for mention in part.result.mentions:
            if (
                isinstance(mention, FieldMention)
                and mention.evidence[0].page in part.part.pages
                and not mention.path.startswith(_PARTS)
            ):
                yield Claim(mention, part.part.type)


def _chosen_sources(claims: list[Claim]) -> list[Claim]:
    """For each list only the claims of the source that counts most: rows of different sources do not line up.

    An order is signed for itself: where a form or letter asks, only their signature is the request's.
    """
    asked = any(claim.rank >= ASKING_RANK for claim in claims)
    kept = [
        claim
        for claim in claims
        if not claim.mention.path.startswith(_LISTS)
        and not (asked and claim.rank < ASKING_RANK and claim.mention.path.startswith("signature."))
    ]
    for name in _LISTS:
        own = [claim for claim in claims if claim.mention.path.startswith(name)]
        top = max((claim.rank for claim in own), default=0)
        chosen = [claim for claim in own if claim.rank == top]
        kept.extend((*chosen, *_lent(chosen, [claim for claim in own if claim.rank < top])))
    return kept


def _lent(chosen: Sequence[Claim], others: Sequence[Claim]) -> Iterator[Claim]:
    """The side that another paper gives the very code of a line, where the chosen source names none."""
    rows = {claim.mention.value: claim.mention.rows for claim in chosen if claim.mention.path == "service_lines.code"}
    sided = {claim.mention.rows for claim in chosen if claim.mention.path == _SIDE}
    for code in others:
        at = rows.get(code.mention.value) if code.mention.path == "service_lines.code" else None
        if at is None or at in sided:
            continue
        for side in others:
            if side.mention.path == _SIDE and _one_row(side, code):
                yield Claim(side.mention.model_copy(update={"rows": at}), side.part)
                sided.add(at)
                break


def _one_row(one: Claim, other: Claim) -> bool:
    return one.part == other.part and one.mention.rows == other.mention.rows


def _put(node: dict[str, Any], steps: list[str], rows: list[int], value: Sourced[Any]) -> None:
    """Set a leaf; numbered children of a list are kept in a dict until `_closed`."""
    step, rest = steps[0], steps[1:]
    if step in ("service_lines", "diagnoses", "prior_treatments", "other_coverage", "estimates", "consents"):
        row = rows.pop(0) if rows else 0
        _put(node.setdefault(step, {}).setdefault(row, {}), rest, rows, value)
    elif step == "identifiers":
        node.setdefault(step, {})[rest[0]] = {"system": rest[0], "value": value}
    elif step == "modifiers":
        places = node.setdefault(step, {})
        places[rows[0] if rows else len(places)] = value
    elif step in ("unit", "currency", "per", "system", "kind", "by"):
        if value.value is not None:
            node[step] = value.value
    elif rest:
        _put(node.setdefault(step, {}), rest, rows, value)
    else:
        node[step] = value


def _closed(node: Any) -> Any:
    """Numbered children become tuples in their order."""
    if not isinstance(node, dict):
        return node
    children = {key: _closed(child) for key, child in node.items()}
    if children and all(isinstance(key, int) for key in children):
        return tuple(children[key] for key in sorted(children))
    for name in ("identifiers",):
        if isinstance(children.get(name), dict):
            children[name] = tuple(children[name].values())
    return children
