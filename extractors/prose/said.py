"""A value a letter states, and the letter as it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.annotation.lines import Line, part_lines
from extractors.language import level_text
from models.annotations import Annotations, Part
from models.document import Document
from models.evidence import Unclear
from models.geometry import Span
from models.mention import Scalar


@dataclass(frozen=True, slots=True)
class Said:
    """A leaf of the request (`path`, `rows` as in FieldMention) and what the letter says of it at `span`.

    `known`: the words are in a list of ours, which bears out what OCR read, however unsure it was.
    """

    path: str
    value: Scalar | None
    span: Span
    rule: str
    confidence: float
    rows: tuple[int, ...] = ()
    unclear: Unclear | None = None
    repaired: bool = False
    known: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A part of a document that is a letter: its lines, its sentences, and where its greeting and its close begin.

    `text` is the document's text with level quotes and spaces for line feeds, so that spans stay the same.
    """

    part: Part
    lines: tuple[Line, ...]
    sentences: tuple[Span, ...]
    text: str
    greeting: int | None
    close: int | None

    @staticmethod
    def of(document: Document, annotations: Annotations, part: Part) -> Letter:
        """Read a part as a letter. `greeting` and `close` are indices into `lines`, None where there is none."""
        lines = part_lines(document, part.pages)
        owned = [line.span for line in lines]
        sentences = tuple(s for s in annotations.sentences if any(o.start <= s.start < o.end for o in owned))
        greeting = next((i for i, line in enumerate(lines) if line.plain.startswith(_GREETINGS)), None)
        after = greeting or 0
        close = next((i for i in range(len(lines) - 1, after, -1) if _closes(lines[i])), None)
        return Letter(part, lines, sentences, level_text(document.text), greeting, close)

    def slice(self, span: Span) -> str:
        """The text under a span."""
        return self.text[span.start : span.end]

    def head(self) -> Iterator[Line]:
        """The lines above the greeting; without one, the first fifteen; and the labelled lines just under it."""
        end = self.greeting if self.greeting is not None else min(15, len(self.lines))
        yield from self.lines[:end]
        for line in self.lines[end : end + 8] if self.greeting is not None else ():
            if ":" in line.text[:40]:
                yield line

    def foot(self) -> tuple[Line, ...]:
        """The lines from the close on; () without one."""
        return self.lines[self.close :] if self.close is not None else ()


_GREETINGS = (
    "dear",
    "to whom it may concern",
    "to whom this may concern",
    "attention medical director",
    "hello",
    "good morning",
)
_CLOSES = (
    "sincerely", "yours sincerely", "sincerely yours", "respectfully", "respectfully yours",
    "respectfully submitted", "best regards", "kind regards", "warm regards", "with regards", "regards",
    "yours truly", "very truly yours", "cordially", "best wishes", "thank you", "best",
)  # fmt: skip


def _closes(line: Line) -> bool:
    return line.plain in _CLOSES
