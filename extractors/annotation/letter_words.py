"""The words that letters open, close and label with (data/letters.yaml)."""

from __future__ import annotations

import re
from functools import cache

from extractors.annotation.lines import Line, plain_text
from extractors.data_files import load_data
from models.value import Value

# Words. A greeting names its addressee in few; a sentence that opens with "dear" goes on.
_LONGEST_GREETING = 9
# What stands below the headings of what is asked for.
ASKED = "service_lines.code"
_TO_SOMEONE = re.compile(r"to (?:the |our |my |whoever )?(?:\w+ ){0,4}\w+")


# The words of which closes are made, and those of which a close has one.
_CLOSER = re.compile(
    r"\b(?:regards|wishes|sincerely|respectfully|truly|cordially|faithfully|gratefully|thank|thanks|appreciation)\b"
)
_CLOSING = re.compile(
    r"(?:with|very|yours|most|my|our|kind(?:est)?|warm(?:est)?|best|many|sincere(?:ly)?|great|deep(?:est)?|personal|much|and"
    r"|professional|in|advance|you|for|your|the|time|prompt|attention|consideration|help|assistance|review|to|this|of|we"
    r"|matter|patient|cooperation|support|response|continued|care|submitted|i|remain|regards|wishes|respectfully|truly"
    r"|cordially|faithfully|gratefully|thanks?|appreciation|\s)+"
)


class LabelWords(Value):
    """The labels of one leaf; `numbered` ones may go on with "number", "no." or "#"."""

    path: str
    names: tuple[str, ...]
    numbered: bool = False


class SectionWords(Value):
    """The headings of an order or referral below which one thing is told."""

    path: str
    names: tuple[str, ...]


class LetterWords(Value):
    """data/letters.yaml."""

    greetings: tuple[str, ...]
    closes: tuple[str, ...]
    headings: tuple[str, ...]
    labels: tuple[LabelWords, ...]
    sections: tuple[SectionWords, ...]

    def section(self, plain: str) -> str | None:
        """What stands below a heading, in plain letters; None for words that head nothing we know."""
        return _sections().get(plain)


@cache
def letter_words() -> LetterWords:
    """The list, read once."""
    return load_data("letters", LetterWords)


@cache
def _sections() -> dict[str, str]:
    words = letter_words()
    asked = {plain_text(name): ASKED for name in words.headings}
    return asked | {plain_text(name): one.path for one in words.sections for name in one.names}


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
    words = line.plain.split()
    if not 0 < len(words) <= _LONGEST_GREETING or line.text.rstrip().endswith((":", ";", "?")):
        return False
    return line.plain in letter_words().closes or (
        line.text.rstrip().endswith(",") and bool(_CLOSER.search(line.plain)) and bool(_CLOSING.fullmatch(line.plain))
    )
