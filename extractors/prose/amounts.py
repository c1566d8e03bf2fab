"""How much of a service is asked for, and when: side, quantity, visits, rate, duration, rental, first and last day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.normalize.amounts import find_rate
from extractors.normalize.dates import find_dates
from extractors.prose.said import Said
from models.geometry import Span

SIDE = re.compile(r"(?<!\w)(left|right|bilateral)(?!\w)", re.IGNORECASE)
_QUANTITY = re.compile(
    r"\b(?:qty|quantity|quantities|units?)\b\s*(?:requested\s*|of\s+|is\s+)?[.:x#=]?\s*(?P<a>\d{1,4})(?![\d.,]*\d)\b"
    r"|(?<![\d.,/-])(?P<b>\d{1,4})\s*(?:units?|x|each|ea)\b(?!\s*(?:/|per|a|every|each)\b)"
    r"|(?<![\w.])[x×]\s?(?P<c>\d{1,3})(?![\d.,/-]*\d)(?=\s*(?:[,;.)|]|$|\(|for\b|from\b|on\b|units?\b|each\b))",
    re.IGNORECASE,
)
_VISITS = re.compile(
    r"(?<![\d.,/-])(?P<count>\d{1,3})\)?\s+(?:(?!per|every|each|of)[\w-]+\s+){0,2}?(?:visits?|sessions?|treatments)\b"
    r"(?!\s*(?:/|per\b|a\b|an\b|each\b|every\b|weekly\b|monthly\b|daily\b))",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?:\b(?:for|over|duration:?|x|during)\s+(?:a\s+(?:total|period|course)\s+of\s+|up\s+to\s+|the\s+next\s+)?"
    r"|[x×]\s?)"
    r"(?P<time>(?:\d{1,3}|one|two|three|four|six|eight|nine|ten|twelve)[\s-]*(?:\(\d+\)\s*)?"
    r"(?:days?|weeks?|wks?|months?|mos?|years?))\b",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    r"\b(?P<months>\d{1,2})[\s-]*months?[\s']+(?:of\s+)?(?:rental|rent)\b"
    r"|\brent(?:al|ed)?\s*,?\s*(?:for\s+|x\s*|period\s+(?:of\s+)?)?(?P<b>\d{1,2})\s+months?"
    r"|\bRR\s*,\s*(?:for\s+)?(?P<c>\d{1,2})\s+months?",
    re.IGNORECASE,
)
_BOUGHT = re.compile(r"\b(purchase|rental|repair)d?\b", re.IGNORECASE)
_START = re.compile(
    r"\b(?:from|start(?:s|ing|ed)?(?:\s+(?:date|on))?|begin(?:s|ning)?(?:\s+on)?|effective|between|commencing"
    r"|dates?(?:\s+of\s+service)?|dos|service\s+dates?|as\s+of|scheduled\s+for|planned\s+for)"
    r"\s*(?:on\s+|of\s+|is\s+|are\s+|about\s+)?[:(]?\s*$"
    r"|(?:^|[,;)]|\b(?:scheduled|planned|service|procedure|surgery|sides?|admission|to\s+be\s+\w+))\s*on\s*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"^[\s,(]*(?:to|through|thru|until|till|ending(?:\s+on)?|and|up\s+to|-|–|—)[\s(]*(?:on\s+)?$", re.IGNORECASE
)
# Two dates with this between them are a period whatever stands before.
_RANGE = re.compile(r"^[\s)]*(?:to|through|thru|-|–|—)[\s(]*$", re.IGNORECASE)
_BIRTH = re.compile(r"\b(?:born|birth|dob|d\.o\.b)\b.{0,12}$", re.IGNORECASE)
_END = re.compile(r"\b(?:through|thru|until|till|ending(?:\s+on)?|end\s+date)\s*:?\s*$", re.IGNORECASE)


def read_amounts(text: str, span: Span, *, sure: float, rule: str, row: tuple[int, ...]) -> Iterator[Said]:
    """Side, quantity, visits, frequency, duration, rental and days of one service line, as far as a text states them.

    `sure` is how sure the line itself is, 0..1; what hangs on it is a little less so.
    """

    def said(leaf: str, value: object, place: tuple[int, int], less: float) -> Said:
        at = Span(span.start + place[0], span.start + place[1])
        return Said(f"service_lines.{leaf}", value, at, rule, round(sure - less, 3), row)  # type: ignore[arg-type]

    side = SIDE.search(text)
    if side:
        yield said("laterality", side[1].lower(), side.span(1), 0.02)
    visits, quantity = _VISITS.search(text), _QUANTITY.search(text)
    if visits:
        yield said("visits", visits["count"], visits.span("count"), 0.02)
    elif quantity:
        group = next(group for group in ("a", "b", "c") if quantity[group])
        yield said("quantity.value", quantity[group], quantity.span(group), 0.02)
    rate = find_rate(text)
    if rate is not None:
        yield said("frequency.count", rate.value, (rate.start, rate.end), 0.03)
        yield said("frequency.per", rate.unit or "", (rate.start, rate.end), 0.03)
    months, time = _MONTHS.search(text), _FOR.search(text)
    if months:
        group = next(group for group in ("months", "b", "c") if months[group])
        yield said("equipment.months", months[group], months.span(group), 0.03)
    elif time:
        yield said("duration", time["time"], time.span("time"), 0.03)
    bought = _BOUGHT.search(text)
    if bought:
        yield said("equipment.acquisition", bought[1].lower(), bought.span(1), 0.03)
    for leaf, (start, end, date) in find_period(text):
        yield said(leaf, date, (start, end), 0.02)


def find_period(text: str) -> Iterator[tuple[str, tuple[int, int, object]]]:
    """The first and the last day of service, each with its leaf, where words of a period stand before them."""
    dates = [date for date in find_dates(text) if not _BIRTH.search(text[: date[0]])]
    for number, date in enumerate(dates):
        if number + 1 < len(dates) and _RANGE.match(text[date[1] : dates[number + 1][0]]):
            yield "start_on", date
            yield "end_on", dates[number + 1]
            return
        if _START.search(text[: date[0]]):
            yield "start_on", date
            if number + 1 < len(dates) and _UNTIL.match(text[date[1] : dates[number + 1][0]]):
                yield "end_on", dates[number + 1]
            return
        if _END.search(text[: date[0]]):
            yield "end_on", date
            return
