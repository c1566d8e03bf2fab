"""Where the labels of a form stand, and what each asks for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from extractors.form.vocabulary import Meaning, Vocabulary, compact
from extractors.layout.cells import Grid
from extractors.layout.runs import Run, run_of
from extractors.layout.words import place_of
from models.document import Word
from models.geometry import Box

_LONGEST = 9  # words of the longest label in the vocabulary
# Blanks that hold figures, so that words after such a label are its value or nothing.
_FIGURES = {
    "birth_date", "phone", "fax", "npi", "tin", "dea", "postal_code", "dea_tin", "npi_tin", "npi_dea",
    "height", "weight", "patient.height", "patient.weight",
    "coverage.member_id", "references.authorization_number", "references.previous_authorization_number",
    "references.referral_number", "references.sender_reference", "service_lines.visits",
    "service_lines.quantity.value", "service_lines.equipment.months", "admission.days",
    "diagnoses.code", "service_lines.code", "service_lines.start_on", "service_lines.end_on", "request.submitted_on",
}  # fmt: skip
# Labels that may be the tail of a longer one ("Carrier Name:"), so that no other words may stand before them.
_NEEDS_START = {None, "name", "line", "member_id", "organization"}
# What a label may end with after a gap.
_NUMBER_WORDS = frozenset({"no", "nos", "num", "number"})
_NAMED = {"specialty", "contact_name", "city"}
_ENDS = (":", ";", "#:", "：")
_BULLET = re.compile(r"^[*•·▪\-–]+$|^\(?\d{1,2}[a-z]?[.),]$|^\d{1,2}[a-z]?$|^\(?[a-z][.)]$|^[|\[\]]+$", re.IGNORECASE)
_QUESTION = re.compile(
    r"^\W*(what|which|has|have|is|are|does|did|do|was|will|list|describe|if|for how)\b", re.IGNORECASE
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_BLANK = re.compile(r"^[_.…\s]{3,}$")
# The room before a value that is set beside its label is wider than that between words by this factor.
_WIDER = 1.45
# How sure it is that words which no list has are a label of what they seem to ask for.
_CAPTION = 0.97
# Points: a cell for one line, how far right of its side a label begins, and how far apart the lines of one are.
_ONE_LINE, _AT_LEFT, _LEADING = 26.0, 9.0, 10.0
# Lines over which a hint in brackets goes on at most.
_HINT_LINES = 3


@dataclass(frozen=True, slots=True)
class Label:
    """A label on the page. `box` holds its words only, no hint; `sure` is 0..1: how plainly it reads as a label."""

    meaning: Meaning
    text: str
    box: Box
    sure: float


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words that are no label: typed by somebody, or printed around the blanks. `label` shares its run, if set."""

    run: Run
    label: Label | None = None


def read_labels(runs: Sequence[Run], vocabulary: Vocabulary) -> tuple[tuple[Label, ...], tuple[Fragment, ...]]:
    """Part the runs of a page into labels and fragments, in the order of the runs.

    A hint in brackets that follows a label ("(required)", "(please specify ...)") belongs to the form and is dropped
    with it, over as many runs as the bracket stays open.
    """
    labels: list[Label] = []
    fragments: list[Fragment] = []
    open_hint: Run | None = None
    for run in runs:
        before = len(labels)
        words = _opened(run.words, vocabulary)
        asked = _asked(words, vocabulary)
        if asked is not None:
            label, words = asked
            labels.append(label)
            open_hint = None
            if not words:
                continue
        if open_hint is not None and _continues(open_hint, run):
            rest = _after_bracket(words)
            open_hint = None if rest is not None else run
            if not rest:
                continue
            words = rest
        named = _named(words, vocabulary)
        if named is not None:
            labels.append(named)
            continue
        for piece in _pieces(words, vocabulary):
            if isinstance(piece, Label):
                labels.append(piece)
                continue
            after = labels[-1] if len(labels) > before and _beside(labels[-1], piece) else None
            if _is_number_word(piece, labels):
                continue
            kept, opened = _without_hint(piece, after is not None)
            open_hint = run if opened and _closed_below(run, runs) else open_hint
            if kept:
                fragments.append(Fragment(run_of(kept), after))
    return tuple(labels), tuple(fragments)


def _named(words: tuple[Word, ...], vocabulary: Vocabulary) -> Label | None:
    """A run that is all a caption although it begins with a shorter label ("Plan ID on card")."""
    text = " ".join(word.text for word in words)
    if len(words) < 3 or ":" in text or vocabulary.label(text) is not None:
        return None
    meaning = vocabulary.caption(text)
    return Label(meaning, text, run_of(words).box, _CAPTION) if meaning is not None else None


def _asked(words: tuple[Word, ...], vocabulary: Vocabulary) -> tuple[Label, tuple[Word, ...]] | None:
    """A question or statement that the form prints in full, as a label, and what follows it on its line.

    One that is not in the vocabulary is a label, too: what answers it must not go to another one.
    """
    end = next((at for at, word in enumerate(words, 1) if word.text.rstrip(")）").endswith(("?", "？"))), 0)
    while end and end < len(words) and _CHINESE.match(words[end].text):
        end += 1
    text = " ".join(word.text for word in words)
    if not end and not (len(words) >= 5 and _QUESTION.match(text)):
        return None
    end = end or len(words)
    asked = " ".join(word.text for word in words[:end])
    question = vocabulary.question(asked)
    meaning = Meaning(path=question.path) if question else vocabulary.caption(asked) or Meaning(path="ignore")
    return Label(meaning, asked, run_of(words[:end]).box, 0.9), words[end:]


def _unknown(words: tuple[Word, ...]) -> int:
    """How many words at the head of a run are a label that the vocabulary does not know: they end in a colon."""
    return next((at for at, word in enumerate(words[:14], 1) if word.text.endswith((":", "："))), 0)


def read_cell_labels(
    runs: Sequence[Run], grid: Grid, vocabulary: Vocabulary
) -> tuple[tuple[Label, ...], tuple[Run, ...]]:
    """The labels that fill a cell of their own over several lines, and the runs that are none of them."""
    cells: dict[tuple[int, ...], list[Run]] = {}
    for run in runs:
        cell = grid.cell(run.box)
        if grid.boxed(cell):
            cells.setdefault(tuple(round(side / 3) for side in (cell.x0, cell.top, cell.x1, cell.bottom)), []).append(
                run
            )
    labels, used = [], set[Run]()
    for inside in cells.values():
        text = " ".join(run.text for run in inside)
        if len(inside) > 1 and len(text) < 60 and (meaning := vocabulary.cell_label(text)) is not None:
            labels.append(Label(meaning, text, Box.around(run.box for run in inside), 0.98))
            used.update(inside)
            continue
        stack = _stacked(inside)
        text = " ".join(run.text for run in stack)
        known = vocabulary.caption(text) if len(stack) > 1 and ":" not in text else None
        if known is not None:
            labels.append(Label(known, text, Box.around(run.box for run in stack), _CAPTION))
            used.update(stack)
    return tuple(labels), tuple(run for run in runs if run not in used)


def _stacked(inside: Sequence[Run]) -> tuple[Run, ...]:
    """The runs that stand close under one another at the left of a cell, other words beside them."""
    left = min(run.box.x0 for run in inside)
    column = sorted((run for run in inside if run.box.x0 - left < _AT_LEFT), key=lambda run: run.box.top)
    stack = [column[0]]
    for run in column[1:]:
        if run.box.middle[1] - stack[-1].box.middle[1] > _LEADING:
            break
        stack.append(run)
    box = Box.around(run.box for run in stack)
    beside = [run for run in inside if run not in stack]
    return tuple(stack) if all(run.box.x0 > box.x1 - 1 and run.box.bottom > box.top for run in beside) else ()


def cell_captions(
    fragments: Sequence[Fragment], labels: Sequence[Label], grid: Grid, vocabulary: Vocabulary
) -> tuple[tuple[Label, ...], tuple[Fragment, ...]]:
    """The fragments that head a ruled cell of their own with room below, and ask for something; and the others."""
    cells = {id(fragment): grid.cell(fragment.run.box) for fragment in fragments}
    taken = [grid.cell(label.box) for label in labels]
    captions, rest = [], []
    for fragment in fragments:
        cell, run = cells[id(fragment)], fragment.run
        heads = (
            fragment.label is None
            and grid.boxed(cell)
            and cell not in taken
            and run.box.x0 - cell.x0 < _AT_LEFT
            and run.box.top - cell.top < run.box.height
            and cell.bottom - run.box.bottom > run.box.height
            and not any(o is not fragment and cells[id(o)] == cell and o.run.box.top < run.box.top for o in fragments)
        )
        meaning = vocabulary.caption(run.text) if heads else None
        if meaning is None:
            rest.append(fragment)
        else:
            captions.append(Label(meaning, run.text, run.box, _CAPTION))
    return tuple(captions), tuple(rest)


def labels_apart(runs: Sequence[Run], grid: Grid, vocabulary: Vocabulary) -> list[Run]:
    """The runs with labels that begin a ruled cell parted from the values typed right behind them.

    In typewriter faces the room behind a label is no wider than that between words; that nothing stands above in the
    cell, and that the words are exactly a label's, tells it.
    """
    cells = {run: grid.cell(run.box) for run in runs}
    result: list[Run] = []
    for run in runs:
        cell = cells[run]
        first = grid.boxed(cell) and cell.height < _ONE_LINE and 0 <= run.box.x0 - cell.x0 < _AT_LEFT
        alone = first and not any(
            other is not run and cells[other] == cell and other.box.bottom < run.box.middle[1] for other in runs
        )
        end = _begins_with_label(run.words, vocabulary) if alone else 0
        result.extend((run.part(0, end), run.part(end)) if end else (run,))
    return result


def _begins_with_label(words: tuple[Word, ...], vocabulary: Vocabulary) -> int:
    """How many words at the head of a run are exactly a label; 0 where none are, or nothing but a label is there.

    A label that ends with a colon parts itself from its value.
    """
    if any(word.text.endswith(":") for word in words[: _LONGEST + 1]):
        return 0
    for end in range(min(len(words) - 1, _LONGEST), 0, -1):
        text = " ".join(word.text for word in words[:end])
        if text.endswith(("/", ",", "&", "-", ":")) or words[end].text.startswith(("(", "/", "-", "&")):
            continue
        meaning = vocabulary.label(text) if end > 1 else vocabulary.leading(text)
        if meaning is None or vocabulary.label(run_of(words).text) is not None:
            continue
        rest = vocabulary.caption(run_of(words[end:]).text)
        if rest is not None and rest.path is not None:
            continue  # "Plan ID on card": what follows asks for something, too
        figures = _FIGURES & {meaning.attribute, meaning.path}
        if any(c.isdigit() for c in words[end].text) or (not figures and words[end].text[:1].isupper()):
            return end
    return _ends_at_gap(words, vocabulary)


def _ends_at_gap(words: tuple[Word, ...], vocabulary: Vocabulary) -> int:
    """How many words at the head of a run stand closer together than the next, and seem to ask for something."""
    gaps = [place_of(b).x0 - place_of(a).x1 for a, b in itertools.pairwise(words)]
    for end in range(2, min(len(words) - 1, _LONGEST) + 1):
        if gaps[end - 1] > _WIDER * max(gaps[: end - 1]):
            text = " ".join(word.text for word in words[:end])
            return end if vocabulary.caption(text) is not None else 0
    return 0


def _pieces(words: tuple[Word, ...], vocabulary: Vocabulary) -> Iterator[Label | tuple[Word, ...]]:
    """The labels of a run and the words between them, left to right."""
    at, loose = 0, 0
    while at < len(words):
        found = _label_at(words, at, vocabulary, first=loose == at and _only_bullets(words[:at]))
        if found is None:
            at += 1
            continue
        label, end = found
        if words[loose:at] and loose == 0 and label.meaning.attribute in _NEEDS_START and not _only_bullets(words[:at]):
            at += 1  # the tail of a longer label that is not in the vocabulary ("Fax this form to:")
            continue
        yield from _loose(words[loose:at], vocabulary)
        yield label
        at = loose = end
        first_words = words[at : at + 1]
        if first_words and _BULLET.match(first_words[0].text) and not first_words[0].text[0].isalnum():
            loose = at
    yield from _loose(words[loose:], vocabulary)


def _loose(words: tuple[Word, ...], vocabulary: Vocabulary) -> Iterator[Label | tuple[Word, ...]]:
    """Words between labels: bullets and drawn blanks are dropped, "Something unknown:" is a label to be ignored."""
    unknown = _unknown(words)
    if unknown:
        head = words[:unknown]
        text = " ".join(word.text for word in head)
        whole = text + " " + " ".join(word.text for word in words[unknown:])
        if len(words) > unknown and (meaning := vocabulary.caption(whole)) is not None:
            yield Label(meaning, whole, run_of(words).box, _CAPTION)
            return
        yield Label(vocabulary.caption(text) or Meaning(path="ignore"), text, run_of(head).box, 0.95)
        words = words[unknown:]
    kept = tuple(word for word in words if not _BLANK.match(word.text))
    if kept and not all(_BULLET.match(word.text) and not word.text.isdigit() for word in kept):
        yield kept


def _label_at(words: tuple[Word, ...], at: int, vocabulary: Vocabulary, *, first: bool) -> tuple[Label, int] | None:
    """The longest label that starts at a word, if the form plainly prints one there."""
    marks = itertools.takewhile(lambda word: _BULLET.match(word.text), words[:-1])
    start = at + (sum(1 for _ in marks) if first and at == 0 else 0)
    for end in range(min(len(words), start + _LONGEST), start, -1):
        closed = words[end - 1].text.endswith(_ENDS)
        whole = first and end == len(words)
        hinted = first and end < len(words) and words[end].text.startswith("(")
        numbered = first and words[end - 1].text.endswith(("#", "?"))
        blank = end < len(words) and bool(_BLANK.match(words[end].text))
        plain = closed or whole or hinted or numbered or blank
        text = " ".join(word.text for word in words[start:end])
        if text.count("(") > text.count(")") or any(_BLANK.match(word.text) for word in words[start:end]):
            continue
        meaning = (
            (vocabulary.label(text) or _payer_id(text))
            if plain
            else _followed(text, words[end:], vocabulary) or _set_apart(text, words, end, vocabulary)
            if first
            else None
        )
        if meaning is None:
            continue
        sure = 1.0 if closed or blank else 0.98 if numbered or hinted or whole else 0.95
        return Label(meaning, text, run_of(words[start:end]).box, sure), end
    return None


def _followed(text: str, rest: tuple[Word, ...], vocabulary: Vocabulary) -> Meaning | None:
    """A label without a colon whose value stands behind it ("NPI 1234567893"), if what follows can only be that."""
    meaning = vocabulary.leading(text)
    if meaning is None or len(rest) > 6:
        return None
    if _CHINESE.search(text) and not _CHINESE.search(rest[0].text):
        return meaning
    if text.rstrip().endswith(("/", ",", "&", "-")):
        return None
    if _FIGURES & {meaning.attribute, meaning.path}:
        return meaning if re.search(r"\d", rest[0].text) else None
    named = meaning.attribute in _NAMED or (meaning.attribute == "name" and len(text.split()) > 1)
    return meaning if named and rest[0].text[:1].isupper() else None


def _set_apart(text: str, words: tuple[Word, ...], end: int, vocabulary: Vocabulary) -> Meaning | None:
    """A label without a colon that more room than a blank parts from the value behind it."""
    meaning = vocabulary.labels.get(compact(text)) or (vocabulary.label(text) if end > 1 else None)
    if meaning is None or text.rstrip().endswith(("/", ",", "&", "-")):
        return None
    if _FIGURES & {meaning.attribute, meaning.path} and not re.search(r"\d", words[end].text):
        return None
    gaps = [place_of(b).x0 - place_of(a).x1 for a, b in itertools.pairwise(words)]
    height = median(place_of(word).height for word in words)
    others = [gap for at, gap in enumerate(gaps, 1) if at != end]
    usual = max(median(others), 0.25 * height) if others else 0.4 * height
    return meaning if gaps[end - 1] > _WIDER * usual else None


def _payer_id(text: str) -> Meaning | None:
    """A payer's own name before the word for its member number: "Cigna ID:", "Aetna Member ID #"."""
    if re.fullmatch(
        r"\W*[A-Z][\w&]+(\s[A-Z][\w&]+)?\s+(member\s+)?ID\s*(#|no\.?|number)?\s*[:;#]*", text, re.IGNORECASE
    ):
        return Meaning(path="coverage.member_id") if compact(text) not in ("taxid", "providerid") else None
    return None


def _opened(words: tuple[Word, ...], vocabulary: Vocabulary) -> tuple[Word, ...]:
    """Words that hold a label and the value typed right behind it ("Specialty:Allergy") are taken apart."""
    result: list[Word] = []
    for word in words:
        head, colon, tail = word.text.partition(":")
        if colon and tail and word.box is not None and not tail[0].isdigit() and vocabulary.label(head) is not None:
            cut = word.box.x0 + word.box.width * (len(head) + 1) / len(word.text)
            result.append(replace(word, text=head + ":", box=replace(word.box, x1=cut)))
            result.append(replace(word, text=tail, box=replace(word.box, x0=cut)))
        else:
            result.append(word)
    return tuple(result)


def _without_hint(words: tuple[Word, ...], after_label: bool) -> tuple[tuple[Word, ...], bool]:
    """Drop a bracketed hint right after a label; True if its bracket stays open."""
    if not after_label or not words[0].text.startswith("(") or re.match(r"^\(\d{3}\)", words[0].text):
        return words, False
    rest = _after_bracket(words)
    return (rest or (), rest is None)


def _after_bracket(words: tuple[Word, ...]) -> tuple[Word, ...] | None:
    """What follows the first closing bracket; None if there is none."""
    for at, word in enumerate(words):
        if ")" in word.text and not re.search(r"\(\w*\)", word.text):
            return words[at + 1 :]
        if re.fullmatch(r"\(.*\)[:.]?", word.text):
            return words[at + 1 :]
    return None


def _is_number_word(words: tuple[Word, ...], labels: Sequence[Label]) -> bool:
    """Whether words are but the "No." of the label left of them, which asks for figures."""
    text = "".join(word.text for word in words)
    if compact(text) not in _NUMBER_WORDS:
        return False
    before = [label for label in labels[-3:] if _beside(label, words)]
    return bool(before) and bool(_FIGURES & {before[-1].meaning.attribute, before[-1].meaning.path})


def _closed_below(hint: Run, runs: Sequence[Run]) -> bool:
    """Whether a bracket that a run leaves open is closed in the lines below: coarse print may have lost the other."""
    lines = [run for run in runs if run.box.x0 < hint.box.x1 and run.box.x1 > hint.box.x0]
    deep = _HINT_LINES * 2.2 * max(hint.box.height, 8)
    below = [run for run in lines if 0 < run.box.middle[1] - hint.box.middle[1] < deep]
    return any(_after_bracket(run.words) is not None for run in below)


def _continues(hint: Run, run: Run) -> bool:
    """Whether a run is the next line of a hint whose bracket is still open."""
    return 0 < run.box.middle[1] - hint.box.middle[1] < 2.2 * max(hint.box.height, 8) and run.box.x0 < hint.box.x1


def _beside(label: Label, words: tuple[Word, ...]) -> bool:
    box = words[0].box
    return box is not None and box.rows_shared(label.box) > 0.3 and box.x0 - label.box.x1 < 40


def _only_bullets(words: Sequence[Word]) -> bool:
    return all(_BULLET.match(word.text) for word in words)
