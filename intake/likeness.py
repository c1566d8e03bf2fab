"""Whether two readings of one word say the same: what a text layer holds and what OCR sees in its place."""

from __future__ import annotations

import unicodedata

from rapidfuzz import fuzz

# Characters that OCR takes for one another on clean print. Slashes and brackets are read as ones.
_LOOKALIKE = str.maketrans(
    {**dict.fromkeys("jil|/\\!()[]{}", "1"), **dict.fromkeys("s$", "5"), **dict.fromkeys("gq", "9")}
    | {"o": "0", "z": "2", "a": "4", "b": "8"}
)
# From this similarity on (0..1) two readings of one word without figures are taken as the same word misread. Set by
# hand; benchmarks/text_layers.py prints the lies that pass and the false alarms.
_SAME_WORD = 0.55
_SAME_FIGURES = 0.7


def folded(text: str) -> str:
    """The text without case, accents and signs, characters that look alike made one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "".join(c for c in plain.lower().translate(_LOOKALIKE) if c.isalnum())


def has_figures(text: str) -> bool:
    """Whether a word holds figures: dates, identifiers, codes and amounts do."""
    return any("0" <= c <= "9" for c in text)


def agrees(told: str, seen: str) -> bool:
    """Whether what was `seen` can be what is `told`: figure by figure where there are figures."""
    one, other = folded(told), folded(seen)
    if one == other:
        return bool(one)
    if not one or not other:
        return False
    if has_figures(told):
        return _figures(told) == _figures(seen) and likeness(one, other) >= _SAME_FIGURES
    return likeness(one, other) >= _SAME_WORD


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same in the same order, 0..1."""
    return fuzz.ratio(one, other) / 100


def is_legible(text: str) -> bool:
    """Whether OCR of Latin print can tell about a word: a figure or two letters, and none of another script."""
    count = 0
    for char in text:
        if char.isascii():
            count += char.isalnum()
        elif char.isalpha():
            if not unicodedata.name(char, "").startswith("LATIN"):
                return False
            count += 1
        elif unicodedata.category(char) in ("No", "Nl", "Co", "Cn"):
            return False
    return count >= 2 or has_figures(text)


def _figures(text: str) -> str:
    return "".join(c for c in text if "0" <= c <= "9")
