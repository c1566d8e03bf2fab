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


def read_heading(letter: Letter) -> Iterator[Said]:
    """The plan between the date and the subject."""
    end = letter.greeting if letter.greeting is not None else min(15, len(letter.lines))
    head = letter.lines[:end]
    yield from _addressee(head)


def _addressee(head: Sequence[Line]) -> Iterator[Said]:
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
        text = re.sub(r"^\s*(?:to|attn|attention)\s*:\s*", "", line.text, flags=re.IGNORECASE)
        near = " ".join(other.text for other in (*block[:number], *block[number + 1 :]))
        named = _is_name(line) or (text != line.text and not _NO_NAME.search(text))
        if named and (_PLAN.search(text) or _DEPARTMENT.search(near)):
            at = line.text.find(text)
            span = Span(line.span.start + at, line.span.start + at + len(text))
            yield Said("coverage.payer_name", text.strip(" ,."), span, "addressee", 0.95 if _PLAN.search(text) else 0.9)
            return


def _is_name(line: Line) -> bool:
    words = line.text.split()
    letters = sum(c.isalpha() or c.isspace() for c in line.text)
    return (
        2 <= len(words) <= 9
        and letters > 0.85 * len(line.text)
        and not _NO_NAME.search(line.text)
        and words[0][0].isupper()
    )


def _text(line: Line) -> str:
    return " ".join(line.text.split()).strip(" ,;|")


def _only_date(line: Line) -> bool:
    found = list(find_dates(line.text))
    return len(found) == 1 and found[0][1] - found[0][0] >= 0.6 * len(line.text.strip())
