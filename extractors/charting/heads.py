"""Labels on a page with the words that stand beside or below them, as heads of chart papers have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.annotation.lines import plain_text
from extractors.layout.runs import Run, run_of, runs
from models.document import Page, Word

# Points. A value beside its label is no further off than this, one below it not lower: a tab stop, a line and a half.
_BESIDE, _BELOW, _LEFT, _RIGHT = 190.0, 19.0, 5.0, 14.0
_LONGEST = 5
# Labels that name something without a sign behind them, too ("DOB 3/2/1970"), because nothing else is called so.
_PLAIN = frozenset({
    "dob", "d o b", "date of birth", "mrn", "npi", "member id", "medical record number", "tel", "birth date",
    "subscriber id", "phone", "chart no", "med rec no",
})  # fmt: skip

# Words before a label that make another one of it: "Next visit date", "Emergency contact phone".
_OTHERS = frozenset({
    "next", "start", "end", "due", "last", "prior", "previous", "follow", "followup", "expiration", "exp",
    "effective", "other", "emergency", "alternate", "issue", "onset", "injury", "first", "mailing", "pharmacy",
    "supplier", "servicing", "facility", "billing", "mothers", "fathers", "spouse", "guarantor", "employer",
    "signature", "expires", "stop", "renewal", "from", "to",
})  # fmt: skip

Vocabulary = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label of the vocabulary: its leaf, its words, and those of its value, () where nothing stands there."""

    path: str
    label: Run
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A label, or words between labels, in a run. `sure`: a sign behind it says that it is a label."""

    run: Run
    path: str | None
    sure: bool = False
    alone: bool = False


def read_heads(page: Page, vocabulary: Vocabulary) -> tuple[Labelled, ...]:
    """The labels of a page in reading order with their values; `vocabulary` gives the leaf of each plain label.

    A value stands behind its label, to the right of it, or in the line below where the label has a line for itself.
    """
    pieces = [piece for run in runs(page) for piece in _pieces(run, vocabulary)]
    found: list[Labelled] = []
    taken: set[int] = set()
    for number, piece in enumerate(pieces):
        if piece.path is None:
            continue
        value = _beside(number, pieces) or (_below(piece, pieces) if piece.alone else None)
        if value is not None and id(value) not in taken:
            taken.add(id(value))
            found.append(Labelled(piece.path, piece.run, value.run.words))
        elif piece.sure or value is not None:
            found.append(Labelled(piece.path, piece.run, ()))
    return tuple(found)


def _pieces(run: Run, vocabulary: Vocabulary) -> Iterator[_Piece]:
    """A run taken apart at its labels."""
    words, at, start = run.words, 0, 0
    while at < len(words):
        size, path, sure = _label_at(words, at, vocabulary)
        if not size:
            at += 1
            continue
        if at > start:
            yield _Piece(run_of(words[start:at]), None)
        yield _Piece(run_of(words[at : at + size]), path, sure, alone=size == len(words))
        at = start = at + size
    if start < len(words):
        yield _Piece(run_of(words[start:]), None)


def _label_at(words: Sequence[Word], at: int, vocabulary: Vocabulary) -> tuple[int, str | None, bool]:
    """The longest label that begins at a word: how many words it has, its leaf, and whether a sign closes it."""
    if _another(words, at):
        return 0, None, False
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        text = " ".join(word.text for word in words[at : at + size])
        plain = plain_text(text)
        path = vocabulary.get(plain)
        if path is None or not text[:1].isalpha():
            continue
        sure = text.endswith((":", "#", "：")) or (text.endswith(".") and size < len(words) - at and len(plain) > 5)
        if sure or (at == 0 and size == len(words)) or (plain in _PLAIN and _figure_follows(words, at + size)):
            return size, path, sure
    return 0, None, False


def _another(words: Sequence[Word], at: int) -> bool:
    """Whether one of the two words before makes another label of it."""
    for word in reversed(words[max(0, at - 2) : at]):
        if word.text.endswith(":"):
            return False
        if plain_text(word.text) in _OTHERS:
            return True
    return False


def _figure_follows(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and any(character.isdigit() for character in words[at].text)


def _beside(number: int, pieces: Sequence[_Piece]) -> _Piece | None:
    """The words to the right of a label on its line, unless another label comes first."""
    label = pieces[number]
    if not label.sure and label.alone:
        return None
    level = [
        other
        for other in pieces[max(0, number - 30) : number + 30]
        if other is not label
        and other.run.box.x0 >= label.run.box.x1 - 1
        and label.run.box.rows_shared(other.run.box) > 0.5
    ]
    nearest = min(level, key=lambda other: other.run.box.x0, default=None)
    if nearest is None or nearest.path is not None or nearest.run.box.x0 - label.run.box.x1 > _BESIDE:
        return None
    return nearest


def _below(label: _Piece, pieces: Sequence[_Piece]) -> _Piece | None:
    """The words just below a label that stands alone in its cell."""
    box = label.run.box
    under = [
        other
        for other in pieces
        if -1 <= other.run.box.top - box.bottom < _BELOW and -_LEFT <= other.run.box.x0 - box.x0 <= _RIGHT
    ]
    nearest = min(under, key=lambda other: other.run.box.top, default=None)
    return nearest if nearest is not None and nearest.path is None else None
