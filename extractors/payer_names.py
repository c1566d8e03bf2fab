"""The payer whose form it is, as the form itself prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from extractors.data_files import load_data
from extractors.extractor import Extractor
from extractors.form.reader import read_form_page
from extractors.form.vocabulary import vocabulary
from extractors.layout.plain import typeset
from extractors.layout.runs import Run, run_of, runs
from extractors.trust import words_right
from models.annotations import Annotations, PartType
from models.document import Document, Page, Word
from models.mention import FieldMention

# A name printed once may be another plan's (other insurance, a list of plans); printed again, or in the head of the
# form, it is the form's own.
_HEAD = 0.2
_ONCE, _HEADED, _REPEATED = 0.6, 0.9, 0.93
# A name that no list has: in the head of the form, set larger than its text; surer with a word that only plans have in
# their names. benchmarks/quality.py.
_NAMED_LIKE_A_PLAN, _LARGEST, _LARGER = 0.93, 0.75, 1.15
_MOST_WORDS, _HEAD_COUNTS = 7, 0.85
# Of the height of capitals: more room than this parts two texts on a line.
_WORD_SPACE = 0.75


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
        known = None
        if ranked and not (len(ranked) > 1 and len(ranked[0][1]) == len(ranked[1][1])):
            known = _field(document, ranked[0][0], ranked[0][1])
        head = (
            _head(document, document.page(part.pages[0])) if known is None or known.confidence < _HEAD_COUNTS else None
        )
        if head is not None and any(_asks(document.page(number)) for number in part.pages):
            head = None
        best = max((one for one in (known, head) if one is not None), key=lambda one: one.confidence, default=None)
        if best is not None:
            yield best


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


def _head(document: Document, page: Page) -> FieldMention | None:
    """The name that stands in the head of a form as payers print theirs, whoever it is."""
    if page.plain is not None:
        return None
    high = page.width if page.rotation in (90, 270) else page.height
    found = _rejoined([run for run in runs(page) if run.box.bottom < _HEAD * high])
    sizes = [word.box.height for word in page.words if word.box is not None]
    if not found or not sizes:
        return None
    tallest = max(_size(run) for run in found)
    named = [run for run in found if _may_name(run) and _size(run) > _LARGER * median(sizes)]
    like = [run for run in named if _keys(run) & _PLAN_WORDS and _keys(run) - _PLAN_WORDS]
    best = max(like or [run for run in named if _size(run) > 0.97 * tallest], key=_size, default=None)
    if best is None:
        return None
    return FieldMention(
        path="coverage.payer_name",
        value=best.text,
        as_written=best.text,
        confidence=round((_NAMED_LIKE_A_PLAN if like else _LARGEST) * words_right(best.words), 3),
        evidence=(document.evidence(page.number, best.words),),
        provenance=PAYER_NAMES.provenance("named-in-the-head"),
    )


def _asks(page: Page) -> bool:
    """Whether a page has a blank for the payer that is filled in: then its head may name whoever reviews for it."""
    form = read_form_page(typeset(page), vocabulary())
    return any(reading.path == "coverage.payer_name" for blank in form.blanks for reading in blank.readings)


def _rejoined(found: Sequence[Run]) -> list[Run]:
    """The runs of a line that stand no farther apart than words: white letters on a dark band look like ruled lines."""
    joined: list[Run] = []
    for run in sorted(found, key=lambda run: run.box.x0):
        before = next((other for other in joined if _goes_on(other, run)), None)
        if before is None:
            joined.append(run)
        else:
            joined[joined.index(before)] = run_of((*before.words, *run.words))
    return joined


def _goes_on(left: Run, right: Run) -> bool:
    level = left.box.rows_shared(right.box) > 0.6
    return level and -1 < right.box.x0 - left.box.x1 < _WORD_SPACE * _size(left)


def _may_name(run: Run) -> bool:
    words = [word.text for word in run.words]
    letters = all(re.fullmatch(r"[A-Z][\w&'’.-]*|&|of|the|and|for|in", word) for word in words)
    return (
        2 <= len(words) <= _MOST_WORDS
        and letters
        and not _keys(run) & _NO_NAME
        and not re.search(r"\d|[:;?!.,]$", run.text)
    )


def _keys(run: Run) -> set[str]:
    return {re.sub(r"[^a-z-]", "", word.text.lower()) for word in run.words}


def _size(run: Run) -> float:
    """The size of a run's type: the height of its words, of which most have capitals and few hang below the line."""
    return median(word.box.height for word in run.words if word.box is not None)


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
_WORDS = load_data("name_words", dict[str, tuple[str, ...]])
_PLAN_WORDS, _NO_NAME = frozenset(_WORDS["plan"]), frozenset(_WORDS["no_plan"])
PAYER_NAMES = Extractor(name="payer_names", version="1", run=extract_payer_names)
