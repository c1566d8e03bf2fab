"""The stay in hospital that a letter asks for: its kind, its first day, how many days."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.normalize.dates import find_dates
from extractors.prose.providers import read_named
from extractors.prose.said import Letter, Said
from models.geometry import Span
from models.mention import Scalar

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


# In a list an amount needs no preposition, and a bracket tells the ward.
_LISTED_DAYS = re.compile(
    r"(?<![\d/.-])(?P<days>\d{1,2})\s*-?\s*(?:inpatient\s+)?(?:day|night|midnight)s?\b", re.IGNORECASE
)
_LISTED_CARE = re.compile(
    r"\((?P<care>(?:inpatient|observation|intensive|step-?down|telemetry|medical|surgical|skilled|acute|icu"
    r"|med)[\w/ -]{0,32})\)",
    re.IGNORECASE,
)


def is_stay(text: str) -> bool:
    """Whether a text asks for a stay in hospital rather than for a service."""
    match = _STAY.search(text)
    return match is not None and not _PAST.search(text[: match.start()][-30:])


def read_stay_of(text: str, span: Span) -> Iterator[Said]:
    """The stay that a listed or labelled thing is: "Elective inpatient admission 3/2/2026, 2 days (surgical unit)"."""
    match = _STAY.search(text)
    if match is None or match.start() > 20:
        return
    found = next(iter(find_dates(text[match.end() :])), None)
    days, care = _LISTED_DAYS.search(text, match.end()), _CARE.search(text, match.end()) or _LISTED_CARE.search(text)
    told: list[tuple[str, Scalar, tuple[int, int], float]] = []
    if found:
        told.append(("admitted_on", found[2], (match.end() + found[0], match.end() + found[1]), 0.92))
    if days:
        told.append(("days", days["days"], days.span("days"), 0.92))
    if match["type"]:
        told.append(("type", match["type"].lower(), match.span("type"), 0.9))
    if care:
        told.append(("level_of_care", " ".join(care["care"].split()), care.span("care"), 0.9))
    for leaf, value, place, sure in told:
        at = Span(span.start + place[0], span.start + place[1])
        yield Said(f"admission.{leaf}", value, at, "stay-asked", sure)


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
