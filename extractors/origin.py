"""Where a form comes from, by what is printed on it: Hong Kong writes in two languages, and days before months."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.form.bilingual import chinese
from models.annotations import Annotations, PartType
from models.document import Document

# A page with so many words in Chinese is written in it; one that offers help in many languages has a sentence or two.
_CHINESE = 12
# Words by which a form that was read in English alone is still known; two different ones are needed.
_MARKERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bHK\s?ID\b|hong kong (?:id|identity)",
        r"\bHK\s?\$|\bHKD\b",
        r"\b(?:hong kong|kowloon|new territories)\b",
        r"\bletter of guarantee\b",
        r"\bpolicy\s?(?:holder|owner)\b.*\bward\b|\bclass of ward\b|\bward class\b",
        r"\bDD\s?/\s?MM\s?/\s?YYYY\b",
    )
)
_ENOUGH = 2


def day_first(document: Document, annotations: Annotations) -> bool:
    """Whether the papers of a document give days before months: one of its forms is of Hong Kong."""
    forms = [part for part in annotations.parts if part.type is PartType.PRIOR_AUTHORIZATION_FORM]
    return any(from_hong_kong(document, part.pages) for part in forms)


def from_hong_kong(document: Document, pages: Sequence[int]) -> bool:
    """Whether these pages of a document are a form of Hong Kong."""
    texts = [[word.text for word in document.page(number).words] for number in pages]
    if any(sum(chinese(word) > 0 for word in words) >= _CHINESE for words in texts):
        return True
    text = " ".join(word for words in texts for word in words)
    return sum(marker.search(text) is not None for marker in _MARKERS) >= _ENOUGH
