"""A course of treatment in a sentence: how long it lasted, from when, until when, and what came of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.geometry import Span
from models.mention import TreatmentOutcome

Dates = Sequence[tuple[int, int, dt.date]]

_COUNTS = {
    "a": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "sixteen": "16", "eighteen": "18", "twenty": "20",
}  # fmt: skip
# Characters between a treatment and the months it was taken: a dose and how often.
CLOSE = 60
_UNITS = {"d": "d", "w": "wk", "m": "mo", "y": "y"}
_DURATION = re.compile(
    r"(?<![\d.])(?P<value>\d{1,3}|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|sixteen|eighteen|"
    r"twenty)[\s-]*(?:\+\s*|\(\d{1,3}\)\s*)?(?P<unit>days?|weeks?|wks?|months?|mos?|years?|"
    r"yrs?)\b(?![\s-]*(?:old|ago|prior|later|post|from now))",
    re.IGNORECASE,
)
_INTERVAL = re.compile(
    r"\b(?:every|per|each|q|in|within|after|over the next|x/|times an?|times|once|twice|visits an?|"
    r"sessions an?|days an?|hours an?)\s*$",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    r"(?<![\d/])(?P<m1>0?[1-9]|1[0-2])/(?P<y1>(?:19|20)\d\d)\s*(?:to|-|–|through|thru|until)\s*"
    r"(?P<m2>0?[1-9]|1[0-2])/(?P<y2>(?:19|20)\d\d)(?![\d/])",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    r"\b(?:from|since|started|began|begun|initiated|beginning|starting|between)\s+(?:on\s+|in\s+)?$", re.IGNORECASE
)
_ENDED = re.compile(
    r"\b(?:to|through|thru|until|till|ended|stopped|discontinued|completed|discharged|and|-|–)\s*(?:on\s+|in\s+)?$",
    re.IGNORECASE,
)
_OUTCOMES: tuple[tuple[TreatmentOutcome, re.Pattern[str]], ...] = (
    ("contraindicated", re.compile(r"\bcontraindicat", re.IGNORECASE)),
    ("intolerance", re.compile(
        r"\b(?:intoleran\w*|not tolerate[d]?|unable to tolerate|could not tolerate|side effects?|adverse|"
        r"allerg\w+|nausea from|caused|poorly tolerated|toxicity)\b", re.IGNORECASE)),
    ("partial-response", re.compile(
        r"\b(?:partial|minimal|limited|little|mild|temporary|transient|some|incomplete|suboptimal|"
        r"inadequate|insufficient|short-term)\s+"
        r"(?:\w+\s+)?(?:response|relief|improvement|benefit|success|control)\b", re.IGNORECASE)),
    ("no-response", re.compile(
        r"\b(?:fail\w*|no (?:significant |lasting |sustained )?(?:improvement|relief|response|benefit)|"
        r"without (?:\w+ )?(?:relief|improvement|benefit|response|success)|"
        r"ineffective|not (?:effective|helpful|improved|responded)|did not (?:help|respond|work|improve)|"
        r"refractory|unresponsive|lack of (?:efficacy|response)|despite|no longer effective)\b", re.IGNORECASE)),
    ("response", re.compile(
        r"\b(?:good|excellent|great|significant|marked|complete|well|positive|favou?rable)\s+(?:response|"
        r"relief|improvement|benefit|control)|responded well|improved (?:on|with)|"
        r"doing well on|effective|\d{2,3}\s?% (?:relief|improvement|reduction)\b", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Course:
    """What a sentence says of a treatment: its length ("6", "wk"), first and last day, and outcome."""

    value: str | None = None
    unit: str | None = None
    began_on: dt.date | None = None
    ended_on: dt.date | None = None
    outcome: TreatmentOutcome | None = None


def course_of(text: str, fact: Span, dates: Dates) -> Course:
    """The course of the treatment named at `fact`; a length that only two dates give is in whole weeks.

    Of two months ("08/2025 to 01/2026") it is the months between them, the least that it can be but for days.
    """
    value, unit = _duration(text, fact)
    began, ended = _period(text, fact, dates)
    if value is None and began and ended and (ended - began).days >= 7:
        value, unit = str((ended - began).days // 7), "wk"
    if value is None:
        value, unit = _months(text, fact)
    return Course(value, unit, began, ended, _outcome(text, fact))


def _duration(text: str, fact: Span) -> tuple[str | None, str | None]:
    """The length of time nearest to a treatment within its clause, not a dosing interval ("every 2 weeks")."""
    near = None
    for match in _DURATION.finditer(text):
        if _INTERVAL.search(text[: match.start()]) or not _lasted(text, match.span(), fact):
            continue
        between = text[min(match.end(), fact.end) : max(match.start(), fact.start)]
        if ";" in between or ". " in between or len(between) > 90:
            continue
        distance = abs(match.start() - fact.start)
        if near is None or distance < near[0]:
            number = match["value"].lower()
            near = (distance, _COUNTS.get(number, number), _UNITS[match["unit"][0].lower()])
    return (near[1], near[2]) if near else (None, None)


def _months(text: str, fact: Span) -> tuple[str | None, str | None]:
    """The months between two that stand behind a treatment in its clause."""
    match = _MONTHS.search(text, fact.end)
    if match is None or ";" in text[fact.end : match.start()] or match.start() - fact.end > CLOSE:
        return None, None
    months = 12 * (int(match["y2"]) - int(match["y1"])) + int(match["m2"]) - int(match["m1"])
    return (str(months), "mo") if months > 0 else (None, None)


def _lasted(text: str, time: tuple[int, int], fact: Span) -> bool:
    """Whether a time speaks of that side: "3 weeks of X and Y" of what follows, "X for 3 weeks" of what precedes."""
    if re.match(r"\s+(?:trial\s+|course\s+)?of\b", text[time[1] :]):
        return fact.start >= time[1]
    before = text[: time[0]]
    if re.search(
        r"\b(?:for|x|over|lasting)\s+(?:the (?:past|last)\s+|more than\s+|at least\s+|over\s+|about\s+)?$", before
    ):
        return fact.end <= time[0]
    return not re.match(r"[\s-]*(?:history|duration) of\b", text[time[1] :])


def _period(text: str, fact: Span, dates: Dates) -> tuple[dt.date | None, dt.date | None]:
    began = ended = None
    for start, _, date in dates:
        before = text[max(0, start - 30) : start]
        if ";" in text[min(fact.end, start) : max(fact.start, start)]:
            continue
        if _BEGAN.search(before):
            began = began or date
        elif _ENDED.search(before) and (
            began is not None or re.search(r"(?:until|till|ended|stopped|discontinued|completed)", before)
        ):
            ended = ended or date
    return (began, ended) if began is None or ended is None or began <= ended else (began, None)


def _outcome(text: str, fact: Span) -> TreatmentOutcome | None:
    """What came of it, by the words of its clause; a semicolon or "but" parts clauses of different treatments."""
    start = max((m.end() for m in re.finditer(r";|\.\s", text[: fact.start])), default=0)
    end = fact.end + next((m.start() for m in re.finditer(r";|\.\s", text[fact.end :])), len(text))
    clause = text[start:end]
    return next((outcome for outcome, pattern in _OUTCOMES if pattern.search(clause)), None)
