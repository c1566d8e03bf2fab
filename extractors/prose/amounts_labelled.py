"""Amounts that stand beside a label of their own: "Quantity: 2", "Frequency: 2x/week", "Duration: 6 weeks"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.normalize.amounts import find_rate
from extractors.prose.said import Said
from models.geometry import Span

LABELLED = 0.93

_COUNT = re.compile(r"\s*(\d{1,4})(?![\d.,/-]*\d)")
_TIME = re.compile(
    r"\s*((?:\d{1,3}|one|two|three|four|six|nine|twelve)[\s-]*(?:days?|weeks?|months?|years?))\b", re.IGNORECASE
)
_MODIFIERS = re.compile(r"(?<!\w)([A-Z][A-Z0-9]|\d{2})(?!\w)")
_WORDS = re.compile(r"\s*(\w[^;|]{0,48}?)\s*(?:[;|].*)?$")


def read_amount(leaf: str, text: str, span: Span, *, drug: bool) -> Iterator[Said]:
    """The amount of the first line: of a drug as written, of a service as its number."""
    if drug and leaf in ("quantity", "frequency", "duration", "dose", "route", "strength"):
        match = _WORDS.match(text)
        if match:
            yield _said(f"drug.{leaf}", match[1], match.span(1), span)
    elif leaf == "quantity" and (match := _COUNT.match(text)):
        yield _said("quantity.value", match[1], match.span(1), span)
    elif leaf == "duration" and (match := _TIME.match(text)):
        yield _said("duration", match[1], match.span(1), span)
    elif leaf == "frequency" and (rate := find_rate(text)):
        yield _said("frequency.count", rate.value, (rate.start, rate.end), span)
        yield _said("frequency.per", rate.unit or "", (rate.start, rate.end), span)
    elif leaf == "modifiers":
        for number, match in enumerate(_MODIFIERS.finditer(text)):
            place = Span(span.start + match.start(1), span.start + match.end(1))
            yield Said("service_lines.modifiers", match[1], place, "labelled", LABELLED, (0, number))


def _said(leaf: str, value: str, place: tuple[int, int], span: Span) -> Said:
    at = Span(span.start + place[0], span.start + place[1])
    return Said(f"service_lines.{leaf}", value, at, "labelled", LABELLED, (0,))
