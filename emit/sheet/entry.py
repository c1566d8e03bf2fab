"""One field as a reader sees it, and the rows and groups it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from models.evidence import Evidence, Sourced

Sureness = Literal["confirmed", "sure", "likely", "check"]

# The threshold of critical fields where the payer states none (contract, section 3): from here on a reading stands.
SURE = 0.90
# "Likely" is meant as it is said: at least three times as likely right as wrong. A definition, not a measurement.
LIKELY = 0.75

_ORDER: tuple[Sureness, ...] = ("confirmed", "sure", "likely", "check")


@dataclass(frozen=True, slots=True)
class Entry:
    """A value in words with its grounds.

    `id` is the path of the leaf with list positions ("service_lines.0.drug.name"), unique within a request. `text` is
    "" where nothing could be read; `as_written` is given only where it says something else than `text`. `reason` is a
    sentence that says why a person must look. `others` are the other readings. `language` is a BCP 47 tag, None for
    English.
    """

    id: str
    label: str
    text: str
    sureness: Sureness
    confidence: float
    as_written: str | None = None
    reason: str | None = None
    others: tuple[Entry, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    critical: bool = False
    repaired: bool = False
    source: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Entries that are read together, such as the lines of an address. Without entries: looked for and not found."""

    label: str
    entries: tuple[Entry, ...] = ()

    @property
    def sureness(self) -> Sureness:
        """That of the entry which most needs a look."""
        return max((entry.sureness for entry in self.entries), key=_ORDER.index, default="check")


@dataclass(frozen=True, slots=True)
class Block:
    """Rows about one thing: a diagnosis, a service. `notes` are plain sentences under them."""

    title: str | None
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A headed part of the request."""

    id: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, in reading order."""
        return tuple(entry for block in self.blocks for row in block.rows for entry in row.entries)


def sureness(leaf: Sourced[Any], *, critical: bool) -> Sureness:
    """Confidence in a word. Whatever is unclear is "check", and so is a critical field below its threshold."""
    if leaf.confirmed_by is not None:
        return "confirmed"
    if leaf.unclear is not None:
        return "check"
    if leaf.confidence >= SURE:
        return "sure"
    return "likely" if leaf.confidence >= LIKELY and not critical else "check"
