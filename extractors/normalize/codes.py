"""Codes of diagnoses and services as they stand in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.code import Code, CodeSystem

# ICD-10-CM: a letter, a digit, a digit or A/B, then up to four characters after the dot (CDC/NCHS, tabular list).
_ICD10 = re.compile(
    r"(?<![A-Z0-9.])([A-TV-Z]\d[0-9AB]|U[01]\d)(?:\.?([0-9A-Z]{1,4}))?(?![A-Z0-9]|\.\d)", re.IGNORECASE | re.ASCII
)
# CPT category I five digits, II/III/PLA four digits and F, T, U, M (AMA, structure only); HCPCS level II a letter A-V
# and four digits (CMS). A modifier may follow a hyphen ("27447-50"); four digits there make it a ZIP code.
_CPT = re.compile(r"(?<![\w.$-])(\d{5}|\d{4}[FTUM])(?!\w|\.\d|-\d{3})", re.IGNORECASE | re.ASCII)
_HCPCS = re.compile(r"(?<![\w.])([A-CEGHJ-MP-V]\d{4})(?!\w|\.\d)", re.IGNORECASE | re.ASCII)
_MODIFIER = re.compile(r"(?<!\w)([A-Z][A-Z0-9]|\d{2})(?!\w)", re.IGNORECASE | re.ASCII)
_NDC = re.compile(r"(?<!\d)(\d{4,5}-\d{3,4}-\d{1,2}|\d{11})(?!\d)")


def find_diagnosis_codes(text: str, *, dotted: bool = False) -> Iterator[tuple[int, int, Code]]:
    """ICD-10-CM codes with their places; written with their dot. `dotted`: only those that stand there with it."""
    for match in _ICD10.finditer(text):
        head, tail = match[1].upper(), (match[2] or "").upper()
        if dotted and "." not in match[0]:
            continue
        yield match.start(), match.end(), Code(system="ICD-10-CM", code=f"{head}.{tail}" if tail else head)


def find_service_codes(text: str) -> Iterator[tuple[int, int, Code]]:
    """CPT and HCPCS level II codes with their places, in order."""
    found: list[tuple[int, int, Code]] = []
    systems: tuple[tuple[re.Pattern[str], CodeSystem], ...] = ((_CPT, "CPT"), (_HCPCS, "HCPCS"))
    for pattern, system in systems:
        found.extend((m.start(), m.end(), Code(system=system, code=m[1].upper())) for m in pattern.finditer(text))
    yield from sorted(found, key=lambda place: place[0])


def find_ndc(text: str) -> tuple[int, int, str] | None:
    """A National Drug Code: three groups with hyphens, or eleven digits."""
    match = _NDC.search(text)
    return (match.start(), match.end(), match[0]) if match else None


def find_modifiers(text: str) -> Iterator[tuple[int, int, str]]:
    """Two-character modifiers (RT, LT, 50, KX ...), parted by blanks, commas or hyphens."""
    for match in _MODIFIER.finditer(text):
        yield match.start(), match.end(), match[1].upper()
