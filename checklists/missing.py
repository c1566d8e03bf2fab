"""Gaps, worded once for the office that can close them.

Rules of conduct: the wording says what was not found on which pages, never what that means for the decision; nothing
is asked that is merely recommended, that may stand on a page nobody could read, or for an emergency; the same gap is
asked once, however many checklists look for it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from checklists.applicable import is_general
from checklists.needs import flat
from checklists.outcome import Outcome
from checklists.papers import spoken
from models.annotations import LOINC, PartType
from models.checklist import Checklist, Item, MissingItem, Need
from models.request import AuthorizationRequest


@dataclass(frozen=True, slots=True)
class Gap:
    """The outcome of an item for a service line (None: the request as a whole), and the lines it matters for."""

    checklist: Checklist
    item: Item
    line: int | None
    outcome: Outcome
    lines: tuple[int, ...]


def missing_items(draft: AuthorizationRequest, gaps: tuple[Gap, ...], received_on: dt.date) -> tuple[MissingItem, ...]:
    """What to ask for, one entry for each gap and cause, in the order of the checklists' items."""
    if draft.level_of_service is not None and draft.level_of_service.value == "emergency":
        return ()
    asked = tuple(gap for gap in gaps if _asked(gap))
    kept = tuple(gap for gap in asked if not any(_answers(other, gap) for other in asked))
    found: list[MissingItem] = []
    for key, group in groupby(kept, key=lambda gap: (gap.checklist.id, gap.item.id)):
        for same in _by_wording(tuple(group)):
            number = sum(entry.id.split("#")[0] == ":".join(key) for entry in found)
            found.append(_missing(same, received_on, number=number))
    return tuple(found)


def importance(item: Item) -> Literal["required", "conditional", "recommended"]:
    """How an item counts: conditional where another item decides whether it is asked; recommended is never asked."""
    if not item.required:
        return "recommended"
    return "conditional" if item.unless is not None or item.when is not None else "required"


def _asked(gap: Gap) -> bool:
    if not gap.item.required:
        return False
    return gap.outcome.verdict in {"not_met", "not_found"} or (gap.outcome.verdict == "unclear" and gap.outcome.ask)


def _answers(other: Gap, gap: Gap) -> bool:
    """Whether the answer to `other` closes `gap`, too: it asks for one of several things of which `gap` needs any.

    Of two gaps that ask the same, the first stands.
    """
    if other is gap or ((gap.line, other.line) == (gap.line, None) and gap.line is not None):
        return False
    if other.item.need == gap.item.need:
        return other.checklist.id != gap.checklist.id and _before(other, gap)
    return gap.item.need.any_of is not None and other.item.need in gap.item.need.any_of


def _before(other: Gap, gap: Gap) -> bool:
    def order(one: Gap) -> tuple[bool, str]:
        return not is_general(one.checklist.authority), one.checklist.id

    return order(other) < order(gap)


def _by_wording(gaps: tuple[Gap, ...]) -> tuple[tuple[Gap, ...], ...]:
    wordings = dict.fromkeys((gap.outcome.cause, gap.outcome.notice) for gap in gaps)
    return tuple(
        tuple(gap for gap in gaps if (gap.outcome.cause, gap.outcome.notice) == wording) for wording in wordings
    )


def _missing(gaps: tuple[Gap, ...], received_on: dt.date, *, number: int) -> MissingItem:
    first = gaps[0]
    types = _document_types(first.item.need)
    return MissingItem(
        id=f"{first.checklist.id}:{first.item.id}" + (f"#{number + 1}" if number else ""),
        checklist=first.checklist.id,
        item=first.item.id,
        service_lines=tuple(dict.fromkeys(line for gap in gaps for line in gap.lines)),
        cause=first.outcome.cause,
        need=importance(first.item),
        ask=_wording(first, received_on),
        alternatives=tuple(spoken(kind).capitalize() for kind in types[1:]),
        from_whom=first.item.from_whom,
        document_type=types[0] if types else None,
        loinc=LOINC.get(types[0]) if types else None,
    )


def _wording(gap: Gap, received_on: dt.date) -> str:
    """The sentence for the office; `ask` of an item is a phrase or, ending in a question mark, a question."""
    ask = gap.item.ask.strip()
    phrase = ask.removesuffix(".")
    if gap.outcome.notice is not None:
        return f"{gap.outcome.notice} Please send: {_lowered(phrase)}."
    if ask.endswith("?") or ". " in phrase:
        return f"We did not find this in the pages received on {received_on}: {ask}"
    return f"We did not find {_lowered(phrase)} in the pages received on {received_on}."


def _lowered(phrase: str) -> str:
    """The phrase within a sentence: its first letter small, unless it begins with an acronym."""
    acronym = len(phrase) > 1 and phrase[1].isupper()
    return phrase if acronym else phrase[:1].lower() + phrase[1:]


def _document_types(need: Need) -> tuple[PartType, ...]:
    found: list[PartType] = []
    for leaf in flat(need):
        if leaf.document is not None:
            found.extend(leaf.document.type)
        if leaf.order is not None:
            found.append(PartType.ORDER)
    return tuple(dict.fromkeys(found))
