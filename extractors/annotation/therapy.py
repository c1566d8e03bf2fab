"""Whether a therapist's paper sets out a plan of care, or reports on one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.annotation.lines import Line

_GOALS = re.compile(
    r"\b(?:short|long)[\s-]+term\s+(?:functional\s+)?goals?\b|\b[SL]TGs?\b(?!\s+(?:\w+\s+){0,3}met\b)", re.IGNORECASE
)
_TERMS = re.compile(r"\b(short|long|STG|LTG)", re.IGNORECASE)
_OFTEN = r"\d{1,2}\s*(?:x|times?|visits?|sessions?|days?)?\s*(?:-\s*\d\s*x?\s*)?(?:/|per|a|each)\s*(?:wk|week)"
_LONG = r"(?:for|x|times)?\s*\d{1,2}\s*(?:wks?|weeks?|months?)"
_RATE = re.compile(rf"\b{_OFTEN}\s*,?\s*{_LONG}\b|\bfrequency\b.{{0,40}}\bduration\b", re.IGNORECASE)
_REPORT = re.compile(r"\b(?:progress|discharge|daily|visit|treatment note|summary)\b", re.IGNORECASE)


def plans_care(lines: Sequence[Line], title: str | None) -> bool:
    """Whether a therapist's paper holds long- and short-term goals with how often and how long, as a plan of care does.

    One whose `title` says that it reports on visits does not, whatever it repeats.

    Source:
        42 CFR 410.61(c): the plan's type, amount, frequency and duration, and its goals; an evaluation that holds them
        is the plan.
    """
    if title is not None and _REPORT.search(title):
        return False
    text = " ".join(line.text for line in lines)
    terms = {match[1][0].lower() for goal in _GOALS.finditer(text) for match in _TERMS.finditer(goal[0])}
    return len(terms) == 2 and _RATE.search(text) is not None
