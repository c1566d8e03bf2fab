"""Packet splitting: the pages of a file become parts, each with a type, a title, and the patient it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.annotation.cues import TITLE_WEIGHT, Scores, Title, body_scores, find_titles
from extractors.annotation.lines import Line, lines_of
from extractors.annotation.patients import find_patient
from models.annotations import Part, PartType, PatientSpan
from models.document import Document, Page

# A page without a title begins a new part only if its own words speak this much for another type, and this little for
# the type of the part before it (points of data/part_types.yaml; benchmarks/part_types.py, "packets").
CHANGE_AT, STAY_BELOW = 9.0, 2.0
# Under this many points nothing is claimed.
LEAST_POINTS = 2.5

_PAGE_OF = re.compile(r"\bpage\s*[:#]?\s*(\d{1,3})\s*(?:of|/)\s*(\d{1,3})\b", re.IGNORECASE)
_ALONE = {PartType.FAX_COVER, PartType.SEPARATOR, PartType.BLANK, PartType.ID_CARD, PartType.PHOTO}


@dataclass(slots=True)
class _Draft:
    """A part in the making."""

    pages: list[int]
    lines: list[Line]
    title: Title | None
    fixed: PartType | None = None
    last_of: tuple[int, int] | None = None
    patient: PatientSpan = field(default_factory=PatientSpan)


def split(document: Document) -> tuple[Part, ...]:
    """Part a document into the documents it holds; every page is in exactly one part, parts in order of first page."""
    drafts: list[_Draft] = []
    for page in document.pages:
        lines = lines_of(document, page)
        fixed = _kind_without_words(page, lines)
        if fixed is not None:
            drafts.append(_Draft([page.number], list(lines), None, fixed))
            continue
        title, number = _leading_title(lines), _page_of(lines)
        patient = find_patient(lines)
        before = next((draft for draft in reversed(drafts) if draft.fixed is None), None)
        if before is not None and _continues(before, lines, title, number, patient):
            before.pages.append(page.number)
            before.lines += lines
            before.last_of = number or before.last_of
            before.patient = _joined(before.patient, patient)
        else:
            drafts.append(_Draft([page.number], list(lines), title, None, number, patient))
    return tuple(_part(document, draft) for draft in drafts)


def _kind_without_words(page: Page, lines: Sequence[Line]) -> PartType | None:
    """The type of a page that says nothing: damaged, blank, a picture, or a sheet that parts documents."""
    words = sum(len(line.words) for line in lines)
    if page.damaged:
        return PartType.OTHER
    picture = sum(region.box.area for region in page.ink if region.kind == "picture")
    if page.width and words < 25 and picture > 0.25 * page.width * page.height:
        return PartType.PHOTO
    if page.blank or not (words or page.ink or page.annotations or page.form_fields):
        return PartType.BLANK
    text = " ".join(line.plain for line in lines)
    if words <= 12 and re.search(r"\b(patch ?(code)? ?[t0-9]|separator|document break|batch sheet)\b", text):
        return PartType.SEPARATOR
    if re.fullmatch(r"(this page )?(is )?(intentionally )?(left )?blank( page)?", text):
        return PartType.BLANK
    return None


def _leading_title(lines: Sequence[Line]) -> Title | None:
    titles = find_titles(lines)
    return titles[0] if titles and titles[0].strength >= 0.5 else None


def _page_of(lines: Sequence[Line]) -> tuple[int, int] | None:
    """What the page says of its place ("Page 2 of 3"), from its first or last lines."""
    for line in (*lines[:12], *lines[-4:]):
        match = _PAGE_OF.search(line.text)
        if match and 1 <= int(match[1]) <= int(match[2]):
            return int(match[1]), int(match[2])
    return None


def _continues(
    before: _Draft, lines: Sequence[Line], title: Title | None, number: tuple[int, int] | None, patient: PatientSpan
) -> bool:
    """Whether a page goes on with the part before it."""
    kind = _scored(before)[0]
    if number and before.last_of and number[1] == before.last_of[1] and number[0] == before.last_of[0] + 1:
        return True
    if kind in _ALONE or _differs(before.patient, patient):
        return False
    if number and number[0] == 1 and number[1] > 1:
        return False
    if number and number[0] > 1 and title is None:
        return True
    if title is not None:
        return title.type == kind and (before.title is None or title.text != before.title.text or number is None)
    scores = body_scores(lines)
    best = max(scores, key=lambda k: scores[k], default=None)
    return not (best and scores[best] >= CHANGE_AT and scores.get(kind, 0.0) < STAY_BELOW)


def _differs(one: PatientSpan, other: PatientSpan) -> bool:
    return bool(one.birth_date and other.birth_date and one.birth_date != other.birth_date)


def _joined(one: PatientSpan, other: PatientSpan) -> PatientSpan:
    return PatientSpan(name=one.name or other.name, birth_date=one.birth_date or other.birth_date)


def _part(document: Document, draft: _Draft) -> Part:
    if draft.fixed is not None:
        confidence = 0.5 if draft.fixed in {PartType.PHOTO, PartType.OTHER} else 0.98
        return Part(type=draft.fixed, pages=tuple(draft.pages), title=None, confidence=confidence)
    kind, confidence = _scored(draft, document)
    title = " ".join(draft.title.text.split()) if draft.title else None
    return Part(type=kind, pages=tuple(draft.pages), title=title, confidence=confidence, patient=draft.patient)


def _scored(draft: _Draft, document: Document | None = None) -> tuple[PartType, float]:
    """The type with the most points, and how sure that is: its share of the points, with some for the unknown."""
    scores: Scores = body_scores(draft.lines)
    for title in find_titles(draft.lines):
        if title.strength >= 0.4:
            scores[title.type] = max(scores.get(title.type, 0.0), 0.0)
    if draft.title is not None:
        scores[draft.title.type] = scores.get(draft.title.type, 0.0) + TITLE_WEIGHT * draft.title.strength
    if document is not None and document.path.endswith("/body"):
        scores[PartType.CORRESPONDENCE] = scores.get(PartType.CORRESPONDENCE, 0.0) + 3.0
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < LEAST_POINTS:
        return PartType.OTHER, 0.3
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return ranked[0][0], round(min(0.99, (ranked[0][1] + 1) / (ranked[0][1] + 0.6 * second + 2)), 2)
