"""Which side of the body a fact is on, by the words beside it."""

from __future__ import annotations

import re
from typing import Literal

from models.geometry import Span

Side = Literal["left", "right", "bilateral"]

_SIDE = re.compile(
    r"(?P<bilateral>\b(?:bilateral(?:ly)?|both (?:knees|hips|shoulders|feet|hands|legs|arms|ankles|wrists|"
    r"elbows|eyes|ears|sides)|b/l)\b)"
    r"|(?P<left>\b[Ll]eft(?:-sided)?\b|\bLEFT\b|\b[Ll]t\b\.?|\bLT\b|\bL(?=\s+(?:knee|hip|shoulder|leg|arm|"
    r"foot|ankle|hand|wrist|elbow|LE|UE)\b))"
    r"|(?P<right>\b[Rr]ight(?:-sided)?\b|\bRIGHT\b|\b[Rr]t\b\.?|\bRT\b|\bR(?=\s+(?:knee|hip|shoulder|leg|"
    r"arm|foot|ankle|hand|wrist|elbow|LE|UE)\b))"
)
_BREAK = re.compile(r"[;.]|,\s|\b(?:but|while|whereas|however|versus|vs|than)\b")
# Words between a side and its fact: "left knee anterior drawer", "pain in the right knee".
FAR = 45
_NO_SIDE = re.compile(
    r"\bright\s+(?:now|away|after|before|upper quadrant|lower quadrant|ventric\w+|atri\w+|bundle|heart)", re.IGNORECASE
)


def side_of(text: str, fact: Span) -> Side | None:
    """The side named nearest to the fact in its clause; "bilateral" where both are named beside it."""
    start, end = _clause(text, fact)
    found: list[tuple[int, Side]] = []
    for match in _SIDE.finditer(text, start, end):
        if match.lastgroup is None or _NO_SIDE.match(text, match.start()):
            continue
        distance = max(fact.start - match.end(), match.start() - fact.end, 0)
        if distance <= FAR:
            found.append((distance, match.lastgroup))  # type: ignore[arg-type]
    if not found:
        return None
    sides = {side for _, side in found}
    if sides >= {"left", "right"} and re.search(
        r"\b(?:left and right|right and left)\b", text[start:end], re.IGNORECASE
    ):
        return "bilateral"
    return min(found)[1]


def _clause(text: str, fact: Span) -> tuple[int, int]:
    breaks = [match.span() for match in _BREAK.finditer(text)]
    start = max((end for _, end in breaks if end <= fact.start), default=0)
    return start, min((begin for begin, _ in breaks if begin >= fact.end), default=len(text))
