"""The labelled lines of a letter: "RE: Jane Doe", "DOB: ...", "Member ID: ...", and the sender's numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from extractors.annotation.lines import Line
from extractors.annotation.patients import read_name
from extractors.normalize.codes import find_diagnosis_codes
from extractors.normalize.contacts import find_phone
from extractors.normalize.dates import find_dates
from extractors.normalize.drugs import find_strength
from extractors.prose.drug_names import find_drug
from extractors.prose.providers import read_named
from extractors.prose.said import Letter, Said
from extractors.prose.services import read_amounts, read_services
from models import identifiers
from models.geometry import Span
from models.mention import Scalar

LABELLED = 0.95

# Label -> leaf. The order matters: the first pattern that fits names the label.
_LABELS = (
    ("patient.birth_date", r"d\.?\s?o\.?\s?b\.?|(?:patient )?(?:date of birth|birth ?date)"),
    ("coverage.member_id", r"(?:member|subscriber|insurance|medicaid|medicare|plan|health plan|beneficiary|"
                           r"enrollee|insured)(?:'s)? ?(?:id|i\.d\.|identification)"
                           r"(?: ?(?:number|no\.?|#))*|member (?:number|no\.?|#)|id ?(?:#|number|no\.?)?|mbi|"
                           r"medicare number|policy id"),
    ("coverage.group_number", r"group(?: ?(?:number|no\.?|#|id))*"),
    ("coverage.policy_number", r"policy(?: ?(?:number|no\.?|#))*"),
    ("coverage.payer_name", r"(?:insurance|health plan|payer|insurer|insurance company|plan name|health insurance)"),
    ("diagnoses", r"(?:primary |secondary )?(?:diagnos[ei]s|dx)(?: ?codes?)?(?:/icd-?10)?|icd-?\s?10(?:-cm)?(?: "
                  r"?codes?)?(?:\(s\))?"),
    ("service_lines.code", r"(?:cpt|hcpcs|procedure|cpt/hcpcs)(?: ?codes?)?(?:\(s\))?|(?:requested )?(?:service|"
                           r"procedure|treatment|study)(?: requested)?"),
    ("service_lines.drug.name", r"(?:requested )?(?:medication|drug|treatment|prescription)(?: ?name)?(?: requested)?"),
    ("requesting_provider.npi", r"npi(?: ?(?:number|no\.?|#))*"),
    ("requesting_provider.fax", r"(?:office |secure )?(?:fax|facsimile)(?: ?(?:number|no\.?|#))*|f"),
    ("requesting_provider.phone", r"(?:office |direct |clinic )?(?:tel|phone|telephone|ph)\.?(?: ?(?:number|no\.?|"
                                  r"#))*|p|t"),
    ("requesting_provider.tin", r"(?:federal )?tax id(?:entification)?(?: ?(?:number|no\.?|#))*|f?ein|tin"),
    ("references.previous_authorization_number", r"(?:previous|prior|original|existing|current) "
                                                 r"(?:auth(?:orization)?|reference|approval)\.?(?: ?(?:number"
                                                 r"|no\.?|#))*"
                                                 r"|auth(?:orization)?\.? (?:number|no\.?|#)"),
    ("service_lines.start_on", r"(?:requested |anticipated |proposed |planned )?(?:start date|dates? of service"
                               r"|service "
                               r"dates?|start of (?:care|service|therapy|treatment)|dos|(?:procedure"
                               r"|surgery) date|date of "
                               r"(?:surgery|procedure|admission)|admission date)(?: requested)?"),
    ("service_lines.end_on", r"end date"),
    ("service_lines.visits", r"(?:number of |no\. of |requested )?(?:visits|sessions)(?: requested)?"),
    ("servicing_provider", r"(?:servicing|rendering|performing) (?:provider|facility|physician)|(?:dme )?supplier"),
    ("facility", r"(?:treating |service )?facility|hospital|place of service"),
    ("patient.sex", r"sex|gender"),
    ("submitted_on", r"date(?: of letter| of request)?"),
    ("patient.name.full", r"re|regarding|subject|patient(?: ?name)?|member(?: ?name)?|name of patient|client|name|"
                          r"insured"),
    ("other", r"from|to|attn|attention|cc|provider|physician|prescriber|address|reference|claim(?: "
              r"number| #)?|case(?: number| #)?"
              r"|mrn|specialty|e-?mail|age|phone/fax|ext"),
)  # fmt: skip
_LABEL = re.compile(
    r"(?<![\w/])(?:"
    + "|".join(f"(?P<l{i}>{pattern})" for i, (_, pattern) in enumerate(_LABELS))
    + r")\s*(?:\([^)]{1,12}\)\s*)?[:#]\s*|"
    r"(?<!\w)(?:(?P<n0>DOB|D\.O\.B\.?|date of birth)|(?P<n1>(?:member|subscriber|insurance|medicaid|medicare|policy) "
    r"(?:id|number|no\.?|#)|id ?#))\s+(?=[A-Z]{0,4}-?\d|[A-Z][a-z]{2,8}\.? \d)|"
    r"(?<!\w)(?:(?P<n9>fax|facsimile)|(?P<n10>tel|phone|"
    r"telephone|ph)|(?P<n8>npi)|(?P<n11>tax id|tin))\.?\s+(?=\(?\d)",
    re.IGNORECASE,
)
_ID = re.compile(r"^[#:\s]*(?P<id>(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{3,19})(?![\w-])", re.IGNORECASE)


def read_block(letter: Letter) -> Iterator[Said]:
    """The values of the labelled lines of a letter's head and foot, top to bottom. Rows count up within each list."""
    rows = {"diagnoses": 0, "service_lines": 0}
    head = tuple(letter.head())
    for number, line in enumerate(head):
        for path, span in _labelled(letter, line, head[number + 1 :]):
            if path.startswith("requesting_provider") and not _letterhead(letter, line):
                continue
            for said in _read(path, letter.slice(span), span, rows["diagnoses"]):
                rows["diagnoses"] += said.path == "diagnoses.code"
                yield said
    for line in letter.foot():
        for path, span in _labelled(letter, line):
            if path.startswith("requesting_provider"):
                yield from _read(path, letter.slice(span), span, 0)
    yield from _dated(letter)


def _labelled(letter: Letter, line: Line, following: Sequence[Line] = ()) -> Iterator[tuple[str, Span]]:
    """The leaf and the place of the text that follows each label of a line, with the lines that hang below it."""
    text = letter.slice(line.span)
    labels = [*_LABEL.finditer(text), None]
    for label, after in pairwise(labels):
        if label is None:
            continue
        path = _LABELS[int(str(label.lastgroup)[1:])][0]  # "l3", "n9": the number of the label
        end = line.span.start + after.start() if after else line.span.end
        if after is None and path in _LONG:
            end = _hanging(line, following)
        yield path, Span(line.span.start + label.end(), end)


# Values that run over several lines.
_LONG = frozenset({"diagnoses", "service_lines.code", "service_lines.drug.name"})


def _hanging(line: Line, following: Sequence[Line]) -> int:
    """Where the text of a labelled line ends: with the last line below it that is set in and has no label."""
    end, above = line.span.end, line
    for other in following[:8]:
        if line.box is None or above.box is None or other.box is None or other.page != line.page:
            break
        inset = other.box.x0 - line.box.x0
        near = -2 < other.box.top - above.box.bottom < 1.2 * max(above.box.height, 8.0)
        if inset < 18 or not near or _LABEL.search(other.text):
            break
        end, above = other.span.end, other
    return end


def _letterhead(letter: Letter, line: Line) -> bool:
    """Whether a line of the head is above the date, the addressee and the subject: the sender's own address."""
    for other in letter.lines:
        if other.order == line.order and other.page == line.page:
            return True
        opens = re.match(r"\s*(?:to|attn|attention|re|date|via|sent)\b\s*[:.]", other.text, re.IGNORECASE)
        if opens or _only_date(other):
            return False
    return False


def _dated(letter: Letter) -> Iterator[Said]:
    for line in letter.lines[:18]:
        if _only_date(line):
            start, end, date = next(iter(find_dates(line.text)))
            yield Said("submitted_on", date, Span(line.span.start + start, line.span.start + end), "letter-date", 0.93)
            return


def _only_date(line: Line) -> bool:
    found = list(find_dates(line.text))
    if len(found) != 1:
        return False
    rest = line.text[: found[0][0]] + line.text[found[0][1] :]
    return not re.sub(r"(?i)\b(?:date|dated|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?\b|\W", "", rest)


def _read(path: str, text: str, span: Span, row: int) -> Iterator[Said]:
    """What the text after a label says of the leaf `path`; `row` is the first free row of the diagnoses."""
    if path == "diagnoses":
        yield from _diagnoses(text, span, row)
    elif path in ("servicing_provider", "facility"):
        yield from read_named(path, text, span.start)
    elif path == "service_lines.start_on":
        yield from _period(text, span)
    elif path == "requesting_provider.npi":
        yield from read_npi(text, span)
    elif path == "service_lines.code":
        yield from _services(text, span)
    elif path == "service_lines.drug.name":
        yield from _drug(text, span)
    elif path in _SIMPLE:
        found = _SIMPLE[path](text)
        if found:
            rows = (0,) if path.startswith("service_lines") else ()
            yield Said(path, found[2], _within(span, found[0], found[1]), "labelled", LABELLED, rows)


def _period(text: str, span: Span) -> Iterator[Said]:
    """The first day of service and, behind it, the last."""
    found = [one for one in find_dates(text) if one[0] < 40][:2]
    for leaf, (start, end, date) in zip(("start_on", "end_on"), found, strict=False):
        if leaf == "start_on" and start > 4:
            return
        yield Said(f"service_lines.{leaf}", date, _within(span, start, end), "labelled", LABELLED, (0,))


def _services(text: str, span: Span) -> Iterator[Said]:
    """Lines with their codes, as in "Right total knee arthroplasty, CPT 27447"; without a code, the words alone."""
    if find_drug(text):
        yield from _drug(text, span)
        return
    said = list(read_services(text, span, sure=LABELLED, rule="labelled"))
    yield from said
    head = None if said else re.match(r"\s*([A-Za-z][A-Za-z0-9/ ,'-]{4,70}?)\s*(?:[;(].*)?$", text)
    if head:
        yield Said("service_lines.text", head[1], _within(span, *head.span(1)), "labelled", 0.9, (0,))
        yield from read_amounts(text, span, sure=0.93, rule="labelled", row=(0,))


def _drug(text: str, span: Span) -> Iterator[Said]:
    """A drug of our list beside its label, with the strength that follows it."""
    drug = find_drug(text)
    if drug is None or drug[0] > 6:
        return
    place = _within(span, drug[0], drug[1])
    yield Said("service_lines.drug.name", text[drug[0] : drug[1]], place, "labelled", LABELLED, (0,), known=True)
    yield Said("request_type", "drug", place, "labelled", LABELLED, known=True)
    strength = find_strength(text[drug[1] : drug[1] + 40])
    if strength:
        at = _within(span, drug[1] + strength[0], drug[1] + strength[1])
        value = text[drug[1] + strength[0] : drug[1] + strength[1]]
        yield Said("service_lines.drug.strength", value, at, "labelled", LABELLED, (0,))


def _date(text: str) -> tuple[int, int, Scalar] | None:
    found = next(iter(find_dates(text)), None)
    return found if found and found[0] < 4 else None


def _name(text: str) -> tuple[int, int, Scalar] | None:
    name = read_name(text)
    at = text.find(name.split()[0]) if name else 0
    return (at, at + _length(text[at:], name), name) if name else None


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
    "coverage.group_number": _number,
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
    for n, (start, end, code) in enumerate(found, start=row):
        following = found[n - row + 1][0] if n - row + 1 < len(found) else len(text)
        words = _words(text, begin, start) or (_words(text, end, following) if n == row or begin == 0 else None)
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
