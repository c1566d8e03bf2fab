"""The stay in hospital that a letter asks for: its kind, its first day, how many days."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.normalize.dates import find_dates
from extractors.prose.providers import read_named
from extractors.prose.said import Letter, Said
from models.geometry import Span

_STAY = re.compile(
    r"\b(?:an?\s+)?(?:(?P<type>elective|emergency|emergent|urgent|planned|scheduled)\s+)?(?P<care>inpatient\s+)?"
    r"(?:admission|hospitali[sz]ation|inpatient stay|hospital stay)\b",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"\b(?:for|of|stay of|length of stay:?)\s+(?:about\s+)?(?P<days>\d{1,2})\s*(?:-\s*)?(?:day|night)s?\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|previous|prior(?!\s+auth)|recent|last|history of|avoid|prevent|risk of|after)\b", re.IGNORECASE
)


_AT = re.compile(r"\b(?:at|to)\s+(?:the\s+)?(?=[A-Z][\w.'’]+\s+(?:[A-Z&]|of\b|and\b))")
_CARE = re.compile(
    r"\blevel of care\s*(?:is|of|will be|:|-)?\s*(?P<care>[A-Za-z][\w/ -]{2,40}?)\s*(?=[,;.)]|$)", re.IGNORECASE
)


def is_stay(text: str) -> bool:
    """Whether a text asks for a stay in hospital rather than for a service."""
    match = _STAY.search(text)
    return match is not None and not _PAST.search(text[: match.start()][-30:])


def read_stay(letter: Letter) -> Iterator[Said]:
    """The first stay that a sentence asks for with its day: "an elective admission on 3/2/2026 for 2 days"."""
    for span in letter.sentences:
        text = letter.slice(span)
        match = _STAY.search(text)
        if match is None or _PAST.search(text[: match.start()][-30:]):
            continue
        rest = text[match.end() : match.end() + 60]
        date = next(iter(find_dates(rest)), None)
        days = _DAYS.search(rest)
        if date is None or date[0] > 24:
            continue
        at = span.start + match.end()
        yield Said("admission.admitted_on", date[2], Span(at + date[0], at + date[1]), "stay-asked", 0.92)
        if days:
            yield Said(
                "admission.days", days["days"], Span(at + days.start("days"), at + days.end("days")), "stay-asked", 0.92
            )
        if match["type"]:
            place = Span(span.start + match.start("type"), span.start + match.end("type"))
            yield Said("admission.type", match["type"].lower(), place, "stay-asked", 0.9)
        care = _CARE.search(text, match.end())
        place_named = _AT.search(text, match.end())
        if place_named:
            start = span.start + place_named.end()
            yield from read_named("facility", text[place_named.end() :], start)
        if care:
            place = Span(span.start + care.start("care"), span.start + care.end("care"))
            yield Said("admission.level_of_care", " ".join(care["care"].split()), place, "stay-asked", 0.9)
        return
