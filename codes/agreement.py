"""Whether the words beside a diagnosis code mean what the code means."""

from __future__ import annotations

import functools
from typing import Literal

from codes.icd10cm import Icd10Cm, Node
from codes.linking import Index, icd_index, suggest
from codes.words import levelled, stems

Agreement = Literal["same", "agrees", "unknown", "disagrees"]

# Among so many suggestions for the text the code itself must be, to be what the text says.
_SAME = 3
# Shares of the text's words (by rarity) and likenesses from which on both speak of one thing, and up to which they
# certainly do not; and how well the text must be understood to say so, better within one chapter (benchmarks/codes.py).
_SHARED = 0.3
_ALIKE = 0.35
_UNLIKE = 0.2
_UNDERSTOOD, _SAME_CHAPTER = 0.6, 0.8
_SIDES = frozenset({"right", "left", "bilateral"})


@functools.lru_cache(maxsize=4096)
def agreement(code: str, text: str) -> Agreement:
    """Compare a code of the release that comes with Dossier with the words beside it.

    "same": the code is one of the first three that the words lead to. "agrees": they share telling words with it, its
    heading or its inclusion terms. "disagrees": they share none, are nothing like it, and clearly mean something of
    another category. "unknown": none of these, or the code is in no list.
    """
    index = icd_index()
    family = _family(index.table, code)
    asked = stems(levelled(text)) - _SIDES
    if not family or not asked:
        return "unknown"
    found = suggest(text, limit=10)
    if code in {one.code for one in found[:_SAME]}:
        return "same"
    share = _share(index, asked, family)
    likeness = index.best_likeness(levelled(text), frozenset(node.code for node in family))
    if share >= _SHARED or likeness >= _ALIKE or any(one.code[:3] == code[:3] for one in found):
        return "agrees"
    if not found or share > 0 or likeness > _UNLIKE:
        return "unknown"
    understood = _SAME_CHAPTER if found[0].code[0] == code[0] else _UNDERSTOOD
    return "disagrees" if found[0].score >= understood else "unknown"


def _family(table: Icd10Cm, code: str) -> tuple[Node, ...]:
    """The line of a code and the headings above it."""
    base = table.base(code)
    if base is None:
        return ()
    above = (base.code[:length] for length in range(3, len(base.code)))
    return (base, *(table.nodes[heading] for heading in above if heading in table.nodes))


def _share(index: Index, asked: frozenset[str], family: tuple[Node, ...]) -> float:
    """Which part of the text's words the family's titles and terms hold, rare words counting more."""
    names = [name for node in family for name in (node.title, *node.terms)]
    words = frozenset().union(*(stems(name) | stems(levelled(name)) for name in names))
    weight = {word: index.rarity.get(word, 0.0) for word in asked}
    return sum(weight[word] for word in asked & words) / (sum(weight.values()) or 1.0)
