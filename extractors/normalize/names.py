"""Names of people."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.data_files import load_data

CREDENTIALS = frozenset(
    [
        "md",
        "do",
        "np",
        "pa",
        "rn",
        "dpm",
        "dds",
        "dmd",
        "od",
        "phd",
        "pharmd",
        "aprn",
        "fnp",
        "cnp",
        "crnp",
        "arnp",
        "msn",
        "dnp",
        "pac",
        "facp",
        "faap",
        "mbbs",
        "frcs",
        "dc",
        "psyd",
        "lcsw",
        "pt",
        "dpt",
    ]
)
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "prof"})
_PARTICLES = frozenset(
    {"de", "da", "del", "della", "van", "von", "der", "la", "le", "di", "bin", "ibn", "al", "el", "st", "mac"}
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_FIRMS = frozenset(load_data("name_words", dict[str, tuple[str, ...]])["firm"])


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name taken apart; `family` and `given` are None where the order is not certain."""

    full: str
    family: str | None
    given: str | None


def parse_name(text: str) -> PersonName | None:
    """A person's name as written, white space collapsed; None if the text cannot be one.

    "Family, Given" and "Given [Middle] Family" are told apart by the comma; credentials and titles stay in `full` only.
    """
    full = " ".join(text.split()).strip(" ,;:|_")
    if not is_name(full):
        return None
    head, comma, tail = full.partition(",")
    if comma and not _all_credentials(tail):
        return PersonName(full, head.strip() or None, _given(tail))
    words = [word for word in (head if comma else full).split() if _key(word) not in CREDENTIALS | _TITLES]
    return PersonName(full, *_parts(words))


def is_name(text: str) -> bool:
    """Whether a text looks like a person's name: 1 to 7 words of letters, no digits, not a sentence."""
    words = text.replace(",", " ").split()
    if not 1 <= len(words) <= 7 or re.search(r"\d|[:;?!@#/\\_=<>]", text):
        return False
    letters = sum(c.isalpha() for c in text)
    upper = sum(1 for word in words if word[:1].isupper() or _key(word) in _PARTICLES or not word[:1].isascii())
    return letters >= 2 and letters >= 0.75 * len(text.replace(" ", "")) and upper >= len(words) - 1


def is_organization(text: str) -> bool:
    """Whether a provider's name is that of a firm, by a word that only firms have in their names."""
    head, comma, tail = text.partition(",")
    if comma and _all_credentials(tail) and not _all_credentials(head):
        return False
    words = {_key(word) for word in text.split()}
    return bool(words & _FIRMS) and not words & CREDENTIALS


def _parts(words: list[str]) -> tuple[str | None, str | None]:
    if len(words) < 2:
        return None, None
    end = len(words) - 1 if _key(words[-1]) in _SUFFIXES and len(words) > 2 else len(words)
    start = end - 1
    while start > 1 and _key(words[start - 1]) in _PARTICLES:
        start -= 1
    return " ".join(words[start:end]), words[0]


def _given(tail: str) -> str | None:
    words = [word for word in tail.replace(",", " ").split() if _key(word) not in CREDENTIALS | _SUFFIXES]
    return words[0] if words else None


def _all_credentials(text: str) -> bool:
    words = text.replace(",", " ").split()
    return bool(words) and all(_key(word) in CREDENTIALS | _SUFFIXES for word in words)


def _key(word: str) -> str:
    return re.sub(r"[^a-z]", "", word.lower())
