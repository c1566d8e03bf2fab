"""A reading: a value read from a blank; and what all readers of blanks need."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from extractors.form.written import Written, written_words
from extractors.layout.runs import Run
from models.document import Word
from models.evidence import Unclear
from models.mention import Scalar

# What people write into a blank that asks for nothing.
_NOTHING = re.compile(
    r"^[\W_]*((n\s?/\s?a|not applicable)\b.*|na|none|nil|unknown|same|(pleases? )?see attached.*|-+|x)?[\W_]*$",
    re.IGNORECASE,
)
# Sentences of the form itself; nobody types them into a blank.
_PRINTED = re.compile(
    r"\b(please|must be|required|if (yes|no|applicable|other)|attach(ed)? (all|any|copies|documentation)|"
    r"check (one|all|if|here|box)|complete (this|all)|"
    r"for (plan|office) use|complete the following|enter the|list all|see instructions|specify any|"
    r"print (clearly|legibly)|circle (one|all|yes|the)|select one|fax (this|completed|the)|submit)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A value read from a blank: its leaf, the words it was read from, and why it is in doubt, if it is."""

    path: str
    value: Scalar | None
    words: tuple[Word, ...]
    unclear: Unclear | None = None
    repaired: bool = False
    row: int = 0


Write: TypeAlias = Callable[[Sequence[Run]], Written]
TextReader: TypeAlias = Callable[[str, Written], Iterator[Reading]]
RunsReader: TypeAlias = Callable[[str, Sequence[Run], Write], Iterator[Reading]]


def says_nothing(text: str) -> bool:
    """Whether a blank says "N/A" or the like, or holds only words of the form itself."""
    return bool(_NOTHING.match(text) or _PRINTED.search(text))


def read_text(path: str, text: Written) -> Iterator[Reading]:
    """The words as written, signs around them dropped."""
    words = trimmed(text.words)
    if words:
        yield Reading(path, written_words(words).text.strip(" _:;|"), words)


def trimmed(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Without words at either end that hold no letter or digit."""
    kept = list(words)
    while kept and not any(c.isalnum() for c in kept[0].text):
        kept.pop(0)
    while kept and not any(c.isalnum() for c in kept[-1].text):
        kept.pop()
    return tuple(kept)
