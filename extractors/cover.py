"""What the cover of a fax says: the sender's practice, contact, telephone and fax, and the plan that it goes to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.charting.heads import Labelled, read_heads
from extractors.extractor import Extractor
from extractors.layout.plain import typeset
from extractors.normalize.contacts import find_phone
from extractors.normalize.names import is_name, is_organization
from extractors.trust import words_right
from models.annotations import Annotations, PartType
from models.document import Document, Page, Word
from models.mention import FieldMention

# Whoever sends is most often, not always, who asks: below what counts as sure. Set by hand (benchmarks/quality.py).
_SURE = 0.85
_SENDER, _ADDRESSEE = "from", "to"
_LABELS = {
    "from": _SENDER, "sender": _SENDER, "sent by": _SENDER, "to": _ADDRESSEE, "attn": _ADDRESSEE,
    "attention": _ADDRESSEE, "recipient": _ADDRESSEE, "contact": "contact_name", "contact person": "contact_name",
    "call": "contact_name", "phone": "phone", "tel": "phone", "telephone": "phone", "phone number": "phone",
    "fax": "fax", "fax number": "fax", "fax no": "fax", "facsimile": "fax", "company": "organization",
    "date": "other", "pages": "other", "no of pages": "other", "re": "other", "subject": "other", "dept": "other",
    "pages with cover": "other", "regarding": "other",
}  # fmt: skip
# Words of which one is in the name of every plan.
_PLAN = re.compile(r"\b(health|plan|insurance|assurance|mutual|advantage|benefits?|medicaid|medicare)\b", re.IGNORECASE)
# Points: labels of one column begin at one place.
_COLUMN = 24.0


@dataclass(frozen=True, slots=True)
class _Told:
    """A leaf with its value and the words it was read off."""

    leaf: str
    value: str
    words: Sequence[Word]


def find_cover_fields(document: Document, annotations: Annotations) -> Iterator[FieldMention]:
    """Find who sent a fax, on its cover: what a request's own papers say of who asks counts more.

    Yields:
        One mention a leaf and cover. Confidence 0..1: .85 times the chance that the words are right.
    """
    for part in annotations.parts:
        if part.type is not PartType.FAX_COVER:
            continue
        seen: set[str] = set()
        for number in part.pages:
            page = document.page(number)
            for told in _sender(page):
                if told.leaf not in seen:
                    seen.add(told.leaf)
                    yield _mention(document, page, told)


def _sender(page: Page) -> Iterator[_Told]:
    """What stands behind the labels below "From", up to those of the addressee; of that one only a plan's name."""
    whose: dict[float, str] = {}
    for labelled in sorted(read_heads(typeset(page), _LABELS), key=lambda one: one.label.box.top):
        left = labelled.label.box.x0
        column = next((place for place in whose if abs(place - left) < _COLUMN), left)
        if labelled.path in (_SENDER, _ADDRESSEE):
            whose[column] = labelled.path
        if labelled.words and (whose.get(column) == _SENDER or labelled.path == _ADDRESSEE):
            yield from _read(labelled)


def _read(labelled: Labelled) -> Iterator[_Told]:
    text = " ".join(word.text for word in labelled.words).strip(" ,;:|_")
    match labelled.path:
        case "from" | "organization" if is_organization(text):
            yield _Told("requesting_provider.organization", text, labelled.words)
        case "to" if _PLAN.search(text) and not re.search(r"\d", text):
            yield _Told("coverage.payer_name", text, labelled.words)
        case "contact_name" if is_name(text) and not is_organization(text) and 2 <= len(text.split()) <= 5:
            yield _Told("requesting_provider.contact_name", text, labelled.words)
        case "phone" | "fax":
            found = find_phone(text)
            if found is not None and not re.search(r"\d", text[: found[0]]):
                yield _Told(f"requesting_provider.{labelled.path}", found[2], labelled.words)


def _mention(document: Document, page: Page, told: _Told) -> FieldMention:
    own = {word.span: word for word in page.words}
    words = tuple(own.get(word.span, word) for word in told.words)
    return FieldMention(
        path=told.leaf,
        value=told.value,
        as_written=" ".join(word.text for word in words),
        confidence=round(words_right(words) * _SURE, 3),
        evidence=(document.evidence(page.number, words),),
        provenance=COVER.provenance("sender"),
    )


COVER = Extractor(name="cover", version="1", run=find_cover_fields)
