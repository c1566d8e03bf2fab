"""What an office may have meant by a code that is none: near codes, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from codes.icd10cm import Icd10Cm
from codes.look_alikes import bare_code, dotted, look_alikes
from models.code_table import CodeEntry

# More choices than this help nobody.
_MOST = 5


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A billable code near the one that was written, and in a clause why it may be meant."""

    code: str
    title: str
    reason: str


def near_misses(table: Icd10Cm, written: str) -> tuple[NearMiss, ...]:
    """At most five codes that are near to one that is no code or only a heading, likeliest first."""
    bare = bare_code(written)
    found: dict[str, NearMiss] = {}
    for code, reason in (
        *_dot(table, written, bare),
        *_placeholders(bare),
        *_sevenths(table, bare),
        *_below(table, bare),
        *_shorter(table, bare),
        *((code, "looks alike") for code in look_alikes(table, written, kin=True)),
    ):
        entry = table.find(code)
        if entry is not None and entry.billable and code != written:
            found.setdefault(code, NearMiss(code, entry.title, reason))
    return tuple(found.values())[:_MOST]


def _dot(table: Icd10Cm, written: str, bare: str) -> Iterator[tuple[str, str]]:
    if table.find(dotted(bare)) is not None and dotted(bare) != written:
        yield dotted(bare), "the dot stands after the third character"


def _placeholders(bare: str) -> Iterator[tuple[str, str]]:
    """A seventh character that was put straight after a short code."""
    if 4 <= len(bare) < 7:
        yield dotted(bare[:-1].ljust(6, "X") + bare[-1]), "placeholders X belong before the seventh character"


def _sevenths(table: Icd10Cm, bare: str) -> Iterator[tuple[str, str]]:
    """A seventh character that is missing, or that this code does not take."""
    stem = bare[:6] if len(bare) == 7 else bare
    node = table.nodes.get(dotted(stem)) or table.nodes.get(dotted(stem.rstrip("X")))
    if node is None or not node.sevenths:
        return
    reason = (
        f"{bare[-1]} is no seventh character of {node.code}" if len(bare) == 7 else "a seventh character is missing"
    )
    yield from ((node.extended(seventh), reason) for seventh, _ in node.sevenths)


def _below(table: Icd10Cm, bare: str) -> Iterator[tuple[str, str]]:
    node = table.nodes.get(dotted(bare))
    if node is not None and node.children:
        codes = table.billable_under(node.code)
        plain = [code for code in codes if "unspecified" in (table.find(code) or CodeEntry("", "")).title.lower()]
        yield from ((code, "more characters are needed") for code in (*plain[:1], *codes))


def _shorter(table: Icd10Cm, bare: str) -> Iterator[tuple[str, str]]:
    """A code with characters too many."""
    if table.find(dotted(bare)) is not None:
        return
    for length in range(len(bare) - 1, 2, -1):
        entry = table.find(dotted(bare[:length]))
        if entry is not None and entry.billable:
            yield entry.code, f"{entry.code} takes no further characters"
