"""Words of a page that was made by a program: its text layer and the typed notes laid over it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from models.document import CheckBox, Word
from models.geometry import Box, Span
from models.parsed import Annotation, VectorWord

_UNPLACED = Span(0, 0)
_BOX_SYMBOLS = frozenset("☐☑☒□■▢▣❏❐❑❒◻◼⬜⬛✓✔✗✘")


def layer_words(words: Iterable[VectorWord], boxes: Sequence[CheckBox]) -> tuple[Word, ...]:
    """The text layer without the symbols that draw check boxes."""
    return tuple(kept for word in words if (kept := _unboxed(word, boxes)) is not None)


def typed_words(note: Annotation, seen: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a typed note; `seen` is what OCR read in its place, which tells where each of them stands."""
    tokens = note.text.split()
    if not tokens:
        return ()
    if not seen:
        return tuple(Word(token, note.box, _UNPLACED) for token in tokens)
    places = _letter_places(seen)
    matcher = SequenceMatcher(None, "".join(tokens), "".join(word.text for word in seen), autojunk=False)
    twin: dict[int, int] = {}
    for start, other, size in matcher.get_matching_blocks():
        twin.update({start + step: other + step for step in range(size)})
    found, position = [], 0
    for token in tokens:
        hits = [places[twin[index]] for index in range(position, position + len(token)) if index in twin]
        found.append(Word(token, Box.around(hits) if hits else note.box, _UNPLACED))
        position += len(token)
    return tuple(found)


def _unboxed(word: VectorWord, boxes: Sequence[CheckBox]) -> Word | None:
    text = word.text.lstrip("".join(_BOX_SYMBOLS))
    if text and _is_private(text[0]) and any(word.box.common(box.box) > 0.3 * box.box.area for box in boxes):
        text = text[1:]
    if text == word.text:
        return Word(text, word.box, _UNPLACED)
    if not text.strip():
        return None
    share = (len(word.text) - len(text)) / len(word.text)
    near = [box.box.x1 for box in boxes if word.box.common(box.box) > 0.3 * box.box.area]
    left = min(max([word.box.x0 + share * word.box.width, *near]), word.box.x1 - 1)
    return Word(text, Box(left, word.box.top, word.box.x1, word.box.bottom), _UNPLACED)


def _is_private(letter: str) -> bool:
    return unicodedata.category(letter) in {"Co", "Cn"}


def _letter_places(words: Sequence[Word]) -> list[Box]:
    """A box for each letter, as if all letters of a word were equally wide."""
    places = []
    for word in words:
        box = word.box or Box(0, 0, 0, 0)
        step = box.width / len(word.text)
        places += [Box(box.x0 + step * n, box.top, box.x0 + step * (n + 1), box.bottom) for n in range(len(word.text))]
    return places
