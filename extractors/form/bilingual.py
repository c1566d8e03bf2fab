"""The labels of forms of Hong Kong: English and Chinese side by side, either half alone, in several wordings.

Each half is looked up by itself (data/labels_hong_kong.yaml); what only the other half knows is still known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from rapidfuzz import fuzz, process

from extractors.data_files import load_data
from extractors.form.vocabulary import FUZZY_LENGTH, FUZZY_SCORE, Meaning, Question, Vocabulary, vocabulary
from models.value import Value

_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_PART = re.compile(
    r"^\W*(?:part|section)\s+(?:[ivx]+|\d+|[a-z])\b|^\W*[a-z0-9]{1,2}[.)]\s|第[一二三四五六七八九十]+部[份分]"
)
# Words that change nothing in an English label, and characters that change nothing in a Chinese one.
_IDLE = frozenset(
    re.findall(r"\w+", "the of no nos number numbers and or for a an any please if s with by in to is was")
)
_IDLE_ZH = re.compile(r"[之的及或與和／/]")
# A Chinese label of so many characters may hold one that was misread, if only one known label is that near.
_NEAR_ZH, _NEAR_ZH_SCORE = 5, 78.0
# Words in both scripts are print, whatever they say, if the Chinese is as long as this: names have two to four.
_SURELY_PRINTED = 5
# How the market writes what a leaf holds: kinds of blanks in place of those of the United States.
_KINDS = {"date": "day_first", "name": "family_first", "party": "titled", "phone": "phone_hk"}


class Labels(Value):
    """data/labels_hong_kong.yaml."""

    roles: dict[str, tuple[str, ...]]
    attributes: dict[str, tuple[str, ...]]
    fields: dict[str, tuple[str, ...]]
    headings: dict[str, tuple[str, ...]]
    columns: dict[str, tuple[str, ...]]
    fees: tuple[str, ...]
    totals: tuple[str, ...]
    fee_names: tuple[str, ...]


class Halves(NamedTuple):
    """The two halves of a printed text in the form in which they are compared; "" where it has none."""

    english: str
    chinese: str


@dataclass(frozen=True, slots=True)
class Bilingual(Vocabulary):
    """The vocabulary of Hong Kong; English that it does not know may still be known to that of the United States."""

    fields: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)
    fees: frozenset[str] = frozenset()
    totals: frozenset[str] = frozenset()
    fee_names: tuple[str, ...] = ()

    def label(self, text: str) -> Meaning | None:
        """The meaning of a label in one or both languages; unknown print in both is a label to be ignored."""
        for said in (folded(text), _BRACKETS.sub(" ", folded(text))):
            halves = halves_of(said)
            meanings = [self._meaning(half) for half in halves if half]
            known = [meaning for meaning in meanings if meaning is not None]
            if known and (len(known) == len(meanings) or not self._runs_on(halves)):
                return self._begun(halves.english) or _joined(known)
        if self.fee(text) or self.total(text):
            return Meaning(path="ignore")
        halves = halves_of(_BRACKETS.sub(" ", folded(text)))
        if not halves.chinese:
            return Vocabulary.label(self, text)
        near = self._near(halves)
        if near is not None:
            return near
        both = halves.english and len(halves.chinese) >= _SURELY_PRINTED
        return Meaning(path="ignore") if both and not re.search(r"\d", text) else None

    def caption(self, text: str) -> Meaning | None:
        """The meaning of words that stand where labels do, if they are a label."""
        return self.label(text)

    def cell_label(self, text: str) -> Meaning | None:
        """The meaning of all that stands in a cell, if each language of it is a label."""
        return self._strict(text)

    def leading(self, text: str) -> Meaning | None:
        """The meaning of a Chinese label, or of one in both languages."""
        return self._strict(text) if chinese(text) else None

    def heading(self, text: str, *, bare: bool, plain: bool = False) -> str | None:  # noqa: ARG002 - of both
        """The role of a section heading in one or both languages."""
        said = _PART.sub(" ", _BRACKETS.sub(" ", _PART.sub(" ", folded(text))))
        roles = [self.titles[half] for half in halves_of(said) if half in self.titles]
        if roles and (bare or self.label(text) is None or said.strip() != folded(text).strip()):
            return roles[0]
        return None

    def heading_by_words(self, text: str) -> str | None:  # noqa: ARG002 - forms of the market print their own
        """None: single English words tell nothing between two languages."""
        return None

    def column(self, text: str) -> tuple[str, ...]:
        """The path that a table header in one or both languages stands for."""
        found = [self.heads[half] for half in halves_of(_BRACKETS.sub(" ", folded(text))) if half in self.heads]
        return tuple(dict.fromkeys(found))[:1]

    def column_by_words(self, text: str) -> tuple[str, ...]:
        """Longer headers are told by single English words as elsewhere."""
        return Vocabulary.column_by_words(self, halves_of(folded(text)).english)

    def question(self, text: str) -> Question | None:
        """What a printed question asks, if it is a label of the vocabulary."""
        meaning = self.label(text)
        return Question(meaning.path, ()) if meaning is not None and meaning.path is not None else None

    def fee(self, text: str) -> bool:
        """Whether a text names a fee that an estimate lists, a slip of the reader in a longer English name forgiven."""
        halves = halves_of(_BRACKETS.sub(" ", folded(text)))
        if any(half in self.fees for half in halves):
            return True
        near = process.extractOne(halves.english, self.fees, scorer=fuzz.ratio, score_cutoff=FUZZY_SCORE)
        return near is not None and min(len(near[0]), len(halves.english)) >= FUZZY_LENGTH and not self.total(text)

    def fee_name(self, text: str) -> str:
        """A fee as forms print it, if the text is that but for slips of a reader; else the text."""
        near = process.extractOne(text, self.fee_names, scorer=fuzz.ratio, score_cutoff=FUZZY_SCORE)
        return near[0] if near is not None else text

    def total(self, text: str) -> bool:
        """Whether a text names the sum of an estimate."""
        return any(half in self.totals for half in halves_of(_BRACKETS.sub(" ", folded(text))))

    def _strict(self, text: str) -> Meaning | None:
        """The meaning of a text of which each half is a label."""
        for said in (folded(text), _BRACKETS.sub(" ", folded(text))):
            meanings = [self._meaning(half) for half in halves_of(said) if half]
            known = [meaning for meaning in meanings if meaning is not None]
            if known and len(known) == len(meanings):
                return _joined(known)
        return None

    def _begun(self, english: str) -> Meaning | None:
        """What the longest beginning of an English half means: behind it may stand Chinese that was read as English."""
        words = english.split()
        meanings = (self._meaning(" ".join(words[:end])) for end in range(len(words), 1, -1))
        return next((meaning for meaning in meanings if meaning is not None), None)

    def _runs_on(self, halves: Halves) -> bool:
        """Whether a half that is no label holds figures, or begins with a label and goes on: a value stands there."""
        for half in halves:
            if half and self._meaning(half) is None:
                begun = any(self._meaning(half[:end]) for end in range(2, len(half) - 1)) if chinese(half) else False
                if begun or re.search(r"\d", half):
                    return True
        return False

    def _meaning(self, half: str) -> Meaning | None:
        if half in self.fields:
            return _named(self.fields[half])
        rest, role = self._without_roles(half)
        attribute = self.attributes.get(rest) or ("name" if role not in (None, "other") and not rest else None)
        return None if attribute is None else _of(role, attribute)

    def _without_roles(self, half: str) -> tuple[str, str | None]:
        """What a label asks without the words that say of whom, and of whom: the first that it names."""
        spaced = not _CJK.search(half)
        first, rest = (len(half) + 1, ""), f" {half} " if spaced else half
        for words, role in self.roles.items():
            searched = f" {words} " if spaced else words
            at = rest.find(searched)
            if at >= 0 and bool(_CJK.search(words)) != spaced:
                rest = rest.replace(searched, "  " if spaced else "\x00" * len(searched))
                first = min(first, (at, role))
        rest = " ".join(rest.split()) if spaced else rest.replace("\x00", "")
        return rest, first[1] or None

    def _near(self, halves: Halves) -> Meaning | None:
        """A label with a slip of the reader in it."""
        for half, least, score in (
            (halves.english, FUZZY_LENGTH, FUZZY_SCORE),
            (halves.chinese, _NEAR_ZH, _NEAR_ZH_SCORE),
        ):
            if len(half) < least:
                continue
            rivals = [key for key in self.fields if len(key) == len(half)] if chinese(half) else self.fields.keys()
            best = process.extract(half, rivals, scorer=fuzz.ratio, score_cutoff=score, limit=2)
            if best and (len(best) == 1 or best[0][1] > best[1][1] or self._alike(best[0][0], best[1][0])):
                return _named(self.fields[best[0][0]])
        return None

    def _alike(self, one: str, other: str) -> bool:
        return self.fields[one] == self.fields[other]


def folded(text: str) -> str:
    """Lower case, full-width signs made half-width, possessive endings dropped."""
    return unicodedata.normalize("NFKC", text).replace("’", "'").lower().replace("'s", " ").replace("s'", "s ")


def halves_of(text: str) -> Halves:
    """The English words of a folded text that count, and its Chinese characters."""
    english = [word for word in re.findall(r"[a-z0-9&]+", _CJK.sub(" ", text)) if word not in _IDLE]
    return Halves(" ".join(english), _IDLE_ZH.sub("", "".join(_CJK.findall(text))))


def chinese(text: str) -> int:
    """How many Chinese characters a text has."""
    return sum(len(run) for run in _CJK.findall(text))


@lru_cache(maxsize=1)
def bilingual() -> Bilingual:
    """The vocabulary of data/labels_hong_kong.yaml, read once."""
    data, us = load_data("labels_hong_kong", Labels), vocabulary()
    roles = _keys(data.roles)
    return Bilingual(
        us.labels,
        us.headings,
        us.bare_headings,
        us.columns,
        us.column_words,
        us.questions,
        kinds=MappingProxyType(_KINDS),
        fields=_keys(data.fields),
        attributes=_keys(data.attributes),
        roles={words: roles[words] for words in sorted(roles, key=len, reverse=True)},
        titles=_keys(data.headings),
        heads=_keys(data.columns),
        fees=frozenset(_keys({"": data.fees})),
        totals=frozenset(_keys({"": data.totals})),
        fee_names=data.fee_names,
    )


def _keys(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """What each wording stands for, in the form in which it is compared; of two entries the first counts."""
    found: dict[str, str] = {}
    for name, words in table.items():
        for word in words:
            for half in halves_of(folded(word)):
                if half:
                    found.setdefault(half, name)
    return found


def _named(path: str) -> Meaning:
    """The leaf of a label; a hospital's name speaks of the hospital, as the labels after it may."""
    return Meaning(role="facility", attribute="organization") if path == "facility.organization" else Meaning(path=path)


def _of(role: str | None, attribute: str) -> Meaning:
    """An attribute of somebody; whom a request has no leaf for is ignored."""
    if role == "policyholder" and attribute == "name":
        return Meaning(path="hong_kong.policyholder.name")
    if role == "facility" and attribute == "name":
        return Meaning(role=role, attribute="organization")
    return Meaning(role=role, attribute=attribute)


def _joined(meanings: list[Meaning]) -> Meaning:
    """What both halves say together: the one that names a leaf or somebody, before one that does not; never less."""
    known = [one for one in meanings if one.path != "ignore"] or meanings
    return next((one for one in known if one.path is not None or one.role is not None), known[0])
