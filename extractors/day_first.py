"""Dates that were read month first, read again in papers that write days first."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from extractors.normalize.dates import find_dates
from models.mention import AnyMention, EntityMention, FieldMention, OtherReading

T = TypeVar("T")


def day_first_dates(mention: AnyMention) -> AnyMention:
    """The mention with every date in it as its own words say when days come first; other mentions as they are."""
    match mention:
        case FieldMention():
            quote = mention.as_written or mention.evidence[0].quote
            changes: dict[str, Any] = {"value": _again(mention.value, quote)}
            changes["alternatives"] = tuple(map(_reading, mention.alternatives))
            return mention.model_copy(update=changes)
        case EntityMention():
            return mention.model_copy(update={"on": _again(mention.on, mention.evidence[0].quote)})
    return mention


def _reading(other: OtherReading) -> OtherReading:
    quote = other.evidence[0].quote if other.evidence else ""
    return other.model_copy(update={"value": _again(other.value, quote)})


def _again(value: T, quote: str) -> T | dt.date:
    """The date that stands where this one was read month first; one that was not is left."""
    if not isinstance(value, dt.date):
        return value
    month_first = [date for _, _, date in find_dates(quote, "mdy")]
    day_first = [date for _, _, date in find_dates(quote, "dmy")]
    if len(month_first) != len(day_first) or value in day_first or value not in month_first:
        return value
    return day_first[month_first.index(value)]
