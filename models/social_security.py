"""Social security numbers in running text: by their form, or by the label before nine digits, however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.geometry import Span

# White space but for a page's end, which no number crosses; dashes are those that printers use.
_GAP = r"[^\S\f]"
_DASHES = "-‐‑–—"
_DASH = rf"(?:{_GAP}*[{_DASHES}]{_GAP}*|{_GAP}+)"
# Social Security Administration, "SSN Randomization": no area 000, 666 or 900 to 999, no group 00, no serial 0000.
_BY_FORM = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9][{_DASHES}])(?!000|666|9)[0-9]{{3}}{_DASH}(?!00)[0-9]{{2}}{_DASH}(?!0000)[0-9]{{4}}"
    rf"(?![0-9A-Za-z]|[{_DASHES}][0-9])"
)
# Behind its label a number counts whatever its area: it may be misread, and is still somebody's. SS alone has other
# meanings, so that it needs a sign that a number follows. The digits may stand in groups, or in cells of their own.
_SIGN = r"(?:\#|№|:|=|(?:number|nbr|num|no|nr)(?![a-z])\.?)"
_BETWEEN = rf"{_GAP}{{0,3}}[{_DASHES}./|]?{_GAP}{{0,3}}"
_CELL = rf"(?:{_GAP}{{1,3}}|{_GAP}{{0,3}}[|_]{_GAP}{{0,3}})"
_BY_LABEL = re.compile(
    rf"""
    (?<![0-9A-Za-z])
    (?: ssa?n (?![a-z]) | s\.{_GAP}?s\.(?:{_GAP}?n\b\.?)? | ss(?={_GAP}*{_SIGN})
      | soc(?:ial|\.)?{_GAP}*sec(?:urity|\.)? (?![a-z]) (?:{_GAP}*(?:account|acct)(?![a-z])\.?)?
    )
    (?:{_GAP}{{0,3}}(?:{_SIGN}|\([^()]{{0,24}}\))){{0,4}}
    {_GAP}{{0,40}}[{_DASHES}._]{{0,3}}{_GAP}{{0,40}}
    ( [0-9]{{3}}{_BETWEEN}[0-9]{{2}}{_BETWEEN}[0-9]{{4}}
    | [0-9]{{3}}{_BETWEEN}[0-9]{{3}}{_BETWEEN}[0-9]{{3}}
    | [0-9](?:{_CELL}[0-9]){{8}}
    )
    (?! [0-9A-Za-z] | [{_DASHES}/][0-9] )
    """,
    re.IGNORECASE | re.VERBOSE,
)


def written_ssns(text: str) -> Iterator[Span]:
    """Where numbers of the form NNN-NN-NNNN or NNN NN NNNN stand that can be social security numbers."""
    return (Span(*match.span()) for match in _BY_FORM.finditer(text))


def labelled_ssns(text: str) -> Iterator[Span]:
    """Where nine digits stand behind a label that says what they are, without the label."""
    return (Span(*match.span(1)) for match in _BY_LABEL.finditer(text))
