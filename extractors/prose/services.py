"""Service lines in words: "97110-GP Therapeutic exercises, left, 12 visits, 2 per week for 6 weeks"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.normalize.amounts import find_rate
from extractors.normalize.codes import find_service_codes
from extractors.prose.said import Said
from models.code import Code
from models.geometry import Span

# Two-character modifiers of CPT and HCPCS level II that offices write behind a code: sides, therapy, equipment, others.
_MODIFIER = re.compile(
    r"\s?(?:-|\bmodifiers?:?\s)\s?(?P<modifier>RT|LT|50|GP|GO|GN|NU|RR|UE|KX|KH|KI|KJ|MS|RA|RB|26|TC|22|24|25"
    r"|51|52|53|54|"
    r"55|57|58|59|62|66|76|77|78|79|80|81|82|91|95|E[1-4]|F[A1-9]|T[A1-9]|GA|GY|GZ|GT|GQ|JW|JZ|QK|SG|XE|XP|XS"
    r"|XU|CQ|CO|K[0-4]|"
    r"EY|CG|AS|AT|SA|TB)(?![\w-])"
)
_SIDE = re.compile(r"(?<!\w)(left|right|bilateral)(?!\w)", re.IGNORECASE)
_QUANTITY = re.compile(
    r"\b(?:qty|quantity|units?)\b\s*[.:x]?\s*(?P<a>\d{1,4})\b|\b(?P<b>\d{1,4})\s*(?:units?|x|each|ea)\b", re.IGNORECASE
)
_VISITS = re.compile(r"\b(?P<count>\d{1,3})\s+(?:\w+\s+){0,2}?(?:visits?|sessions?|treatments)\b", re.IGNORECASE)
_FOR = re.compile(r"\b(?:for|x|over|duration:?)\s+(?P<time>(?:\d{1,3}|one|two|three|four|six|nine"
                  r"|twelve)[\s-]*(?:days?|weeks?|wks?|"
                  r"months?|mos?|years?))\b", re.IGNORECASE)  # fmt: skip
_MONTHS = re.compile(
    r"\b(?P<months>\d{1,2})[\s-]*months?\s+(?:rental|rent)\b|\brent(?:al|ed)?\s+(?:for\s+)?(?P<b>\d{1,2})\s+months?",
    re.IGNORECASE,
)
_BOUGHT = re.compile(r"\b(purchase|rental|repair)\b", re.IGNORECASE)
# What ends the words of a service: a side, an amount, a bracket, the name of a code system.
_STOP = re.compile(
    r"[,;]\s*(?:(?:left|right|bilateral)\s*(?:[,;.)]|$)|\d|qty|quantity|units?\b|x\s*\d|purchase|rental|repair"
    r"|for\s+\d|modif|start|"
    r"dx\b|diagnos|icd)|[(;]|\s[x×]\s?\d|\s-\s|\.\s|\.$|\b(?:CPT|HCPCS|ICD|Dx)\b|\bqty\b|\b\d+\s+(?:visits"
    r"|sessions|units)",
    re.IGNORECASE,
)  # fmt: skip
_BEFORE = re.compile(
    r"(?:^|[;.:])\s*(?P<text>[A-Za-z][A-Za-z0-9/,& '-]{4,90}?)\s*(?:[,(:–-]\s*)*(?:(?:CPT|HCPCS)\b.{0,12})?$"
)


def read_services(text: str, span: Span, *, sure: float, rule: str, first: int = 0) -> Iterator[Said]:
    """The service lines of a text at `span`, one a code, rows from `first`: code, modifier, words, side, amounts.

    The words of a service stand behind its code or, where none do, before it.
    """
    codes = list(find_service_codes(text))
    before = _BEFORE.search(text[: codes[0][0]]) if codes else None
    for number, (start, end, code) in enumerate(codes):
        row = (first + number,)
        until = codes[number + 1][0] if number + 1 < len(codes) else len(text)
        yield Said("service_lines.code", code, _within(span, start, end), rule, sure, row)
        yield from _behind(text, (end, until), span, sure=sure, rule=rule, row=row, words=before is None)
    if before is not None:
        yield _said("text", before["text"].strip(" ,"), before.span("text"), span, sure, rule, (first,))
        side = _SIDE.search(before["text"])
        if side:
            at = before.start("text") + side.start()
            yield _said("laterality", side[1].lower(), (at, at + len(side[1])), span, sure - 0.02, rule, (first,))


def _behind(
    text: str, place: tuple[int, int], span: Span, *, sure: float, rule: str, row: tuple[int, ...], words: bool
) -> Iterator[Said]:
    """What stands behind a code, up to the next one."""
    start, end = place
    modifier = _MODIFIER.match(text, start, end)
    while modifier is not None:
        at = modifier.span("modifier")
        yield Said("service_lines.modifiers", modifier["modifier"], _within(span, *at), rule, sure, (*row, 0))
        start = modifier.end()
        modifier = None
    if words:
        named = _words(text, start, end)
        if named is not None:
            yield _said("text", text[slice(*named)], named, span, sure - 0.02, rule, row)
    yield from read_amounts(text[start:end], Span(span.start + start, span.start + end), sure=sure, rule=rule, row=row)


def _words(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the words of a service stand behind its code."""
    lead = re.compile(r"[\s,:(–-]*").match(text, start, end)
    begin = lead.end() if lead else start
    if not text[begin : begin + 1].isalpha() or re.match(r"(?i)(?:for|to|and|is|with|in|on)\b", text[begin:end]):
        return None
    stop = _STOP.search(text, begin, end)
    last = begin + len(text[begin : stop.start() if stop else end].rstrip(" ,;.:-)"))
    return (begin, last) if last - begin >= 4 else None


def read_amounts(text: str, span: Span, *, sure: float, rule: str, row: tuple[int, ...]) -> Iterator[Said]:
    """Side, quantity, visits, frequency, duration and rental of one service line, as far as a text states them."""
    side = _SIDE.search(text)
    if side:
        yield _said("laterality", side[1].lower(), side.span(1), span, sure - 0.02, rule, row)
    visits, quantity = _VISITS.search(text), _QUANTITY.search(text)
    if visits:
        yield _said("visits", visits["count"], visits.span("count"), span, sure - 0.02, rule, row)
    elif quantity:
        group = "a" if quantity["a"] else "b"
        yield _said("quantity.value", quantity[group], quantity.span(group), span, sure - 0.02, rule, row)
    rate = find_rate(text)
    if rate is not None:
        yield _said("frequency.count", rate.value, (rate.start, rate.end), span, sure - 0.03, rule, row)
        yield _said("frequency.per", rate.unit or "", (rate.start, rate.end), span, sure - 0.03, rule, row)
    months, time = _MONTHS.search(text), _FOR.search(text)
    if months:
        group = "months" if months["months"] else "b"
        yield _said("equipment.months", months[group], months.span(group), span, sure - 0.03, rule, row)
    elif time:
        yield _said("duration", time["time"], time.span("time"), span, sure - 0.03, rule, row)
    bought = _BOUGHT.search(text)
    if bought:
        yield _said("equipment.acquisition", bought[1].lower(), bought.span(1), span, sure - 0.03, rule, row)


def codes_of(said: Sequence[Said]) -> tuple[Code, ...]:
    """The service codes among some values."""
    return tuple(one.value for one in said if one.path == "service_lines.code" and isinstance(one.value, Code))


def _said(
    leaf: str, value: str, place: tuple[int, int], span: Span, sure: float, rule: str, row: tuple[int, ...]
) -> Said:
    return Said(f"service_lines.{leaf}", value, _within(span, *place), rule, round(sure, 3), row)


def _within(span: Span, start: int, end: int) -> Span:
    return Span(span.start + start, span.start + end)
