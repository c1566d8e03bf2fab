"""Drug lines as they are written on forms: name, strength, form; doses are kept as written."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNIT = r"(?:mg|mcg|µg|g|gm|ml|units?|iu|%|meq|mg\s?/\s?m[lL]|mcg\s?/\s?ml|mg\s?/\s?\d*\.?\d*\s?ml)"
_STRENGTH = re.compile(
    rf"(?<![\w.])\d[\d,]*\.?\d*\s?{_UNIT}(?:\s?/\s?(?:\d+\.?\d*\s?)?(?:ml|mg|actuation|dose|hr|day|tablet|kg|m2))?(?!\w)"
    rf"(?:\s*(?:,|and|/|-|or)\s*\d[\d,]*\.?\d*\s?{_UNIT}(?!\w))*",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\b(tab(?:let)?s?|cap(?:sule)?s?|inj(?:ection)?s?|pens?|(?:prefilled )?syringes?|"
    r"autoinjectors?|auto-injectors?|vials?|"
    r"cream|ointment|gel|"
    r"solution|suspension|patch(?:es)?|inhalers?|spray|drops|infusion|kit|powder|lotion|foam|suppositor(?:y|ies))\b",
    re.IGNORECASE,
)
_DOSING = re.compile(
    r"\b(every|daily|once|twice|weekly|monthly|bid|tid|qid|qd|qhs|qod|prn|q\d+h?|q\d+(?:w|wk|weeks?)|"
    r"weeks?|inject|take|apply|infuse|followed by|initial|loading|"
    r"maintenance|per day|a day|subcutaneous(?:ly)?|intravenous(?:ly)?|orally|po|sc|sq|subq|iv|im)\b",
    re.IGNORECASE,
)
_COUNT = r"(?:\d+|one|two|three|four|five|six|eight|ten|twelve)"
_FREQUENCY = re.compile(
    rf"\b(?:every\s+(?:other\s+|{_COUNT}\s*(?:-|to)?\s*(?:{_COUNT}\s*)?)?(?:hours?|days?|weeks?|months?|years?|morning|evening|night)|"
    rf"(?:once|twice|(?:{_COUNT}|three)\s+times)\s+(?:a\s+|per\s+|each\s+|every\s+)?(?:daily|day|weekly|week|monthly|month|year)|"
    r"(?:bi)?weekly|monthly|daily|nightly|at bedtime|b\.?i\.?d\.?|t\.?i\.?d\.?|q\.?i\.?d\.?|"
    r"qd|qhs|qod|qow|q\s?\d+\s?(?:h|hrs?|d|w|wks?|weeks?|months?))(?!\w)",
    re.IGNORECASE,
)
# A number with a hyphen and letters begins the name of a drug (6-mercaptopurine, 5-FU), unless it counts time.
_DIRECTED = re.compile(
    r"\W*(?!\d+-(?!(?:day|week|month|hour|dose)s?\b)[a-z])"
    r"(?:\d|(?:inject|take|apply|infuse|one|two|use|loading|initial|then|followed)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DrugLine:
    """Places (start, end) of the pieces in the text; None where it does not say."""

    name: tuple[int, int] | None
    strength: tuple[int, int] | None
    form: tuple[int, int] | None
    dose: tuple[int, int] | None


def split_drug(text: str) -> DrugLine:
    """Take "Adalimumab 40mg pen, inject every other week" apart: name first, strength and form, then directions."""
    if is_dosing(text):
        return DrugLine(None, None, None, (0, len(text)))
    strength = _STRENGTH.search(text)
    form = _FORM.search(text)
    directions = _DOSING.search(text, strength.end() if strength else 0)
    begin = strength.end() if strength and not text[: strength.start()].strip(" ,;:-(") else 0
    ends = [m.start() for m in (strength, form, directions) if m and m.start() > begin]
    name = _trimmed(text, begin, min(ends, default=len(text)))
    dose = _trimmed(text, directions.start(), len(text)) if directions else None
    if form and dose and form.start() >= dose[0]:
        form = None
    return DrugLine(
        name=name,
        strength=strength.span() if strength and (not dose or strength.start() < dose[0]) else None,
        form=form.span() if form else None,
        dose=dose,
    )


def is_dosing(text: str) -> bool:
    """Whether a text gives directions rather than a drug: it starts with a number or a verb and says how often."""
    return bool(_DIRECTED.match(text) and _DOSING.search(text))


def find_frequency(text: str) -> tuple[int, int] | None:
    """How often, if directions say it exactly once ("every other week", "twice daily", "q8h"); None otherwise."""
    found = [match.span() for match in _FREQUENCY.finditer(text)]
    return found[0] if len(found) == 1 else None


def find_strength(text: str) -> tuple[int, int] | None:
    """The first strength ("40mg", "150 mg, 300 mg", "0.5%") with its place."""
    match = _STRENGTH.search(text)
    return match.span() if match else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in " ,;:-–(":
        start += 1
    while end > start and text[end - 1] in " ,;:-–(":
        end -= 1
    return (start, end) if end > start else None
