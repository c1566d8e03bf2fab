"""Traditional Chinese facts and what is said of them, letter by letter: word splitters part medical terms wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.clinical.sides import Side
from extractors.data_files import load_data
from models.geometry import Span
from models.mention import EntityCategory, EntityStatus
from models.value import Value

_HAN = re.compile(r"[\u4e00-\u9fff]")
_CLAUSE = re.compile(r"[。；;！？!?，,]|但|惟|不過|然而")
_SIDES: tuple[tuple[str, Side], ...] = (("雙側", "bilateral"), ("雙", "bilateral"), ("左", "left"), ("右", "right"))


class ChineseTerms(Value):
    """Words of one concept ("-": without a name in data/concepts.yaml)."""

    concept: str
    category: EntityCategory
    words: tuple[str, ...]


class ChineseCues(Value):
    """Words that say a status of the facts behind them (`before`) or before them (`after`)."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class ChineseWords(Value):
    """data/chinese.yaml; the statuses are tried in its order."""

    terms: tuple[ChineseTerms, ...]
    status: dict[EntityStatus, ChineseCues]


@dataclass(frozen=True, slots=True)
class ChineseFact:
    """A fact in a Chinese sentence with its status and side."""

    span: Span
    category: EntityCategory
    concept: str | None
    status: EntityStatus
    side: Side | None


def is_chinese(text: str) -> bool:
    """Whether at least two letters of a sentence are Chinese and they outnumber half of the Latin words."""
    return len(_HAN.findall(text)) >= max(2, len(re.findall(r"[A-Za-z]+", text)) // 2)


def find_chinese(text: str) -> Iterator[ChineseFact]:
    """Find the facts of a sentence in reading order, the longest word at each place."""
    pattern, meaning = _terms()
    for match in pattern.finditer(text):
        entry = meaning[re.sub(r"\s+", "", match[0])]
        start, end = _clause(text, match.span())
        before, after = text[start : match.start()], text[match.end() : end]
        concept = None if entry.concept == "-" else entry.concept
        span = Span(*match.span())
        yield ChineseFact(span, entry.category, concept, _status(before, after, entry.category), _side(before))


def _clause(text: str, fact: tuple[int, int]) -> tuple[int, int]:
    """A clause; what a comma parts belongs together for a cue that stands behind it ("服用止痛藥，效果不佳")."""
    marks = [match.span() for match in _CLAUSE.finditer(text)]
    start = max((end for _, end in marks if end <= fact[0]), default=0)
    hard = [begin for begin, end in marks if begin >= fact[1] and text[begin:end] not in {"，", ","}]
    return start, min(hard, default=len(text))


def _status(before: str, after: str, category: EntityCategory) -> EntityStatus:
    plain_before, plain_after = re.sub(r"\s+", "", before), re.sub(r"\s+", "", after)
    own_clause = re.split(r"[，,]", plain_after)[0]
    for status, cues in load_words().status.items():
        if status == "failed":
            if category in {"drug", "procedure"} and any(cue in plain_after for cue in cues.after):
                return "failed"
            continue
        if any(cue in plain_before for cue in cues.before) or any(own_clause.startswith(cue) for cue in cues.after):
            return status
    return "present"


def _side(before: str) -> Side | None:
    near = re.sub(r"\s+", "", before)[-4:]
    return next((side for word, side in _SIDES if word in near), None)


@cache
def load_words() -> ChineseWords:
    """The lists of data/chinese.yaml."""
    return load_data("chinese", ChineseWords)


@cache
def _terms() -> tuple[re.Pattern[str], dict[str, ChineseTerms]]:
    """All words in one pattern, the longest first; OCR may put blanks between letters."""
    meaning = {word: entry for entry in load_words().terms for word in entry.words}
    longest = sorted(meaning, key=len, reverse=True)
    return re.compile("|".join(r"\s*".join(map(re.escape, word)) for word in longest)), meaning
