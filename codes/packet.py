"""What the whole packet says that helps to judge one code: where else codes stand, and which problems are found."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from codes.stated import Stated
from models.code_table import CodeTables
from models.document import Document
from models.request import AuthorizationRequest
from models.service_line import Diagnosis

_IMAGES = frozenset({"ocr", "mixed"})
_MARKS = ".,;:()[]{}|#\"'"
# More problems than this are a whole history, in which anything is named.
_MOST_PROBLEMS = 12


@dataclass(frozen=True, slots=True)
class Packet:
    """Tables, day of service, which pages are images, how often words with figures stand there, problems of notes."""

    tables: CodeTables
    day: dt.date
    images: frozenset[tuple[str, int]]
    words: Mapping[str, int]
    problems: tuple[str, ...]

    def stated(self, diagnosis: Diagnosis) -> Stated | None:
        """The code of a diagnosis with all it can be judged by; None if it has none, or one of another system."""
        leaf = diagnosis.code
        if leaf is None or (leaf.value is not None and leaf.value.system != "ICD-10-CM"):
            return None
        scanned = any((one.document, one.page) in self.images for one in leaf.evidence[:1])
        own = Counter(_word(word) for word in (leaf.as_written or "").split())
        elsewhere = frozenset(word for word, times in self.words.items() if times > own[word])
        return Stated(leaf, diagnosis.text, self.tables, self.day, scanned, elsewhere, self.problems)


def packet_of(request: AuthorizationRequest, pages: Sequence[Document], tables: CodeTables, day: dt.date) -> Packet:
    """What the request's own pages say; other pages of the same files may be another patient's."""
    own = {(paper.id, number) for paper in request.documents for part in paper.parts for number in part.pages}
    read = [(document, page) for document in pages for page in document.pages]
    words = Counter(
        _word(word.text)
        for document, page in read
        if (document.id, page.number) in own
        for word in page.words
        if 3 <= len(word.text) <= 10 and any(character.isdigit() for character in word.text)
    )
    found = dict.fromkeys(
        fact.text for fact in request.clinical if fact.category == "problem" and fact.status in ("present", "possible")
    )
    problems = tuple(found) if len(found) <= _MOST_PROBLEMS else ()
    images = frozenset((document.id, page.number) for document, page in read if page.source in _IMAGES)
    return Packet(tables, day, images, words, problems)


def _word(text: str) -> str:
    return text.strip(_MARKS).upper()
