"""To whom a letter is written: the plan in its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.annotation.lines import Line
from extractors.normalize.dates import find_dates
from extractors.prose.said import Letter, Said
from models.geometry import Span

# Lines. Without a date the address of the plan begins below so many.
_HEAD = 4
_PLAN = re.compile(
    r"\b(?:health|plan|insurance|assurance|mutual|medicaid|medicare|benefits?|blue|cross|shield|hmo|ppo"
    r"|advantage|care|fund|"
    r"cooperative|life|union|trust|alliance|network|choice|managed|casualty)\b",
    re.IGNORECASE,
)
_DEPARTMENT = re.compile(
    r"\b(?:utili[sz]ation|prior auth|pre-?cert|authori[sz]ation|medical director|appeals?|grievance|review"
    r"|pharmacy|claims|"
    r"department|unit|attn|attention|medical management|p\.?\s?o\.?\s?box|member services|intake)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"letter|necessity|request|appeal|authori[sz]ation|\bfax\b|\bre\b|date|page|confidential|urgent|expedited"
    r"|via\b|\d{3}|"
    r"electronically|^to\b|^from\b|dear|patient|dob\b|member\b|@|www|utili[sz]ation|medical director|department"
    r"|attn|attention|"
    r"appeals?|grievance|^reviewer|pharmacy (?:services|review|prior)|claims|p\.?\s?o\.?\s?box|suite|street|avenue",
    re.IGNORECASE,
)


_TO = re.compile(r"\s*(?:to|attn|attention|addressed to|send to|fax to)\s*:\s*", re.IGNORECASE)
# A department behind the name of a plan.
_BEHIND = re.compile(
    r"\s*(?:[,/|(]|\s[-–—]\s)\s*(?:the\s+)?(?:attn\b|attention\b|(?:\w+\s+){0,2}?(?:intake|department|dept|utili[sz]ation|"
    r"prior auth|pre-?\s?cert|pre-?\s?auth|authori[sz]ation|medical (?:director|management|review|affairs|policy)"
    r"|appeals?|grievance|"
    r"review|reviewer|pharmacy|claims|unit|um|case management|care management|clinical|referral|member services"
    r"|provider services|nurse|coordinator|team|desk|division)\b).*$",
    re.IGNORECASE,
)
_CREDENTIAL = r"(?:MD|M\.D\.|DO|NP|PA|PA-C|FNP|APRN|RN|DPM|DC|PhD|PharmD|PT|DPT|OT|FACS|FACP|MBA|MPH)"


def read_heading(letter: Letter) -> Iterator[Said]:
    """The plan between the date and the subject."""
    end = letter.greeting if letter.greeting is not None else min(15, len(letter.lines))
    head = letter.lines[:end]
    yield from _addressee(head)


def _addressee(head: Sequence[Line]) -> Iterator[Said]:
    for line in head:
        to = _TO.match(line.text)
        if to and line.text[to.end() :].strip():
            said = _plan(line, to.end(), near="")
            if said is not None:
                yield said
                return
    dated = next((i for i, line in enumerate(head) if _only_date(line)), None)
    start = dated + 1 if dated is not None else _HEAD
    block = []
    for line in head[start : start + 7]:
        if re.match(
            r"\W*(?:re|regarding|subject|patient|member|dob|date of birth)\b\s*[:.#]", line.text, re.IGNORECASE
        ):
            break
        block.append(line)
    for number, line in enumerate(block):
        lead = re.match(r"\s*(?:(?:to|attn|attention)\s*:\s*)?", line.text, re.IGNORECASE)
        near = " ".join(other.text for other in (*block[:number], *block[number + 1 :]))
        said = _plan(line, lead.end() if lead else 0, near=near)
        if said is not None:
            yield said
            return


def _plan(line: Line, start: int, *, near: str) -> Said | None:
    """The plan that a line names from a place on, without the department behind it; `near` are its neighbours."""
    text = line.text[start:]
    cut = _BEHIND.search(text)
    text = (text[: cut.start()] if cut else text).rstrip(" ,.;-–")
    if (
        re.search(r"[:#]", text)
        or re.search(rf",\s*{_CREDENTIAL}\b", text)
        or not _is_name(text, least=1 if cut else 2)
    ):
        return None
    planned = _PLAN.search(text) is not None
    if not (planned or cut or _DEPARTMENT.search(near)):
        return None
    span = Span(line.span.start + start, line.span.start + start + len(text))
    return Said("coverage.payer_name", text, span, "addressee", 0.93 if planned else 0.88)


def _is_name(text: str, *, least: int = 2) -> bool:
    words = text.split()
    letters = sum(c.isalpha() or c.isspace() or c in "&'’" for c in text)
    return (
        least <= len(words) <= 9 and letters > 0.85 * len(text) and not _NO_NAME.search(text) and words[0][0].isupper()
    )


def _only_date(line: Line) -> bool:
    found = list(find_dates(line.text))
    return len(found) == 1 and found[0][1] - found[0][0] >= 0.6 * len(line.text.strip())
