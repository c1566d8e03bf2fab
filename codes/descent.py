"""From a heading of ICD-10-CM to the code below it that a text means: what it says, else "unspecified"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codes.icd10cm import Icd10Cm, Node
from codes.words import stems

_LATER = {"sequela": "S", "subsequent": "D"}
_UNSPECIFIED = re.compile(r"(?<!with )unspecified", re.IGNORECASE)
_WITHOUT = re.compile(r"without|uncomplicated|not intractable", re.IGNORECASE)
# What a word that the text does not say takes from a word that it does (benchmarks/icd_linking.py, development list).
_MORE = 0.3


def billable(table: Icd10Cm, code: str, text: str) -> str | None:
    """The code at or below `code` that fits the text best and may stand on a claim; None if there is none.

    Of several children the one is taken that shares most words with the text and adds fewest; where the text does not
    choose, the one called "unspecified" or "without" something. Without word of a later encounter it is the first.
    """
    node = table.nodes.get(code)
    if node is None:
        return code if table.find(code) is not None else None
    node = _leaf(table, node, stems(text))
    if not node.sevenths:
        return node.code
    wanted = next((seventh for word, seventh in _LATER.items() if word in text), "A")
    known = {seventh for seventh, _ in node.sevenths}
    order = [wanted, "A", *sorted(known)]
    extended = (node.extended(seventh) for seventh in order if seventh in known)
    return next((one for one in extended if table.find(one) is not None), None)


def _leaf(table: Icd10Cm, node: Node, said: frozenset[str]) -> Node:
    """The last line at or below this one that fits best; titles of last lines repeat those above them."""
    if not node.children:
        return node
    inherited = stems(node.title)

    def fit(leaf: Node) -> tuple[float, int]:
        named = (stems(name) - inherited for name in (leaf.title, *leaf.terms))
        best = max(len(words & said) - _MORE * len(words - said) for words in named)
        return best, 2 * len(_WITHOUT.findall(leaf.title)) + len(_UNSPECIFIED.findall(leaf.title))

    return max(_leaves(table, node), key=fit)


def _leaves(table: Icd10Cm, node: Node) -> Iterator[Node]:
    if not node.children:
        yield node
    for child in node.children:
        yield from _leaves(table, table.nodes[child])
