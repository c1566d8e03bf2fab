"""Clinical facts in running text: problems, drugs, tests and procedures, each with what is said of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extractors.clinical.abbreviations import definitions
from extractors.clinical.chinese import ChineseFact, find_chinese, is_chinese
from extractors.clinical.courses import Course, course_of
from extractors.clinical.facts import Fact, find_facts
from extractors.clinical.sides import side_of
from extractors.clinical.values import CLOSE, is_aim, measured
from extractors.context import Judgement, Sentence
from extractors.extractor import Extractor
from extractors.language import level_text
from extractors.normalize.dates import find_dates
from extractors.places import Places
from models.annotations import Annotations, PartType, Section
from models.document import Document
from models.geometry import Span
from models.mention import EntityMention, EntityStatus

# Printed questions and rules are not statements about the patient.
SKIPPED = frozenset(
    {
        PartType.PRIOR_AUTHORIZATION_FORM, PartType.POLICY, PartType.FAX_COVER, PartType.ID_CARD, PartType.SEPARATOR,
        PartType.BLANK, PartType.PHOTO,
    }
)  # fmt: skip

_OUTCOME = re.compile(
    r"^[^.;]{0,40}?\b(?P<value>negative|positive|non-?reactive|reactive|indeterminate|immune|non-?immune|normal|"
    r"pending)\b",
    re.IGNORECASE,
)
# How an operation was done names instruments and layers, which a model of case reports takes for findings.
_DONE = frozenset({"technique", "procedure", "comparison"})
# Lines that say who: names of people look like names of drugs to a model.
_WHO = re.compile(
    r"(?i:\b(?:patient(?: name)?|name|dob|date of birth|mrn|provider|physician|surgeon|address|phone|fax|re|author|"
    r"facility|npi)\s*[:#]|\b(?:dr|mr|mrs|ms)\.\s|\b(?:dear|sincerely|signed)\b)|\b(?:MD|DO|NP|PA-C|RN|DPT)\b"
)
# Treatments have courses; the sides of tests and treatments are those of the body part they are about.
_TREATMENTS = frozenset({"drug", "procedure", "device"})
# A name that only the model finds is borne out by nothing else (benchmarks/entities.py: precision).
FOUND_BY_MODEL = 0.6


def find_entities(document: Document, annotations: Annotations) -> Iterator[EntityMention]:
    """Find clinical facts in the running text of notes, reports and letters.

    They are the concepts of data/concepts.yaml, the abbreviations of data/abbreviations.yaml and of the text itself,
    and names that only a model knows (without a concept). Chinese sentences are read by data/chinese.yaml.

    Forms, policies, covers and cards are passed over: their printed words say nothing of the patient. `status`
    follows the context rules of data/context.yaml within the sentence. Of a treatment, `value` and `unit` (d, wk, mo,
    y) are the time it lasted, with its first and last day and outcome where the sentence says them; of a measure its
    number; of a test its outcome in lower case. `on` is the last day of a course, else the full date nearest to the
    fact in its sentence. The quote runs from the cue to the fact where both stand on one page.

    Yields:
        One mention a place, in reading order. Confidence 0..1: that of the words, less where a word was misread.
    """
    places = Places.of(document)
    sections = sorted(annotations.sections, key=lambda section: section.span.start)
    own = definitions(document.text)
    for span in annotations.sentences:
        page = places.page_of(span)
        if page is None or annotations.part_of(page).type in SKIPPED:
            continue
        section = _section_at(sections, span)
        text = document.text[span.start : span.end]
        if section is None and not is_chinese(text) and _is_heading(text):
            continue
        misread = document.page(page).source in {"ocr", "mixed"}
        context = _Context(text, span.start, section, places)
        yield from _in_sentence(context, own, misread)


def _is_heading(text: str) -> bool:
    """A few words without a verb or a full stop, before any section: a file name or heading, which states nothing."""
    return len(text.split()) <= 8 and not re.search(
        r"[.:,;]|\d\s?m[gl]|\b(?:is|are|was|were|has|had|have|with|"
        r"no)\b",
        text,
    )


@dataclass(frozen=True, slots=True)
class _Context:
    text: str
    offset: int
    section: str | None
    places: Places

    def span(self, inner: Span) -> Span:
        return Span(self.offset + inner.start, self.offset + inner.end)


def _section_at(sections: list[Section], span: Span) -> str | None:
    holding = [section for section in sections if section.span.start <= span.start < section.span.end]
    return holding[-1].kind if holding else None


def _in_sentence(context: _Context, own: Mapping[str, str], misread: bool) -> Iterator[EntityMention]:
    if is_chinese(context.text):
        yield from (_chinese(context, said) for said in find_chinese(context.text))
        return
    names = context.section not in _DONE and not _WHO.search(context.text)
    facts = find_facts(context.text, own, misread=misread, names=names)
    if not facts:
        return
    sentence = Sentence(context.text, context.section)
    dates = tuple(find_dates(level_text(context.text)))
    for fact in facts:
        if context.section == "allergies" and fact.category == "drug":
            continue
        mention = _mention(context, fact, sentence.judge(fact.span, fact.category), dates)
        if mention is not None:
            yield mention


def _mention(
    context: _Context, fact: Fact, judgement: Judgement, dates: tuple[tuple[int, int, dt.date], ...]
) -> EntityMention | None:
    text = level_text(context.text)
    course = course_of(text, fact.span, dates) if fact.category in _TREATMENTS else Course()
    value, unit = (course.value, course.unit) if fact.category in _TREATMENTS else _value(text, fact)
    if fact.concept is not None and fact.concept.needs_value and value is None:
        return None
    status = _status(fact, judgement, value)
    if fact.concept is not None and fact.concept.measure and is_aim(text, fact.span):
        status, value, unit = "hypothetical", None, None
    if status == "hypothetical" and fact.category in _TREATMENTS:
        value, unit, course = None, None, Course()  # how long it is planned for is not how long it lasted
    span = context.span(fact.span)
    cue = judgement.cue if status == judgement.status else None
    near = min(dates, key=lambda date: abs(date[0] - fact.span.start), default=None)
    return EntityMention(
        evidence=context.places.evidence(_quoted(context, fact.span, cue)) or context.places.evidence(span),
        provenance=ENTITIES.provenance(fact.rule),
        confidence=_confidence(context.places.confidence(span), fact),
        text=" ".join(context.text[fact.span.start : fact.span.end].split()),
        category=fact.category,
        concept=fact.concept.concept if fact.concept else None,
        status=status,
        on=course.ended_on or (near[2] if near else None),
        value=value,
        unit=unit,
        laterality=None if fact.category == "drug" else side_of(text, fact.span),
        codes=fact.concept.codes if fact.concept else (),
        began_on=course.began_on,
        ended_on=course.ended_on,
        outcome=course.outcome if status in {"failed", "present", "historical"} else None,
        expansion=fact.expansion,
    )


def _chinese(context: _Context, said: ChineseFact) -> EntityMention:
    span = context.span(said.span)
    return EntityMention(
        evidence=context.places.evidence(span),
        provenance=ENTITIES.provenance("chinese"),
        confidence=round(min(0.95, max(0.85, context.places.confidence(span))), 3),
        text="".join(context.text[said.span.start : said.span.end].split()),
        category=said.category,
        concept=said.concept,
        status=said.status,
        laterality=said.side,
        on=next((date for _, _, date in find_dates(context.text)), None),
    )


def _confidence(read: float, fact: Fact) -> float:
    """A word of the vocabulary bears out what OCR read of it, unless it had to be guessed from a misread one."""
    if fact.rule == "model":
        return round(FOUND_BY_MODEL * min(1.0, read), 3)
    return round(min(0.97, max(read, 0.9)) if fact.likeness == 1 else min(0.9, read) * fact.likeness, 3)


def _status(fact: Fact, judgement: Judgement, value: str | None) -> EntityStatus:
    """A test with an outcome was done, whatever negative word its outcome is; one that is pending was not."""
    if fact.category != "test":
        return judgement.status
    if value == "pending":
        return "hypothetical"
    return "present" if value is not None and judgement.status == "absent" else judgement.status


def _quoted(context: _Context, fact: Span, cue: Span | None) -> Span:
    if cue is None:
        return context.span(fact)
    both = context.span(Span(min(fact.start, cue.start), max(fact.end, cue.end)))
    same_page = len({page for page, _ in context.places.under(both)}) == 1
    return both if same_page and len(both) <= 200 else context.span(fact)


def _value(text: str, fact: Fact) -> tuple[str | None, str | None]:
    if fact.concept is not None and fact.concept.measure:
        found = measured(text, fact.span, fact.concept.concept)
        return (found.value, found.unit) if found else (None, None)
    if fact.category == "test":
        before = " ".join(text[: fact.span.start].split())[-CLOSE:]
        after = " ".join(text[fact.span.end :].split())[:CLOSE]
        match = _OUTCOME.match(after) or re.search(r"\b(?P<value>negative|positive)\s*$", before, re.IGNORECASE)
        return (match["value"].lower(), None) if match else (None, None)
    return None, None


ENTITIES = Extractor(name="entities", version="2", run=find_entities)
