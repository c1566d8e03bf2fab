"""Names, numbers, dates and addresses in one form, so that what is written alike compares alike."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# What a scan puts in the place of a letter, and of a digit.
_TO_LETTERS = str.maketrans({"0": "O", "1": "I", "5": "S", "8": "B", "6": "G", "2": "Z", "|": "I", "!": "I", "$": "S"})
_TO_DIGITS = str.maketrans(
    {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "|": "1", "!": "1", "S": "5", "$": "5", "B": "8", "Z": "2",
     "G": "6"}
)  # fmt: skip
# Letters that look alike on a fax, one for all of a kind.
_ALIKE = str.maketrans("QDCGEJLTNRVYPF", "OOOOOIIIHBUUBB")
_PAIRS = (("RN", "M"), ("RI", "N"), ("VV", "W"), ("CL", "D"), ("II", "N"))

_WORDS = re.compile(r"[^\W\d_]+")
_MARKS = re.compile(r"[\u0300-\u036f]")
_APOSTROPHES = re.compile("['’`´]")
SUFFIXES = frozenset({"JR", "SR", "II", "III", "IV"})
TITLES = frozenset({"MR", "MRS", "MS", "MISS", "DR", "PROF", "MD", "DO", "NP", "PA", "RN", "PHD", "DPT", "FNP", "DPM"})
PARTICLES = frozenset(
    {"DE", "DEL", "LA", "LAS", "LOS", "VAN", "VON", "DER", "DEN", "DA", "DI", "DOS", "EL", "AL", "ST"}
)

_STREET = {
    "STREET": "ST", "AVENUE": "AVE", "AV": "AVE", "ROAD": "RD", "DRIVE": "DR", "LANE": "LN", "COURT": "CT",
    "BOULEVARD": "BLVD", "PLACE": "PL", "CIRCLE": "CIR", "TERRACE": "TER", "HIGHWAY": "HWY", "PARKWAY": "PKWY",
    "TRAIL": "TRL", "SQUARE": "SQ", "APARTMENT": "APT", "SUITE": "STE", "NORTH": "N", "SOUTH": "S", "EAST": "E",
    "WEST": "W", "UNIT": "APT", "FLOOR": "FL", "CRESCENT": "CRES",
}  # fmt: skip
# What says nothing about which organization it is.
_FORMS = frozenset({"INC", "LLC", "LLP", "PC", "PLLC", "PA", "LTD", "CORP", "CO", "THE", "OF", "AND", "AT", "FOR"})
_DATE = re.compile(r"\s*([0-9A-Z|!]{1,5})\s*[-/.,\s]\s*([0-9A-Z|!]{1,3})\s*[-/.,\s]\s*([0-9A-Z|!]{1,5})\s*")
_CENTURY = "19"


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name in capitals without marks: its words, the same run together, and a generation ("JR") if one is told."""

    words: tuple[str, ...]
    joined: str
    suffix: str = ""


@lru_cache(maxsize=200_000)
def name_form(text: str) -> NameForm:
    """The words of a family or given name; digits are the letters they look like, titles are left out."""
    if not text:
        return _NO_NAME
    plain = text.upper()
    if not plain.isascii():
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain)).upper()
    if not plain.isalpha():
        plain = _APOSTROPHES.sub("", plain).translate(_TO_LETTERS)
    words = _WORDS.findall(plain)
    suffix = next((word for word in words if word in SUFFIXES), "")
    kept = tuple(word for word in words if word not in SUFFIXES and word not in TITLES) or tuple(words)
    return NameForm(kept, "".join(kept), suffix)


_NO_NAME = NameForm((), "")


@lru_cache(maxsize=200_000)
def skeleton(name: str) -> str:
    """A normalized name with letters that a scan confuses made one: two readings of a print are often equal in it."""
    return _paired(name).translate(_ALIKE)


def _paired(name: str) -> str:
    for pair, one in _PAIRS:
        name = name.replace(pair, one)
    return name


@lru_cache(maxsize=200_000)
def sound(name: str) -> str:
    """A short code of a normalized name's first consonants by kinds that neither ear nor scan tells apart."""
    code = "A" if name[:1] in _VOWELS else ""
    for letter in _paired(name).translate(_KINDS):
        if letter != "-" and letter != code[-1:]:
            code += letter
        if len(code) == 3:
            break
    return code


_VOWELS = frozenset("AEIOUY")
# "-" is dropped: vowels, and letters that come and go.
_KINDS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "-BCD-BC--DCDMM-BCBSD-VVS-S")


def identifier(text: str) -> str:
    """A member's number in capitals, letters and digits only."""
    plain = text.upper()
    return plain if plain.isalnum() else "".join(character for character in plain if character.isalnum())


@lru_cache(maxsize=4096)
def read_identifier(text: str) -> str:
    """A normalized identifier with characters that a scan confuses made one."""
    return text.translate(_TO_DIGITS)


def digits(text: str) -> str:
    """The digits of a number as read; letters that look like digits count as those."""
    plain = text if text.isdigit() else text.upper().translate(_TO_DIGITS)
    return plain if plain.isdigit() else "".join(character for character in plain if character.isdigit())


def telephone(text: str) -> str:
    """A telephone number's digits without the country's 1; empty if there are fewer than seven."""
    number = digits(text)
    if len(number) == 11 and number[0] == "1":
        number = number[1:]
    return number if len(number) >= 7 else ""


def birth_date(text: str) -> str:
    """A date as digits YYYYMMDD, whether the calendar has it or not; empty if it cannot be read as one.

    One digit too many or too few, as a scan may have it, is kept.

    Months come before days, as US directories and queries have them, unless the first number cannot be a month.
    """
    if len(text) == 10 and text[4] == "-" == text[7] and (plain := text[:4] + text[5:7] + text[8:]).isdigit():
        return plain
    match = _DATE.fullmatch(text.upper())
    if match is None:
        bare = digits(text)
        return bare if 7 <= len(bare) <= 9 else ""
    first, second, third = (digits(part) for part in match.groups())
    if len(first) > 2 >= len(third) or len(first) >= 4:
        year, month, day = first, second, third
    else:
        year, month, day = third, first, second
    if len(year) == 2:
        year = _CENTURY + year
    if month.isdigit() and day.isdigit() and 31 >= int(month) > 12 >= int(day):
        month, day = day, month
    made = year + month.zfill(2) + day.zfill(2)
    return made if 7 <= len(made) <= 9 else ""


def sex(text: str) -> str:
    """F or M, else empty."""
    first = text[:1].upper()
    return first if first in {"F", "M"} else {"女": "F", "男": "M"}.get(first, "")


def postal(text: str) -> str:
    """The first five digits of a postal code, or what there is of it."""
    plain = text if text.isdigit() else text.upper().translate(_TO_DIGITS)
    return plain[:5] if plain[:5].isdigit() else "".join(character for character in plain if character.isalnum())[:5]


def address_line(text: str) -> str:
    """A street address in capitals, its usual words shortened, "12 MAIN ST APT 3"."""
    words = text.upper().replace("#", " APT ").replace(".", " ").replace(",", " ").split()
    return " ".join([_STREET.get(word, word) for word in words])


def place(text: str) -> str:
    """A city's or state's name in capitals, letters only."""
    plain = text.upper()
    return plain if plain.isalpha() else "".join(character for character in plain if character.isalpha())


def chinese(text: str) -> str:
    """The Chinese characters of a name, wide forms as plain ones."""
    if not text:
        return ""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if "\u3400" <= c <= "\u9fff")


@lru_cache(maxsize=50_000)
def organization_words(text: str) -> tuple[str, ...]:
    """The words of an organization's name, capitals, without those that say nothing; once each, in order."""
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).upper()).replace("&", " AND ")
    words = re.findall(r"[^\W_]+", plain)
    kept = [word for word in words if word not in _FORMS] or words
    return tuple(dict.fromkeys(kept))
