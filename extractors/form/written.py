"""What stands in a blank: the words and their text, so that any stretch of the text can be traced to its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.runs import Run
from models.document import Word

# Signs that stand close behind a word, although typewriters and some text layers set them apart.
_CLOSING = ",.;:)]%"


@dataclass(frozen=True, slots=True)
class Written:
    """The words of an answer joined by single spaces, none before a comma; `starts` are their places in `text`."""

    words: tuple[Word, ...]
    text: str
    starts: tuple[int, ...]

    def slice(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that touch text[start:end]."""
        return tuple(
            word for word, at in zip(self.words, self.starts, strict=True) if at < end and at + len(word.text) > start
        )

    def part(self, start: int, end: int) -> Written:
        """The words that touch text[start:end], as an answer of their own."""
        return written_words(self.slice(start, end))


def written(runs: Sequence[Run]) -> Written:
    """The text of several runs, in their order."""
    return written_words(tuple(word for run in runs for word in run.words))


def written_words(words: tuple[Word, ...]) -> Written:
    """The text of these words."""
    text, starts = "", []
    for word in words:
        text += "" if not text or word.text[0] in _CLOSING else " "
        starts.append(len(text))
        text += word.text
    return Written(words, text, tuple(starts))
