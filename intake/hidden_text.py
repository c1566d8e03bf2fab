"""Which of a page's hidden words are worth telling: those that say something the page does not show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from intake.likeness import agrees, folded, has_figures
from models.document import HiddenWord, Word
from models.geometry import Box

# The share of a hidden word's box that a visible one must have to stand in its place.
_IN_PLACE = 0.3
# Letters or figures that make a word one that can matter, and hidden words without figures that make a statement.
_LENGTH, _STATEMENT = 3, 3
# The share of words that must look like words of a language; others are a faulty encoding, which tells nothing.
_LANGUAGE = 0.5
_WORD = re.compile(r"(?:[A-Z]?[a-z'’-]+)+|[A-Z'’-]+")
_VALUE = re.compile(r"[A-Za-z#$]{0,4}\d[\d./:,()%-]*[A-Za-z]{0,3}")
_AROUND = ".,;:()[]\"'*?!"
_VOWEL = re.compile(r"[aeiouyAEIOUY]")


def worth_telling(hidden: Sequence[HiddenWord], seen: Sequence[Word]) -> tuple[HiddenWord, ...]:
    """The hidden words that differ from what is seen in their place, or stand in lines that hold what is seen nowhere.

    None where they hold no figures and are fewer than a statement, and none where they are no words of a language.
    """
    visible = {folded(word.text) for word in seen}
    lettered = [word for word in hidden if word.reason != "garbled" and any(c.isalnum() for c in word.text)]
    lettered = [word for word in lettered if not _is_shown(word, seen)]
    news = [word for word in lettered if folded(word.text) not in visible or in_place(word.box, seen)]
    if not _is_language([word.text for word in news]):
        return ()
    telling = [word for word in news if sum(c.isalnum() for c in word.text) >= _LENGTH]
    figures = any(has_figures(word.text) for word in telling)
    replaced = any(in_place(word.box, seen) for word in telling)
    letters = {folded(word.text) for word in telling}
    if not (figures or replaced or len(letters) >= _STATEMENT):
        return ()
    # The other words of their lines belong to what is said, be they seen elsewhere or not.
    return tuple(word for word in lettered if any(word.box.rows_shared(other.box) > 0.5 for other in news))


def in_place(box: Box, seen: Iterable[Word]) -> list[Word]:
    """The visible words in a hidden word's place, from left to right."""
    there = [
        word
        for word in seen
        if word.box is not None and box.common(word.box) > _IN_PLACE * min(box.area, word.box.area) > 0
    ]
    return sorted(there, key=lambda word: word.box.x0 if word.box else 0.0)


def _is_shown(word: HiddenWord, seen: Sequence[Word]) -> bool:
    """Whether what is seen in a word's place is that word."""
    there = in_place(word.box, seen)
    together = "".join(other.text for other in there)
    return any(agrees(word.text, text) for text in (together, *(other.text for other in there)))


def _is_language(texts: Sequence[str]) -> bool:
    words = [text.strip(_AROUND) for text in texts if len(text) >= _LENGTH]
    likely = sum(bool((_WORD.fullmatch(text) and _VOWEL.search(text)) or _VALUE.fullmatch(text)) for text in words)
    return likely >= _LANGUAGE * len(words)
