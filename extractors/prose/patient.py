"""The patient in the sentences of a letter: name, birth date, member number, sex."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.annotation.patients import read_name
from extractors.normalize.dates import find_dates
from extractors.prose.said import Said
from models.geometry import Span

IN_PROSE = 0.9

_PATIENT = re.compile(
    r"(?i:my|our|this|the above|mutual)\s+(?:patient|member),?\s+(?:named\s+)?(?P<name>(?:Mr\.?|Mrs\.?|Ms\.?|"
    r"Miss)?\s*[A-Z][\w'-]+(?:\s+[A-Z][\w'.-]*){1,3})"
    r"|\bfor\s+(?P<for>(?:Mr\.?|Mrs\.?|Ms\.?|Miss)\s*[A-Z][\w'-]+(?:\s+[A-Z][\w'.-]*){1,3}?)"
    r"(?=\s*[,(]\s*(?i:dob|d\.o\.b|born|date of birth|birth|who|whose|id\b|member))"
    r"|on behalf of\s+(?P<behalf>(?:Mr\.?|Mrs\.?|Ms\.?|Miss)?\s*[A-Z][\w'-]+(?:\s+[A-Z][\w'.-]*){1,3})"
)
_BIRTH = re.compile(r"\b(?:DOB|D\.O\.B\.?|date of birth|born)\b\s*(?:on\s+|is\s+)?[:,]?\s*", re.IGNORECASE)
_HERS = re.compile(
    r"\b(?:her|his|their|the patient's|patient's|whose)\s+(?:DOB|date of birth|birth ?date)\s+(?:is\s+)?"
    r"|\b(?:who|she|he)\s+(?:was|is)\s+born\s+(?:on\s+)?",
    re.IGNORECASE,
)
_MEMBER = re.compile(
    r"(?:\b(?:member|subscriber|insurance|medicaid|medicare|policy)|(?<=[;,(])(?=\s*ID\b))\s*(?:id|number|no\.?|#|"
    r"identification)(?:\s*(?:number|no\.?|#))?\s*(?:is\s+)?[:#]?\s*"
    r"(?P<id>(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{4,19})(?![\w-])",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"\b\d{1,3}[\s-]*(?:years?|yrs?|y\.?/?o\.?)[\s-]*(?:old\b)?[\s,-]*(?:[a-z-]+\s){0,2}?"
    r"(?P<sex>female|male|woman|man|girl|boy|lady|gentleman)\b",
    re.IGNORECASE,
)


def read_patient(text: str, span: Span) -> Iterator[Said]:
    """Whom a sentence names as the patient, with the birth date and member number behind the name."""
    match = _PATIENT.search(text)
    group = next(group for group in ("name", "for", "behalf") if match[group]) if match else "name"
    name = read_name(re.sub(r"^(?:Mr|Mrs|Ms|Miss)\.?\s+", "", match[group].strip())) if match else None
    if match is None or name is None:
        return
    at = text.find(name.split()[0], match.start(group))
    yield Said("patient.name.full", name, _within(span, at, at + len(name)), "prose", IN_PROSE)
    birth = _BIRTH.search(text, at)
    for start, end, date in find_dates(text[birth.end() :]) if birth else ():
        if birth and start < 3:
            yield Said(
                "patient.birth_date", date, _within(span, birth.end() + start, birth.end() + end), "prose", IN_PROSE
            )
        break
    member = _MEMBER.search(text, at)
    if member:
        yield Said("coverage.member_id", member["id"], _within(span, *member.span("id")), "prose", IN_PROSE)


def read_of_the_patient(text: str, span: Span) -> Iterator[Said]:
    """A birth date or member number in a sentence after the patient was named: "Her date of birth is 3/9/1972"."""
    birth, member = _HERS.search(text), _MEMBER.search(text)
    found = next(iter(find_dates(text[birth.end() :])), None) if birth else None
    if birth and found and found[0] < 3:
        place = _within(span, birth.end() + found[0], birth.end() + found[1])
        yield Said("patient.birth_date", found[2], place, "prose", IN_PROSE)
    if member:
        yield Said("coverage.member_id", member["id"], _within(span, *member.span("id")), "prose", IN_PROSE)


def read_sex(text: str, span: Span) -> Iterator[Said]:
    """The patient's sex, where the letter tells the age: "a 71-year-old male"."""
    match = _AGED.search(text)
    if match:
        sex = "female" if match["sex"].lower() in {"female", "woman", "girl", "lady"} else "male"
        yield Said("patient.sex", sex, _within(span, *match.span("sex")), "prose", 0.93)


def _within(span: Span, start: int, end: int) -> Span:
    return Span(span.start + start, span.start + end)
