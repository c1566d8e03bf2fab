"""Abbreviations of clinical notes: those everyone writes (data/abbreviations.yaml) and those a text defines itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from extractors.data_files import load_data
from models.geometry import Span
from models.mention import EntityCategory
from models.value import Value


class Ambiguous(Value):
    """An abbreviation that stands for `long` only where a word of `near` stands in its sentence."""

    short: str
    long: str
    category: EntityCategory
    near: tuple[str, ...]


class AbbreviationList(Value):
    """data/abbreviations.yaml: short -> long by category, and the ambiguous ones."""

    problem: dict[str, str]
    drug: dict[str, str]
    test: dict[str, str]
    procedure: dict[str, str]
    device: dict[str, str]
    other: dict[str, str]
    ambiguous: tuple[Ambiguous, ...]


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation in a sentence: its place, what it stands for, its category (None: of no kind of fact)."""

    span: Span
    long: str
    category: EntityCategory | None


_WORD = re.compile(r"[\w&#%/.-]*[\w%]")
_DEFINED = re.compile(r"\((?P<short>[A-Za-z][A-Za-z0-9/-]{1,9})\)")


def find_abbreviations(text: str, own: Mapping[str, str] | None = None) -> Iterator[Abbreviation]:
    """Find the abbreviations of a sentence, in reading order. What the document itself defines (`own`) goes before."""
    plain, ambiguous = _known()
    words: frozenset[str] | None = None
    for match in re.finditer(r"(?<![\w&])[A-Za-z0-9][\w&/-]*(?:\.[a-z]\.(?:[a-z]\.)?)?", text):
        short, span = match[0], Span(*match.span())
        if own and short in own:
            yield Abbreviation(span, own[short], plain[short][1] if short in plain else None)
        elif short in ambiguous:
            words = words or frozenset(w.lower() for w in _WORD.findall(text)) | frozenset(re.findall(r"[%/]", text))
            rest = words - {short.lower()}
            meaning = next((entry for entry in ambiguous[short] if rest.intersection(entry.near)), None)
            if meaning:
                yield Abbreviation(span, meaning.long, meaning.category)
        elif short in plain:
            yield Abbreviation(span, *plain[short])


def definitions(text: str) -> dict[str, str]:
    """What a text defines itself, short -> long: "obstructive sleep apnea (OSA)".

    The letters of the short form are looked for from right to left in the words before the bracket, the first of them
    at the start of a word.

    Source:
        Schwartz, Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003).
    """
    found: dict[str, str] = {}
    for match in _DEFINED.finditer(text):
        short = match["short"]
        if sum(c.isupper() for c in short) < 2:
            continue
        before = text[max(0, match.start() - 120) : match.start()].rstrip()
        words = before.split()[-min(len(short) + 5, 2 * len(short)) :]
        long = _long_form(short, " ".join(words))
        if long:
            found.setdefault(short, long)
    return found


def _long_form(short: str, before: str) -> str | None:
    at = len(before) - 1
    for n in range(len(short) - 1, -1, -1):
        letter = short[n].lower()
        if not letter.isalnum():
            continue
        while at >= 0 and (before[at].lower() != letter or (n == 0 and at > 0 and before[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
        at -= 1
    long = before[at + 1 :]
    return long if len(long) > len(short) and not re.search(r"[.;:]\s", long) else None


@cache
def _known() -> tuple[dict[str, tuple[str, EntityCategory | None]], dict[str, tuple[Ambiguous, ...]]]:
    lists = load_data("abbreviations", AbbreviationList)
    plain: dict[str, tuple[str, EntityCategory | None]] = {short: (long, None) for short, long in lists.other.items()}
    for category, entries in (
        ("problem", lists.problem), ("drug", lists.drug), ("test", lists.test), ("procedure", lists.procedure),
        ("device", lists.device),
    ):  # fmt: skip
        plain |= {short: (long, category) for short, long in entries.items()}  # type: ignore[misc]
    ambiguous: dict[str, tuple[Ambiguous, ...]] = {}
    for entry in lists.ambiguous:
        ambiguous[entry.short] = (*ambiguous.get(entry.short, ()), entry)
    return plain, ambiguous
