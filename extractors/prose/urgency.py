"""An explicit request for an expedited or urgent review."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.prose.said import Letter, Said
from models.geometry import Span

_URGENT = re.compile(
    r"\b(?:expedited?|urgent(?:ly)?|fast[- ]?track(?:ed)?|stat)\s+(?:\w+\s+){0,2}?(?:review|request|determination|"
    r"decision|authorization|approval|consideration|processing|appeal|handling|basis)\b"
    r"|\b(?:request(?:ing)?|ask(?:ing)?(?:\s+for)?|need|"
    r"require)\s+(?:that\s+)?(?:\w+\s+){0,4}?(?:be\s+)?(?:expedited|urgent)\b|\bexpedite\s+(?:this|the|our|my|"
    r"review|your)\b"
    r"|\breview(?:ed)?\s+(?:\w+\s+){0,2}?(?:urgently|on an (?:urgent|expedited) basis)\b",
    re.IGNORECASE,
)
_NOT_URGENT = re.compile(
    r"\b(?:urgent|expedited?)\b[^.;]{0,40}?\b(?:not|n[o']t|never|unnecessary)\b|\b(?:urgent|expedited)\b[^.]{0,20}\?|"
    r"\b(?:non|not|no)[\s-]+(?:an?\s+)?(?:\w+\s+)?(?:urgent|expedited)|\b(?:for|"
    r"if)\s+(?:an?\s+)?(?:urgent|expedited)\s+(?:requests?|reviews?),?\s+(?:please\s+)?call",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|due to|since|as (?:her|his|the|their|any|a)|jeopardi[sz]e|delay|risk of|"
    r"deteriorat|worsen|seriously|permanent|irreversible|hospitali[sz])",
    re.IGNORECASE,
)


# A reason behind a colon, as in: I ask for an expedited review: each lost week risks a contracture.
_TOLD = re.compile(r"(?<=\w)\s?:\s+(?P<reason>[A-Za-z].{12,}?)\s*\.?\s*$", re.DOTALL)


def read_urgency(letter: Letter) -> Iterator[Said]:
    """An explicit request for expedited review; a hint of urgency sets nothing."""
    for i, span in enumerate(letter.sentences):
        text = letter.slice(span)
        match = _URGENT.search(text)
        if match is None or _NOT_URGENT.search(text):
            continue
        yield Said(
            "level_of_service",
            "urgent",
            Span(span.start + match.start(), span.start + match.end()),
            "urgent-asked",
            0.92,
        )
        told = _TOLD.search(text, match.end())
        if told:
            place = Span(span.start + told.start("reason"), span.start + told.end("reason"))
            yield Said("urgency_reason", " ".join(told["reason"].split()), place, "urgent-asked", 0.88)
            return
        following = letter.sentences[i + 1] if i + 1 < len(letter.sentences) else None
        for reason in (span, following):
            if reason is not None and _REASON.search(letter.slice(reason)):
                why = " ".join(letter.slice(reason).split()).rstrip(" .")
                yield Said("urgency_reason", why, reason, "urgent-asked", 0.85)
                break
        return
