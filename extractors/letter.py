"""Free-text request letters: what they ask for, for whom, and who asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.annotation.letter_look import answers, letter_points
from extractors.extractor import Extractor
from extractors.places import Places
from extractors.prose.asked import asks, read_prose
from extractors.prose.banner import read_banner
from extractors.prose.block import read_block
from extractors.prose.contact import read_contact
from extractors.prose.earlier import read_earlier
from extractors.prose.heading import read_heading
from extractors.prose.providers import read_providers
from extractors.prose.said import Letter, Said
from extractors.prose.sectioned import read_sections, sections_of, taken_lines
from extractors.prose.sender import read_sender
from extractors.prose.signer import read_foot
from extractors.prose.stay import read_stay
from extractors.prose.tabled import read_table
from models.annotations import Annotations, PartType
from models.document import Document
from models.mention import FieldMention

_KINDS = frozenset({PartType.LETTER_OF_MEDICAL_NECESSITY, PartType.CORRESPONDENCE, PartType.REFERRAL})
_ASKING = frozenset({PartType.PRIOR_AUTHORIZATION_FORM, PartType.LETTER_OF_MEDICAL_NECESSITY, PartType.REFERRAL})
# What is read as a letter though its type says otherwise is right less often.
_DOUBTFUL = 0.9


def find_letter_fields(document: Document, annotations: Annotations) -> Iterator[FieldMention]:
    """Find the fields of the request that a letter states.

    Read are letters of medical necessity, correspondence and referrals in which a sentence asks for something. Labelled
    lines above the greeting come first, then the sentences, then the close. What is not plainly said is left out: the
    drug or service must stand in the sentence that asks, and only an explicit request for expedited or urgent review
    sets `level_of_service`. A document's first part that asks as a letter does is read, whatever its type, and an
    order that stands alone under headings, both less surely.

    Yields:
        One mention a leaf and place. Confidence 0..1: .95 beside a label, .85 to .92 in prose, times that of the words.
    """
    places = Places.of(document)
    alone = not any(part.type in _ASKING for part in annotations.parts)
    for part in annotations.parts:
        doubtful = part.type not in _KINDS
        if doubtful and not (alone and part is annotations.parts[0]):
            continue
        letter = Letter.of(document, annotations, part)
        if doubtful and not (part.type is PartType.ORDER and sections_of(letter)) and not letter_points(letter.lines):
            continue
        if part.type is PartType.CORRESPONDENCE and answers(letter.lines):
            continue
        if not any(asks(letter.slice(span)) for span in letter.sentences) and not sections_of(letter):
            continue
        for said in _once(_all(document, letter)):
            sure = _DOUBTFUL * said.confidence if doubtful else said.confidence
            mention = _mention(document, places, replace(said, confidence=sure))
            if mention is not None:
                yield mention


def _all(document: Document, letter: Letter) -> Iterator[Said]:
    """The labelled lines, then what the sentences add to them, then the close."""
    sections = sections_of(letter)
    headed = list(read_sections(letter, sections))
    letter = letter.without(taken_lines(letter, sections))
    block = [*headed, *_beyond(headed, list(read_block(letter)))]
    block += _unsaid(block, read_banner(letter))
    if not any(said.path in _LISTED and said.path.startswith("service_lines") for said in block):
        block += _unsaid(block, read_table(document, letter))
    yield from block
    named = any(said.path == "patient.name.full" for said in block)
    yield from _added(block, list(read_prose(letter, named=named)))
    yield from read_foot(letter)
    yield from read_sender(letter)
    yield from read_heading(letter)
    yield from read_earlier(letter)
    if not any(said.path == "requesting_provider.contact_name" for said in block):
        yield from read_contact(letter)
    yield from read_providers(letter)
    yield from read_stay(letter)


def _unsaid(block: Sequence[Said], others: Iterator[Said]) -> list[Said]:
    """What others say of leaves that the labelled lines leave open."""
    told = {said.path for said in block}
    return [said for said in others if said.path not in told]


def _beyond(headed: Sequence[Said], block: Sequence[Said]) -> Iterator[Said]:
    """What the labelled lines say beyond what stands under headings: lists stay those of the headings."""
    told = {said.path for said in headed}
    lists = {path.split(".", 1)[0] for path in told & _LISTED}
    for said in block:
        again = said.path.split(".", 1)[0] in lists and (said.path in _LISTED or said.rows != (0,))
        if said.path not in told and not again:
            yield said


# What tells that a list has been given.
_LISTED = frozenset({
    "service_lines.code", "service_lines.text", "service_lines.drug.name", "diagnoses.code", "diagnoses.text",
})  # fmt: skip


def _added(block: Sequence[Said], prose: Sequence[Said]) -> Iterator[Said]:
    """What the sentences say beyond the labelled lines: other diagnoses, and what is asked for if those do not say."""
    paths = {said.path for said in block}
    name = next((str(said.value) for said in block if said.path == "patient.name.full"), "")
    codes = [said.value for said in block if said.path == "diagnoses.code"]
    again = {said.rows for said in prose if said.path == "diagnoses.code" and said.value in codes}
    first = max((said.rows[0] + 1 for said in block if said.path.startswith("diagnoses")), default=0)
    told = bool(paths & {"service_lines.code", "service_lines.text"})
    drug = "service_lines.drug.name" in paths
    for said in prose:
        if said.path == "patient.name.full" and set(str(said.value).split()) <= set(name.split()):
            continue
        if said.path.startswith("diagnoses"):
            if said.rows not in again:
                yield replace(said, rows=(first + said.rows[0],))
            continue
        asked = said.path == "request_type" or said.path.startswith("service_lines")
        if asked and told and not (drug and said.path.startswith("service_lines.drug")):
            continue
        if drug and said.path.startswith("service_lines.drug") and said.path in paths:
            continue
        yield said


def _once(found: Iterator[Said]) -> Iterator[Said]:
    """The first place for each leaf and value; amounts and modifiers of two lines may be the same."""
    seen: set[tuple[str, str, tuple[int, ...]]] = set()
    for said in found:
        rows = said.rows if said.path.startswith("service_lines") and not said.path.endswith(".code") else ()
        key = (said.path, str(said.value), rows)
        if key not in seen:
            seen.add(key)
            yield said


def _mention(document: Document, places: Places, said: Said) -> FieldMention | None:
    evidence = places.evidence(said.span)
    if not evidence:
        return None
    return FieldMention(
        evidence=evidence,
        provenance=LETTER.provenance(said.rule, repaired=said.repaired),
        confidence=round(said.confidence * (1.0 if said.known else min(1.0, places.confidence(said.span) + 0.02)), 3),
        path=said.path,
        rows=said.rows,
        value=said.value,
        as_written=" ".join(document.text[said.span.start : said.span.end].split()),
        unclear=said.unclear,
    )


LETTER = Extractor(name="letter", version="1", run=find_letter_fields)
