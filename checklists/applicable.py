"""Which checklists a request needs, and for which of its service lines."""

from __future__ import annotations

import datetime as dt
import fnmatch
import re
from dataclasses import dataclass

from models.annotations import PartType
from models.checklist import Checklist, Period, ServiceSelector
from models.request import AuthorizationRequest
from models.service_line import ServiceLine


@dataclass(frozen=True, slots=True)
class Bound:
    """A checklist bound to the service lines (indices) it is for."""

    checklist: Checklist
    service_lines: tuple[int, ...]


def applicable(draft: AuthorizationRequest, checklists: tuple[Checklist, ...], on: dt.date) -> tuple[Bound, ...]:
    """Those of `checklists` in force on `on` that are for any of the draft's services.

    A checklist for all services applies to a draft without a single service line, too. Those for all services come
    first, otherwise the order is that of `checklists`. An authority that begins with "us-" or "hk-" holds in that
    market only.
    """
    ours = (checklist for checklist in checklists if _holds_in(checklist.authority, draft.market))
    ordered = sorted(ours, key=lambda checklist: not checklist.applies_to.all_services)
    bounds = (Bound(checklist, _lines(draft, checklist)) for checklist in ordered if in_force(checklist.effective, on))
    return tuple(bound for bound in bounds if bound.service_lines or _as_a_whole(draft, bound.checklist))


def is_general(authority: str) -> bool:
    """Whether an authority speaks for every payer (of its market): "general", "us-general", "hk-general"."""
    return authority == "general" or authority.endswith("-general")


def in_force(period: Period, on: dt.date) -> bool:
    """Whether a period (start included, end excluded) holds the day."""
    return period.start <= on and (period.until is None or on < period.until)


def holds_word(text: str, word: str) -> bool:
    """Whether `word` stands in `text` as whole words, whatever the case."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None


def code_among(code: str, patterns: tuple[str, ...]) -> bool:
    """Whether a code is one of `patterns`, dots left out; a trailing * matches any ending."""
    plain = code.replace(".", "").upper()
    return any(fnmatch.fnmatchcase(plain, pattern.replace(".", "").upper()) for pattern in patterns)


def _holds_in(authority: str, market: str) -> bool:
    named = authority.split("-", maxsplit=1)[0]
    return named not in {"us", "hk"} or named == market


def _lines(draft: AuthorizationRequest, checklist: Checklist) -> tuple[int, ...]:
    every = tuple(range(len(draft.service_lines)))
    if checklist.applies_to.all_services:
        return every
    kinds = _kinds(draft)
    return tuple(
        index
        for index in every
        if any(_selects(selector, draft.service_lines[index], kinds) for selector in checklist.applies_to.services)
    )


def _as_a_whole(draft: AuthorizationRequest, checklist: Checklist) -> bool:
    """Whether a checklist is for the request itself: one for all services, or for its kind where it has no lines."""
    if checklist.applies_to.all_services:
        return True
    kinds = _kinds(draft)
    return not draft.service_lines and any(
        not (selector.codes or selector.drugs) and kinds & set(selector.request_types)
        for selector in checklist.applies_to.services
    )


def _kinds(draft: AuthorizationRequest) -> frozenset[str]:
    """The kinds of request this is: as stated, an admission if a stay is described, a referral if one asks for it."""
    stated = {draft.request_type.value} if draft.request_type is not None else set()
    stay = draft.admission
    asking = {part.type for document in draft.documents for part in document.parts if part.patient != "other"}
    if any(leaf is not None and leaf.value for leaf in (stay.type, stay.days, stay.level_of_care)):
        stated |= {"admission"}
    if PartType.REFERRAL in asking and PartType.PRIOR_AUTHORIZATION_FORM not in asking and draft.market == "us":
        stated |= {"referral"}
    return frozenset(kind for kind in stated if kind is not None)


def _selects(selector: ServiceSelector, line: ServiceLine, kinds: frozenset[str]) -> bool:
    """Whether every criterion the selector states fits the line."""
    if selector.request_types and not kinds & set(selector.request_types):
        return False
    if selector.codes and not _code_fits(selector, line):
        return False
    return not selector.drugs or any(holds_word(text, drug) for text in _texts(line) for drug in selector.drugs)


def _code_fits(selector: ServiceSelector, line: ServiceLine) -> bool:
    code = line.code.value if line.code else None
    return code is not None and selector.system in {None, code.system} and code_among(code.code, selector.codes)


def _texts(line: ServiceLine) -> tuple[str, ...]:
    names = (line.text, line.drug.name if line.drug else None)
    return tuple(text for name in names if name is not None for text in (name.value, name.as_written) if text)
