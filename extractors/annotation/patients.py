"""Whom a page speaks of, as far as it says so: name and birth date beside their labels, or in a note's first words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from extractors.annotation.lines import Line
from extractors.normalize.dates import find_dates
from models.annotations import PatientSpan

_NAME_LABEL = re.compile(
    r"(?:^|[\s*(])(?:patient(?:'s)?(?: name)?|member(?:'s)?(?: name)?|name of (?:patient|member)|pt(?:\.| name)|"
    r"enrollee(?: name)?|"
    r"beneficiary(?: name)?|client name|insured name|^name)\s*(?:\([^)]*\)\s*)?[:#]\s*",
    re.IGNORECASE,
)
_RE_LABEL = re.compile(r"^\s*(?:re|regarding|subject)\s*:\s*(?:patient\s*:?\s*|member\s*:?\s*)?", re.IGNORECASE)
# "RE: Humira prior authorization" is a subject, not a person.
_MATTER = re.compile(r"\b(?:authori[sz]ation|approval|request|appeal|coverage|claim|denial|necessity)\b", re.IGNORECASE)
_BIRTH_LABEL = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\.?|date of birth|birth\s?date|born(?: on)?)\b\s*(?:\([^)\d]*\))?\s*[:#]?\s*", re.IGNORECASE
)
_WORD = r"(?:[A-Z][A-Za-z'’-]+|[A-Z]\.?)"
_NAME = re.compile(rf"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+)?(?P<name>{_WORD}(?:,?\s+{_WORD}){{1,3}})")
_OPENING = re.compile(
    rf"(?:(?:Mr|Mrs|Ms|Miss)\.?\s+)?(?P<name>{_WORD}(?:\s+{_WORD}){{1,3}})"
    r"\s*(?:,\s*)?(?:\(DOB[^)]*\)\s*)?(?:is|was|,|presents)\s*(?:an?\s|presents\s)?.{0,25}?\d{1,3}[\s-]*(?:year|yr|"
    r"y/?o|month|week|day)"
)
_STOP = {
    "name", "id", "information", "date", "birth", "dob", "sex", "gender", "age", "phone", "address", "mrn",
    "member", "insurance", "provider", "physician", "street", "the", "has", "is", "and", "required", "number",
    "weight", "height", "prior", "authorization", "request", "appeal", "letter", "medical", "necessity", "urgent",
    "expedited", "review", "claim", "coverage", "denial", "determination", "referral", "approval", "records", "mri",
    "ct", "policy", "form", "care", "health", "first", "last", "middle", "city", "state", "zip", "plan",
    "signature", "consent", "group",
}  # fmt: skip


def find_patient(lines: Sequence[Line]) -> PatientSpan:
    """The patient that these lines name. Each half is None unless it stands beside its label or opens the story."""
    name = next(_labelled_names(lines), None) or next(_opening_names(lines), None)
    return PatientSpan(name=name, birth_date=next(_birth_dates(lines), None))


def read_name(text: str) -> str | None:
    """A person's name at the start of a text, None unless it has the form of one (two to four capitalised words)."""
    match = _NAME.match(text.strip())
    if match is None:
        return None
    words = re.split(r"[,\s]+", match["name"])
    kept: list[str] = []
    for word in words:
        if word.lower().strip(".") in _STOP:
            break
        kept.append(word)
    if len(kept) < 2 or all(len(word.strip(".")) == 1 for word in kept):
        return None
    end = match["name"].find(kept[-1], len(" ".join(kept[:-1])) - 1) + len(kept[-1])
    return " ".join(match["name"][:end].split())


def _labelled_names(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        subject = None if _MATTER.search(line.text) else _RE_LABEL.match(line.text)
        for label in (_NAME_LABEL.search(line.text), subject):
            name = read_name(line.text[label.end() :]) if label else None
            if name:
                yield name


def _opening_names(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        match = _OPENING.match(line.text.strip())
        name = read_name(match["name"]) if match else None
        if name:
            yield name


def _birth_dates(lines: Sequence[Line]) -> Iterator[str]:
    for i, line in enumerate(lines):
        for label in _BIRTH_LABEL.finditer(line.text):
            after = line.text[label.end() : label.end() + 24]
            date = _first_date(after)
            if date is None and not after.strip() and i + 1 < len(lines):
                date = _first_date(lines[i + 1].text[:24])
            if date:
                yield date.isoformat()


def _first_date(text: str) -> dt.date | None:
    return next((date for _, _, date in find_dates(text)), None)
