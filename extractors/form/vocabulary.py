"""The words forms print: labels, section headings, table columns and questions (data/labels.yaml)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import yaml
from rapidfuzz import fuzz, process

from extractors.form.wording import caption_of, heading_by_words, heading_of

# OCR of a fax gets about one letter in twenty of small print wrong; at 88 a label of 8 letters may hold one slip.
# Shorter labels must be exact: "fax" and "tax", "dob" and "dos" are one slip apart. benchmarks/quality.py.
FUZZY_SCORE = 88.0
FUZZY_LENGTH = 8

T = TypeVar("T")
_ENDS: dict[int, dict[str, tuple[str, ...]]] = {}
_SLIPS: dict[int, dict[str, str | None]] = {}
# Letters of an end; how many misread labels are remembered before all are forgotten: forms repeat theirs.
_END, _MOST_SLIPS = 4, 50_000

# Ends of labels that only number them or say when to fill them in, and beginnings that add nothing.
_NUMBERED = re.compile(r"(?<=[a-z0-9])[\s.]+(?:#\s?)?(?:\d{1,2}|[A-L])$", re.IGNORECASE)
_LISTED = ("diagnoses.", "code", "description", "service_lines.code", "service_lines.text", "service_lines.modifiers")
_QUALIFIED = re.compile(
    r"\b(if (different|any|known|applicable|available|not the (same|above)|other than above|rented|extension)|"
    r"so far|please (print|type)|required|optional|print or type)\b.*$",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"^(expected|requested|proposed|anticipated|planned|estimated|scheduled|actual|current)\s+", re.IGNORECASE
)
_UPRIGHT = re.compile(r"\|(?=[a-z])|(?<=[a-z])\||\b1(?=d\b)")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_DATA = Path(__file__).parent.parent / "data" / "labels.yaml"

# What is asked for is nobody's, although it is no leaf.
_UNOWNED = ("ignore", "urgency_reason", "description", "code", "date")
# Role words so general that the section heading decides which provider is meant.
_GENERAL = frozenset({"provider", "physician", "doctor", "practitioner", "clinician", "company", "surgeon"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label asks for: a leaf by `path`, or an `attribute` of whoever `role` (None: the section) is.

    `general` marks roles that a section may make more exact ("Provider Name" below "Servicing provider").
    """

    path: str | None = None
    role: str | None = None
    attribute: str | None = None
    general: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question printed in full, known by the words it holds."""

    path: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything forms print, by its compact form (see `compact`).

    `kinds` are the kinds of blanks that the market fills in its own way, each with the kind to read them as.
    """

    labels: MappingProxyType[str, Meaning]
    headings: MappingProxyType[str, str]
    bare_headings: MappingProxyType[str, str]
    columns: MappingProxyType[str, tuple[str, ...]]
    column_words: tuple[tuple[str, tuple[str, ...]], ...]
    questions: tuple[Question, ...]
    kinds: Mapping[str, str] = field(default_factory=dict)

    def label(self, text: str) -> Meaning | None:
        """The meaning of a label, exact or with a slip of the reader in a longer one; None if it is none."""
        bare = _BRACKETS.sub(" ", text)
        key = _unsuffixed(compact(bare))
        counted = self.labels.get(compact(re.sub(r"#|(?<=\w )no\b\.?", " number", bare, flags=re.IGNORECASE)))
        return counted or self.labels.get(key) or self._reduced(text) or _near(key, self.labels)

    def _reduced(self, text: str) -> Meaning | None:
        """The meaning of a label that is numbered, qualified ("if known") or gives two names of one thing."""
        bare = _QUALIFIED.sub(" ", _BRACKETS.sub(" ", text)).strip(" *:#.,")
        if not bare:
            return None
        counted = self.labels.get(_unsuffixed(compact(_NUMBERED.sub("", bare))))
        if counted is not None and counted.path is not None and counted.path.startswith(_LISTED):
            return counted
        for words in (bare, _EXPECTED.sub("", bare)):
            found = self.labels.get(_unsuffixed(compact(words)))
            if found is not None:
                return found
        halves = [half for half in re.split(r"\s*/\s*|\s+(?:or|and)\s+|,\s+", bare) if half]
        meanings = {self.labels.get(_unsuffixed(compact(half))) for half in halves}
        return meanings.pop() if len(halves) > 1 and len(meanings) == 1 else None

    def caption(self, text: str) -> Meaning | None:
        """The meaning of words that stand where labels do, if need be by its single words."""
        found = self.label(text)
        if found is not None:
            return found
        wording = caption_of(text)
        if wording is None:
            return None
        if wording.asked in _UNOWNED or "." in wording.asked:
            return Meaning(path=wording.asked)
        return Meaning(role=wording.role, attribute=wording.asked, general=wording.general)

    def cell_label(self, text: str) -> Meaning | None:
        """The meaning of all that stands in a cell, if it is nothing but a label."""
        return self.label(text)

    def leading(self, text: str) -> Meaning | None:
        """The meaning of words that may be a label although a value follows them without any sign between."""
        key = compact(text)
        return self.labels.get(key) or self.labels.get(_unsuffixed(key))

    def heading(self, text: str, *, bare: bool, plain: bool = False) -> str | None:
        """The role of a section heading.

        `bare` admits role words without "information", `plain` headings that no list has, by their single words.
        """
        key = compact(re.split(r"\s[-–—]\s", _BRACKETS.sub(" ", _unnumbered(text)))[0])
        found = self.headings.get(key) or (self.bare_headings.get(key) if bare else None)
        return (
            found
            or (self._joint(text) if bare else None)
            or _near(key, self.headings)
            or (heading_of(_unnumbered(text)) if bare and plain else None)
        )

    def heading_by_words(self, text: str) -> str | None:
        """The role of a heading that is known to be one, by whatever word in it tells."""
        return heading_by_words(_unnumbered(text))

    def _joint(self, text: str) -> str | None:
        """The role of a heading that names several: the first that says more than "provider"."""
        bare = _QUALIFIED.sub(" ", _BRACKETS.sub(" ", _unnumbered(text)))
        halves = [
            compact(half) for half in re.split(r"\s*[/&,]\s*|\s+(?:or|and)\s+", bare, flags=re.IGNORECASE) if half
        ]
        roles = [self.bare_headings.get(half) or self.headings.get(half) for half in halves]
        if len(halves) < 2 or None in roles:
            return None
        return next((role for role in roles if role == "requesting_provider"), roles[0])

    def column(self, text: str) -> tuple[str, ...]:
        """The paths a table header may stand for; () if it is none."""
        key = compact(re.sub(r"\(.*?\)", " ", text))
        return self.columns.get(key) or _near(key, self.columns) or ()

    def column_by_words(self, text: str) -> tuple[str, ...]:
        """The paths a longer table header may stand for, by single words in it."""
        plain = " ".join(re.findall(r"[a-z0-9]+", _folded(text)))
        return tuple(path for path, words in self.column_words if any(re.search(rf"\b{word}", plain) for word in words))

    def question(self, text: str) -> Question | None:
        """The question that a printed sentence asks, by the words it holds in order."""
        plain = " ".join(re.findall(r"[a-z0-9]+", _folded(text).replace("'s", "s")))
        return next((q for q in self.questions if _holds(plain, q.words)), None)


def compact(text: str) -> str:
    """Letters and digits only, lower case, possessive endings dropped: the form in which labels are compared.

    An upright stroke within a word, and a one in "1D", is how small print of an I is read.
    """
    folded = _UPRIGHT.sub("i", _folded(text).replace("'s", "").replace("(s)", ""))
    return "".join(re.findall(r"[a-z0-9一-鿿]+", folded))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary of data/labels.yaml, read once."""
    data: dict[str, Any] = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    labels = _labels(data)
    tails = ["", *data["heading_tails"]]
    named = [
        (role, word) for table in (data["roles"], data["headings"]) for role, words in table.items() for word in words
    ]
    headings = {compact(word + tail): role for role, word in named for tail in tails if tail}
    bare = {compact(word): role for role, word in named}
    columns: dict[str, tuple[str, ...]] = {}
    for path, words in data["columns"].items():
        for word in words:
            columns[compact(word)] = (*columns.get(compact(word), ()), path)
    questions = tuple(Question(path=q["path"], words=tuple(q["words"])) for q in data["questions"])
    return Vocabulary(
        MappingProxyType({**{_unsuffixed(key): meaning for key, meaning in labels.items()}, **labels}),
        MappingProxyType(headings),
        MappingProxyType(bare),
        MappingProxyType(columns),
        tuple((path, tuple(words)) for path, words in data["column_words"].items()),
        questions,
    )


def _labels(data: dict[str, Any]) -> dict[str, Meaning]:
    labels: dict[str, Meaning] = {}
    for attribute, words in data["attributes"].items():
        for role, role_words in data["roles"].items():
            for who in role_words:
                meaning = Meaning(role=role, attribute=attribute, general=who in _GENERAL)
                for word in words:
                    labels[compact(who + word)] = meaning
                    labels[compact(who + "s" + word)] = meaning
                    labels[compact(word + "of" + who)] = meaning
        for word in words:
            labels[compact(word)] = Meaning(attribute=attribute)
    for role, role_words in data["roles"].items():
        for who in role_words:
            labels[compact(who)] = Meaning(role=role, attribute="name", general=who in _GENERAL)
    for path, words in data["fields"].items():
        for word in words:
            labels[compact(word)] = Meaning(path=path)
    return labels


def _near(key: str, table: MappingProxyType[str, T]) -> T | None:
    """The entry one or two slips away; whatever differs in a digit is another label. A slip spares one of the ends."""
    if len(key) < FUZZY_LENGTH or len(key) > 60:
        return None
    known = _SLIPS.setdefault(id(table), {})
    if len(known) > _MOST_SLIPS:
        known.clear()
    if key not in known:
        ends = _by_ends(table)
        rivals = {rival for end in _ends(key) for rival in ends.get(end, ()) if abs(len(rival) - len(key)) <= 2}
        found = process.extractOne(key, sorted(rivals), scorer=fuzz.ratio, score_cutoff=FUZZY_SCORE)
        known[key] = found[0] if found is not None and _digits(found[0]) == _digits(key) else None
    near = known[key]
    return None if near is None else table[near]


def _by_ends(table: MappingProxyType[str, T]) -> dict[str, tuple[str, ...]]:
    """The keys of a table by their first and their last letters; made once a table."""
    known = _ENDS.get(id(table))
    if known is None:
        grouped: dict[str, list[str]] = {}
        for key in table:
            for end in _ends(key):
                grouped.setdefault(end, []).append(key)
        known = _ENDS[id(table)] = {end: tuple(keys) for end, keys in grouped.items()}
    return known


def _ends(key: str) -> tuple[str, str]:
    return f"{key[:_END]}-", f"-{key[-_END:]}"


def _unsuffixed(key: str) -> str:
    """A label without "number" or "no" at its end: forms print "Member ID", "Member ID No." and "Member ID Number"."""
    return re.sub(r"(?<=..)(numbers?|nos?|num)$", "", key) or key


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _holds(plain: str, words: tuple[str, ...]) -> bool:
    at = 0
    for word in words:
        at = plain.find(word, at)
        if at < 0:
            return False
        at += len(word)
    return True


def _unnumbered(text: str) -> str:
    """A heading without "Section III -", "A.", "B" or "2)" before it."""
    text = re.sub(r"^\s*[A-Z]\s+(?=[A-Z]{3})", "", text)
    return re.sub(
        r"^\s*((section|part|step)\s+)?(([ivx]{1,4}|[a-z]|\d{1,2})?\s*[.,:)\-–—]+\s*|\d{1,2}\s+)",
        "",
        text,
        flags=re.IGNORECASE,
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").lower()
