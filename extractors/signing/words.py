"""Signatures that are words: "Electronically signed by Ann Lee, MD on 3/2/2026", "/s/ Ann Lee", "not signed"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.annotation.lines import Line
from extractors.normalize.dates import find_dates
from extractors.places import Places
from extractors.prose.signer import Signer, read_signer
from extractors.signing.reading import SignatureReading, SignedOn
from models.geometry import Span

_SIGNED = re.compile(
    r"\b(?:(?:electronically|digitally|e-?)[\s-]*(?:signed|authenticated|approved|verified)|signed electronically|"
    r"signed (?:off )?in the (?:electronic )?(?:\w+ )?(?:record|chart|ehr|emr|system)|signed off|authenticated|"
    r"e-signature)\s*(?:and approved\s*)?(?:by)?\b\s*:?\s*"
    r"|(?:^|\s)/s/\s*|\b(?:signed|finalized|attested)\s+by\s*:?\s*",
    re.IGNORECASE,
)
_UNSIGNED = re.compile(
    r"\b(?:not (?:yet )?signed|unsigned|signature pending|pending signature|awaiting signature|dictated but not "
    r"(?:read|signed)|not reviewed or signed|draft\W+not signed)\b",
    re.IGNORECASE,
)


def read_words(lines: Sequence[Line], places: Places) -> Iterator[SignatureReading]:
    """The signatures that some lines state in words."""
    for i, line in enumerate(lines):
        unsigned = _UNSIGNED.search(line.text)
        if unsigned:
            yield SignatureReading("unsigned", line.page, places.evidence(line.span), "said-unsigned", 0.85)
            continue
        match = _SIGNED.search(line.text)
        if match is None:
            continue
        rest = line.text[match.end() :]
        following = lines[i + 1] if i + 1 < len(lines) and not rest.strip() else None
        text, offset = (following.text, following.span.start) if following else (rest, line.span.start + match.end())
        signer = _signer(text, offset)
        signed_on = _signed_on(text, offset, line.page) or (_next_date(lines, i + 1) if signer else None)
        if signer is None and signed_on is None and "lectronic" not in match[0]:
            continue
        end = following.span.end if following else line.span.end
        evidence = places.evidence(Span(line.span.start + match.start(), end))
        yield SignatureReading("signed", line.page, evidence, "said-signed", 0.93 if signer else 0.8, signer, signed_on)


def _signer(text: str, offset: int) -> Signer | None:
    dated = next(iter(find_dates(text)), None)
    text = text[: dated[0]] if dated else text
    cut = re.split(r"\s+(?:on|at|dated?)\b|\s+\d|\s*[|;(]", text, maxsplit=1, flags=re.IGNORECASE)[0]
    return read_signer(cut.rstrip(" .,-"), offset)


def _signed_on(text: str, offset: int, page: int) -> SignedOn | None:
    found = next(iter(find_dates(text)), None)
    return SignedOn(found[2], page, Span(offset + found[0], offset + found[1])) if found else None


def _next_date(lines: Sequence[Line], at: int) -> SignedOn | None:
    """A date on the line after the name, when that line is little else."""
    if at >= len(lines) or len(lines[at].text) > 40:
        return None
    return _signed_on(lines[at].text, lines[at].span.start, lines[at].page)
