"""What a caption or heading asks for by its single words, where no list has the whole of it (data/wordings.yaml)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.data_files import load_data

GENERAL = "general"
_BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
# What follows a comma and only says when or how the blank is filled in.
_ASIDE = re.compile(r",\s+(?:as|if|with|where|when|unless|exactly|in|please|like|not)\b.*$", re.IGNORECASE)
_NUMBER = re.compile(r"#|\bnos?\b\.?", re.IGNORECASE)
# Questions for a person are headings, but for whom to call.
_ASKS_WHO, _CALLED = ("who", "whom"), frozenset({"call", "contact", "ask", "reach"})
# Captions have few words; what has more is a sentence.
_MOST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Wording:
    """What is asked for (a leaf, or an attribute of `role`), by single words; `general` as in `Meaning`."""

    asked: str
    role: str | None
    general: bool = False


@dataclass(frozen=True, slots=True)
class _Pattern:
    asked: str
    groups: tuple[tuple[str, ...], ...]
    beside: frozenset[str]

    def left_of(self, words: Sequence[str]) -> list[str] | None:
        """The words that are none of the pattern's; None if one of its groups has no word here."""
        left = list(words)
        for group in self.groups:
            found = next((word for word in left if any(_is(word, one) for one in group)), None)
            if found is None:
                return None
            left.remove(found)
        return [word for word in left if word not in self.beside]


def caption_of(text: str) -> Wording | None:
    """What a caption asks for; None where a word of it is not known, or they do not make sense together."""
    return _caption(_words(text)) or _caption(_words(_ASIDE.sub("", text)))


def _caption(words: Sequence[str]) -> Wording | None:
    if words and words[0] in _ASKS_WHO and not _CALLED.intersection(words):
        return None
    for pattern in _patterns("captions"):
        left = pattern.left_of(words)
        if left is None or any(word not in _ROLES and word not in _IDLE for word in left):
            continue
        role, general = _role(left)
        return Wording(pattern.asked, role, general)
    role, general = _role(words)
    named = role is not None and all(word in _ROLES or word in _IDLE for word in words)
    return Wording("name", role, general) if named else None


def heading_of(text: str) -> str | None:
    """The section that a heading begins; None where a word of it is not known."""
    words = _words(text)
    if not words:
        return None
    for pattern in _patterns("headings"):
        left = pattern.left_of(words)
        if left is not None and all(word in _ROLES or word in _IDLE for word in left):
            return pattern.asked
    return None


def heading_by_words(text: str) -> str | None:
    """Whom or what words speak of that stand where headings do, whatever else they say; None where nothing tells."""
    words = _words(text)
    for role, known in _HEADING_WORDS:
        if any(_runs_through(words, phrase) for phrase in known):
            return role
    return None


def _runs_through(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether the words of a phrase follow one another somewhere."""
    return any(
        all(_is(word, known) for word, known in zip(words[at:], phrase, strict=False))
        for at in range(len(words) - len(phrase) + 1)
    )


def _is(word: str, known: str) -> bool:
    return word.startswith(known[:-1]) if known.endswith("-") else word == known


def _words(text: str) -> tuple[str, ...]:
    """The words of a caption, without what stands in brackets; () where there are too many."""
    folded = unicodedata.normalize("NFKC", text).replace("’", "'").lower()
    bare = _BRACKETS.sub(" ", folded).strip() or folded
    bare = _NUMBER.sub(" number ", bare.replace("'s", "").replace("i.d.", "id"))
    words = tuple(word for word in re.findall(r"[a-z0-9]+", bare) if not word.isdigit() or len(word) > 2)
    return words if len(words) <= _MOST_WORDS else ()


def _role(words: Sequence[str]) -> tuple[str | None, bool]:
    """Of whom words speak: the first of the roles in the order of the data; "provider" alone is a general one."""
    found = {_ROLES[word] for word in words if word in _ROLES}
    role = next((role for role in _ORDER if role in found), None)
    return ("requesting_provider", True) if role == GENERAL else (role, False)


@lru_cache(maxsize=2)
def _patterns(kind: str) -> tuple[_Pattern, ...]:
    found = [
        _Pattern(asked, tuple(tuple(group.split("|")) for group in head.split()), frozenset(tail.split()))
        for asked, entries in _DATA[kind].items()
        for entry in entries
        for head, _, tail in (entry.partition("?"),)
    ]
    return tuple(sorted(found, key=lambda pattern: -len(pattern.groups)))


_DATA = load_data("wordings", dict[str, Any])
_ORDER: tuple[str, ...] = tuple(_DATA["roles"])
_ROLES: dict[str, str] = {word: role for role, words in _DATA["roles"].items() for word in words}
_IDLE = frozenset(_DATA["idle"])
_HEADING_WORDS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = tuple(
    (role.partition(".")[0], tuple(tuple(phrase.split()) for phrase in phrases))
    for role, phrases in _DATA["heading_words"].items()
)
