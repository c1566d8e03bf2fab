"""The words that letters open, close and label with (data/letters.yaml)."""

from __future__ import annotations

import re
from functools import cache

from extractors.annotation.lines import Line
from extractors.data_files import load_data
from models.value import Value

# Words. A greeting names its addressee in few; a sentence that opens with "dear" goes on.
_LONGEST_GREETING = 9
_TO_SOMEONE = re.compile(r"to (?:the |our |my |whoever )?(?:\w+ ){0,4}\w+")


class LabelWords(Value):
    """The labels of one leaf; `numbered` ones may go on with "number", "no." or "#"."""

    path: str
    names: tuple[str, ...]
    numbered: bool = False


class LetterWords(Value):
    """data/letters.yaml."""

    greetings: tuple[str, ...]
    closes: tuple[str, ...]
    headings: tuple[str, ...]
    labels: tuple[LabelWords, ...]


@cache
def letter_words() -> LetterWords:
    """The list, read once."""
    return load_data("letters", LetterWords)


def greets(line: Line) -> bool:
    """Whether a line greets the reader of a letter: "Dear Medical Director:", "To the reviewing nurse:"."""
    plain = line.plain
    if len(plain.split()) > _LONGEST_GREETING:
        return False
    if plain.startswith(letter_words().greetings):
        return True
    return line.text.rstrip().endswith((":", ",")) and _TO_SOMEONE.fullmatch(plain) is not None and "." not in line.text


def closes(line: Line) -> bool:
    """Whether a line is the close of a letter: "Sincerely,"."""
    return line.plain in letter_words().closes
