"""Clinical facts in running text: problems, drugs, tests and procedures, each with what is said of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.context import Judgement, Sentence
from extractors.extractor import Extractor
from extractors.language import Term, find_terms, level_text
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

# A value stands close to what it measures; runs of white space in plain text are as good as one space.
_CLOSE = 80
_NUMBER = r"(?P<sign>[<>≥≤]\s*)?(?P<value>\d{1,3}(?:\.\d+)?)\s*(?P<unit>%)?"
_MEASURED = re.compile(
    rf"^\s*(?:score)?\s*\)?\s*(?:score\s*)?(?:\([^)]*\)\s*)?(?:is|was|of|at|=|:|"
    rf"-)?\s*(?:of\s*)?{_NUMBER}(?![/-]?\d)"
)
_MEASURED_BEFORE = re.compile(rf"{_NUMBER}\s*(?:of\s+(?:the\s+|her\s+|his\s+)?)?(?:total\s+)?$")
_DURATION = re.compile(
    r"(?<![\d.])(?P<value>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)[\s-]*"
    r"(?:\+\s*)?(?P<unit>days?|weeks?|wks?|months?|mos?|years?|yrs?)\b(?![\s-]*(?:old|ago))",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"^[^.;]{0,40}?\b(?P<value>negative|positive|non-?reactive|reactive|indeterminate|immune|non-?immune|normal|"
    r"pending)\b",
    re.IGNORECASE,
)
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12,
}  # fmt: skip
_UNITS = {"d": "d", "w": "wk", "m": "mo", "y": "y"}


def find_entities(document: Document, annotations: Annotations) -> Iterator[EntityMention]:
    """Find the concepts of data/concepts.yaml in the running text of notes, reports and letters.

    Forms, policies, covers and cards are passed over: their printed words say nothing of the patient. `status`
    follows the context rules of data/context.yaml within the sentence. Of a treatment, `value` and `unit` (d, wk, mo,
    y) are the time it lasted; of a severity score its number; of a test its outcome in lower case. `on` is the full
    date nearest to the fact in its sentence. The quote runs from the cue to the fact where both stand on one page.

    Yields:
        One mention a place, in reading order. Confidence 0..1: that of the words, less where a word was misread.
    """
    places = Places.of(document)
    sections = sorted(annotations.sections, key=lambda section: section.span.start)
    for span in annotations.sentences:
        page = places.page_of(span)
        if page is None or annotations.part_of(page).type in SKIPPED:
            continue
        section = _section_at(sections, span)
        if section is None and _is_heading(document.text[span.start : span.end]):
            continue
        misread = document.page(page).source in {"ocr", "mixed"}
        yield from _in_sentence(_Context(document.text[span.start : span.end], span.start, section, places), misread)


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


def _in_sentence(context: _Context, misread: bool) -> Iterator[EntityMention]:
    terms = tuple(find_terms(context.text, misread=misread))
    if not terms:
        return
    sentence = Sentence(context.text, context.section)
    dates = tuple(find_dates(level_text(context.text)))
    for term in terms:
        if context.section == "allergies" and term.concept.category == "drug":
            continue
        yield _mention(context, term, sentence.judge(term.span, term.concept.category), dates)


def _mention(
    context: _Context, term: Term, judgement: Judgement, dates: tuple[tuple[int, int, dt.date], ...]
) -> EntityMention:
    value, unit = _value(level_text(context.text), term)
    status = _status(term, judgement, value)
    if status == "hypothetical" and term.concept.category in {"drug", "procedure"}:
        value, unit = None, None  # how long it is planned for is not how long it lasted
    span = context.span(term.span)
    evidence = context.places.evidence(
        _quoted(context, term.span, judgement.cue if status == judgement.status else None)
    )
    near = min(dates, key=lambda date: abs(date[0] - term.span.start), default=None)
    return EntityMention(
        evidence=evidence or context.places.evidence(span),
        provenance=ENTITIES.provenance("vocabulary" if term.likeness == 1 else "misread-word"),
        confidence=_confidence(context.places.confidence(span), term),
        text=" ".join(context.text[term.span.start : term.span.end].split()),
        category=term.concept.category,
        concept=term.concept.concept,
        status=status,
        on=near[2] if near else None,
        value=value,
        unit=unit,
    )


def _confidence(read: float, term: Term) -> float:
    """A word of the vocabulary bears out what OCR read of it, unless it had to be guessed from a misread one."""
    return round(min(0.97, max(read, 0.9)) if term.likeness == 1 else min(0.9, read) * term.likeness, 3)


def _status(term: Term, judgement: Judgement, value: str | None) -> EntityStatus:
    """A test with an outcome was done, whatever negative word its outcome is; one that is pending was not."""
    if term.concept.category != "test":
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


def _value(text: str, term: Term) -> tuple[str | None, str | None]:
    before = " ".join(text[: term.span.start].split())[-_CLOSE:]
    after = " ".join(text[term.span.end :].split())[:_CLOSE]
    if term.concept.measure:
        match = _MEASURED.match(after) or _MEASURED_BEFORE.search(before)
        return (match["value"], match["unit"]) if match else (None, None)
    if term.concept.category == "test":
        match = _OUTCOME.match(after) or re.search(r"\b(?P<value>negative|positive)\s*$", before, re.IGNORECASE)
        return (match["value"].lower(), None) if match else (None, None)
    if term.concept.category in {"drug", "procedure"}:
        return _duration(text, term.span)
    return None, None


def _duration(text: str, fact: Span) -> tuple[str | None, str | None]:
    """The length of time nearest to a treatment within its clause, not a dosing interval ("every 2 weeks")."""
    near = None
    for match in _DURATION.finditer(text):
        if re.search(r"\b(?:every|per|each|q|in|within|over the next|x/)\s*$", text[: match.start()], re.IGNORECASE):
            continue
        if not _lasted(text, match.span(), fact):
            continue
        between = text[min(match.end(), fact.end) : max(match.start(), fact.start)]
        if ";" in between or ". " in between or len(between) > 90:
            continue
        distance = abs(match.start() - fact.start)
        if near is None or distance < near[0]:
            number = match["value"].lower()
            near = (distance, str(_WORDS.get(number, number)), _UNITS[match["unit"][0].lower()])
    return (near[1], near[2]) if near else (None, None)


def _lasted(text: str, time: tuple[int, int], fact: Span) -> bool:
    """Whether a time speaks of that side: "3 weeks of X and Y" of what follows, "X for 3 weeks" of what precedes."""
    if re.match(r"\s+(?:trial\s+|course\s+)?of\b", text[time[1] :]):
        return fact.start >= time[1]
    if re.search(
        r"\b(?:for|x|over|lasting)\s+(?:the (?:past|last)\s+|more than\s+|at least\s+|over\s+|about\s+)?$",
        text[: time[0]],
    ):
        return fact.end <= time[0]
    return True


ENTITIES = Extractor(name="entities", version="1", run=find_entities)
