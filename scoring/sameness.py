"""When a value that was read is the one that was stated."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from models.identifiers import mask_hkid, mask_sensitive
from scoring.found import Found
from scoring.stated import Stated

# Leaves that are numbers: 12 and 12.0 are one amount. Everywhere else a zero in front counts.
_NUMBERS = frozenset({"quantity", "visits", "days", "months", "charge", "height", "weight", "frequency", "count"})
_TRUTHS = {"yes": "true", "no": "false"}
# As a reviewer sees it: one letter in ten may differ in what is nearly right, and one in whatever is no short code.
_NEAR, _SHORT = 90.0, 5


def same(found: Found, stated: Stated) -> bool:
    """Whether the value is one of those that the pages state, white space and case folded."""
    return any(_equal(found, value) for value in (*stated.values, *stated.names))


def near(found: Found, stated: Stated) -> bool:
    """Whether a wrong value is nearly right: but for marks, credentials, or one letter in ten."""
    read = found.value or ""
    return any(
        _nearly(_bare(read), _bare(value)) or _bare(_uncredited(read)) == _bare(_uncredited(value))
        for value in (*stated.values, *stated.names)
    )


def likeness(found: Found, values: Iterable[str]) -> float:
    """How much a value is like the nearest of some, 0..1; 1 only if it is the same."""
    return max((1.0 if _equal(found, value) else 0.9 * _alike(found, value) for value in values), default=0.0)


def _nearly(read: str, true: str) -> bool:
    return fuzz.ratio(read, true) >= _NEAR or (len(true) >= _SHORT and Levenshtein.distance(read, true) <= 1)


def _alike(found: Found, value: str) -> float:
    return float(fuzz.ratio(_folded(found.value or ""), _folded(value))) / 100


def _equal(found: Found, value: str) -> bool:
    if found.value is None:
        return False
    path = found.path
    if _is_number(path):
        return _numbers_equal(found, value)
    read, wanted = _folded(found.value), _folded(value)
    if "/identifiers/" in path:
        return read in {wanted, _folded(mask_sensitive(value)), _folded(mask_hkid(value))}
    return _TRUTHS.get(read, read) == _TRUTHS.get(wanted, wanted)


def _is_number(path: str) -> bool:
    steps = path.strip("/").split("/")
    return "drug" not in steps and (steps[-1] in _NUMBERS or re.search(r"/estimates/\d+$", path) is not None)


def _numbers_equal(found: Found, value: str) -> bool:
    """The number and, where the pages state a unit, that too."""
    read = _folded(f"{found.value} {found.unit or ''}")
    number, _, unit = _folded(value).partition(" ")
    read_number, _, read_unit = read.partition(" ")
    try:
        equal = Decimal(number.replace(",", "")) == Decimal(read_number.replace(",", ""))
    except InvalidOperation:
        return read == _folded(value)
    return equal and (not unit or unit.removesuffix("s") == read_unit.removesuffix("s"))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _bare(text: str) -> str:
    return "".join(character for character in _folded(text) if character.isalnum())


def _uncredited(text: str) -> str:
    """A name without the credentials behind its comma; "Last, First" stays whole."""
    name, _, rest = text.partition(",")
    return name if " " in name.strip() and len(rest.split()) <= 2 else text
