"""Codes that a faxed code may have been: valid ones that differ by characters which look alike in small type."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping

from models.code_table import CodeTable

# Letters and figures that OCR takes for one another; nobody writes a letter where a figure must stand, so a slip of the
# pen is unlikely. Found by `benchmarks/codes.py --misread` on coarse faxes.
_SLIPS = (
    "0O",
    "0D",
    "0Q",
    "0U",
    "1I",
    "1L",
    "1J",
    "1T",
    "7J",
    "5S",
    "8B",
    "2Z",
    "7Z",
    "6G",
    "4A",
    "9G",
    "3B",
    "3J",
    "8S",
)
# Figures and letters that are taken for others of their kind, on faxes as by offices.
_KIN = ("17", "38", "56", "68", "08", "06", "35", "09", "89", "39", "IL", "IJ", "OD", "OQ", "CG", "EF", "MN", "HN",
        "HM", "KX", "KR", "VY", "PF", "BR", "LE", "TF")  # fmt: skip
# What a reader puts for a stroke, and small letters that are no letters of a code.
_SIGNS = str.maketrans({"$": "S", "|": "1", "!": "1", "l": "1", "i": "1", "é": "6", "§": "S", "€": "E", "£": "E"})
_SHAPE = re.compile(r"[A-Z][0-9][0-9AB](?:[0-9A-Z]{1,4})?")
# A letter that readers put before the figure it looks like: "MS5" for "M5".
_DOUBLED = re.compile(r"S(?=5)|O(?=0)|I(?=1)|L(?=1)|Z(?=2)|B(?=8)|G(?=6)|(?<=5)S|(?<=0)O|(?<=1)I")
_CODE = re.compile(
    r"(?<![\w.,$])([A-Za-z0-9$§€£|!][A-Za-z0-9$|!]{1,3})"
    r"(?:(?:\s?[.,;:·-]\s?|\s)?(?![A-Za-z]\d[\dA-Za-z](?!\w))([A-Za-z0-9|!]{1,4}))?(?![\w$]|\.\w)"
)
# A fax seldom spoils more than two characters of a code and leaves the rest readable.
_MOST = 2


def dotted(bare: str) -> str:
    """A code without its dot as the contract writes it."""
    return f"{bare[:3]}.{bare[3:]}" if len(bare) > 3 else bare


def bare_code(written: str) -> str:
    """The letters and figures of a code as written, in capitals; strokes and signs as the characters they look like."""
    signs = written.translate(_SIGNS).upper()
    return "".join(character for character in signs if character.isascii() and character.isalnum())


def look_alikes(table: CodeTable, written: str, *, kin: bool = False) -> tuple[str, ...]:
    """Billable codes that the characters may stand for, other than as they are: those nearest, by fewest characters.

    Dots, commas and blanks do not count. Letters may stand for figures and figures for letters, with `kin` also figures
    for figures and letters for letters. () if even two changed characters make no code of the table.
    """
    bare = bare_code(written)
    spellings = {bare, *(bare[: found.start()] + bare[found.end() :] for found in _DOUBLED.finditer(bare))}
    for changes in range(_MOST + 1):
        codes = {code for one in spellings for code in _changed(one, changes, kin)}
        found = {code for code in codes - {dotted(bare)} if (entry := table.find(code)) and entry.billable}
        if found:
            return tuple(sorted(found))
    return ()


def code_words(written: str) -> tuple[str, ...]:
    """What of a blank's text may be diagnosis codes, however badly read, as single words."""
    found = ((match[1] + (match[2] or "")) for match in _CODE.finditer(" ".join(written.split())))
    return tuple(word for word in found if 3 <= len(word) <= 8 and re.search(r"[\d|!]", word))


def changes(written: str, code: str) -> int:
    """How many characters of a look-alike differ from what was written; one that was doubled counts once."""
    one, other = bare_code(written), bare_code(code)
    spare = abs(len(one) - len(other))
    return spare or sum(a != b for a, b in zip(one, other, strict=True))


def _changed(bare: str, changes: int, kin: bool) -> Iterator[str]:
    if not 3 <= len(bare) <= 7:
        return
    alike = _alike(kin)
    for places in itertools.combinations(range(len(bare)), changes):
        for chosen in itertools.product(*(alike.get(bare[place], "") for place in places)):
            characters = list(bare)
            for place, character in zip(places, chosen, strict=True):
                characters[place] = character
            changed = "".join(characters)
            if _SHAPE.fullmatch(changed):
                yield dotted(changed)


@functools.cache
def _alike(kin: bool) -> Mapping[str, str]:
    alike: dict[str, str] = {}
    for pair in (*_SLIPS, *(_KIN if kin else ())):
        one, other = pair[0], pair[1]
        alike[one] = alike.get(one, "") + other
        alike[other] = alike.get(other, "") + one
    return alike
