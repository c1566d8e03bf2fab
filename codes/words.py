"""The words of a diagnosis, brought to those of the tabular list: abbreviations, everyday and British words, stems."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import yaml

_DATA = Path(__file__).parent / "data"
_WORD = re.compile(r"[a-z0-9]+(?:'s)?")
# What people write around a diagnosis; it says nothing of which.
_AROUND = re.compile(
    r"\b(?:dx|diagnos[ei]s|icd[- ]?10(?:[- ]?cm)?|primary dx|patient (?:with|has)|c/o|complains? of|s/p|status post|w/|"
    r"confirmed|known|documented|presenting with|longstanding|long-standing|symptomatic)(?!\w)\s*[:#]?"
)
_WITHOUT = re.compile(r"\bw/o\b|\bw/out\b")
# Words that stand in titles of every kind.
EMPTY = frozenset(
    {
        "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "is", "it", "its", "nos", "not", "elsewhere",
        "classified", "no", "of", "on", "or", "other", "others", "specified", "the", "to", "unspecified", "unsp",
        "with", "without", "due", "which", "that", "this", "than", "be", "nec", "region", "site", "part", "initial",
        "encounter",
    }
)  # fmt: skip


def plain(text: str) -> str:
    """Lower case, without accents, marks and brackets but for hyphens and apostrophes between letters."""
    flat = text.lower()
    if not flat.isascii():
        flat = unicodedata.normalize("NFKD", flat.replace("’", "'"))
        flat = "".join(character for character in flat if not unicodedata.combining(character))
    return " ".join(re.sub(r"[^a-z0-9'/-]+|(?<!\w)[-'/]|[-'/](?!\w)", " ", flat).split())


def levelled(text: str) -> str:
    """A diagnosis as an office writes it, in the words of the tabular list as far as the lists in data/ know them."""
    bare = plain(_AROUND.sub(" ", _WITHOUT.sub("without", text.lower())))
    for name in ("abbreviations", "synonyms"):
        pattern, phrases = _phrases(name)
        bare = pattern.sub(lambda match, known=phrases: known[match[0]], bare)  # type: ignore[misc]
    return plain(bare)


def is_alias(text: str) -> bool:
    """Whether the lists in data/ hold this diagnosis as a whole."""
    return any(plain(text) in _phrases(name)[1] for name in ("abbreviations", "synonyms"))


def stems(text: str) -> frozenset[str]:
    """The words that tell diagnoses apart, cut to what their forms share ("fractures" and "fractured" to "fractur")."""
    return stems_of_plain(plain(text))


def stems_of_plain(text: str) -> frozenset[str]:
    """The same of text that is plain already."""
    return frozenset().union(*map(_stems_of, text.split()))


@functools.lru_cache(maxsize=65536)
def _stems_of(word: str) -> frozenset[str]:
    """The stems of a word of plain text; one with hyphens may have several."""
    words = (one.removesuffix("'s") for one in _WORD.findall(word))
    return frozenset(_stem(one) for one in words if one not in EMPTY)


def _stem(word: str) -> str:
    """A word without the endings of number, deed and quality; short words stay whole."""
    for ending, least in (("ies", 4), ("ically", 5), ("osis", 9), ("otic", 9), ("itis", 9), ("itic", 9), ("ated", 6),
                          ("ation", 6), ("ing", 6), ("ical", 6), ("ic", 5), ("ed", 5), ("es", 5), ("s", 4),
                          ("al", 6), ("e", 5), ("y", 5)):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= least - 1 and not word.endswith("ss"):
            return word.removesuffix(ending)
    return word


@functools.cache
def _phrases(name: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """One pattern for all that a list of data/ writes otherwise, the longest first, and what each stands for."""
    read = yaml.safe_load((_DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    known = {plain(str(phrase)): str(meaning) for phrase, meaning in read.items()}
    longest = sorted(known, key=len, reverse=True)
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(map(re.escape, longest))})(?![\w'-])"), known
