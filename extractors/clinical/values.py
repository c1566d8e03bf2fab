"""The number that belongs to a measure named in a sentence: "AHI of 32.4 events/hr", "BMI: 41", "pain 7/10"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.normalize.amounts import find_measure
from models.geometry import Span

# A value stands close to what it measures; runs of white space in plain text are as good as one space.
CLOSE = 80

_UNIT = (
    r"%|kg/m\s?(?:2|²)|kgs?|lbs?|pounds|cm|mm\s?hg|mg/dl|g/dl|mg/l|mm/h(?:r|our)?|ml/min|events?\s?(?:/|"
    r"per)\s?h(?:r|our)?|"
    r"/\s?h(?:r|our)?\b|per hour|degrees?|deg\b|°|/\s?10\b|out of (?:10|ten)|/\s?5\b|minutes?|mins?|"
    r"visits?|sessions?|days|feet|meters|metres|seconds|sec"
)
_NUMBER = rf"(?P<sign>[<>≥≤]=?\s*)?(?P<value>\d{{1,4}}(?:\.\d+)?)(?P<plus>[+-](?=\s?/))?\s*(?P<unit>{_UNIT})?"
_LINK = (
    r"(?:is|was|were|of|at|to|=|:|-|measured|measures|reported|currently|today|now|approximately|about|around|"
    r"level|score|scores|index|rated|about)"
)
_AFTER = re.compile(
    rf"^[\s)\]]*(?:\([^)\d]{{0,30}}\)\s*)?,?\s*(?:{_LINK}[\s,]*){{0,4}}(?:\([^)\d]{{0,30}}\)\s*)?(?:{_LINK}\s*){{0,2}}"
    rf"{_NUMBER}(?!\d|\.\d|[/-]\d|\s*(?:years?|yrs?|weeks?|months?|mg|mcg|ml|units|tablets?)\b)",
    re.IGNORECASE,
)
_PAIR = re.compile(
    rf"^[\s)\]]*(?:\([^)\d]{{0,30}}\)\s*)?(?:{_LINK}\s*){{0,2}}(?P<value>\d{{2,3}}/\d{{2,3}})(?![/\d])", re.IGNORECASE
)
_CHANGED = re.compile(
    rf"^[\s)\]]*[^.;\d]{{0,30}}?\bfrom\s+\d{{1,4}}(?:\.\d+)?\s*(?:{_UNIT})?\s*(?:down\s+|"
    rf"up\s+)?to\s+{_NUMBER}(?!\d|[/-]\d)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"^[\s)\]]*(?:is|was|of|:|-)?\s*(?:from\s+)?-?\d{1,3}\s*(?:-|–|"
    r"to)\s*(?P<value>\d{1,3})\s*(?P<unit>degrees?|deg\b|°)",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"{_NUMBER}\s*(?:of\s+(?:the\s+|her\s+|his\s+|total\s+)?)?(?:total\s+)?$", re.IGNORECASE)
# "The patient should target a BMI of 25" is no finding (a known trap of naive readings); a criterion is none either.
_AIM = re.compile(
    r"\b(?:target|targets|targeting|goals?|aim|aiming|ideal|desired|should|needs? to|reduce|until|below|"
    r"normal range|reference|required|requires|criteri(?:a|on)|threshold|qualif\w+|if)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
_AIM_AFTER = re.compile(r"^[\s)]*(?:goal|target|should|must|needs to|range\s*:|reference)\b", re.IGNORECASE)
_UNITS = {
    "%": "%", "kg": "kg", "kgs": "kg", "lb": "lb", "lbs": "lb", "pounds": "lb", "cm": "cm", "mmhg": "mmHg",
    "mg/dl": "mg/dL", "g/dl": "g/dL", "mg/l": "mg/L", "ml/min": "mL/min", "degree": "deg", "degrees": "deg",
    "deg": "deg", "°": "deg", "/10": "/10", "outof10": "/10", "outoften": "/10", "/5": "/5", "minute": "min",
    "minutes": "min", "min": "min", "mins": "min", "second": "s", "seconds": "s", "sec": "s", "feet": "ft",
    "meters": "m", "metres": "m", "visit": "visits", "session": "visits", "sessions": "visits",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """A number as a decimal string (or two with a slash for a pressure), its unit if one is written, and its sign."""

    value: str
    unit: str | None = None
    sign: str | None = None


def measured(text: str, name: Span, concept: str) -> Measured | None:
    """The value of the measure named at `name` in a sentence, None if it states none."""
    before = " ".join(text[: name.start].split())[-CLOSE:]
    after = " ".join(text[name.end :].split())[:CLOSE]
    if concept in {"body_weight", "body_height"}:
        size = find_measure(after[:30], "weight" if concept == "body_weight" else "height")
        return Measured(size.value, size.unit) if size else None
    pair = _PAIR.match(after) if concept == "blood_pressure" else None
    match = pair or _CHANGED.match(after) or _RANGE.match(after) or _AFTER.match(after) or _BEFORE.search(before)
    if match is None:
        return None
    found = match.groupdict()
    sign = (found.get("sign") or "").strip() or None
    return Measured(match["value"], _unit(found.get("unit")), sign)


def is_aim(text: str, name: Span) -> bool:
    """Whether the measure is spoken of as a target, a criterion or a condition, not as found."""
    return bool(_AIM.search(text[: name.start][-CLOSE:]) or _AIM_AFTER.match(text[name.end :][:CLOSE]))


def _unit(written: str | None) -> str | None:
    if not written:
        return None
    plain = re.sub(r"\s+", "", written.lower())
    if plain.startswith(("event", "/h", "perhour")):
        return "/h"
    return "kg/m2" if plain.startswith("kg/m") else "mm/h" if plain.startswith("mm/h") else _UNITS.get(plain, plain)
