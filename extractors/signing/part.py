"""All signatures of a part, and what they say together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.annotation.lines import part_lines
from extractors.normalize.dates import DateOrder
from extractors.origin import day_first
from extractors.places import Places
from extractors.prose.said import Letter
from extractors.prose.signer import Signer, find_signer
from extractors.signing.named_rules import read_named_rules
from extractors.signing.places import ink_between, read_places
from extractors.signing.reading import SignatureReading
from extractors.signing.words import read_words
from models.annotations import Annotations, Part, PartType
from models.document import Document

LETTERS = frozenset({PartType.LETTER_OF_MEDICAL_NECESSITY, PartType.REFERRAL, PartType.CORRESPONDENCE})

_WEIGHT = {"signed": 3, "stamp": 2, "unclear": 1, "unsigned": 0}


def signatures_of(
    document: Document, annotations: Annotations, part: Part, places: Places
) -> tuple[SignatureReading, ...]:
    """Every signature of a part and every empty place for one, in reading order."""
    found = list(read_words(part_lines(document, part.pages), places))
    order: DateOrder = "dmy" if day_first(document, annotations) else "mdy"
    for number in part.pages:
        found.extend(read_places(document, document.page(number), order))
        if not found:
            found.extend(read_named_rules(document, document.page(number), order))
    if part.type in LETTERS:
        found.extend(_under_the_close(document, annotations, part))
    return tuple(found)


def deciding(found: Sequence[SignatureReading]) -> SignatureReading | None:
    """The reading that stands for the part: a signature before a stamp, a doubt before an empty line.

    Where a place to sign is empty on one page and only words on another say "signed", those may be of a note that was
    taken for pages of the same part: whether it is signed is then unclear.
    """
    best = max(found, key=lambda reading: (_WEIGHT[reading.state], reading.confidence), default=None)
    if best is None or best.state != "signed" or best.rule != "said-signed":
        return best
    empty = next((reading for reading in found if reading.state == "unsigned"), None)
    signed_on = {reading.page for reading in found if reading.state == "signed"}
    if empty is None or empty.page in signed_on:
        return best
    return replace(empty, state="unclear", rule="signed-on-another-page", confidence=min(0.6, empty.confidence))


def _under_the_close(document: Document, annotations: Annotations, part: Part) -> Iterator[SignatureReading]:
    letter = Letter.of(document, annotations, part)
    foot = letter.foot()
    signer = closing_signer(letter)
    if not foot or signer is None:
        return
    below = next((line for line in foot[1:] if line.span.start <= signer.name_span.start < line.span.end), None)
    reading = ink_between(document, document.page(foot[0].page), foot[0], below) if below else None
    if reading is not None:
        yield SignatureReading(reading.state, reading.page, reading.evidence, reading.rule, reading.confidence, signer)


def closing_signer(letter: Letter) -> Signer | None:
    """The name under the close of a letter."""
    return find_signer(letter.foot()[1:10])
