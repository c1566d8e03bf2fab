"""The payer whose form it is, as the form itself prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.data_files import load_data
from extractors.extractor import Extractor
from extractors.trust import words_right
from models.annotations import Annotations, PartType
from models.document import Document, Page, Word
from models.mention import FieldMention

# A name printed once may be another plan's (other insurance, a list of plans); printed again, or in the head of the
# form, it is the form's own.
_HEAD = 0.2
_ONCE, _HEADED, _REPEATED = 0.6, 0.9, 0.93


def extract_payer_names(document: Document, annotations: Annotations) -> Iterator[FieldMention]:
    """Find the payer's name on the request forms of a document.

    Yields:
        At most one field coverage.payer_name a form: the payer named most often, the first place it stands. Nothing
        when two payers are named equally often.
    """
    for part in annotations.parts:
        if part.type is not PartType.PRIOR_AUTHORIZATION_FORM:
            continue
        found: dict[str, list[tuple[Page, tuple[Word, ...]]]] = {}
        for number in part.pages:
            page = document.page(number)
            for name, words in _named(page):
                found.setdefault(name, []).append((page, words))
        ranked = sorted(found.items(), key=lambda item: -len(item[1]))
        if not ranked or (len(ranked) > 1 and len(ranked[0][1]) == len(ranked[1][1])):
            continue
        yield _field(document, ranked[0][0], ranked[0][1])


def _field(document: Document, name: str, places: list[tuple[Page, tuple[Word, ...]]]) -> FieldMention:
    page, words = places[0]
    box = words[0].box
    headed = box is not None and box.top < _HEAD * page.height
    sure = _REPEATED if len(places) > 1 else _HEADED if headed else _ONCE
    return FieldMention(
        path="coverage.payer_name",
        value=name,
        as_written=" ".join(word.text for word in words),
        confidence=round(sure * words_right(words), 3),
        evidence=(document.evidence(page.number, words),),
        provenance=PAYER_NAMES.provenance("payer-named-on-form"),
    )


def _named(page: Page) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """The payers named on a page, longest name first at each place."""
    keys = [
        re.sub(r"[^a-z0-9&./-]", "", word.text.lower().split("’")[0].split("'")[0]).strip(".,;:") for word in page.words
    ]
    at = 0
    while at < len(keys):
        found = next((n for n in _NAMES if keys[at : at + len(n[1])] == list(n[1])), None)
        if found is None:
            at += 1
            continue
        yield found[0], page.words[at : at + len(found[1])]
        at += len(found[1])


def _names() -> tuple[tuple[str, tuple[str, ...]], ...]:
    known = load_data("payers", tuple[str, ...])
    return tuple(sorted(((name, tuple(name.lower().split())) for name in known), key=lambda entry: -len(entry[1])))


_NAMES = _names()
PAYER_NAMES = Extractor(name="payer_names", version="1", run=extract_payer_names)
