"""The sentences of stories, a file a service in `texts/`: paragraphs with {blanks} and the marks of `samples.prose`.

A file maps names to ways of saying one thing, or to the headed sections of a paper. A heading may have several names
between bars. In a blank, `!d` writes a date as 8/2/2026, `!h` as Hong Kong does (02/08/2026), `!m` as August
2026, `!c` begins with a capital; a date without any is ISO 8601.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import yaml

_FOLDER = Path(__file__).parent / "texts"
# In the place of this heading of a visit stands the rest of the chart.
BACKGROUND = "(background)"


@dataclass(frozen=True, slots=True)
class Texts:
    """What one file holds."""

    named: Mapping[str, object]

    def ways(self, name: str) -> tuple[str, ...]:
        """The ways to say the thing of this name."""
        return _ways(self.named[name])

    def sections(self, name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The sections of a paper: heading and the ways to write its text."""
        found = self.named[name]
        if not isinstance(found, dict):
            raise TypeError(f"{name} has no sections")
        return tuple((heading, _ways(text)) for heading, text in found.items())


@functools.cache
def texts(service: str) -> Texts:
    """Read the sentences of a service."""
    return Texts(yaml.safe_load((_FOLDER / f"{service}.yaml").read_text(encoding="utf-8")))


def filled(template: str, words: Mapping[str, object]) -> str:
    """A template with its blanks filled in.

    Raises:
        KeyError: a blank has no word.
    """
    return _Blanks().vformat(template, (), words)


def slash(day: dt.date) -> str:
    """A date as it is typed into a note: 8/2/2026."""
    return f"{day.month}/{day.day}/{day.year}"


class _Blanks(Formatter):
    def convert_field(self, value: object, conversion: str | None) -> object:
        if conversion == "d" and isinstance(value, dt.date):
            return slash(value)
        if conversion == "h" and isinstance(value, dt.date):
            return f"{value:%d/%m/%Y}"
        if conversion == "m" and isinstance(value, dt.date):
            return f"{value:%B %Y}"
        if conversion == "c":
            return str(value)[:1].upper() + str(value)[1:]
        return value


def _ways(found: object) -> tuple[str, ...]:
    ways: Sequence[object] = found if isinstance(found, list) else ("" if found is None else found,)
    return tuple(str(way) for way in ways)
