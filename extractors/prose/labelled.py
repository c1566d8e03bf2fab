"""What the text behind a label of a letter says of the leaf that the label names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from extractors.annotation.patients import read_name
from extractors.normalize.codes import find_diagnosis_codes
from extractors.normalize.contacts import find_phone
from extractors.normalize.dates import find_dates
from extractors.normalize.drugs import find_strength
from extractors.prose.amounts import read_amounts
from extractors.prose.drug_names import find_drug
from extractors.prose.providers import read_named
from extractors.prose.said import Said
from extractors.prose.services import find_codes, read_services
from extractors.prose.signer import read_signer
from extractors.prose.stay import is_stay, read_stay_of
from models import identifiers
from models.geometry import Span
from models.mention import Scalar

LABELLED = 0.95
# What a letter is about, where no person is named: "RE: Power wheelchair".
_MATTER = re.compile(
    r"\b(?:request|authori[sz]ation|approval|appeal|coverage|necessity|letter|review|wheelchair|oxygen|therapy|surgery"
    r"|replacement|injections?|mri|scan|device|equipment|referral|admission|infusion|brace|cpap|study|procedure"
    r"|treatment|services?|home|total|left|right|lumbar|cervical|brain|knee|hip|shoulder|spine|claim|denial)\b",
    re.IGNORECASE,
)
# Names with particles: "de la Rocha, Arjun", "Sanjay van den Heuvelen".
_PARTICLES = r"(?:(?:de|del|della|la|le|van|von|der|den|da|dos|das|di|bin|ibn|al|el|ten|ter|[Ss]t\.?|y)\s+){1,3}"
_PARTICLED = re.compile(
    rf"\s*(?P<name>{_PARTICLES}[A-Z][\w'’-]+,\s*[A-Z][\w'’-]+(?:\s+[A-Z]\b\.?)?"
    rf"|(?:[A-Z][\w'’-]+\s+){{1,2}}{_PARTICLES}[A-Z][\w'’-]+)(?=\s*(?:[;(|]|,|$|\s[A-Z]))"
)
_ID = re.compile(
    r"^[#:\s]*(?P<id>[A-Z]{2,4}\s\d{4,12}|(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{3,19})(?![\w-])", re.IGNORECASE
)


def read_labelled(path: str, text: str, span: Span, rows: dict[str, int]) -> Iterator[Said]:
    """What the text after a label says of the leaf `path`; `rows` are the first free rows, which move on."""
    if path == "diagnoses":
        said = list(_diagnoses(text, span, rows.get(path, 0)))
        rows[path] = max((one.rows[0] + 1 for one in said), default=rows.get(path, 0))
        yield from said
    elif path in ("servicing_provider", "facility", "primary_care_provider"):
        yield from read_named(path, text, span.start)
    elif path == "service_lines.start_on":
        yield from _period(text, span)
    elif path.endswith(".npi"):
        yield from (replace(one, path=path) for one in read_npi(text, span))
    elif path in ("service_lines.code", "service_lines.drug.name"):
        said = list(_services(text, span, rows.get("service_lines", 0)))
        # A code under one label and its words under the next are one line.
        told = {one.path for one in said} & {"service_lines.code", "service_lines.text"}
        before = rows.pop("alone", 0)
        if len(told) == 1 and before == (1 if "service_lines.text" in told else 2):
            said = [replace(one, rows=(one.rows[0] - 1, *one.rows[1:])) if one.rows else one for one in said]
        elif len(told) == 1 and len({one.rows[0] for one in said if one.rows}) == 1:
            rows["alone"] = 2 if "service_lines.text" in told else 1
        rows["service_lines"] = max((one.rows[0] + 1 for one in said if one.rows), default=rows.get("service_lines", 0))
        yield from said
    elif path in _SIMPLE:
        found = _SIMPLE[path](text)
        if found:
            place = (0,) if path.startswith("service_lines") else ()
            yield Said(path, found[2], _within(span, found[0], found[1]), "labelled", LABELLED, place)


def _period(text: str, span: Span) -> Iterator[Said]:
    """The first day of service and, behind it, the last."""
    found = [one for one in find_dates(text) if one[0] < 40][:2]
    for leaf, (start, end, date) in zip(("start_on", "end_on"), found, strict=False):
        if leaf == "start_on" and start > 4:
            return
        yield Said(f"service_lines.{leaf}", date, _within(span, start, end), "labelled", LABELLED, (0,))


def _services(text: str, span: Span, row: int) -> Iterator[Said]:
    """Lines with their codes, as in "Right total knee arthroplasty, CPT 27447"; without a code, the words alone."""
    coded = find_codes(text)
    if coded:
        if is_stay(text[: coded[0][0]]):
            yield from read_stay_of(text, span)
        yield from read_services(text, span, sure=LABELLED, rule="labelled", first=row)
        return
    if find_drug(text):
        yield from _drug(text, span, row)
        return
    if is_stay(text):
        yield from read_stay_of(text, span)
        return
    head = re.match(r"\s*([A-Za-z][A-Za-z0-9/ ,'-]{4,70}?)\s*(?:[;(].*)?$", text)
    if head and not _MATTER.search(head[1]):
        yield Said("service_lines.text", head[1], _within(span, *head.span(1)), "labelled", 0.9, (row,))
        yield from read_amounts(text, span, sure=0.93, rule="labelled", row=(row,))


def _drug(text: str, span: Span, row: int) -> Iterator[Said]:
    """A drug of our list beside its label, with the strength that follows it."""
    drug = find_drug(text)
    if drug is None or drug[0] > 6:
        return
    place = _within(span, drug[0], drug[1])
    yield Said("service_lines.drug.name", text[drug[0] : drug[1]], place, "labelled", LABELLED, (row,), known=True)
    yield Said("request_type", "drug", place, "labelled", LABELLED, known=True)
    strength = find_strength(text[drug[1] : drug[1] + 40])
    if strength:
        at = _within(span, drug[1] + strength[0], drug[1] + strength[1])
        value = text[drug[1] + strength[0] : drug[1] + strength[1]]
        yield Said("service_lines.drug.strength", value, at, "labelled", LABELLED, (row,))


def _date(text: str) -> tuple[int, int, Scalar] | None:
    found = next(iter(find_dates(text)), None)
    return found if found and found[0] < 4 else None


def _name(text: str) -> tuple[int, int, Scalar] | None:
    turned = _PARTICLED.match(text)
    if turned:
        return (*turned.span("name"), " ".join(turned["name"].split()))
    name = read_name(text)
    if name and _MATTER.search(name):
        return None
    at = text.find(name.split()[0]) if name else 0
    return (at, at + _length(text[at:], name), name) if name else None


def _contact(text: str) -> tuple[int, int, Scalar] | None:
    """A person at the start of a text, with or without credentials."""
    lead = len(text) - len(text.lstrip())
    signer = read_signer(re.split(r"\s+at\b|[,;(]|\s\d|\bext\b|\bphone\b", text.strip(), maxsplit=1)[0], lead)
    return (*_ends(signer.name_span), signer.name) if signer else None


def _writer(text: str) -> tuple[int, int, Scalar] | None:
    """A provider's name with credentials at the start of a text."""
    signer = read_signer(text, 0)
    if signer is None or signer.credential is None:
        return None
    return *_ends(signer.full_span), signer.full


def _payer(text: str) -> tuple[int, int, Scalar] | None:
    """A plan's name: all of the text up to a bracket."""
    match = re.match(r"\s*(?P<name>[A-Z][\w&'’.,/ -]{3,60}?)\s*(?:[;(|].*)?$", text)
    return (*match.span("name"), match["name"]) if match and not re.search(r"\d{3}", match["name"]) else None


def _phrase(text: str) -> tuple[int, int, Scalar] | None:
    """A few words: all of the text up to a stop."""
    match = re.match(r"\s*(?P<words>[A-Za-z][\w/ -]{2,40}?)\s*(?:[,;.(|].*)?$", text)
    return (*match.span("words"), match["words"]) if match else None


def read_urgency_word(text: str) -> tuple[int, int, Scalar] | None:
    """How soon an answer is asked for, where the label has one word for it."""
    match = re.match(r"\s*(?P<word>standard|routine|non-?urgent|urgent|expedited|stat)\b(?!\s*/)", text, re.IGNORECASE)
    if match is None:
        return None
    soon = match["word"].lower() in {"urgent", "expedited", "stat"}
    return (*match.span("word"), "urgent" if soon else "standard")


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _number(text: str) -> tuple[int, int, Scalar] | None:
    match = _ID.match(text)
    return (*match.span("id"), match["id"]) if match else None


def _telephone(text: str) -> tuple[int, int, Scalar] | None:
    phone = find_phone(text)
    return phone if phone and phone[0] < 4 else None


def _tin(text: str) -> tuple[int, int, Scalar] | None:
    match = re.match(r"\s*(\d{2}-?\d{7})(?![\d-])", text)
    return (*match.span(1), match[1].replace("-", "")) if match else None


def _count(text: str) -> tuple[int, int, Scalar] | None:
    match = re.match(r"\s*(\d{1,3})(?![\d/.-])", text)
    return (*match.span(1), match[1]) if match else None


def _sex(text: str) -> tuple[int, int, Scalar] | None:
    match = re.match(r"\s*(female|male|f|m)(?![a-z])", text, re.IGNORECASE)
    return (*match.span(1), "female" if match[1].lower()[0] == "f" else "male") if match else None


_SIMPLE: dict[str, Callable[[str], tuple[int, int, Scalar] | None]] = {
    "patient.birth_date": _date,
    "submitted_on": _date,
    "patient.name.full": _name,
    "coverage.member_id": _number,
    "coverage.payer_name": _payer,
    "requesting_provider.contact_name": _contact,
    "requesting_provider.name": _writer,
    "coverage.group_number": _number,
    "admission.admitted_on": _date,
    "admission.days": _count,
    "admission.level_of_care": _phrase,
    "level_of_service": read_urgency_word,
    "patient.phone": _telephone,
    "coverage.policy_number": _number,
    "requesting_provider.tin": _tin,
    "references.previous_authorization_number": _number,
    "service_lines.end_on": _date,
    "service_lines.visits": _count,
    "patient.sex": _sex,
    "requesting_provider.phone": _telephone,
    "requesting_provider.fax": _telephone,
}


def read_npi(text: str, span: Span) -> Iterator[Said]:
    """The NPI at the start of a text: as it is, repaired where the check digit confirms it, else invalid."""
    match = re.match(r"\W*([\dOolISBZG][\dOolISBZG -]{4,13}[\dOolISBZG])(?![\w-])", text)
    if match is None:
        return
    place = _within(span, *match.span(1))
    digits = identifiers.normalize("npi", match[1])
    if identifiers.npi_ok(digits):
        yield Said("requesting_provider.npi", digits, place, "labelled", LABELLED)
    elif repaired := identifiers.repair("npi", match[1]):
        yield Said("requesting_provider.npi", repaired, place, "labelled", 0.85, repaired=True)
    else:
        yield Said("requesting_provider.npi", None, place, "labelled", 0.9, unclear="invalid")


# A code without a dot ("I10") is one only in brackets or at the head of its place.
_BRACKETED = re.compile(r"(?:[(\[]|^|\bcodes?|[-–:])\s*(?:ICD-?10(?:-CM)?:?\s*)?$", re.IGNORECASE)


def _diagnoses(text: str, span: Span, row: int) -> Iterator[Said]:
    """Each code with its words: those before it, as in "Atopic dermatitis (L20.9)", else those after it."""
    found = [
        one for one in find_diagnosis_codes(text) if "." in text[slice(*one[:2])] or _BRACKETED.search(text[: one[0]])
    ]
    begin = 0
    behind = bool(found) and _words(text, 0, found[0][0]) is None
    for n, (start, end, code) in enumerate(found, start=row):
        following = found[n - row + 1][0] if n - row + 1 < len(found) else len(text)
        words = _words(text, end, following) if behind else _words(text, begin, start)
        if words:
            yield Said("diagnoses.text", text[slice(*words)], _within(span, *words), "labelled", LABELLED, (n,))
            begin = max(end, words[1])
        yield Said("diagnoses.code", code, _within(span, start, end), "labelled", LABELLED, (n,))
        begin = max(begin, end)
    whole = re.match(r"\s*([A-Za-z][A-Za-z,'() -]{3,60}[A-Za-z)])\s*\.?\s*$", text)
    if whole and not found:
        yield Said("diagnoses.text", whole[1], _within(span, *whole.span(1)), "labelled", LABELLED, (row,))


def _words(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the words of a diagnosis stand between two places of a text; names of code systems are not among them."""
    piece = re.sub(r"(?i)\b(?:icd-?10(?:-cm)?|codes?)\b", _blank, text[start:end])
    match = re.search(r"[A-Za-z][A-Za-z0-9,'’/&. -]{3,}[A-Za-z0-9]", piece)
    return (start + match.start(), start + match.end()) if match else None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _within(span: Span, start: int, end: int) -> Span:
    return Span(span.start + start, span.start + end)


def _length(text: str, name: str) -> int:
    """How many characters of the text the name takes, with its spaces as they are."""
    match = re.match(r"\s+".join(re.escape(word) for word in name.split()), text)
    return match.end() if match else len(name)
