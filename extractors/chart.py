"""What chart papers state of the request: whom they are about, body measures, and on orders who orders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from extractors.annotation.lines import Line, lines_of, plain_text
from extractors.charting.heads import Labelled, Vocabulary, read_heads
from extractors.charting.vitals import find_vitals
from extractors.data_files import load_data
from extractors.extractor import Extractor
from extractors.layout.plain import typeset
from extractors.normalize.contacts import find_phone, split_place
from extractors.normalize.dates import parse_birth_date
from extractors.normalize.names import is_name
from extractors.trust import words_right
from models import identifiers
from models.annotations import Annotations, PartType
from models.document import Document, Page, Word
from models.evidence import Unclear
from models.mention import FieldMention, Scalar

_NO_CHART = frozenset({
    PartType.PRIOR_AUTHORIZATION_FORM, PartType.REFERRAL, PartType.LETTER_OF_MEDICAL_NECESSITY, PartType.CORRESPONDENCE,
    PartType.FAX_COVER, PartType.BLANK, PartType.SEPARATOR, PartType.PHOTO, PartType.POLICY,
})  # fmt: skip
_NO_VITALS = frozenset({PartType.FAX_COVER, PartType.BLANK, PartType.SEPARATOR, PartType.PHOTO, PartType.POLICY})

# How far (points) below a label that names somebody a bare "Phone" or "Address" is still theirs: about ten lines.
_BLOCK = 130.0
# Points by which the middles of labels on one row differ at most.
_ROW = 4.0
# Set by hand: benchmarks/quality.py prints the wrong values of all rules together.
_HEAD_SURE, _VITALS_SURE = 0.97, 0.96
_PATIENT, _ORDERING = "patient", "ordering_provider"
_OF_SOMEBODY = frozenset({"patient.phone", "patient.address", "patient.name.full"})

Value = tuple[str, Scalar | None, Sequence[Word], Unclear | None, bool]


def find_chart_fields(document: Document, annotations: Annotations) -> Iterator[FieldMention]:
    """Find the patient's name, birth date, sex and numbers at the head of each chart paper, height and weight in it.

    Of an order, the practitioner who orders is read, too: name, NPI and telephone beside their labels. A telephone or
    address without a word of whose it is belongs to the person named last above it.

    Yields:
        One mention a leaf and part, the first place of each. Confidence 0..1: .97 beside a label, .96 in running text,
        times the chance that the words are right.
    """
    for part in annotations.parts:
        seen: set[str] = set()
        for number in part.pages:
            page = document.page(number)
            found = [] if part.type in _NO_CHART else list(_heads(page, order=part.type is PartType.ORDER))
            for path, value, words, unclear, repaired in found:
                if path not in seen:
                    seen.add(path)
                    yield _mention(document, page, (path, value, words, unclear, repaired), rule="head")
            if part.type in _NO_VITALS:
                continue
            for path, value, words in _vitals(lines_of(document, page)):
                if path not in seen:
                    seen.add(path)
                    yield _mention(document, page, (path, value, words, None, False), rule="vital-signs")


def _heads(page: Page, *, order: bool) -> Iterator[Value]:
    set_page = typeset(page)
    role, level = "", 0.0
    for labelled in _by_rows(read_heads(set_page, _vocabulary())):
        path, top = labelled.path, labelled.label.box.top
        if path == "other":
            role = "" if plain_text(labelled.label.text) in _PERSONS else role
            continue
        bare = plain_text(labelled.label.text) == "name"
        if bare and (role == _ORDERING or top > 0.5 * set_page.height):
            continue
        if path in ("patient.name.full", "patient.birth_date", "ordering_provider.name"):
            role, level = path.split(".")[0], top
        near = top - level < _BLOCK
        if path in ("patient.phone", "patient.address"):
            path = path.replace(_PATIENT, role, 1) if role and near else ""
        if not path or (path.startswith(_ORDERING) and not order):
            continue
        yield from _values(path, labelled)


def _by_rows(heads: Sequence[Labelled]) -> Iterator[Labelled]:
    """Labels from left to right, row by row, though a scan may be a little askew."""
    left = sorted(heads, key=lambda one: one.label.box.top)
    while left:
        level = left[0].label.box.middle[1]
        row = [one for one in left if abs(one.label.box.middle[1] - level) < _ROW]
        yield from sorted(row, key=lambda one: one.label.box.x0)
        left = [one for one in left if one not in row]


_PERSONS = frozenset({
    "pcp", "primary care provider", "attending", "attending provider", "attending physician", "author", "surgeon",
    "radiologist", "pathologist", "therapist", "emergency contact", "guarantor", "facility", "location", "pharmacy",
    "department", "subscriber", "insured", "responsible party", "next of kin", "consultant", "supervising physician",
})  # fmt: skip


def _values(path: str, labelled: Labelled) -> Iterator[Value]:
    """What the words beside a label say of its leaf."""
    words = labelled.words
    text = " ".join(word.text for word in words)
    if not words:
        return
    read = _READERS.get(path.split(".", 1)[1])
    if read is not None:
        yield from read(path, text, words)


def _name(path: str, text: str, words: Sequence[Word]) -> Iterator[Value]:
    name = text.strip(" ,;:|_")
    if (
        is_name(name)
        and 2 <= len(name.split()) <= 6
        and not any(w.lower().strip(".,") in _NO_NAMES for w in name.split())
    ):
        yield path, name, words, None, False


_NO_NAMES = frozenset({
    "name", "date", "birth", "dob", "sex", "phone", "address", "mrn", "insurance", "health", "plan", "hospital",
    "clinic",
    "signature", "signed", "report", "note", "visit", "copy", "information", "chart", "record", "department", "unknown",
    "electronically", "center", "medical", "services", "portal", "education", "instructions",
})  # fmt: skip


def _birth(path: str, text: str, words: Sequence[Word]) -> Iterator[Value]:
    found = parse_birth_date(text)
    if found is not None and found[0] < 4:
        yield path, found[2], _under(words, *found[:2]), None, False


def _sex(path: str, text: str, words: Sequence[Word]) -> Iterator[Value]:
    match = re.match(r"(?i)\W*(female|male|f|m|女|男)(?![a-z])", text)
    if match:
        value = "female" if match[1].lower() in {"female", "f", "女"} else "male"
        yield path, value, _under(words, *match.span(1)), None, False


def _number(path: str, text: str, words: Sequence[Word]) -> Iterator[Value]:
    match = re.match(
        r"[#:\s]*(?P<id>(?=[A-Z0-9-]*\d[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{3,19})(?![\w/-])", text, re.IGNORECASE
    )
    if match:
        yield path, match["id"], _under(words, *match.span("id")), None, False


def _hkid(path: str, text: str, words: Sequence[Word]) -> Iterator[Value]:
    match = re.match(r"\W*([A-Z]{1,2}\s?\d{6}\s?\(?[\dA]\)?|[A-Z]{1,2}\d{3}\*{3}\(\*\))", text)
    if match:
        yield path, identifiers.mask_hkid(match[1]), _under(words, *match.span(1)), None, False


def _telephone(path: str, text: str, words: Sequence[Word]) -> Iterator[Value]:
    found = find_phone(text) or find_phone(text, "hk")
    if found is not None and found[0] < 4:
        yield path, found[2], _under(words, *found[:2]), None, False


def _address(path: str, text: str, words: Sequence[Word]) -> Iterator[Value]:
    place = split_place(text)
    if place.line is not None and re.search(r"\d", text[slice(*place.line)]):
        line = text[slice(*place.line)].strip(" ,")
        yield f"{path}.line", line, _under(words, *place.line), None, False


def _npi(path: str, text: str, words: Sequence[Word]) -> Iterator[Value]:
    match = re.match(r"\W*([\dOolISBZG][\dOolISBZG -]{7,13}[\dOolISBZG])(?![\w-])", text)
    if match is None:
        return
    place = _under(words, *match.span(1))
    digits = identifiers.normalize("npi", match[1])
    if identifiers.npi_ok(digits):
        yield path, digits, place, None, False
    elif repaired := identifiers.repair("npi", match[1]):
        yield path, repaired, place, None, True
    else:
        yield path, None, place, "invalid", False


_READERS: dict[str, Callable[[str, str, Sequence[Word]], Iterator[Value]]] = {
    "name.full": _name, "name": _name, "birth_date": _birth, "sex": _sex, "identifiers.mrn": _number,
    "identifiers.hkid": _hkid, "phone": _telephone, "address": _address, "member_id": _number, "group_number": _number,
    "npi": _npi, "license_number": _number,
}  # fmt: skip


def _under(words: Sequence[Word], start: int, end: int) -> tuple[Word, ...]:
    """The words at a stretch of their text, joined by single spaces."""
    at, found = 0, []
    for word in words:
        if at < end and at + len(word.text) > start:
            found.append(word)
        at += len(word.text) + 1
    return tuple(found)


def _vitals(lines: Sequence[Line]) -> Iterator[tuple[str, str, tuple[Word, ...]]]:
    for kind, value, span in find_vitals(lines):
        words = tuple(
            word for line in lines for word in line.words if word.span.start < span.end and word.span.end > span.start
        )
        yield f"patient.{kind}", value, words


def _mention(document: Document, page: Page, value: Value, *, rule: str) -> FieldMention:
    path, said, words, unclear, repaired = value
    own = {word.span: word for word in page.words}
    evidence = document.evidence(page.number, tuple(own.get(word.span, word) for word in words))
    sure = (_HEAD_SURE if rule == "head" else _VITALS_SURE) * (0.9 if repaired else 1.0)
    return FieldMention(
        evidence=(evidence,),
        provenance=CHART.provenance(rule, repaired=repaired),
        confidence=round(words_right(words) * sure, 3),
        path=path,
        value=said,
        as_written=" ".join(word.text for word in words),
        unclear=unclear,
    )


@cache
def _vocabulary() -> Vocabulary:
    listed = load_data("heads", dict[str, tuple[str, ...]])
    return {plain_text(label): path for path, labels in listed.items() for label in labels}


CHART = Extractor(name="chart", version="1", run=find_chart_fields)
