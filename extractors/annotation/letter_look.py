"""Whether a page reads like a letter that asks a plan for something: greeting, request and close."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.annotation.letter_words import closes, greets
from extractors.annotation.lines import Line

# Points for a request letter. With greeting, request and close nothing else can be meant, not even on ruled paper with
# a table of facts; a first page has no close, a last page no greeting.
WHOLE, FIRST, LAST = 14.0, 9.0, 3.0

_ASKS = re.compile(
    r"\b(?:i|we)(?: am| are| would like to| wish to| write to| formally| hereby| also| therefore|'m|'re)*"
    r"(?: writing)?(?: to you)?(?: today)?(?: on behalf of [^.]{3,60}?)?(?: to)?"
    r" (?:request|requesting|ask|asking|seek|seeking|appeal|appealing)\b"
    r"|\b(?:write|writing|letter|wish|like)\b[^.]{0,90}?\b(?:to|and|is to) (?:request|ask|seek|appeal)\b"
    r"|\bplease (?:approve|authorize|authorise|consider|cover|grant)\b"
    r"|\b(?:prior |pre)?-?(?:authorization|authorisation|approval|certification|precertification) (?:is|was) "
    r"(?:hereby |being )?(?:requested|sought)\b"
    r"|\brequest(?:ing|s)? (?:for |your |the )?(?:\w+ )?(?:prior[ -]|pre-?)?(?:authorization|authorisation|approval|"
    r"certification|coverage|precertification)\b",
    re.IGNORECASE,
)
# A plan's own letters answer a request.
_ANSWERS = re.compile(
    r"\b(?:your|the) request (?:for|has|was|is)\b|\bwe (?:have )?(?:received|reviewed|denied|approved|are unable)\b"
    r"|\byou (?:have )?(?:requested|asked)\b|\b(?:has|have) been (?:denied|approved)\b|\bright to appeal\b",
    re.IGNORECASE,
)


def letter_points(lines: Sequence[Line]) -> float:
    """Points for a letter of medical necessity by the look of some lines; 0 where nothing is asked for."""
    opened = any(greets(line) for line in lines)
    closed = any(closes(line) for line in lines)
    if not opened and not closed:
        return 0.0
    if not _ASKS.search(_text(lines)) or answers(lines):
        return 0.0
    return WHOLE if opened and closed else FIRST if opened else LAST


def answers(lines: Sequence[Line]) -> bool:
    """Whether some lines tell of a request that was received or decided: a plan's letter."""
    return _ANSWERS.search(_text(lines)) is not None


def _text(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)
