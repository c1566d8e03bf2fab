"""Packet splitting: the pages of a file become parts, each with a type, a title, and the patient it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.annotation.boundaries import Sight, begins, look
from extractors.annotation.cues import TITLE_WEIGHT, Scores, Title, body_scores
from extractors.annotation.form_look import form_points
from extractors.annotation.letter_look import FIRST, WHOLE, is_for_a_plan, letter_points
from extractors.annotation.lines import Line, lines_of
from extractors.annotation.patients import find_patient
from extractors.annotation.sections import heading_kind
from extractors.annotation.therapy import plans_care
from extractors.annotation.type_model import KINDS, kind_scores
from models.annotations import Part, PartType, PatientSpan
from models.document import Document, Page

# Under this many points nothing is claimed (benchmarks/part_types.py, calibration).
LEAST_POINTS = 2.0

# While pages are gathered a part is judged by its first lines (about three pages), so that long faxes stay linear.
FIRST_LINES = 180

# A point of the model's score in points of the rules, and what its best kind gets: as much as a weak cue, so that a
# title of another type prevails. Set on the odd half of benchmarks/part_types.py.
MODEL_WEIGHT, MODEL_CLAIM = 5.0, 2.0

# Points for its look from which on a page is a form whatever it calls itself.
FORMED = 8.0

# What the name of a form counts as the address of a letter.
_DEPARTMENT = 0.3

# The strength of a title from which on the model says nothing against it.
PLAIN_TITLE = 0.9

# Under this score of its best kind the model does not know what it reads: a form, a cover, a letter of another kind.
MODEL_SILENT = -1.0

# What goals with a frequency and a duration weigh for a plan of care beside all that speaks for a therapist's note.
PLANNED = 3.0

# A sheet with no more words than this and some of them this large (points of height, as of 25-point type) only parts
# others.
FEW_WORDS, LARGE = 20, 17.0

FORM = PartType.PRIOR_AUTHORIZATION_FORM
LETTER = PartType.LETTER_OF_MEDICAL_NECESSITY

_ALONE = {PartType.FAX_COVER, PartType.SEPARATOR, PartType.BLANK, PartType.ID_CARD, PartType.PHOTO}


@dataclass(slots=True)
class _Draft:
    """A part in the making. `fixed` is the type of a page without words to judge by, `form` the points for its look."""

    pages: list[int]
    lines: list[Line]
    sights: list[Sight]
    fixed: PartType | None = None
    form: float = 0.0

    @property
    def title(self) -> Title | None:
        return next((sight.title for sight in self.sights if sight.title), None)


def split(document: Document) -> tuple[Part, ...]:
    """Part a document into the documents it holds; every page is in exactly one part, parts in order of first page.

    A blank page or separator is a part of its own; an untitled page after it goes on with the part before it.
    """
    drafts: list[_Draft] = []
    for page, lines, filled in _pages(document):
        fixed = _kind_without_words(page, lines)
        if fixed is not None:
            drafts.append(_Draft([page.number], list(lines), [], fixed))
            continue
        sight = look(lines, filled)
        form = form_points(page)
        sight.scores[FORM] = sight.scores.get(FORM, 0.0) + form
        sight.scores[LETTER] = sight.scores.get(LETTER, 0.0) + letter_points(lines)
        before = _open_part(drafts)
        if before is not None and not _starts(before, sight):
            before.pages.append(page.number)
            before.lines += lines
            before.sights.append(sight)
            before.form = max(before.form, form)
        else:
            drafts.append(_Draft([page.number], list(lines), [sight], form=form))
    return tuple(_part(document, draft) for draft in drafts)


def _open_part(drafts: Sequence[_Draft]) -> _Draft | None:
    """The part that a page may go on with: the last with words, unless a separator stands between."""
    for draft in reversed(drafts):
        if draft.fixed is PartType.SEPARATOR:
            return None
        if draft.fixed is None:
            return draft
    return None


def _starts(before: _Draft, sight: Sight) -> bool:
    kind = _scored(before, most=FIRST_LINES)[0]
    return kind in _ALONE or begins(before.sights, sight, kind)


def _pages(document: Document) -> list[tuple[Page, tuple[Line, ...], float]]:
    """Each page with its lines and the share of the fullest page's depth that its text reaches."""
    seen = [(page, lines_of(document, page)) for page in document.pages]
    depths = [max((line.box.bottom for line in lines if line.box), default=float(len(lines))) for _, lines in seen]
    fullest = max([0.8 * seen[0][0].height if seen and seen[0][0].height else 40.0, *depths])
    return [(page, lines, depth / fullest) for (page, lines), depth in zip(seen, depths, strict=True)]


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
    large = any(line.size >= LARGE for line in lines) and not any(":" in line.text for line in lines)
    if words <= FEW_WORDS and large and not re.search(r"\d\d", text):
        return PartType.SEPARATOR
    if words < 80 and picture > 0.15 * page.width * page.height and re.search(r"\bphoto(graph|s|\b)", text):
        return PartType.PHOTO
    if re.fullmatch(r"(this page )?(is )?(intentionally )?(left )?blank( page)?", text):
        return PartType.BLANK
    return None


def _part(document: Document, draft: _Draft) -> Part:
    if draft.fixed is not None:
        confidence = 0.5 if draft.fixed in {PartType.PHOTO, PartType.OTHER} else 0.98
        patient = find_patient(draft.lines)
        return Part(type=draft.fixed, pages=tuple(draft.pages), title=None, confidence=confidence, patient=patient)
    kind, confidence = _scored(draft, document)
    title = " ".join(draft.title.text.split()) if draft.title else None
    name = next((sight.patient.name for sight in draft.sights if sight.patient.name), None)
    birth = next((sight.patient.birth_date for sight in draft.sights if sight.patient.birth_date), None)
    patient = PatientSpan(name=name, birth_date=birth)
    return Part(type=kind, pages=tuple(draft.pages), title=title, confidence=confidence, patient=patient)


def _scored(draft: _Draft, document: Document | None = None, *, most: int | None = None) -> tuple[PartType, float]:
    """The type with the most points, and how sure that is: its share of the points, with some for the unknown."""
    scores: Scores = body_scores(draft.lines[:most])
    if draft.title is not None:
        weight = _DEPARTMENT if _is_department(draft, most) else 1.0
        scores[draft.title.type] = scores.get(draft.title.type, 0.0) + weight * TITLE_WEIGHT * draft.title.strength
    if document is not None:
        scores = _with_model(draft.lines, scores, draft.title)
    letter = letter_points(draft.lines[:most])
    told = scores.get(LETTER, 0.0)
    # The model knows letters to colleagues; of one to a plan it says nothing.
    told = max(0.0, told) if letter >= FIRST and is_for_a_plan(draft.lines[:most]) else told
    scores[LETTER] = told + letter
    # An order has labelled blanks and rules as a form has; where its title plainly says that it is one, its look says
    # nothing; a word of "Rx" in the name of a plan or a form is no such title.
    # Nor does that of a letter, which may have a ruled table of facts.
    ordered = draft.title is not None and draft.title.type is PartType.ORDER and draft.title.strength >= PLAIN_TITLE
    if letter < WHOLE and not ordered:
        scores[FORM] = scores.get(FORM, 0.0) + draft.form + _asking_title(draft)
    therapy = scores.get(PartType.THERAPY_NOTE, 0.0) if draft.form < FORMED else 0.0
    if therapy >= LEAST_POINTS and plans_care(draft.lines[:most], draft.title.text if draft.title else None):
        scores[PartType.PLAN_OF_CARE] = scores.get(PartType.PLAN_OF_CARE, 0.0) + therapy + PLANNED
    if document is not None and document.path.endswith("/body"):
        scores[PartType.CORRESPONDENCE] = scores.get(PartType.CORRESPONDENCE, 0.0) + 3.0
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < LEAST_POINTS:
        return PartType.OTHER, 0.3
    second = max(0.0, ranked[1][1]) if len(ranked) > 1 else 0.0
    return ranked[0][0], round(min(0.99, (ranked[0][1] + 1) / (ranked[0][1] + 0.6 * second + 2)), 2)


def _is_department(draft: _Draft, most: int | None) -> bool:
    """Whether the title of a form is but the department that a letter is written to ("Precertification")."""
    title = draft.title
    if title is None or title.type is not FORM or draft.form or re.search(r"form|request", title.text, re.IGNORECASE):
        return False
    return letter_points(draft.lines[:most]) >= FIRST


def _asking_title(draft: _Draft) -> float:
    """What the title "referral" weighs for a request form that is one by its look: a letter of referral is none."""
    title = draft.title
    formed = draft.form >= FORMED and title is not None and title.type is PartType.REFERRAL
    return TITLE_WEIGHT * title.strength if formed and title is not None else 0.0


def _with_model(lines: Sequence[Line], scores: Scores, title: Title | None) -> Scores:
    """The points with what the words add to the kinds of notes; the other types and that of a plain title keep theirs.

    A title that fills its line, and heads no section of notes, is what its author calls the note.
    """
    said = kind_scores(lines, scores)
    if not said or max(said.values()) < MODEL_SILENT:
        return dict(scores)
    best = max(said, key=lambda kind: said[kind])
    points = dict(scores)
    plain = title is not None and title.strength >= PLAIN_TITLE and heading_kind(title.text) is None
    called = title.type if title is not None and plain else None
    for kind, score in said.items():
        for name in (name for name in KINDS[kind] if name is not called):
            points[name] = points.get(name, 0.0) + MODEL_WEIGHT * (score - said[best])
    first = max(KINDS[best], key=lambda name: scores.get(name, 0.0))
    points[first] = max(0.0, points[first]) + MODEL_CLAIM
    return points
