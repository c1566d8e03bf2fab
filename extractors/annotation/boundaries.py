"""Whether a page begins a new document or goes on with the one before it: the signs, each weighed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.annotation.cues import ADDRESS, Scores, Title, body_scores, find_titles
from extractors.annotation.lines import Line
from extractors.annotation.patients import find_patient
from extractors.annotation.sections import heading_kind
from models.annotations import PartType, PatientSpan

# Points of the signs; a page begins a new part from BEGINS on. Set on the develop half of benchmarks/part_types.py
# ("packets"), so that a lone sign other than a title or another person is not enough.
BEGINS = 3.0
OTHER_TITLE, SAME_TITLE, OTHER_PATIENT, OTHER_PERSON = 5.0, 1.5, 6.0, 3.0
OTHER_TYPE, OPENING, REPEATED, SHORT_BEFORE, GOES_ON, SAME_PATIENT = 2.0, 1.5, 1.0, 1.5, -3.0, -1.0
LETTERHEAD, CARD, FORM = 3.0, 2.0, 2.0
# Points from which on a page is a request form, whatever stands before it.
PLAIN_FORM = 12.0
# Letters that a line of running text has at least.
RUNNING = 12
# A page whose text ends this far down (share of the fullest page) was its document's last.
FULL = 0.75

_PAGE_OF = re.compile(
    r"\b(?:page|pg\.?)\s*[:#]?\s*(\d{1,3})\s*(?:[o0][ft]|/)\s*(\d{1,3})\b|^\W*(\d{1,3}) of "
    r"(\d{1,3})\W*$",
    re.IGNORECASE,
)
# A telephone and a fax number side by side.
_NUMBERS = re.compile(r"\b(?:phone|tel|telephone|ph|p)\b.{0,24}\d.{0,12}\b(?:fax|f)\b.{0,4}\d", re.IGNORECASE)
_CONTINUED = re.compile(r"\(?\b(?:continued|cont'?d|cont\.)\)?|^\W*page\s+[2-9]\W*$|,\s*page\s+[2-9]\b", re.IGNORECASE)
_AGE = re.compile(r"\b(\d{1,3})[\s-]*(?:years?|yrs?|y\.?o\.?|yo)[\s-]*(?:old)?\b", re.IGNORECASE)
_SHE = re.compile(r"\b(?:she|her|female|woman|girl|mrs|ms)\b", re.IGNORECASE)
_HE = re.compile(r"\b(?:he|his|him|male|man|boy|mr)\b", re.IGNORECASE)
_OPENINGS = frozenset(
    {
        "chief_complaint",
        "history_present_illness",
        "preoperative_diagnosis",
        "subjective",
        "indication",
        "procedure",
        "technique",
    }
)
_ONCE = frozenset(
    {
        "chief_complaint", "history_present_illness", "past_medical_history", "family_history", "social_history",
        "review_of_systems", "preoperative_diagnosis", "postoperative_diagnosis", "impression", "subjective",
        "allergies", "medications", "technique", "physical_exam", "hospital_course",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sight:
    """What one page (or the pages of a part so far) shows of the document it belongs to."""

    title: Title | None
    number: tuple[int, int] | None
    patient: PatientSpan
    scores: Scores
    sections: frozenset[str]
    opening: str | None
    ages: frozenset[int]
    sex: str | None
    filled: float
    first: str
    last: str
    letterhead: str | None = None
    continued: bool = False


def look(lines: Sequence[Line], filled: float) -> Sight:
    """Take in a page; `filled` is the share 0..1 of the page that its text reaches down."""
    downward = sorted(lines, key=lambda line: line.order)
    titles = find_titles(lines)
    text = " ".join(line.text for line in lines)
    kinds = [kind for line in lines if (kind := heading_kind(line.text.partition(":")[0][:50]))]
    she, he = len(_SHE.findall(text)), len(_HE.findall(text))
    return Sight(
        title=titles[0] if titles and titles[0].strength >= 0.5 else None,
        number=_page_of(downward),
        patient=find_patient(lines),
        scores=body_scores(lines),
        sections=frozenset(kinds),
        opening=next((kind for line in downward[:4] if (kind := heading_kind(line.text.partition(":")[0][:50]))), None),
        ages=frozenset(int(age) for age in _AGE.findall(text)),
        sex="she" if she > 3 * he else "he" if he > 3 * she else None,
        filled=filled,
        first=downward[0].text if downward else "",
        last=downward[-1].text if downward else "",
        letterhead=_letterhead(downward),
        continued=any(_CONTINUED.search(line.text) for line in downward[:4]),
    )


def begins(before: Sequence[Sight], page: Sight, kind: PartType) -> bool:
    """Whether `page` begins a new document, given the pages of the part before it and that part's type."""
    numbers = [sight.number for sight in before if sight.number]
    if page.number and numbers and page.number[1] == numbers[-1][1] and page.number[0] == numbers[-1][0] + 1:
        return False
    if page.number and page.number[0] == 1:
        return True
    if page.number and page.number[0] > 1 and page.title is None and not _other_patient(before, page):
        return False
    if page.continued and not _other_patient(before, page):
        return False
    return sum(_signs(before, page, kind)) >= BEGINS


def _signs(before: Sequence[Sight], page: Sight, kind: PartType) -> list[float]:
    signs = [_title_sign(before, page, kind)]
    if _other_patient(before, page):
        signs.append(OTHER_PATIENT)
    elif page.patient.birth_date or page.patient.name:
        signs.append(SAME_PATIENT if _same_patient(before, page) else 0.0)
    if _other_person(before, page):
        signs.append(OTHER_PERSON)
    if page.scores and _other_type(page.scores, kind):
        signs.append(OTHER_TYPE + _plain(page.scores))
    if page.letterhead and not _runs(before, page.letterhead):
        signs.append(LETTERHEAD)
    if page.opening in _OPENINGS:
        signs.append(OPENING)
    seen = frozenset().union(*(sight.sections for sight in before))
    signs.append(REPEATED * min(3, len(page.sections & seen & _ONCE)))
    if before[-1].filled < FULL:
        signs.append(SHORT_BEFORE)
    if _goes_on(before[-1].last, page.first):
        signs.append(GOES_ON)
    return signs


def _title_sign(before: Sequence[Sight], page: Sight, kind: PartType) -> float:
    if page.title is None:
        return 0.0
    if page.title.type != kind:
        return OTHER_TITLE * page.title.strength
    running = any(sight.title and sight.title.text == page.title.text for sight in before)
    return SAME_TITLE if running else 0.0


def _other_patient(before: Sequence[Sight], page: Sight) -> bool:
    births = {sight.patient.birth_date for sight in before if sight.patient.birth_date}
    if page.patient.birth_date and births:
        return page.patient.birth_date not in births
    names = {_key(sight.patient.name) for sight in before if sight.patient.name}
    return bool(page.patient.name and names and all(not (_key(page.patient.name) & name) for name in names))


def _same_patient(before: Sequence[Sight], page: Sight) -> bool:
    return any(
        (page.patient.birth_date and page.patient.birth_date == sight.patient.birth_date)
        or (page.patient.name and sight.patient.name and _key(page.patient.name) == _key(sight.patient.name))
        for sight in before
    )


def _key(name: str) -> frozenset[str]:
    return frozenset(word.lower().strip(".,") for word in name.split() if len(word.strip(".,")) > 1)


def _other_person(before: Sequence[Sight], page: Sight) -> bool:
    """Another age, or the other sex throughout."""
    ages = frozenset().union(*(sight.ages for sight in before))
    if page.ages and ages and all(abs(a - b) > 1 for a in page.ages for b in ages):
        return True
    sexes = {sight.sex for sight in before if sight.sex}
    return page.sex is not None and bool(sexes) and page.sex not in sexes


def _other_type(scores: Scores, kind: PartType) -> bool:
    best = _best(scores)
    return best != kind and scores[best] >= 6.0 and scores.get(kind, 0.0) < 0.4 * scores[best]


def _plain(scores: Scores) -> float:
    """What more a page counts that is nothing but a card or a form: neither goes on with another document."""
    best = _best(scores)
    if best is PartType.ID_CARD:
        return CARD
    return FORM if best is PartType.PRIOR_AUTHORIZATION_FORM and scores[best] >= PLAIN_FORM else 0.0


def _best(scores: Scores) -> PartType:
    return max(scores, key=lambda kind: scores[kind])


def _letterhead(downward: Sequence[Line]) -> str | None:
    """The sender's address or numbers in the first lines, in plain letters; None on a page that goes on without."""
    for line in downward[:7]:
        if ADDRESS.search(line.text) or _NUMBERS.search(line.text):
            return line.plain
    return None


def _runs(before: Sequence[Sight], letterhead: str) -> bool:
    """Whether this head stands on every page of a part of several pages, as print-outs of records have it."""
    return len(before) > 1 and all(sight.letterhead == letterhead for sight in before)


def _goes_on(last: str, first: str) -> bool:
    """The page before ends within a sentence and this one takes it up in lower case."""
    return bool(re.search(r"[a-z,]\s*$", last)) and first[:1].islower() and len(first) >= RUNNING


def _page_of(downward: Sequence[Line]) -> tuple[int, int] | None:
    """What the page says of its place ("Page 2 of 3"), in its first or last lines."""
    for line in (*downward[:12], *downward[-4:]):
        match = _PAGE_OF.search(line.text)
        if match:
            n, of = (int(number) for number in match.groups() if number)
            if 1 <= n <= of:
                return n, of
    return None
