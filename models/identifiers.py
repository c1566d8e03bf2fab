"""Identifiers of people and providers: how they are written, checked, repaired, masked and explained.

Pure functions over text. A repair is a reading of the characters that were printed: it swaps only characters that a
scan confuses (O/0, I/1, S/5, ...), only where the form of the identifier leaves no other class of character, and only
where the check digit then confirms the whole.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from models.geometry import Span
from models.payment_cards import find_cards, luhn_sum
from models.social_security import labelled_ssns, written_ssns

Kind = Literal["npi", "tin", "dea", "mbi", "medi-cal-cin", "hkid", "ssn", "phone", "fax"]

# What a printed character may be taken for by a scan, by the class of character that must stand there.
_AS_DIGIT: dict[str, str] = {
    "O": "0", "o": "0", "D": "0", "Q": "0", "I": "1", "i": "1", "l": "1", "L": "1", "|": "1", "!": "1",
    "Z": "2", "z": "2", "S": "5", "s": "5", "G": "6", "b": "6", "B": "8", "g": "9", "q": "9",
}  # fmt: skip
_AS_LETTER: dict[str, str] = {"0": "ODQ", "1": "IL", "2": "Z", "5": "S", "6": "G", "8": "B", "|": "IL"}

# One wrong candidate in ten passes a single check digit by chance, so a text that is mostly not of the kind's
# characters is left alone.
_MOST_SWAPS = 3

_LABEL = re.compile(r"^\W*(?:npi|tin|ein|dea|mbi|cin|hkid|ssn)\b(?:\s*(?:no|number|id)\b)?[\s#.:]*", re.IGNORECASE)
_EXTENSION = re.compile(r"\s*(?:extension|ext|x)\.?\s*[0-9]+\s*$", re.IGNORECASE)
_MBI = re.compile(
    r"[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9][AC-HJKMNP-RT-Y]{2}[0-9]{2}"
)
_CIN = re.compile(r"9[0-9]{7}[AC-HMNT-Z]")
_BIC = re.compile(r"(9[0-9]{7}[AC-HMNT-Z])[0-9]{5}")
_HKID = re.compile(r"([A-Z]{1,2})([0-9]{6})([0-9A])")
_DEA = re.compile(r"[A-Z][A-Z9][0-9]{7}")
_SSN = re.compile(r"(?!000|666|9)[0-9]{3}(?!00)[0-9]{2}(?!0000)[0-9]{4}")

# As it stands in running text.
_WRITTEN_HKID = re.compile(
    r"(?<![0-9A-Za-z])[A-Z]{1,2}(\s?)[0-9]{6}\s?(?:\(\s?[0-9A]\s?\)|([0-9A])(?![0-9A-Za-z]))", re.IGNORECASE
)

# Classes by position: # digit, @ letter, * either (nothing is demanded there).
_SHAPES: dict[Kind, tuple[str, ...]] = {
    "npi": ("#" * 10,),
    "dea": ("@@" + "#" * 7,),
    "hkid": ("@" + "#" * 6 + "*", "@@" + "#" * 6 + "*"),
    "mbi": ("#@*#@*#@@##",),
    "medi-cal-cin": ("#" * 8 + "@",),
}
# Positions over which the check digit is computed; a swap elsewhere would be confirmed by nothing.
_CHECKED_FROM: dict[Kind, int] = {"npi": 0, "dea": 2, "hkid": 0}
_LETTERS_OF: dict[Kind, str] = {"mbi": "ACDEFGHJKMNPQRTUVWXY", "medi-cal-cin": "ACDEFGHMNTUVWXYZ"}


def npi_ok(text: str) -> bool:
    """Whether ten digits are a National Provider Identifier: first 1 or 2, last a Luhn check over 80840 + number.

    Source:
        45 CFR 162.406; CMS, "Requirements for NPI and NPI Check Digit". The prefix adds the constant 24.
    """
    return re.fullmatch(r"[12]\d{9}", text, re.ASCII) is not None and (luhn_sum(text) + 24) % 10 == 0


def mbi_ok(text: str) -> bool:
    """Whether eleven characters have the form of a Medicare Beneficiary Identifier, which has no check digit.

    Source:
        CMS, "Understanding the Medicare Beneficiary Identifier (MBI) Format": letters without S, L, O, I, B, Z.
    """
    return _MBI.fullmatch(text) is not None


def cin_ok(text: str) -> bool:
    """Whether nine characters have the form of a Medi-Cal client index number (9, seven digits, a letter).

    Source:
        Los Angeles County DMH, RMD bulletin NGA 12-041. Its card's tenth character is a check digit whose rule is not
        public, so it is not used.
    """
    return _CIN.fullmatch(text) is not None


def hkid_ok(text: str) -> bool:
    """Whether a Hong Kong identity card number, written A123456(3), has the right check digit.

    Letters count A = 10 to Z = 35, a missing second letter 36; weights 9 to 2; the check is (11 - sum mod 11) mod 11,
    with A for 10.
    """
    match = _HKID.fullmatch(_bare(text))
    if match is None:
        return False
    letters, digits, check = match.groups()
    values = [36] * (2 - len(letters)) + [ord(letter) - 55 for letter in letters] + [int(digit) for digit in digits]
    total = sum(weight * value for weight, value in zip(range(9, 1, -1), values, strict=True))
    return "0123456789A"[(11 - total % 11) % 11] == check


def dea_ok(text: str) -> bool:
    """Whether a DEA registration number (a letter, a letter or 9, seven digits) has the right check digit.

    Source:
        DEA Diversion Control Division: d7 is the last digit of (d1+d3+d5) + 2 (d2+d4+d6).
    """
    if _DEA.fullmatch(text) is None:
        return False
    digits = [int(character) for character in text[2:]]
    return (sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])) % 10 == digits[6]


def tin_ok(text: str) -> bool:
    """Whether a taxpayer number has its form: nine digits, not all the same. There is no check digit."""
    return re.fullmatch(r"\d{9}", text, re.ASCII) is not None and len(set(text)) > 1


def ssn_ok(text: str) -> bool:
    """Whether nine digits can be a social security number.

    Source:
        Social Security Administration, "SSN Randomization": no area 000, 666 or 900 to 999, no group 00, no serial
        0000.
    """
    return _SSN.fullmatch(text) is not None


def phone_ok(text: str) -> bool:
    """Whether digits have the length of a telephone number: ten (North America) or eight (Hong Kong)."""
    return re.fullmatch(r"\d{10}|[2-9]\d{7}", text, re.ASCII) is not None


CHECKS: dict[Kind, Callable[[str], bool]] = {
    "npi": npi_ok, "tin": tin_ok, "dea": dea_ok, "mbi": mbi_ok, "medi-cal-cin": cin_ok, "hkid": hkid_ok,
    "ssn": ssn_ok, "phone": phone_ok, "fax": phone_ok,
}  # fmt: skip


def fits(kind: Kind, text: str) -> bool:
    """Whether a text as written, once normalized, is a well-formed identifier of this kind."""
    return CHECKS[kind](normalize(kind, text))


def normalize(kind: Kind, text: str) -> str:
    """Write an identifier as the contract does; idempotent, and no character is guessed.

    Digits only for NPI, TIN, SSN, phone and fax (a country code +1 and an extension are dropped); MBI, CIN and DEA in
    capitals without separators (of a 14-character card number its CIN); HKID as A123456(3). Letters that do not belong
    are kept, so that the check refuses them.
    """
    if kind in {"phone", "fax"}:
        digits = re.sub(r"\W|_", "", _EXTENSION.sub("", text))
        return digits[1:] if re.fullmatch(r"1\d{10}", digits) else digits
    bare = _bare(text)
    if kind == "hkid" and (match := _HKID.fullmatch(bare)):
        return f"{match[1]}{match[2]}({match[3]})"
    if kind == "medi-cal-cin" and (match := _BIC.fullmatch(bare)):
        return match[1]
    return bare


def repair(kind: Kind, text: str) -> str | None:
    """The one identifier a misread text must have been, or None.

    Only for kinds with a check digit (NPI, DEA, HKID), only if the check digit covers and confirms every swap, and
    only if exactly one reading passes. None, too, for a text that needs no repair or is too far from the kind.
    """
    if kind not in _CHECKED_FROM or fits(kind, text):
        return None
    readings = {
        reading
        for reading, swapped in _readings(kind, text)
        if min(swapped) >= _CHECKED_FROM[kind] and CHECKS[kind](reading)
    }
    return normalize(kind, readings.pop()) if len(readings) == 1 else None


def propose(kind: Kind, text: str) -> str | None:
    """The one reading the form alone allows, for MBI and CIN, which have no check digit; else None.

    Nothing confirms it: offer it as an alternative to a person or to the member directory, never as the value.
    """
    if kind not in _LETTERS_OF or fits(kind, text):
        return None
    readings = {reading for reading, _ in _readings(kind, text) if CHECKS[kind](reading)}
    return readings.pop() if len(readings) == 1 else None


def explain(kind: Kind, text: str) -> str:
    """Why a text is not an identifier of this kind, as the end of a sentence: "has 7 digits; an NPI has 10 digits".

    Counts and rules only: the characters themselves are never repeated.
    """
    name, length, unit = _NAMES[kind]
    bare = normalize(kind, text.replace("*", "0"))  # what is masked counts as the digit it was
    found = sum(character.isalnum() for character in bare)
    if found not in length:
        asked = " or ".join(str(number) for number in length)
        return f"has {found} {unit if found != 1 else unit[:-1]}; {name} has {asked} {unit}"
    if kind == "npi" and bare[:1].isdigit() and bare[0] not in "12":
        return "does not begin with 1 or 2, as an NPI does"
    if kind in _CHECKED_FROM and _shaped(kind, bare):
        return f"does not pass the check digit of {name}"
    return f"does not have the form of {name}"


def mask_hkid(text: str) -> str:
    """Hide the last four characters that count, in place: A123456(3) becomes A123***(*), with the same length."""
    return _mask(text, hidden=range(-4, 0))


def mask_ssn(text: str) -> str:
    """Hide all but the last four digits, in place: 123-45-6789 becomes ***-**-6789.

    Source:
        26 CFR 301.6109-4: a truncated taxpayer number shows its last four digits only.
    """
    return _mask(text, hidden=range(-len(text), -4))


def mask_sensitive(text: str) -> str:
    """Hide payment card, social security and Hong Kong identity numbers wherever they stand, character for character.

    Cards and SSNs keep their last four digits. SSNs are known by their form (NNN-NN-NNNN, NNN NN NNNN) or the label
    before nine digits; HKIDs by their brackets, or by label and check digit where they stand without. NPIs, DEA
    numbers, telephone numbers and member ids stay as they are.
    """
    if not any(character.isdigit() for character in text):
        return text
    for find, mask in _SENSITIVE:
        pieces, at = list[str](), 0
        for span in find(_plain(text)):
            pieces += (text[at : span.start], mask(text[span.start : span.end]))
            at = span.end
        text = "".join(pieces) + text[at:]
    return text


def _hkids(text: str) -> Iterator[Span]:
    """Brackets are enough; a gap after the letters ("to 123456 (3)") needs the check digit.

    Without brackets the check digit and a label before the number are needed: one member id in eleven of a letter and
    seven
    figures would pass the check.
    """
    for match in _WRITTEN_HKID.finditer(text):
        gap, bare = match[1], match[2] is not None
        labelled = _HKID_LABEL.search(text[max(0, match.start() - 40) : match.start()])
        if bare and (not labelled or re.search(r"\s", match[0])):
            continue
        if (not bare and not gap) or hkid_ok(match[0]):
            yield Span(*match.span())


_HKID_LABEL = re.compile(r"hk\s?id|hkic|identity card|身份證", re.IGNORECASE)
_SENSITIVE: tuple[tuple[Callable[[str], Iterable[Span]], Callable[[str], str]], ...] = (
    (find_cards, mask_ssn),
    (written_ssns, mask_ssn),
    (labelled_ssns, mask_ssn),
    (_hkids, mask_hkid),
)

_NAMES: dict[Kind, tuple[str, tuple[int, ...], str]] = {
    "npi": ("an NPI", (10,), "digits"),
    "tin": ("a TIN", (9,), "digits"),
    "dea": ("a DEA number", (9,), "characters"),
    "mbi": ("an MBI", (11,), "characters"),
    "medi-cal-cin": ("a Medi-Cal CIN", (9,), "characters"),
    "hkid": ("a Hong Kong identity card number", (8, 9), "characters"),
    "ssn": ("a social security number", (9,), "digits"),
    "phone": ("a telephone number", (10, 8), "digits"),
    "fax": ("a fax number", (10, 8), "digits"),
}


def _plain(text: str) -> str:
    """Wide digits, letters and brackets as plain ones, in place."""
    if text.isascii():
        return text
    forms = (unicodedata.normalize("NFKC", character) for character in text)
    return "".join(form if len(form) == 1 else character for form, character in zip(forms, text, strict=True))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", _LABEL.sub("", text)).upper()


def _readings(kind: Kind, text: str) -> Iterator[tuple[str, frozenset[int]]]:
    """Every text of the kind's shape that a scan may have turned into this one, with the positions swapped."""
    printed = re.sub(r"[^\w|!]|_", "", _LABEL.sub("", text))
    for shape in _SHAPES[kind]:
        if len(shape) != len(printed):
            continue
        choices = [_choices(kind, wanted, character) for wanted, character in zip(shape, printed, strict=True)]
        swapped = frozenset(
            place
            for place, (found, options) in enumerate(zip(printed, choices, strict=True))
            if options != (found.upper(),)
        )
        if 0 < len(swapped) <= _MOST_SWAPS and all(choices):
            yield from ((("".join(reading), swapped)) for reading in itertools.product(*choices))


def _choices(kind: Kind, wanted: str, character: str) -> tuple[str, ...]:
    upper = character.upper()
    if wanted == "#" and not (character.isascii() and character.isdigit()):
        return tuple(_AS_DIGIT.get(character, ""))
    allowed = _LETTERS_OF.get(kind)
    if wanted == "@" and not ("A" <= upper <= "Z"):
        return tuple(letter for letter in _AS_LETTER.get(character, "") if allowed is None or letter in allowed)
    if wanted == "*" and not _stands(kind, upper, allowed):
        return tuple(_AS_DIGIT.get(character, ""))
    return (upper,)


def _stands(kind: Kind, upper: str, allowed: str | None) -> bool:
    if kind == "hkid":
        return upper in "0123456789A"
    return upper.isdigit() or allowed is None or upper in allowed


def _shaped(kind: Kind, bare: str) -> bool:
    plain = _bare(bare)
    classes = {"#": r"\d", "@": "[A-Z]", "*": r"[\dA-Z]"}
    return any(re.fullmatch("".join(classes[place] for place in shape), plain) for shape in _SHAPES[kind])


def _mask(text: str, *, hidden: range) -> str:
    places = [place for place, character in enumerate(text) if character.isalnum() or character == "*"]
    covered = {place for index, place in enumerate(places) if index - len(places) in hidden}
    return "".join("*" if place in covered else character for place, character in enumerate(text))
