"""Pages that came twice: the later one keeps its place and is not read out again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from models.document import CheckBox, Document, Page, Word
from models.geometry import Box
from models.mention import AnyMention, FieldMention
from models.problem import Problem
from models.result import DocumentResult, Submission

# A page sent again over a line is another picture: it counts as the same if it has so many words, reads alike to this
# share (0..100), with every word that holds a digit the same, and these points apart at most, once shifted. A word that
# differs must be a misreading: less sure than _SURE on one of the pages, and _MISREAD letters from the other's.
# benchmarks/fax_header.py prints how many re-sent pages are known and how many other copies of a form are taken so.
_WORDS, _ALIKE, _NEAR, _IN_PLACE = 25, 95.0, 6.0, 0.9
_SURE, _MISREAD = 0.85, 1
# Marks of a pen are not compared: a form filled by hand is the same only if its pixels are.
_PEN = 40.0


# Letters that OCR takes for one another on any fax; figures are compared apart, each as it was read.
_ALIKE_LETTERS = str.maketrans({"i": "l", "I": "l", "|": "l"})
# Letters of a speck that was read as a word, none that denies, and of a word that is known by all but one of its own.
_SPECK, _LONG = 2, 6
_DENIALS = frozenset({"no"})
# Boxes differ this much in ink, of 1, though nobody has touched them between two transmissions.
_AS_MUCH = 0.08

_FIGURES = re.compile(r"[^\W_]*\d[^\W_]*")


@dataclass(frozen=True, slots=True)
class Repeat:
    """Page `page` of document `document` is the same as `first_page` of `first`."""

    document: str
    page: int
    first: str
    first_page: int


def find_repeats(documents: Sequence[Document]) -> tuple[Repeat, ...]:
    """The pages that came before, in the order of the documents; blank and unread pages are no repeats.

    Two forms that differ in one digit are two forms: a different birth date, date or code makes another page.
    """
    found: list[Repeat] = []
    seen: list[tuple[Document, Page, tuple[str, ...]]] = []
    for document in documents:
        for page in document.pages:
            if page.blank or page.damaged or page.plain is not None:
                continue
            figures = _figures(page)
            twin = next((each for each in seen if each[2] == figures and _same(each[1], page)), None)
            if twin is not None:
                found.append(Repeat(document.id, page.number, twin[0].id, twin[1].number))
            else:
                seen.append((document, page, figures))
    return tuple(found)


def without_repeats(submission: Submission) -> Submission:
    """The submission with nothing extracted from pages that came before, and a problem that says which these are."""
    fresh = [result.document for result in submission.results if result.duplicate_of is None]
    repeats = find_repeats(fresh)
    if not repeats:
        return submission
    return replace(submission, results=tuple(_without(result, repeats) for result in submission.results))


def _without(result: DocumentResult, repeats: Sequence[Repeat]) -> DocumentResult:
    own = {repeat.page: repeat for repeat in repeats if repeat.document == result.document.id}
    if not own:
        return result
    told = tuple(_problem(repeat) for repeat in own.values())
    kept = tuple(mention for mention in result.mentions if not _on(mention, own) or _of_part(mention))
    return replace(result, mentions=kept, problems=(*result.problems, *told))


def _on(mention: AnyMention, pages: dict[int, Repeat]) -> bool:
    return mention.evidence[0].page in pages


def _of_part(mention: AnyMention) -> bool:
    """Whether it says what a page is (its date, its author, whether it is signed) rather than what is asked for."""
    return isinstance(mention, FieldMention) and mention.path.startswith("part.")


def _problem(repeat: Repeat) -> Problem:
    return Problem(
        stage="assemble",
        code="duplicate-page",
        severity="info",
        document=repeat.document,
        page=repeat.page,
        message=f"Page {repeat.page} of {repeat.document} is the same as page {repeat.first_page} of {repeat.first}; "
        "it is kept and was not read out again.",
    )


def _figures(page: Page) -> tuple[str, ...]:
    """The figures of a page with their letters ("M06", "9"), sorted: the same however OCR parts the words."""
    return tuple(sorted(found for word in page.words for found in _FIGURES.findall(word.text)))


def _same(one: Page, other: Page) -> bool:
    """Whether two pages whose figures agree are the same."""
    said = [" ".join(word.text for word in page.words) for page in (one, other)]
    filled = [sorted((f.name, f.value, f.checked) for f in page.form_fields) for page in (one, other)]
    if filled[0] != filled[1]:
        return False
    if one.fingerprint is not None and one.fingerprint == other.fingerprint:
        return said[0] == said[1]
    if min(len(one.words), len(other.words)) < _WORDS or _penned(one) or _penned(other):
        return False
    alike = fuzz.ratio(*said) >= _ALIKE and all(_misread(*pair) for pair in _differing(one.words, other.words))
    shift = _shift(one, other) if alike else None
    return shift is not None and _marks_agree(one, other, shift) and _marks_agree(other, one, (-shift[0], -shift[1]))


def _differing(one: Sequence[Word], other: Sequence[Word]) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    """The stretches of words in which two pages differ."""
    texts = [[word.text for word in words] for words in (one, other)]
    changes = Levenshtein.opcodes(*texts)
    for equal, run in groupby(changes, key=lambda change: change.tag == "equal"):
        if not equal:
            each = tuple(run)
            first, last = each[0], each[-1]
            yield one[first.src_start : last.src_end], other[first.dest_start : last.dest_end]


def _misread(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether words that differ may be the same words, read less well on one of the pages.

    Words that were read surely on both are two words ("abduction", "adduction"), and so are words that differ in more
    than a letter ("male" and "female", "hypertension" and "hypotension"), unless only look-alike letters differ.
    """
    first, second = (
        "".join(char for word in words for char in word.text if char.isalnum()).translate(_ALIKE_LETTERS).casefold()
        for words in (one, other)
    )
    if first == second or _rounded(first, second) or _rounded(second, first):
        return True
    unsure = min(word.confidence if word.confidence is not None else 1.0 for word in (*one, *other)) < _SURE
    if not first or not second:
        speck = first or second
        return unsure and len(speck) <= _SPECK and speck not in _DENIALS
    return unsure and Levenshtein.distance(first, second) <= _MISREAD


def _rounded(short: str, whole: str) -> bool:
    """Whether a word lacks only its first letter, a round one, which may have been taken for a box."""
    return len(short) >= _LONG and whole[:1] in ("o", "q", "d") and whole[1:] == short


def _penned(page: Page) -> bool:
    return any(region.kind == "pen" and region.box.width + region.box.height > _PEN for region in page.ink)


def _marks_agree(one: Page, other: Page, shift: tuple[float, float]) -> bool:
    """Whether each box of a page stands on the other in the same state; where a word stands there, it is a letter."""
    for box in one.checkboxes:
        x, y = box.box.middle[0] + shift[0], box.box.middle[1] + shift[1]
        twin = next((each for each in other.checkboxes if each.box.grown(_NEAR / 2).covers(x, y)), None)
        if twin is None and not any(word.box is not None and word.box.covers(x, y) for word in other.words):
            return False
        if twin is not None and not _one_state(box, twin):
            return False
    return True


def _one_state(one: CheckBox, other: CheckBox) -> bool:
    """Whether two boxes are in one state; a doubtful one is in that of a box with as much ink."""
    if one.state == other.state:
        return True
    return "unclear" in (one.state, other.state) and abs(one.ink - other.ink) <= _AS_MUCH


def _shift(one: Page, other: Page) -> tuple[float, float] | None:
    """How far the second page lies right and below the first, if the words of both stand at the same places but for
    one shift of the whole page.
    """
    pairs = list(_pairs(one.words, other.words))
    if not pairs or len(pairs) < _IN_PLACE * min(len(one.words), len(other.words)):
        return None
    moved = [(b.middle[0] - a.middle[0], b.middle[1] - a.middle[1]) for a, b in pairs]
    x, y = median(dx for dx, _ in moved), median(dy for _, dy in moved)
    near = sum(abs(dx - x) <= _NEAR and abs(dy - y) <= _NEAR for dx, dy in moved)
    return (x, y) if near >= _IN_PLACE * len(pairs) else None


def _pairs(one: Sequence[Word], other: Sequence[Word]) -> Iterator[tuple[Box, Box]]:
    """The places of words that stand once, or equally often, on both pages, in reading order."""
    places: dict[str, list[Box]] = {}
    for word in other:
        if word.box is not None:
            places.setdefault(word.text, []).append(word.box)
    for word in one:
        waiting = places.get(word.text)
        if word.box is not None and waiting:
            yield word.box, waiting.pop(0)
