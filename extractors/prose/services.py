"""Service lines in words: "97110-GP Therapeutic exercises, left, 12 visits, 2 per week for 6 weeks"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.normalize.codes import find_service_codes
from extractors.prose.amounts import SIDE, read_amounts
from extractors.prose.said import Said
from models.code import Code
from models.geometry import Span

# Two-character modifiers of CPT and HCPCS level II that offices write behind a code: sides, therapy, equipment, others.
_NAMES = (
    r"(?:RT|LT|50|GP|GO|GN|NU|RR|UE|KX|KH|KI|KJ|MS|RA|RB|26|TC|22|24|25|51|52|53|54|55|57|58|59|62|66|76|77|78|79|80"
    r"|81|82|91|95|E[1-4]|F[A1-9]|T[A1-9]|GA|GY|GZ|GT|GQ|JW|JZ|QK|SG|XE|XP|XS|XU|CQ|CO|K[0-4]|EY|CG|AS|AT|SA|TB)"
)
_MODIFIER = re.compile(
    rf"\s?(?:[-/]\s?|,?\s?\(?(?:with\s+)?(?:the\s+)?\bmod(?:ifiers?|\.)?:?\s+)(?P<modifier>{_NAMES})(?![\w-]|/\d)"
    r"|,?\s(?P<apart>RT|LT|NU|RR|UE|KX|KH|KI|KJ|GP|GO|GN|MS)(?=\s*(?:[,;.)]|$|\s[a-z(]))"
)
_SYSTEM = r"(?:(?:CPT|HCPCS)(?:\s*(?:/|or|and)\s*(?:CPT|HCPCS))?|procedure|billing|service)?\s*(?:codes?|#)?\s*[:#]?"
# What stands between the words of a service and its code: "(CPT 27447", ", HCPCS code E1390", " - 97110".
_LINK = re.compile(rf"[\s,;]*(?:[([–:-]\s*)*{_SYSTEM}\s*$", re.IGNORECASE)
# What says that five figures are a code: a bracket, the name of a code system, or the beginning of the text.
_CODED = re.compile(
    r"(?:[([–:]|\b(?:CPT|HCPCS|codes?|procedures?|and|or|[A-Z]?\d{4,5})\b[:#,]?|^|\s-)\s*$", re.IGNORECASE
)
_NEXT = re.compile(r"\s*(?:[-–,(:;)]|[A-Z]{2}\b|$|\s[A-Za-z])")
# In a list of which each entry begins with its code, words follow it.
_WORDS = re.compile(r"\s+[A-Z][A-Za-z]{2}")
# Where one thing ends and the next begins.
_PARTS = (
    re.compile(r"\s*;\s*(?:and\s+|also\s+)?(?:(?:of|for|an?|the)\s+)*", re.IGNORECASE),
    re.compile(r"\s*\.\s+(?=[A-Z(\d])|\s+(?=(?:[-•*▪●]|\(?\d{1,2}[.)])\s+[A-Z])"),
    re.compile(r",?\s+(?:and|plus|as well as|along with|together with)\s+(?:(?:of|for|an?|the)\s+)*", re.IGNORECASE),
    re.compile(r"\)\s*,\s+(?=[A-Z])"),
    re.compile(r",?\s+with\s+(?:an?|the)\s+", re.IGNORECASE),
)
# Letters. The words of a service are fewer; what is longer, or tells of a stay in hospital, names it at its end.
_LONGEST = 90
_STAY = re.compile(r"\b(?:admission|hospitali[sz]ation|stay)\b", re.IGNORECASE)
# What leads to the words of a service without belonging to them.
_LEAD = re.compile(
    r"\s*(?:[-•*▪●·]|\(?\d{1,2}[.)](?=\s)|\b(?:and|of|for|an?|the|to|is|are|cover|obtain|perform|proceed with|provide"
    r"|following|please|kindly|authorize|authorise|approve|cover|grant|consider|i|we|am|are|that|you|requesting|request|prior|approval|authorization|authorisation|coverage|pre-?authorization"
    r"|precertification|certification|purchase|rental|initiation|continuation|use|her|his|their|my|our)\b"
    r"|(?:\w+\s+)?\(?\d{1,3}\)?\s+(?:visits?|sessions?|treatments?|units?)\s+of\b|[:,])\s*",
    re.IGNORECASE,
)
# What ends the words of a service behind its code: a side, an amount, a date, a bracket, the name of a code system.
_STOP = re.compile(
    r"[,;]\s*(?:(?:left|right|bilateral|both)\s*(?:sides?\s*)?(?:[,;.)]|$)|\d|qty|quantity|units?\b|x\s*\d|purchase"
    r"|rental|repair|for\s+\d|modif|start|from\s|through\s|on\s+\d|dx\b|diagnos|icd|effective|beginning|dates?\b"
    r"|(?:one|two|three|four|six|eight|ten|twelve)\b|once|twice|daily|weekly)|[(;\[]|\s[x×]\s?\d|\s[-–]\s|\.\s|\.$"
    r"|\b(?:CPT|HCPCS|ICD|Dx)\b|\bqty\b|\b\d+\s+(?:visits|sessions|units)|\bfrom\s+(?=\d|[A-Z][a-z]{2,8}\.? \d)"
    r"|\bfor\s+(?=\d|(?:my|our|this|the)\s+(?:patient|above))",
    re.IGNORECASE,
)  # fmt: skip


def read_services(text: str, span: Span, *, sure: float, rule: str, first: int = 0) -> Iterator[Said]:
    """The service lines of a text at `span`, one a code, rows from `first`: code, modifiers, words, side, amounts.

    The words of a service stand behind its code or before it, as they do for the first of them.
    """
    codes = find_codes(text)
    if not codes:
        return
    behind = not _worded(text, _opens(text, codes[0][0]), codes[0][0])
    for number, (begin, code, end) in enumerate(_shared(text, codes, behind=behind)):
        row = (first + number,)
        yield Said("service_lines.code", code[2], _within(span, code[0], code[1]), rule, sure, row)
        if not behind and (words := _worded(text, begin, code[0])):
            yield _said("text", text[slice(*words)], words, span, sure, rule, row)
            yield from _sides(text, words, span, sure=sure - 0.02, rule=rule, row=row)
            lead = Span(span.start + begin, span.start + words[0])
            if not _STAY.search(text, begin, words[0]):
                yield from read_amounts(text[begin : words[0]], lead, sure=sure, rule=rule, row=row)
        yield from _behind(text, (code[1], end), span, sure=sure, rule=rule, row=row, words=behind)


def find_codes(text: str) -> list[tuple[int, int, Code]]:
    """The service codes of a text, without amounts and numbers of five figures: those need a sign that they are one."""
    found: list[tuple[int, int, Code]] = []
    for start, end, code in find_service_codes(text):
        opens = bool(found) and not text[: found[0][0]].strip() and _WORDS.match(text, end)
        signed = _CODED.search(text[:start]) and _NEXT.match(text, end)
        if not code.code.isdigit() or opens or signed or _MODIFIER.match(text, end):
            found.append((start, end, code))
    return found


def words_of(text: str) -> tuple[int, int] | None:
    """Where the words of a service stand that opens a text and has no code: up to its amounts."""
    begin = _led(text, 0, len(text))
    stop = _STOP.search(text, begin)
    end = begin + len(text[begin : stop.start() if stop else len(text)].rstrip(" ,;.:-)("))
    return (begin, end) if end - begin >= 4 and text[begin : begin + 1].isalpha() else None


Place = tuple[int, int, Code]


def _shared(text: str, codes: Sequence[Place], *, behind: bool) -> Iterator[tuple[int, Place, int]]:
    """Each code with where its share of the text begins and ends."""
    cuts = [0 if behind else _opens(text, codes[0][0])]
    for one, other in pairwise(codes):
        cuts.append(other[0] if behind else _cut(text, one[1], other[0]))
    for number, code in enumerate(codes):
        yield cuts[number], code, cuts[number + 1] if number + 1 < len(codes) else len(text)


def _opens(text: str, first: int) -> int:
    """Where the words of the first service begin, whose code stands at `first`: behind what else is asked for."""
    opens = [match.end() for match in _PARTS[0].finditer(text, 0, first) if _worded(text, match.end(), first)]
    return opens[-1] if opens else 0


def _cut(text: str, start: int, end: int) -> int:
    """Where the words of the next service begin between two codes; at the next code if it has none of its own."""
    for pattern in _PARTS:
        found = list(pattern.finditer(text, start, end))
        for match in found[:1] if pattern is _PARTS[0] else reversed(found):
            if _worded(text, match.end(), end):
                return match.end()
    return end


def _led(text: str, start: int, end: int) -> int:
    while (lead := _LEAD.match(text, start, end)) and lead.end() > start:
        start = lead.end()
    return start


def _worded(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the words of a service stand before its code."""
    begin = _led(text, start, end)
    piece = text[begin:end]
    link = _LINK.search(piece)
    words = piece[: link.start()].rstrip(" ,;:-–(") if link else piece
    colon = max((m.end() for m in re.finditer(r":\s+", words)), default=0)
    begin, words = begin + colon, words[colon:]
    led = _led(words, 0, len(words))
    begin, words = begin + led, words[led:]
    if len(words) > _LONGEST or _STAY.search(words):
        tail = max((m.end() for m in re.finditer(r"\bfor\s+(?:(?:an?|the)\s+)?", words)), default=0)
        if not tail and _STAY.search(words):
            return None
        begin, words = begin + tail, words[tail:]
    if len(re.findall(r"[A-Za-z]", words)) < 4 or len(words) > _LONGEST or re.search(r"[.;]\s", words):
        return None
    return begin, begin + len(words)


def _behind(
    text: str, place: tuple[int, int], span: Span, *, sure: float, rule: str, row: tuple[int, ...], words: bool
) -> Iterator[Said]:
    """What stands behind a code, up to the next one."""
    start, end = place
    number = 0
    while modifier := _MODIFIER.match(text, start, end):
        group = "modifier" if modifier["modifier"] else "apart"
        yield Said(
            "service_lines.modifiers", modifier[group], _within(span, *modifier.span(group)), rule, sure, (*row, number)
        )
        start, number = modifier.end(), number + 1
    if words:
        named = _words(text, start, end)
        if named is not None:
            yield _said("text", text[slice(*named)], named, span, sure - 0.02, rule, row)
    yield from read_amounts(text[start:end], Span(span.start + start, span.start + end), sure=sure, rule=rule, row=row)


def _words(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the words of a service stand behind its code."""
    lead = re.compile(r"[\s,:(–-]*").match(text, start, end)
    begin = lead.end() if lead else start
    if not text[begin : begin + 1].isalpha() or re.match(
        r"(?i)(?:for|to|and|is|with|in|on|from|quantity|qty|units?|purchase|rental|starting|right|left|bilateral)\b",
        text[begin:end],
    ):
        return None
    stop = _STOP.search(text, begin, end)
    last = begin + len(text[begin : stop.start() if stop else end].rstrip(" ,;.:-)"))
    return (begin, last) if last - begin >= 4 else None


def _sides(
    text: str, words: tuple[int, int], span: Span, *, sure: float, rule: str, row: tuple[int, ...]
) -> Iterator[Said]:
    side = SIDE.search(text, *words)
    if side:
        yield _said("laterality", side[1].lower(), side.span(1), span, sure, rule, row)


def codes_of(said: Sequence[Said]) -> tuple[Code, ...]:
    """The service codes among some values."""
    return tuple(one.value for one in said if one.path == "service_lines.code" and isinstance(one.value, Code))


def _said(
    leaf: str, value: str, place: tuple[int, int], span: Span, sure: float, rule: str, row: tuple[int, ...]
) -> Said:
    said = re.sub(r"\s+(?=[,;.])", "", " ".join(value.split()))
    return Said(f"service_lines.{leaf}", said, _within(span, *place), rule, round(sure, 3), row)


def _within(span: Span, start: int, end: int) -> Span:
    return Span(span.start + start, span.start + end)
