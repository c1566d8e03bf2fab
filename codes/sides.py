"""Left and right: what modifiers, words and codes say of the side, and where they contradict one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from codes.icd10cm import icd10cm
from models.annotations import PartType
from models.evidence import Sourced
from models.request import AuthorizationRequest, Flag
from models.service_line import Diagnosis, ServiceLine

Side = Literal["left", "right", "bilateral"]

# CMS HCPCS level II modifiers; eyelids E1-E4, fingers FA and F1-F9, toes TA and T1-T9 by the same list.
_MODIFIERS: dict[str, Side] = {
    "RT": "right", "LT": "left", "50": "bilateral",
    "E1": "left", "E2": "left", "E3": "right", "E4": "right",
    **dict.fromkeys(("FA", "F1", "F2", "F3", "F4", "TA", "T1", "T2", "T3", "T4"), "left"),
    **dict.fromkeys(("F5", "F6", "F7", "F8", "F9", "T5", "T6", "T7", "T8", "T9"), "right"),
}  # fmt: skip
_BOTH = re.compile(r"\b(?:bilateral(?:ly)?|both|b/l|right and left|left and right)\b", re.IGNORECASE)
# A part of the heart or belly is no side of the body, nor is the left of "left over".
_SIDE = re.compile(
    r"\b(?P<side>left|right|lt|rt)\b(?!\s+(?:(?:upper|lower) quadrant|ventric|atri|bundle|heart|main|"
    r"coronary|anterior descending|dominan|hand(?:ed| dominan)))",
    re.IGNORECASE,
)


# Papers that are about one side if any are, and how sure (0..1) it must be which.
_SIDED = frozenset(
    {PartType.ORDER, PartType.IMAGING_REPORT, PartType.OPERATIVE_NOTE, PartType.PROCEDURE_NOTE, PartType.PLAN_OF_CARE}
)
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class Claim:
    """A side with where it stands, in words, and the value that says it."""

    side: Side
    source: str
    leaf: Sourced[Any]


def side_flags(request: AuthorizationRequest) -> Iterator[Flag]:
    """One warning a contradiction: within a line, within a diagnosis, between a line and all sided diagnoses, and
    between what is asked for and an order or report that is sent with it.

    A line for one side is in order if any diagnosis is of that side or of both; a line for both sides if diagnoses are
    of both. What is not clear, and what names left and right at once, says nothing.
    """
    diagnosed: list[Claim] = []
    for number, diagnosis in enumerate(request.diagnoses, 1):
        claims = tuple(_of_diagnosis(diagnosis, number))
        yield from _against(claims)
        diagnosed += claims
    asked: list[Claim] = []
    for number, line in enumerate(request.service_lines, 1):
        claims = tuple(_of_line(line, number))
        asked += claims
        yield from _against(claims)
        if claims and diagnosed and not _explained(claims[0].side, {claim.side for claim in diagnosed}):
            yield _flag(claims[0], diagnosed[0])
    yield from _on_papers(request, asked or diagnosed)


def side_of(text: str) -> Side | None:
    """The side that words name; None if they name none, or left and right without saying both."""
    if _BOTH.search(text):
        return "bilateral"
    named = {match["side"].lower()[0] for match in _SIDE.finditer(text)}
    return {"l": "left", "r": "right"}[named.pop()] if len(named) == 1 else None  # type: ignore[return-value]


def _of_diagnosis(diagnosis: Diagnosis, number: int) -> Iterator[Claim]:
    code, text = diagnosis.code, diagnosis.text
    if code is not None and code.value is not None and code.unclear is None and code.value.system == "ICD-10-CM":
        entry = icd10cm().find(code.value.code)
        side = side_of(entry.title) if entry is not None else None
        if side:
            yield Claim(side, f"diagnosis code {code.value.code}", code)
    yield from _in_words(text, f"the words of diagnosis {number}")


def _of_line(line: ServiceLine, number: int) -> Iterator[Claim]:
    for modifier in line.modifiers:
        side = _MODIFIERS.get(str(modifier.value)) if modifier.unclear is None else None
        if side:
            yield Claim(side, f"modifier {modifier.value} of line {number}", modifier)
    if line.laterality is not None and line.laterality.value is not None and line.laterality.unclear is None:
        yield Claim(line.laterality.value, f"the side of line {number}", line.laterality)
    yield from _in_words(line.text, f"the words of line {number}")
    yield from _in_words(line.body_site, f"the body site of line {number}")


def _in_words(leaf: Sourced[str] | None, source: str) -> Iterator[Claim]:
    side = side_of(leaf.value) if leaf is not None and leaf.value and leaf.unclear is None else None
    if leaf is not None and side:
        yield Claim(side, source, leaf)


def _against(claims: tuple[Claim, ...]) -> Iterator[Flag]:
    """The first contradiction to the first claim. RT and LT together are both sides."""
    if {"left", "right"} <= {claim.side for claim in claims if claim.source.startswith("modifier")}:
        return
    other = next((claim for claim in claims if claim.side != claims[0].side), None)
    if other is not None:
        yield _flag(claims[0], other)


def _on_papers(request: AuthorizationRequest, asked: Sequence[Claim]) -> Iterator[Flag]:
    """The first order or report of each type that is about the other side, unless one of its type is about this side.

    Only where all that is asked for is of one side: then a report on the other may be a comparison, an order is none.
    """
    sides = {claim.side for claim in asked}
    if sides not in ({"left"}, {"right"}):
        return
    found: dict[PartType, list[Claim]] = {}
    for document in request.documents:
        for part in document.parts:
            side = part.laterality
            if part.type not in _SIDED or part.patient == "other" or side is None or side.unclear is not None:
                continue
            if side.value in ("left", "right", "bilateral") and side.confidence >= _SURE:
                named = part.type.value.replace("-", " ")
                claim = Claim(side.value, f"the {named} on page {part.pages[0]} of {document.id}", side)
                found.setdefault(part.type, []).append(claim)
    for claims in found.values():
        if all(claim.side not in (asked[0].side, "bilateral") for claim in claims):
            yield _flag(claims[0], asked[0])


def _explained(side: Side, diagnosed: set[Side]) -> bool:
    if side == "bilateral":
        return "bilateral" in diagnosed or {"left", "right"} <= diagnosed
    return side in diagnosed or "bilateral" in diagnosed


def _flag(one: Claim, other: Claim) -> Flag:
    return Flag(
        code="laterality-conflict",
        severity="warning",
        message=f"{one.source[0].upper()}{one.source[1:]} says {one.side}, {other.source} says {other.side}.",
        evidence=(*one.leaf.evidence, *other.leaf.evidence),
    )
