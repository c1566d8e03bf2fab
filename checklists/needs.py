"""Needs and the functions that decide them: one predicate, or all or any of several needs."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.case import Case
from checklists.clinical import count, duration, entity, measurement
from checklists.fields import code, field, same
from checklists.outcome import Outcome, highest, lowest
from checklists.papers import document, order
from checklists.paths import under_lines
from models.checklist import Checklist, Item, Need

_LINE_CODES = {"CPT", "HCPCS", "NDC"}


def evaluate(need: Need, case: Case) -> Outcome:
    """Decide a need; the outcome carries its derivation. Raises ValueError for a need that states nothing."""
    if need.all_of is not None:
        return lowest(tuple(evaluate(part, case) for part in need.all_of))
    if need.any_of is not None:
        return highest(tuple(evaluate(part, case) for part in need.any_of))
    outcome = _leaf(need, case)
    if outcome is None:
        raise ValueError("a need states exactly one predicate")
    return outcome


def flat(need: Need) -> Iterator[Need]:
    """The single predicates of a need, in reading order."""
    parts = need.all_of if need.all_of is not None else need.any_of
    if parts is None:
        yield need
        return
    for part in parts:
        yield from flat(part)


def anchors(need: Need) -> Iterator[str]:
    """The anchors of all windows of a need."""
    for leaf in flat(need):
        for told in (leaf.entity, leaf.duration, leaf.measurement, leaf.document, leaf.order):
            if told is not None and told.within is not None:
                yield told.within.before


def leaned_on(item: Item) -> frozenset[str]:
    """The items whose verdicts this one needs: its conditions and anchors."""
    named = {name for name in (item.unless, item.when) if name is not None}
    return frozenset(
        named | {name for name in anchors(item.need) if name not in {"order", "service_start", "received"}}
    )


def per_line(item: Item, checklist: Checklist) -> bool:
    """Whether an item must be asked for each service line, by its own need or by one it leans on."""
    if any(_about_line(leaf) for leaf in flat(item.need)):
        return True
    others = leaned_on(item)
    return any(per_line(other, checklist) for other in checklist.items if other.id in others)


def _about_line(need: Need) -> bool:
    paths = (
        *((need.field.path,) if need.field else ()),
        *((need.same.left, need.same.right) if need.same else ()),
        *((need.count.of,) if need.count else ()),
    )
    if any(under_lines(path) for path in paths) or "service_start" in anchors(need):
        return True
    if need.code is not None and need.code.system in _LINE_CODES:
        return True
    return any(told is not None and told.laterality == "same" for told in (need.entity, need.document, need.order))


def _leaf(need: Need, case: Case) -> Outcome | None:
    if need.field is not None:
        return field(need.field, case)
    if need.code is not None:
        return code(need.code, case)
    if need.entity is not None:
        return entity(need.entity, case)
    if need.duration is not None:
        return duration(need.duration, case)
    if need.measurement is not None:
        return measurement(need.measurement, case)
    if need.document is not None:
        return document(need.document, case)
    if need.order is not None:
        return order(need.order, case)
    if need.same is not None:
        return same(need.same, case)
    return count(need.count, case) if need.count is not None else None
