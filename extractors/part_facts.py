"""What each part of a packet says of itself: its date, its author, whether it is signed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.annotation.lines import Line, part_lines, plain_text
from extractors.charting.heads import read_heads
from extractors.data_files import load_data
from extractors.extractor import Extractor
from extractors.layout.plain import typeset
from extractors.normalize.dates import DateOrder, find_dates
from extractors.origin import from_hong_kong
from extractors.places import Places
from extractors.prose.said import Letter
from extractors.prose.signer import Signer, read_signer
from extractors.signing.part import LETTERS, closing_signer, deciding, signatures_of
from extractors.signing.reading import SignatureReading
from models.annotations import Annotations, Part, PartType
from models.document import Document
from models.evidence import Evidence
from models.geometry import Span
from models.mention import FieldMention, Scalar

_NONE_OF_ITS_OWN = frozenset({PartType.BLANK, PartType.SEPARATOR, PartType.ID_CARD})

# Labels of the date that a document is of, the most telling first; the number is the confidence.
_DATES = (
    (0.93, r"date of (?:service|visit|encounter|exam(?:ination)?|procedure|operation|surgery|study|consultation|"
           r"consult|evaluation)|service date|visit date|encounter date|exam date|study date|procedure date|dos"),
    (0.92, r"(?:date )?collected(?: on| date)?|collection date|specimen date|date of collection|date/time collected"),
    (0.9, r"date of discharge|discharge date|discharged(?: on)?"),
    (0.88, r"order date|date of order|date ordered|date written|date of letter|note date|report date|date of "
           r"report|letter date|date reported|reported(?: on)?"),
    (0.85, r"date(?: of note)?"),
    (0.8, r"dictated(?: on)?|transcribed(?: on)?|date dictated|seen on|admission date|date of admission|"
          r"admitted(?: on)?"),
)  # fmt: skip
_DATE_LABELS = tuple(
    (sure, re.compile(rf"(?<![\w/])(?:{pattern})\s*(?:[:\-]|\bis\b|(?=\s*\d))\s*", re.IGNORECASE))
    for sure, pattern in _DATES
)
_NOT_ITS_DATE = re.compile(
    r"birth|dob|born|onset|next|follow|effective|expir|fax|printed|signature|signed|start|"
    r"end|due|last|prior|previous",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"^\W*(?:author|authored by|note by|written by|dictated by|interpreted by|read by|reported by|signed by|"
    r"attending(?: physician)?|surgeon|radiologist|pathologist|provider|"
    r"rendering provider|treating (?:physician|provider)|performing (?:physician|provider)|physician|examining "
    r"physician|consultant|consulting physician|therapist|ordering (?:physician|provider)|prescriber)"
    r"\s*(?:name)?\s*[:]\s*",
    re.IGNORECASE,
)
# Days. A date of ten years before another of the same paper is a birth date or a history, not the paper's own.
_LONG_BEFORE = 3650
_FAX_HEADER = re.compile(r"\b(?:fax|from:|to:|page|p\.)\b", re.IGNORECASE)


def find_part_facts(document: Document, annotations: Annotations) -> Iterator[FieldMention]:
    """Find `part.dated_on`, `part.author` and `part.signed` of each part.

    The part meant is the one that holds the page of the evidence. The date is the best labelled one of the part's
    pages (of service before of report before "Date:"), else one that stands alone at its head, else that of its
    signature; never a birth date, nor that of a fax header. A part without a place to sign and without a word on it
    has no `signed`.
    """
    places = Places.of(document)
    for part in annotations.parts:
        if part.type in _NONE_OF_ITS_OWN:
            continue
        if part.type is PartType.PHOTO:
            yield from _dated(document, part, places, None)
            continue
        signature = deciding(signatures_of(document, annotations, part, places))
        yield from _signed(signature)
        yield from _dated(document, part, places, signature)
        yield from _author(document, annotations, part, places, signature)


def _signed(reading: SignatureReading | None) -> Iterator[FieldMention]:
    if reading is None or not reading.evidence:
        return
    state = {"signed": "signed", "unsigned": "unsigned"}.get(reading.state, "unclear")
    yield _field("signed", state, reading.evidence, reading.rule, reading.confidence)


def _dated(
    document: Document, part: Part, places: Places, signature: SignatureReading | None
) -> Iterator[FieldMention]:
    order: DateOrder = "dmy" if from_hong_kong(document, part.pages) else "mdy"
    lines = part_lines(document, part.pages)
    born = {dt.date.fromisoformat(part.patient.birth_date)} if part.patient.birth_date else set()
    cells = list(_cell_dates(document, part, order))
    born |= {date for rule, _, date, _ in cells if rule == "birth"}
    found = [one for one in (*cells, *_labelled_dates(lines, order)) if one[0] != "birth"]
    ranked = sorted(found, key=lambda one: -one[1])
    signed = [] if signature is None else list(_signed_dates(signature))
    known = {date for _, _, date, _ in (*found, *signed)}
    for rule, sure, date, span in (*ranked, *_head_dates(lines, order), *signed):
        if date in born or any((other - date).days > _LONG_BEFORE for other in known):
            continue
        evidence = places.evidence(span)
        if evidence:
            yield _field("dated_on", date, evidence, rule, sure * min(1.0, places.confidence(span) + 0.02))
            return


def _signed_dates(signature: SignatureReading) -> Iterator[tuple[str, float, dt.date, Span]]:
    if signature.signed_on and signature.signed_on.value and signature.signed_on.span:
        yield "signed-on", 0.75, signature.signed_on.value, signature.signed_on.span


def _cell_dates(document: Document, part: Part, order: DateOrder) -> Iterator[tuple[str, float, dt.date, Span]]:
    """Dates beside or below a label of their own, as in ruled heads; those of birth are told by their rule."""
    for number in part.pages:
        for labelled in read_heads(typeset(document.page(number)), _vocabulary()):
            text = " ".join(word.text for word in labelled.words)
            found = next(iter(find_dates(text, order)), None)
            if found is None or found[0] > 4:
                continue
            span = Span(labelled.words[0].span.start, labelled.words[-1].span.end)
            if labelled.path == "birth":
                yield "birth", 0.0, found[2], span
            else:
                yield "labelled-date", float(labelled.path), found[2], span


@cache
def _vocabulary() -> dict[str, str]:
    """The plain labels of dates, each with how sure it is the date that its paper is of ("0.93"), or "birth"."""
    listed = load_data("date_labels", dict[str, tuple[str, ...]])
    return {plain_text(label): sure for sure, labels in listed.items() for label in labels}


def _labelled_dates(lines: Sequence[Line], order: DateOrder) -> Iterator[tuple[str, float, dt.date, Span]]:
    for sure, label in _DATE_LABELS:
        for line in lines:
            for match in label.finditer(line.text):
                before, after = line.text[: match.start()], line.text[match.end() : match.end() + 24]
                if _NOT_ITS_DATE.search(f"{before[-16:]} {match[0]}") and not match[0].lower().startswith(
                    ("date of", "discharge")
                ):
                    continue
                found = next(iter(find_dates(after, order)), None)
                if found and found[0] < 6:
                    start = line.span.start + match.end()
                    yield "labelled-date", sure, found[2], Span(start + found[0], start + found[1])


def _head_dates(lines: Sequence[Line], order: DateOrder) -> Iterator[tuple[str, float, dt.date, Span]]:
    """A date that fills a line near the head of the part by itself, below any fax header."""
    for line in lines[:15]:
        if (line.order == 0 and _FAX_HEADER.search(line.text)) or len(line.text) > 40:
            continue
        found = list(find_dates(line.text, order))
        if len(found) == 1 and found[0][1] - found[0][0] >= 0.6 * len(line.text.strip()):
            start, end, date = found[0]
            yield "date-at-the-head", 0.78, date, Span(line.span.start + start, line.span.start + end)


def _author(
    document: Document, annotations: Annotations, part: Part, places: Places, signature: SignatureReading | None
) -> Iterator[FieldMention]:
    if part.type in {PartType.PRIOR_AUTHORIZATION_FORM, PartType.FAX_COVER, PartType.POLICY}:
        return
    signer = signature.signer if signature else None
    rule, sure = "signer", 0.9
    if signer is None and part.type in LETTERS:
        signer, rule = closing_signer(Letter.of(document, annotations, part)), "under-the-close"
    if signer is None:
        signer, rule, sure = _labelled_author(part_lines(document, part.pages)), "labelled-author", 0.85
    if signer is None:
        tail = part_lines(document, part.pages)[-6:]
        alone = (read_signer(line.text, line.span.start) for line in reversed(tail) if len(line.text) < 60)
        signer, rule, sure = next((s for s in alone if s and s.credential), None), "name-at-the-foot", 0.75
    if signer is None:
        return
    span = Span(signer.name_span.start, signer.credential_span.end if signer.credential_span else signer.name_span.end)
    evidence = places.evidence(span)
    if evidence:
        name = signer.name if signer.credential is None else f"{signer.name}, {signer.credential}"
        yield _field("author", name, evidence, rule, sure * min(1.0, places.confidence(span) + 0.02))


def _labelled_author(lines: Sequence[Line]) -> Signer | None:
    for line in lines:
        match = _AUTHOR.match(line.text)
        signer = read_signer(line.text[match.end() :], line.span.start + match.end()) if match else None
        if signer is not None:
            return signer
    return None


def _field(leaf: str, value: Scalar, evidence: tuple[Evidence, ...], rule: str, confidence: float) -> FieldMention:
    return FieldMention(
        evidence=evidence,
        provenance=PART_FACTS.provenance(rule),
        confidence=round(confidence, 3),
        path=f"part.{leaf}",
        value=value,
        as_written=evidence[0].quote or None,
    )


PART_FACTS = Extractor(name="part_facts", version="1", run=find_part_facts)
