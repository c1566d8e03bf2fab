"""Load the checklists of a folder, and refuse any that could not mean what it says."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from pathlib import Path

import yaml

from checklists.authored import defect, read_authored
from checklists.needs import anchors, leaned_on
from checklists.paths import known
from models.checklist import Checklist, Item, MeasurementNeed, Need

_EVENTS = {"order", "service_start", "received"}
_PREDICATES = tuple(Need.model_fields)


def load_checklists(folder: Path, concepts: Collection[str]) -> tuple[Checklist, ...]:
    """Read every *.yaml of a folder, in the order of their names.

    `concepts` is the vocabulary that entities carry (extractors/data/concepts.yaml).

    Raises:
        PolicyError: of the first defect found, with file, line and what to do.
    """
    files = sorted(folder.glob("*.yaml"))
    loaded = tuple((path, read_checklist(path, concepts)) for path in files)
    for index, (path, checklist) in enumerate(loaded):
        if any(_overlap(checklist, other) for _, other in loaded[:index]):
            raise defect(path, ("effective",), f"{checklist.id} is in force twice at once. End the older one (until).")
    return tuple(checklist for _, checklist in loaded)


def read_concepts(path: Path) -> frozenset[str]:
    """The names of the vocabulary that entities carry, from its YAML file (a list of entries with a key `concept`)."""
    return frozenset(entry["concept"] for entry in yaml.safe_load(path.read_text("utf-8")))


def read_checklist(path: Path, concepts: Collection[str]) -> Checklist:
    """Read and check one checklist file. Raises PolicyError as `load_checklists` does."""
    checklist = read_authored(path, Checklist)
    for where, message in _defects(checklist, concepts):
        raise defect(path, where, message)
    return checklist


Defect = tuple[tuple[str | int, ...], str]


def _defects(checklist: Checklist, concepts: Collection[str]) -> Iterator[Defect]:
    ids = [item.id for item in checklist.items]
    until = checklist.effective.until
    if until is not None and until <= checklist.effective.start:
        yield ("effective", "until"), "until is not after from. Correct one of the two dates."
    if not checklist.applies_to.all_services and not checklist.applies_to.services:
        yield ("applies_to",), "nothing is selected. Write all_services: true or list services."
    for index, selector in enumerate(checklist.applies_to.services):
        if not (selector.codes or selector.drugs or selector.request_types):
            yield ("applies_to", "services", index), "the selector is empty. Name codes, drugs or request_types."
    for index, item in enumerate(checklist.items):
        where = ("items", index)
        if ids.index(item.id) != index:
            yield (*where, "id"), f"the item {item.id!r} stands twice. Give each item its own id."
        yield from (((*where, *place), message) for place, message in _item_defects(item, ids, concepts))
    for index, item in enumerate(checklist.items):
        if _circular(item.id, checklist):
            yield (
                ("items", index),
                f"the item {item.id!r} leans on itself. Break the circle of unless, when and before.",
            )


def _item_defects(item: Item, ids: list[str], concepts: Collection[str]) -> Iterator[Defect]:
    for key in ("unless", "when"):
        name = getattr(item, key)
        if name is not None and name not in ids:
            yield (key,), f"{key} names {name!r}, which is no item of this checklist. Use one of its ids."
    if not item.ask.strip():
        yield ("ask",), "ask is empty. Write what the provider's office should send."
    yield from ((("need", *place), message) for place, message in _shape_defects(item.need))
    if all(len(_stated(need)) == 1 for need in _all(item.need)):
        for anchor in anchors(item.need):
            if anchor not in _EVENTS and anchor not in ids:
                yield ("need",), f"before: {anchor!r} is no anchor. Use order, service_start, received or an item's id."
        for place, need in _leaves(item.need, ("need",)):
            yield from ((place, message) for message in _leaf_defects(need, concepts))


def _shape_defects(need: Need) -> Iterator[Defect]:
    stated = _stated(need)
    if len(stated) != 1:
        yield (), f"a need has exactly one key, this one has {len(stated)}. Use all_of or any_of for several."
        return
    for key in ("all_of", "any_of"):
        parts = getattr(need, key)
        if parts is not None and not parts:
            yield (key,), f"{key} is empty. List at least one need."
        for index, part in enumerate(parts or ()):
            yield from (((key, index, *place), message) for place, message in _shape_defects(part))


def _leaf_defects(need: Need, concepts: Collection[str]) -> Iterator[str]:
    for path in _paths(need):
        if not known(path):
            yield f"the request has no field {path!r}. The contract lists its fields; list positions are left out."
    for concept in _concepts(need):
        if concept not in concepts:
            near = _nearest(concept, concepts)
            yield f"the concept {concept!r} is not in the vocabulary.{near} Use a name of it, or add this one there."
    if need.measurement is not None and not _ranged(need.measurement):
        yield "a measurement has exactly one range. State at_least, at_most or between."
    if need.code is not None and any("*" in code[:-1] for code in need.code.any_of):
        yield "a * may stand at the end of a code only. Move or remove it."


def _paths(need: Need) -> Iterator[str]:
    if need.field is not None:
        yield need.field.path
    if need.same is not None:
        yield from (need.same.left, need.same.right)
    if need.count is not None and "." in need.count.of:
        yield need.count.of


def _concepts(need: Need) -> Iterator[str]:
    if need.entity is not None:
        yield need.entity.concept
    yield from (told.of for told in (need.duration, need.measurement) if told is not None)
    if need.count is not None and "." not in need.count.of:
        yield need.count.of


def _ranged(need: MeasurementNeed) -> bool:
    return sum(bound is not None for bound in (need.at_least, need.at_most, need.between)) == 1


def _stated(need: Need) -> tuple[str, ...]:
    return tuple(key for key in _PREDICATES if getattr(need, key) is not None)


def _all(need: Need) -> Iterator[Need]:
    yield need
    for part in (*(need.all_of or ()), *(need.any_of or ())):
        yield from _all(part)


def _leaves(need: Need, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Need]]:
    """The single predicates of a need, each with its place in the file."""
    for key in ("all_of", "any_of"):
        for index, part in enumerate(getattr(need, key) or ()):
            yield from _leaves(part, (*place, key, index))
    if need.all_of is None and need.any_of is None:
        yield (*place, *_stated(need)), need


def _nearest(concept: str, concepts: Collection[str]) -> str:
    near = difflib.get_close_matches(concept, sorted(concepts), n=1, cutoff=0)
    return f" The nearest name is {near[0]!r}." if near else ""


def _circular(start: str, checklist: Checklist) -> bool:
    waiting, seen = [start], set[str]()
    while waiting:
        item = next((item for item in checklist.items if item.id == waiting[-1]), None)
        waiting.pop()
        for name in leaned_on(item) if item is not None and _well_formed(item) else ():
            if name == start:
                return True
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return False


def _well_formed(item: Item) -> bool:
    return all(len(_stated(need)) == 1 for need in _all(item.need))


def _overlap(one: Checklist, other: Checklist) -> bool:
    if one.id != other.id:
        return False
    ends_before = one.effective.until is not None and one.effective.until <= other.effective.start
    starts_after = other.effective.until is not None and other.effective.until <= one.effective.start
    return not (ends_before or starts_after)
