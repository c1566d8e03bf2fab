"""What only forms of Hong Kong have: the insurer in their head, an estimate of fees, consents with their signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.extractor import Extractor
from extractors.form.bilingual import bilingual
from extractors.form.estimates import Estimate, read_estimates
from extractors.form.marks import without_boxes
from extractors.layout.cells import grid
from extractors.layout.plain import typeset
from extractors.layout.runs import Run, runs
from extractors.origin import from_hong_kong
from extractors.places import Places
from extractors.signing.places import read_consents
from extractors.signing.reading import SignatureReading
from extractors.trust import words_right
from models.annotations import Annotations, Part, PartType
from models.document import Document, Page, Word
from models.evidence import Evidence, Unclear
from models.mention import FieldMention, Scalar

_FORMS = frozenset({PartType.PRIOR_AUTHORIZATION_FORM, PartType.REFERRAL})
_ESTIMATES, _CONSENTS = "hong_kong.estimates", "hong_kong.consents"
_INSURER = re.compile(
    r"\b(?:insurance|assurance|life|mutual|medical|healthcare)\b.*\b(?:limited|ltd|company|co|plc|inc|asia)\b"
    r"|(?:保險|人壽|醫療).*(?:公司|集團)",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
# The head of a form: this share of its first page.
_HEAD = 0.14
_PAYER_SURE, _PAIR_SURE = 0.95, 0.98


def find_hong_kong(document: Document, annotations: Annotations) -> Iterator[FieldMention]:
    """Find insurer, estimates and consents of the request forms of Hong Kong.

    `hong_kong.estimates` and `hong_kong.consents` have a row a line and a signature place, in reading order. A consent
    is "signed" true where ink or a stamp stands in its place, false where that is empty; typed names are unclear.
    """
    places = Places.of(document)
    for part in annotations.parts:
        if part.type in _FORMS and from_hong_kong(document, part.pages):
            yield from _insurer(document, document.page(part.pages[0]))
            yield from _estimates(document, part)
            yield from _consents(places, part)


def _insurer(document: Document, page: Page) -> Iterator[FieldMention]:
    """The name in the head of the form's first page: the largest print that names a company of insurance."""
    if page.plain is not None:
        return
    head = [run for run in runs(page) if run.box.bottom < _HEAD * page.height and _INSURER.search(run.text)]
    if not head:
        return
    run = max(head, key=lambda run: run.box.height)
    latin = tuple(word for word in run.words if not _CHINESE.search(word.text))
    words = latin if latin and _INSURER.search(" ".join(word.text for word in latin)) else run.words
    name = " ".join(word.text for word in words).strip(" ,;:")
    yield _field(document, page, "coverage.payer_name", name, words, sure=_PAYER_SURE, rule="insurer-in-the-head")


def _estimates(document: Document, part: Part) -> Iterator[FieldMention]:
    row = 0
    for number in part.pages:
        page = typeset(document.page(number))
        found: Sequence[Run] = without_boxes(page, runs(page))
        for estimate in read_estimates(found, grid(page), bilingual()):
            yield from _estimate(document, page, estimate, row)
            row += 1


def _estimate(document: Document, page: Page, estimate: Estimate, row: int) -> Iterator[FieldMention]:
    sides: tuple[tuple[str, str | None, tuple[Word, ...]], ...] = (
        ("kind", estimate.kind, estimate.kind_words),
        ("amount", estimate.amount, estimate.amount_words),
        ("currency", estimate.currency, estimate.amount_words),
    )
    for leaf, value, words in sides:
        if value is not None:
            path = f"{_ESTIMATES}.{leaf}"
            field = _field(document, page, path, value, words, sure=_PAIR_SURE, rule="fee", rows=(row,))
            kind = document.evidence(page.number, _own(document, page, estimate.kind_words))
            yield field if leaf == "kind" else field.model_copy(update={"evidence": (*field.evidence, kind)})


def _consents(places: Places, part: Part) -> Iterator[FieldMention]:
    document, row = places.document, 0
    for number in part.pages:
        for by, reading in read_consents(document, document.page(number), order="dmy"):
            if reading.evidence:
                yield from _consent(places, by, reading, row)
                row += 1


def _consent(places: Places, by: str, reading: SignatureReading, row: int) -> Iterator[FieldMention]:
    signed = {"signed": True, "stamp": True, "unsigned": False}.get(reading.state)
    unclear: Unclear | None = "illegible" if signed is None else None
    label = reading.evidence[-1:]
    yield _signature("by", by, label, reading, row)
    yield _signature("signed", signed, reading.evidence, reading, row, unclear=unclear)
    dated = reading.signed_on
    if dated is not None and dated.value and dated.span:
        yield _signature("signed_on", dated.value, places.evidence(dated.span), reading, row)
    elif dated is not None and dated.region:
        region = (places.document.region(dated.page, dated.region, handwritten=True),)
        yield _signature("signed_on", None, region, reading, row, unclear="handwritten")


def _signature(
    leaf: str,
    value: Scalar | None,
    evidence: tuple[Evidence, ...],
    reading: SignatureReading,
    row: int,
    *,
    unclear: Unclear | None = None,
) -> FieldMention:
    return FieldMention(
        path=f"{_CONSENTS}.{leaf}",
        rows=(row,),
        value=value,
        as_written=evidence[0].quote or None,
        unclear=unclear,
        confidence=reading.confidence,
        evidence=evidence,
        provenance=HONG_KONG.provenance(reading.rule),
    )


def _field(
    document: Document,
    page: Page,
    path: str,
    value: Scalar,
    words: tuple[Word, ...],
    *,
    sure: float,
    rule: str,
    rows: tuple[int, ...] = (),
) -> FieldMention:
    return FieldMention(
        path=path,
        rows=rows,
        value=value,
        as_written=" ".join(word.text for word in words),
        confidence=round(sure * words_right(words), 3),
        evidence=(document.evidence(page.number, _own(document, page, words)),),
        provenance=HONG_KONG.provenance(rule),
    )


def _own(document: Document, page: Page, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The page's own words for those that were typeset or joined."""
    own = {word.span: word for word in document.page(page.number).words}
    return tuple(own.get(word.span, word) for word in words)


HONG_KONG = Extractor(name="hong_kong", version="1", run=find_hong_kong)
