"""Whether a page reads like a letter that asks a plan for something: greeting, request and close."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.annotation.letter_words import ASKED, closes, greets, letter_words
from extractors.annotation.lines import Line

# Points for a request letter. With greeting, request and close nothing else can be meant, not even on ruled paper with
# a table of facts; a first page has no close, a last page no greeting.
WHOLE, FIRST, LAST = 14.0, 9.0, 3.0

_ASKS = re.compile(
    r"\b(?:i|we)(?: am| are| would like to| wish to| write to| formally| hereby| also| therefore|'m|'re)*"
    r"(?: writing)?(?: to you)?(?: today)?(?: on behalf of [^.]{3,60}?)?(?: to)?"
    r" (?:request|requesting|ask|asking|seek|seeking|appeal|appealing)\b"
    r"|\b(?:write|writing|letter|wish|like)\b[^.]{0,90}?\b(?:to|and|is to) (?:request|ask|seek|appeal)\b"
    r"|\b(?:please|kindly) (?:approve|authorize|authorise|certify|pre-?certify|consider|cover|grant)\b"
    r"|\b(?:prior |pre-?)(?:authorization|authorisation|approval|certification|determination)s? "
    r"(?:requested|request|needed|required|sought)\b"
    r"|\b(?:obtain|appreciate|ask for|grant|seek|seeking|need) (?:your |the |a )?(?:\w+ )?"
    r"(?:prior[ -]|pre-?)?(?:authorization|authorisation|approval|certification|precertification|preauthorization)\b"
    r"|\bin support of (?:the|this|my|our|a) (?:\w+ ){0,3}request\b"
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


_PLAN = re.compile(
    r"\bauthori[sz](?:e|ation|ing)\b|\bpre-?(?:cert|auth|determin)|\bcertif(?:y|ication) (?:of|for|is|the|before)\b"
    r"|\b(?:please|kindly) (?:approve|cover|consider)\b|\butili[sz]ation (?:management|review)\b|\bhealth plan\b"
    r"|\b(?:your|plan|health plan|insurance) (?:approval|coverage|certification)\b|\bmedical(?:ly)? necess",
    re.IGNORECASE,
)
# Beside it a letterhead may stand on the same line.
_MEMO = re.compile(r"(?:^|\s)(to|from|attn|attention|re|subject|regarding)\s*:", re.IGNORECASE)
_COVER = re.compile(
    r"\b(?:no\.?|number|#|total)\s*(?:of )?pages\b|\bpages?\s*:|\bpages? \(?incl|\bcover (?:sheet|page)\b"
    r"|\b(?:fax|facsimile) (?:transmi|message|sheet)",
    re.IGNORECASE,
)
# Lines among which a memo's head stands; words that a cover has at most; headings of an order at least.
_TOP, _SHORT, _HEADS = 30, 60, 3


def letter_points(lines: Sequence[Line]) -> float:
    """Points for a letter of medical necessity by the look of some lines; 0 where nothing is asked for."""
    opened = any(greets(line) for line in lines)
    closed = any(closes(line) for line in lines)
    if answers(lines):
        return 0.0
    if not opened and is_memo(lines) and (_wants(lines) or _ASKS.search(_text(lines))):
        return WHOLE if closed or _wants(lines) else FIRST
    if closed and not opened and _ASKS.search(_text(lines)) and _addressed(lines):
        return WHOLE
    if not (opened or closed) or not _ASKS.search(_text(lines)):
        return 0.0
    return WHOLE if opened and closed else FIRST if opened else LAST


def is_memo(lines: Sequence[Line]) -> bool:
    """Whether a page opens as a memo does, with To, From and Subject, and is no cover sheet of a fax."""
    top = [line.text for line in sorted(lines, key=lambda line: (line.page, line.order))[:_TOP]]
    heads = {match[1].lower() for text in top for match in _MEMO.finditer(text)}
    told = (
        bool(heads & {"to", "attn", "attention"}) and "from" in heads and bool(heads & {"re", "subject", "regarding"})
    )
    text = _text(lines)
    return told and _COVER.search(text) is None and len(text.split()) > _SHORT


def _addressed(lines: Sequence[Line]) -> bool:
    """Whether a line at the top says to whom the page goes, or what it is about."""
    top = sorted(lines, key=lambda line: (line.page, line.order))[:_TOP]
    return any(_MEMO.search(line.text) for line in top)


def _wants(lines: Sequence[Line]) -> bool:
    """Whether a heading of what is asked for stands alone on a line, and others beside it."""
    heads = {path for line in lines if (path := letter_words().section(line.plain))}
    return ASKED in heads and len(heads) >= _HEADS


def is_for_a_plan(lines: Sequence[Line]) -> bool:
    """Whether some lines speak of an authorization, and greet no colleague."""
    greeting = next((line.plain for line in lines if greets(line)), "")
    colleague = re.match(r"dear (?:dr|doctor|colleague|doctors|professor)\b", greeting) is not None
    return not colleague and _PLAN.search(_text(lines)) is not None


def answers(lines: Sequence[Line]) -> bool:
    """Whether some lines tell of a request that was received or decided: a plan's letter."""
    return _ANSWERS.search(_text(lines)) is not None


def _text(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)
