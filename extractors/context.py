"""What the words around a fact say of it: absent, possible, failed, planned, past, family (data/context.yaml)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractors.data_files import load_data
from extractors.language import level_text
from models.geometry import Span
from models.mention import EntityCategory, EntityStatus
from models.value import Value

Side = Literal["after", "before"]
_ORDER: tuple[EntityStatus, ...] = ("failed", "family", "possible", "absent", "hypothetical", "historical")
# An entry of a list of symptoms: "Fever: no", "chills - denies".
_ANSWERED = re.compile(
    r"\s*(?::|\s-|\s–|\()\s*(no|none|denies|denied|negative|neg|absent|not present|\(-\))(?=\s*(?:[.,;)]|$))"
)
# What stands under such a heading is past unless a word beside it says more.
_PAST: dict[str, tuple[EntityCategory, ...]] = {
    "prior_treatment": ("drug", "procedure", "device"),
    "past_surgical_history": ("procedure",),
}


class CueGroup(Value):
    """Cues of one status: on which side of them the facts stand, of which categories and in which sections."""

    scope: Side
    cues: tuple[str, ...]
    only: tuple[EntityCategory, ...] = ()
    sections: tuple[str, ...] = ()


class ContextRules(Value):
    """data/context.yaml."""

    neutral: tuple[str, ...]
    stops: tuple[str, ...]
    failed: tuple[CueGroup, ...]
    family: tuple[CueGroup, ...]
    possible: tuple[CueGroup, ...]
    absent: tuple[CueGroup, ...]
    hypothetical: tuple[CueGroup, ...]
    historical: tuple[CueGroup, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The status of a fact and the cue that says so (None for "present"), offsets into the sentence."""

    status: EntityStatus
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class _Cue:
    status: EntityStatus
    group: CueGroup
    span: Span
    scope: Span


class Sentence:
    """A sentence with its cues found once; `judge` then answers for each fact in it."""

    def __init__(self, text: str, section: str | None = None) -> None:
        """Find the cues of `text`; `section` is the kind of section it stands in."""
        self.section = section
        self._text = level_text(text).lower()
        self._cues = _find_cues(self._text)

    def judge(self, fact: Span, category: EntityCategory) -> Judgement:
        """What the sentence says of the fact at `fact`."""
        if category == "problem" and (answer := _ANSWERED.match(self._text, fact.end)):
            return Judgement("absent", Span(*answer.span(1)))
        for status in _ORDER:
            holding = [cue for cue in self._cues if cue.status == status and self._holds(cue, fact, category)]
            if status == "failed":
                holding = [cue for cue in holding if not self._planned_after(cue, fact, category)]
            if holding:
                nearest = min(holding, key=lambda cue: abs(cue.span.start - fact.start))
                return Judgement(status, nearest.span)
        if self.section == "family_history" and category == "problem":
            return Judgement("family")
        if self.section in _PAST and category in _PAST[self.section]:
            return Judgement("historical")
        return Judgement("present")

    def _planned_after(self, failed: _Cue, fact: Span, category: EntityCategory) -> bool:
        """Whether a plan stands between a failure and the fact: "failed Enbrel, requesting Cosentyx"."""
        return any(
            cue.status == "hypothetical" and failed.span.end <= cue.span.start and cue.span.end <= fact.start
            for cue in self._cues
            if self._holds(cue, fact, category)
        )

    def _holds(self, cue: _Cue, fact: Span, category: EntityCategory) -> bool:
        group = cue.group
        if group.only and category not in group.only:
            return False
        if group.sections and self.section not in group.sections:
            return False
        if category == "test" and cue.status == "absent" and group.scope == "before" and "negative" in group.cues:
            return False
        return cue.scope.covers(fact)


def _find_cues(text: str) -> tuple[_Cue, ...]:
    pattern, meaning = _pattern()
    found = [(match.span(1), meaning[_key(match[1])]) for match in pattern.finditer(text)]
    hits = [hit for hit in found if not any(_within(hit[0], other[0]) for other in found)]
    stops = [span for span, meanings in hits for status, _ in meanings if status == "stop"]
    breaks = [match.span() for match in re.finditer(r"[;\n]|\.\s|\s-\s|\s#", text)]
    walls = sorted([*stops, *breaks])
    cues = []
    for (start, end), meanings in hits:
        for status, group in meanings:
            if isinstance(group, CueGroup) and status in _ORDER:
                answers = group.scope == "before" and text[:start].endswith(" - ")
                own = [wall for wall in walls if wall[1] != start] if answers else walls
                scope = _scope(group.scope, Span(start, end), own, len(text))
                cues.append(_Cue(status, group, Span(start, end), scope))
    return tuple(cues)


def _within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]


def _scope(side: Side, cue: Span, walls: Sequence[tuple[int, int]], length: int) -> Span:
    if side == "after":
        return Span(cue.end, min((start for start, _ in walls if start >= cue.end), default=length))
    return Span(max((end for _, end in walls if end <= cue.start), default=0), cue.start)


Meanings = tuple[tuple[str, CueGroup | None], ...]


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, Meanings]]:
    """All cues in one pattern: at each word the longest; two may overlap ("was stopped", "stopped due to")."""
    rules = load_data("context", ContextRules)
    meaning: dict[str, list[tuple[str, CueGroup | None]]] = {}
    for cue in rules.neutral:
        meaning.setdefault(_key(cue), []).append(("neutral", None))
    for cue in rules.stops:
        meaning.setdefault(_key(cue), []).append(("stop", None))
    for status in _ORDER:
        for group in getattr(rules, status):
            for cue in group.cues:
                meaning.setdefault(_key(cue), []).append((status, group))
    longest = sorted(meaning, key=len, reverse=True)
    words = "|".join(re.escape(cue).replace(r"\ ", r"\s+") for cue in longest)
    return re.compile(rf"(?<![\w-])(?=({words})(?![\w-]))"), {cue: tuple(said) for cue, said in meaning.items()}


def _key(text: str) -> str:
    return " ".join(text.lower().split())
