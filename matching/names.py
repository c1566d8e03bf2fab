"""Comparing names: how a written name could have come about from the record's."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from matching.nicknames import is_form_of
from matching.normalize import PARTICLES, NameForm, skeleton, sound


@lru_cache(maxsize=100_000)
def given_level(asked: NameForm, known: NameForm) -> str:
    """The level at which two given names agree, "different" if they do not."""
    if asked.joined == known.joined:
        return "exact"
    one, other = asked.words[0], known.words[0]
    if one == other:
        return "joined" if len(asked.words) == 1 or len(known.words) == 1 else "other-middle"
    if len(one) == 1 or len(other) == 1:
        return "initial" if one[0] == other[0] else "different"
    if is_form_of(one, other):
        return "nickname"
    level = _letters(asked.joined, known.joined)
    if level != "read-alike" and len(asked.words) + len(known.words) > 2:
        level = min(level, _letters(one, other), key=_LEVELS.index)
    if level != "different":
        return level
    return "part" if _share_word(asked, known) else "different"


@lru_cache(maxsize=100_000)
def family_level(asked: NameForm, known: NameForm) -> str:
    """The level at which two family names agree, "different" if they do not."""
    if asked.joined == known.joined:
        return "exact"
    if _share_word(asked, known):
        return "part"
    return _letters(asked.joined, known.joined)


_LEVELS = ("read-alike", "one-letter", "begins", "one-letter-read-alike", "two-letters", "sounds-alike", "different")


def _share_word(asked: NameForm, known: NameForm) -> bool:
    if len(asked.words) + len(known.words) == 2:
        return False
    return any(len(word) > 1 and word not in PARTICLES and word in known.words for word in asked.words)


def _letters(one: str, other: str) -> str:
    if not one or not other:
        return "different"
    if skeleton(one) == skeleton(other):
        return "read-alike"
    shorter = min(len(one), len(other))
    edits = OSA.distance(one, other, score_cutoff=2)
    if edits == 1:
        return "one-letter"
    if shorter >= 3 and (one.startswith(other) or other.startswith(one)):
        return "begins"
    if edits == 2 and shorter >= 5:
        near = OSA.distance(skeleton(one), skeleton(other), score_cutoff=1) == 1
        return "one-letter-read-alike" if near else "two-letters"
    if shorter >= 4 and sound(one) == sound(other) and OSA.distance(one, other, score_cutoff=3) <= 3:
        return "sounds-alike"
    return "different"
