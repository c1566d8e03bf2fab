"""What speaks for a type of document on a page: titles, headings and phrases, weighted (data/part_types.yaml)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from pydantic import Field
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from extractors.annotation.lines import Line, plain_text
from extractors.data_files import load_data
from models.annotations import PartType
from models.value import Value

TITLE_WEIGHT = 10.0
HEAD_LINES = 14
# A title of OCR text counts as read from this similarity (0..100) on. Set by hand, not measured yet:
# benchmarks/part_types.py reads clean text only.
TITLE_SIMILARITY = 88.0

# Lines. A sender's name and address stand so far up; a title there counts by this factor.
_LETTERHEAD, _SENDER = 6, 0.3
# An American address, as it stands in a letterhead.
ADDRESS = re.compile(r"\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b")
# The number of its page, at the end of a title's line.
_NUMBERED = re.compile(r"\W*\b(?:page|pg\.?)\s*\d{1,3}(?:\s*(?:[o0][ft]|/)\s*\d{1,3})?\W*$", re.IGNORECASE)
# What follows the name of a document in its title: "Sleep Study - Diagnostic".
_DETAIL = re.compile(r"\s[-–—|]\s+(?=[A-Za-z])|\s\((?=[A-Za-z])")

# Letters. "CT" and "order" name a document only where they come first: "CT abdomen", not "Hartford, CT".
SHORT = 6

Scores = dict[PartType, float]


class TypeCues(Value):
    """The cues of one type: titles; headings and phrases with the points each is worth; headings that speak against."""

    type: PartType
    titles: tuple[str, ...] = ()
    headings: dict[str, float] = Field(default_factory=dict)
    phrases: dict[str, float] = Field(default_factory=dict)
    against: dict[str, float] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Title:
    """A line (or two) that names the document. `strength` is 0..1 by its place and its share of the line."""

    type: PartType
    text: str
    order: int
    strength: float


def find_titles(lines: Sequence[Line]) -> tuple[Title, ...]:
    """The titles on one page, the strongest first, then the topmost.

    What stands above the sender's address is the sender's name before it is a title ("Harbor Physical Therapy").
    """
    typical = sorted(line.size for line in lines)[len(lines) // 2] if lines else 0.0
    address = min((line.order for line in lines if line.order < _LETTERHEAD and ADDRESS.search(line.text)), default=0)
    named = [title for line in lines if (title := _title(line, typical))]
    found = [_sender(title) if title.order < address else title for title in named]
    found.extend(_broken_titles(sorted(lines, key=lambda line: line.order)[:HEAD_LINES]))
    return tuple(sorted(found, key=lambda title: (-title.strength, title.order)))


def body_scores(lines: Sequence[Line]) -> Scores:
    """Points for each type from the headings and phrases of some lines, each cue counted once."""
    cues = _cues()
    text = f" {' '.join(line.plain for line in lines)} "
    scores: Scores = defaultdict(float)
    for phrase, kinds in cues.phrases.items():
        if f" {phrase} " in text:
            _add(scores, kinds)
    for heading in {heading for line in lines for heading in _headings(line)}:
        _add(scores, cues.headings.get(heading, ()))
    for heading in _misread_headings(lines):
        _add(scores, cues.headings[heading])
    return scores


def _add(scores: Scores, kinds: Sequence[tuple[PartType, float]]) -> None:
    for kind, points in kinds:
        scores[kind] += points


@dataclass(frozen=True, slots=True)
class _Lookup:
    titles: dict[str, PartType]
    headings: dict[str, tuple[tuple[PartType, float], ...]]
    phrases: dict[str, tuple[tuple[PartType, float], ...]]


@cache
def _cues() -> _Lookup:
    types = load_data("part_types", tuple[TypeCues, ...])
    titles = {plain_text(title): cues.type for cues in types for title in cues.titles}
    headings, phrases = defaultdict(list), defaultdict(list)
    for cues in types:
        for text, points in cues.headings.items():
            headings[plain_text(text)].append((cues.type, points))
        for text, points in cues.against.items():
            headings[plain_text(text)].append((cues.type, -points))
        for text, points in cues.phrases.items():
            phrases[plain_text(text)].append((cues.type, points))
    return _Lookup(titles, {k: tuple(v) for k, v in headings.items()}, {k: tuple(v) for k, v in phrases.items()})


def _title(line: Line, typical: float) -> Title | None:
    words = line.plain.split()
    if not 1 <= len(words) <= 12 or line.text.rstrip().endswith((".", ",", "?")):
        return None
    text = _NUMBERED.sub("", line.text)
    name = text.split(":")[0] if re.search(r":\s*\S", text) else text
    hit = _named(plain_text(name), exact=False)
    if hit is None:
        return None
    phrase, kind = hit
    named = plain_text(_DETAIL.split(name, maxsplit=1)[0])
    filled = min(1.0, len(phrase) / max(1, len(named) if named.startswith(phrase) else len(line.plain)))
    prominent = name.isupper() or line.size > 1.15 * typical > 0 or filled > 0.8
    in_head = line.order < HEAD_LINES
    if not prominent or (not in_head and filled < 0.8):
        return None
    strength = (1.0 if in_head else 0.4) * (1.0 if filled >= 0.5 else 0.6)
    if ":" in line.text and " " not in phrase:
        strength *= 0.4  # "Imaging:" heads a section more often than a document
    return Title(kind, line.text.strip(), line.order, strength)


def _sender(title: Title) -> Title:
    """A title in the place of a sender's name: it names the document if it is a form's or holds no word more."""
    if title.type in {PartType.PRIOR_AUTHORIZATION_FORM, PartType.FAX_COVER}:
        return title
    plain = plain_text(title.text)
    hit = _named(plain, exact=False)
    whole = hit is not None and len(hit[0]) > 0.8 * len(plain)
    return title if whole else replace(title, strength=_SENDER * title.strength)


def _broken_titles(lines: Sequence[Line]) -> Iterator[Title]:
    """Titles that run over two lines ("Medication Prior / Authorization Form")."""
    for first, second in pairwise(lines):
        both = f"{first.plain} {second.plain}"
        hit = _named(both, exact=True) if len(both.split()) <= 8 else None
        if hit and hit[0] not in first.plain and hit[0] not in second.plain and len(hit[0]) >= 0.6 * len(both):
            yield Title(hit[1], f"{first.text} {second.text}".strip(), first.order, 1.0)


def _named(text: str, *, exact: bool) -> tuple[str, PartType] | None:
    """The longest title phrase that the text holds, or is but for misread letters."""
    titles = _cues().titles
    held = [
        phrase for phrase in titles if f" {phrase} " in f" {text} " and (len(phrase) > SHORT or _opens(text, phrase))
    ]
    if held:
        best = max(held, key=len)
        return best, titles[best]
    if exact or len(text) < 6:
        return None
    close = process.extractOne(text, titles.keys(), scorer=fuzz.ratio, score_cutoff=TITLE_SIMILARITY)
    return (close[0], titles[close[0]]) if close else None


def _opens(text: str, phrase: str) -> bool:
    return text == phrase or text.startswith(phrase + " ")


def _headings(line: Line) -> Iterator[str]:
    """What stands before the first colon, or the whole of a short line."""
    before, colon, _ = line.text.partition(":")
    if not colon and re.match(r"[A-Z][A-Za-z /]{0,30} - ", line.text):
        before, colon, _ = line.text.partition(" - ")
    if colon and len(before) < 50:
        yield plain_text(before)
    elif len(line.text) < 50:
        yield line.plain


def _misread_headings(lines: Sequence[Line]) -> set[str]:
    known = _cues().headings
    read = {h for line in lines for h in _headings(line)}
    doubtful = [h for h in read if h not in known and 7 <= len(h) <= 40]
    found: set[str] = set()
    for heading in doubtful:
        close = process.extractOne(heading, known.keys(), scorer=Indel.normalized_similarity, score_cutoff=0.88)
        if close and close[0] not in read and len(close[0]) >= 7:
            found.add(close[0])
    return found
