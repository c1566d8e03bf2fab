"""One page of a form, from runs to readings: the order in which a form is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.form.bilingual import Bilingual
from extractors.form.blanks import Answer, answers
from extractors.form.choices import option_text
from extractors.form.items import without_items
from extractors.form.labels import Fragment, Label, cell_captions, labels_apart, read_cell_labels, read_labels
from extractors.form.loose_codes import coded_lines
from extractors.form.marks import Option, asked_in_cells, read_options, typed_ticks, without_boxes
from extractors.form.matrix import read_matrices
from extractors.form.open_tables import read_open_tables
from extractors.form.parties import is_place, names_both, of_party_beside, of_party_named, ordered
from extractors.form.prior_grid import read_prior_grids
from extractors.form.reading import Reading
from extractors.form.readings import read_blank
from extractors.form.sections import Sections, read_sections
from extractors.form.slots import read_captions, read_slots
from extractors.form.tables import Row, read_tables
from extractors.form.targets import (
    CODE,
    DATE,
    DESCRIPTION,
    PARTIES,
    PATIENTS_ALONE,
    PRIOR,
    Target,
    kind_of,
    localised,
    target_of,
)
from extractors.form.vocabulary import Vocabulary, compact
from extractors.form.written import written
from extractors.layout.cells import Grid, blanks, grid
from extractors.layout.combs import comb_boxes
from extractors.layout.runs import Run, run_of, runs
from models.document import Page, Word
from models.geometry import Box

# How far (points) below a label that names somebody bare labels still speak of the same person: about ten lines.
_COLUMN = 150.0
# Labels whose middles differ by less (points) stand on one line: letters that hang below it move them.
_LEVEL = 4.0
# Points: the place for a signature is higher than that for its date, and their labels stand about level.
_LEVEL_SIGNED = 9.0
# Lines of a list share at least so many labels.
_ALIKE = 3
# How sure it is that what is written behind an option is what the option names.
_OPTION = 0.97
# The most that is claimed where a label is known by single words alone, and where nothing tells of whom it asks.
_BY_WORDS, _NOBODY_TOLD = 0.88, 0.86
# Labels of a row that the plan's own staff fills in.
_STAFF = re.compile(
    r"\b(reviewer|reviewed by|decision|decided|received|arrival|intake|eligibility|approved|denied|clerk|logged)\b",
    re.IGNORECASE,
)
_SERVICING = "servicing_provider"
_SIGNED = re.compile(r"\bsignature\b|^\W*signed(?: by)?\W*$", re.IGNORECASE)
_PRIOR_LABELS = {
    "drug": "name", "medication": "name", "drugname": "name", "medicationname": "name",
    "dates": "dates", "date": "dates",
    "datestaken": "dates", "datesofuse": "dates", "datesoftherapy": "dates", "outcome": "outcome", "result": "outcome",
    "response": "outcome", "reason": "outcome", "reasonfordiscontinuation": "outcome",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Blank:
    """A labelled blank: what it asks for, where, what stands in it, and the values that were read from it.

    `row` is its place in the list that the page makes of such blanks, None where the page makes none.
    """

    answer: Answer
    target: Target
    readings: tuple[Reading, ...]
    row: int | None = None


@dataclass(frozen=True, slots=True)
class FormPage:
    """Everything a page of a form says."""

    blanks: tuple[Blank, ...]
    rows: tuple[Row, ...]
    options: tuple[Option, ...]
    grid: Grid
    hong_kong: bool = False


def read_form_page(page: Page, vocabulary: Vocabulary) -> FormPage:
    """Read a page: boxes, headings, tables, labels, and then the blanks between them."""
    lines = grid(page)
    found = without_boxes(page, runs(page))
    page = replace(page, checkboxes=(*page.checkboxes, *typed_ticks(page, found)))
    found = without_boxes(page, found)
    hong_kong = isinstance(vocabulary, Bilingual)
    options = read_options(page, found)
    options = asked_in_cells(options, found, lines) if hong_kong else options
    asked, gridded = read_matrices(found, lines, vocabulary) if not hong_kong else ((), frozenset())
    found = tuple(run for run in found if run not in gridded)
    sections, headings = read_sections(page, found, vocabulary)
    options = tuple(option for option in options if sections.role_at(option.box.box) != "office")
    free = _without([run for run in found if run not in headings], options)
    free = free if hong_kong else list(without_items(free))
    rows, tabled = read_tables(free, lines, vocabulary)
    free = [run for run in free if run not in tabled]
    if not hong_kong:
        open_rows, tabled = read_open_tables(free, lines, vocabulary, blanks=blanks(page))
        rows, free = (*rows, *open_rows), [run for run in free if run not in tabled]
        tried, tabled = read_prior_grids(free, lines, vocabulary)
        rows, free = (*rows, *tried), [run for run in free if run not in tabled]
    free = free if hong_kong else labels_apart(free, lines, vocabulary)
    celled, rest = read_cell_labels(free, lines, vocabulary)
    celled_in = comb_boxes(page)
    filled = [run for run in rest if any(box.grown(0.5).covers(*run.box.middle) for box in celled_in)]
    labels, fragments = read_labels([run for run in rest if run not in filled], vocabulary)
    fragments = (*fragments, *(Fragment(run) for run in filled))
    printed = [run.box for run in headings]
    headed, fragments = cell_captions(fragments, (*celled, *labels), lines, vocabulary)
    headed = (*headed, *_written_in(options, vocabulary))
    captions, fragments = read_captions(
        page, fragments, (*celled, *labels, *headed), printed=printed, meaning=vocabulary.caption
    )
    all_labels = (*celled, *labels, *headed, *captions)
    slots = read_slots(page, all_labels, printed, filled=[fragment.run for fragment in fragments])
    found_answers = answers(all_labels, fragments, lines, slots)
    if not hong_kong and not _coded(found_answers, rows):
        found_answers = (*found_answers, *coded_lines(fragments))
    sections, found_answers = ordered(sections, (*found_answers, *asked))
    joint = [run.box for run in headings if names_both(run.text)]
    named = numbered(tuple(_blanks(found_answers, sections, vocabulary, signed=_signed(found))))
    named = tuple(_placed(named, sections, joint))
    return FormPage(named, rows, options, lines, hong_kong)


def _coded(found: Sequence[Answer], rows: Sequence[Row]) -> bool:
    """Whether blanks or tables that ask for diagnoses have any."""
    asked = any(answer.runs and str(answer.label.meaning.path).startswith("diagnoses") for answer in found)
    return asked or any(column.path.startswith("diagnoses") for row in rows for column, _ in row.cells)


def _written_in(options: Sequence[Option], vocabulary: Vocabulary) -> Iterator[Label]:
    """The options that ask to write something in behind them ("Other services: ____")."""
    for option in options:
        text = option_text(option)
        meaning = vocabulary.caption(text) if text.endswith(":") else None
        if meaning is not None:
            yield Label(meaning, text, run_of(option.words).box, _OPTION)


def _placed(found: Sequence[Blank], sections: Sections, joint: Sequence[Box]) -> Iterator[Blank]:
    """The blanks with those about a "provider or facility" that are a place's: one that has no name but a firm's.

    Where the page asks for the place in blanks of its own, and these are filled in, the others are the provider's.
    """
    places = []
    told = any(reading.path.startswith("facility.") for blank in found for reading in blank.readings)
    for box in () if told else joint:
        own = [
            blank for blank in found if (heading := sections.heading_at(blank.answer.label.box)) and heading.box == box
        ]
        values = {reading.path: str(reading.value) for blank in own for reading in blank.readings}
        firm = values.get(f"{_SERVICING}.organization", "")
        if f"{_SERVICING}.name" not in values and is_place(firm):
            places.append(box)
    for blank in found:
        heading = sections.heading_at(blank.answer.label.box)
        if heading is None or heading.box not in places or not blank.target.path.startswith(_SERVICING):
            yield blank
            continue
        target = replace(blank.target, path=blank.target.path.replace(_SERVICING, "facility"))
        readings = tuple(replace(one, path=one.path.replace(_SERVICING, "facility")) for one in blank.readings)
        yield replace(blank, target=target, readings=readings)


def _signed(runs_: Sequence[Run]) -> tuple[float, ...]:
    """The levels on which the page says "signature"."""
    return tuple(run.box.middle[1] for run in runs_ if _SIGNED.search(run.text))


def _blanks(
    found: Sequence[Answer], sections: Sections, vocabulary: Vocabulary, *, signed: Sequence[float]
) -> Iterator[Blank]:
    """Name the leaf of each label; a bare label follows the last one in its column that names somebody."""
    people: list[tuple[Label, str]] = []
    staff = [answer.label.box.middle[1] for answer in found if _STAFF.search(answer.label.text)]
    for answer in _in_lines(found):
        label = of_party_named(of_party_beside(answer.label, people), people, sections)
        before = _before(label, people, sections, across=isinstance(vocabulary, Bilingual))
        target = _prior_target(label, found) or target_of(label, sections, before)
        if target.path == DATE:
            target = _dated(label, signed, sections)
        if label.meaning.role is None and label.meaning.attribute == "name" and _signs(label, signed):
            target = Target("signature.name", "name")
        if target.path in (DESCRIPTION, CODE):
            target = _described(label, found) if target.path == DESCRIPTION else Target("", "ignore")
        if sum(abs(level - label.box.middle[1]) < _LEVEL for level in staff) > 1:
            target = Target("", "ignore")
        target = localised(target, vocabulary.kinds)
        role = target.path.split(".", 1)[0]
        role = "patient" if target.path == "coverage.member_id" else role
        role = "policyholder" if target.path == "hong_kong.policyholder.name" else role or _stranger(label)
        if (
            label.meaning.role is not None
            or role in ("patient", "policyholder")
            or label.meaning.attribute == "organization"
            or target.path == "facility.organization"
        ) and role:
            people.append((label, role))
        sure = min(label.sure, _surest(label, sections, vocabulary, told=before is not None))
        doubted = replace(answer, label=replace(answer.label, sure=sure))
        yield Blank(doubted, target, read_blank(target, answer.runs, written), answer.row)


def _surest(label: Label, sections: Sections, vocabulary: Vocabulary, *, told: bool) -> float:
    """The most that a label's value may claim: less where single words tell what it asks, or nothing tells of whom."""
    meaning = label.meaning
    if isinstance(vocabulary, Bilingual):
        return 1.0
    if meaning.role is None and meaning.attribute is not None and meaning.attribute not in PATIENTS_ALONE:
        section = sections.role_at(label.box)
        if section == "other" or (section not in PARTIES and not told):
            return _NOBODY_TOLD
    known = vocabulary.label(label.text) is not None or meaning.path == "diagnoses.text"
    return 1.0 if known or label.sure < _BY_WORDS else _BY_WORDS


def numbered(found: Sequence[Blank]) -> tuple[Blank, ...]:
    """The blanks with their places in lists that the page prints label by label, empty ones counted.

    Where a page asks for a code and its text equally often, the second text is that of the second code; where it asks
    for several service codes one by one, whatever is asked as often belongs to them in turn.
    """
    counts = Counter(blank.target.path for blank in found if blank.row is None)
    lists: list[tuple[str, tuple[str, ...]]] = [("diagnoses", ("diagnoses.code", "diagnoses.text"))]
    if counts["service_lines.code"] > 1:
        per_line = tuple(path for path, n in counts.items() if path.startswith("service_lines."))
        lists.append(("service_lines", per_line))
    level = {
        path
        for name, paths in lists
        for path in paths
        if counts[path] == counts[f"{name}.code"] > (0 if name == "diagnoses" else 1)
        and (name != "diagnoses" or counts["diagnoses.code"] == counts["diagnoses.text"])
    }
    found = tuple(_lined(found))
    seen: Counter[str] = Counter()
    result = []
    for blank in found:
        path = blank.target.path
        if path in level and blank.row is None:
            result.append(replace(blank, row=seen[path]))
            seen[path] += 1
        else:
            result.append(blank)
    return tuple(result)


def _lined(found: Sequence[Blank]) -> Iterator[Blank]:
    """The blanks of service lines that are printed line by line, with the number of their line.

    Lines of the page that ask for the same are lines of the list, even where some of their labels were not read; a
    list may take several lines of the page for each of its own.
    """
    own = [blank for blank in found if blank.row is None and blank.target.path.startswith("service_lines.")]
    lines: list[list[Blank]] = []
    for blank in sorted(own, key=lambda blank: blank.answer.label.box.middle[1]):
        level = blank.answer.label.box.middle[1]
        if lines and level - lines[-1][0].answer.label.box.middle[1] < _LEVEL:
            lines[-1].append(blank)
        else:
            lines.append([blank])
    often = Counter(path for line in lines for path in {blank.target.path for blank in line})
    alike = [line for line in lines if sum(often[path] > 1 for path in {b.target.path for b in line}) >= _ALIKE]
    rows: dict[int, int] = {}
    kinds: list[tuple[set[str], int]] = []
    for line in alike:
        paths = {blank.target.path for blank in line}
        at = next(
            (at for at, (kind, _) in enumerate(kinds) if 2 * len(kind & paths) >= min(len(kind), len(paths))), None
        )
        kinds = [*kinds, (paths, 0)] if at is None else kinds
        kind, row = kinds[at if at is not None else -1]
        kinds[at if at is not None else -1] = (kind | paths, row + 1)
        rows.update({id(blank): row for blank in line if often[blank.target.path] > 1})
    for blank in found:
        yield replace(blank, row=rows[id(blank)]) if id(blank) in rows and len(alike) > 1 else blank


def _in_lines(found: Sequence[Answer]) -> tuple[Answer, ...]:
    """The answers line by line, left to right; labels whose middles differ by little stand on one line."""
    ordered: list[list[Answer]] = []
    for answer in sorted(found, key=lambda answer: answer.label.box.middle[1]):
        level = answer.label.box.middle[1]
        if ordered and level - ordered[-1][0].label.box.middle[1] < _LEVEL:
            ordered[-1].append(answer)
        else:
            ordered.append([answer])
    return tuple(answer for line in ordered for answer in sorted(line, key=lambda answer: answer.label.box.x0))


def _stranger(label: Label) -> str:
    """The role of a label that speaks of somebody for whom a request has no leaf."""
    return label.meaning.role if label.meaning.role in ("other", "policyholder") else ""


def _prior_target(label: Label, found: Sequence[Answer]) -> Target | None:
    """Rows of treatments tried before, not the drug asked for: "Drug: ... Dates: ... Outcome: ..." on one line."""
    line = [a.label for a in found if abs(a.label.box.middle[1] - label.box.middle[1]) < 5]
    kinds = {id(other): _PRIOR_LABELS.get(compact(other.text)) for other in line}
    own = kinds.get(id(label))
    return (
        Target(f"{PRIOR}.{own}", kind_of(f"{PRIOR}.{own}"))
        if own and {"name", "outcome"} <= set(kinds.values())
        else None
    )


def _dated(label: Label, signed: Sequence[float], sections: Sections) -> Target:
    """What a bare "Date" dates: the signature beside it, or at the head of the form the request."""
    if _signs(label, signed):
        return Target("signature.signed_on", "date")
    heads = sections.role_at(label.box) in ("head", "submission")
    return Target("submitted_on", "date") if heads else Target("", "ignore")


def _signs(label: Label, signed: Sequence[float]) -> bool:
    """Whether a label stands level with one that asks for a signature."""
    return any(abs(level - label.box.middle[1]) < _LEVEL_SIGNED for level in signed)


def _described(label: Label, found: Sequence[Answer]) -> Target:
    """What a bare "Description" describes: the code whose label stands before it on the line."""
    codes = ("diagnoses.code", "service_lines.code")
    left = [
        a.label
        for a in found
        if a.label.meaning.path in codes and a.label.box.rows_shared(label.box) > 0.5 and a.label.box.x0 < label.box.x0
    ]
    if not left:
        return Target("", "ignore")
    path = str(max(left, key=lambda other: other.box.x0).meaning.path).replace(".code", ".text")
    return Target(path, kind_of(path))


def _before(label: Label, people: Sequence[tuple[Label, str]], sections: Sections, *, across: bool) -> str | None:
    """The role of the nearest label above, or left on the line, in the column and below the heading of this one.

    `across`: forms that are filled in along their lines; whoever is named on the line comes before the column.
    """
    heading = sections.heading_at(label.box)
    top = heading.box.bottom if heading else 0.0
    column = [
        (
            0 if across and _level_with(label, other) else round((label.box.x0 - other.box.x0) / 60),
            abs(label.box.middle[1] - other.box.middle[1]),
            role,
        )
        for other, role in people
        if other.box.bottom > top
        and other.box.x0 <= label.box.x0 + 5
        and -_LEVEL < label.box.middle[1] - other.box.middle[1] < _COLUMN
    ]
    return min(column)[2] if column else None


def _level_with(label: Label, other: Label) -> bool:
    return abs(label.box.middle[1] - other.box.middle[1]) < _LEVEL


def _without(runs_: Sequence[Run], options: Sequence[Option]) -> list[Run]:
    """The runs without the words of check box options."""
    taken: set[Word] = {word for option in options for word in option.words}
    kept = []
    for run in runs_:
        for group in _unbroken(run.words, taken):
            kept.append(run_of(group))  # noqa: PERF401 - two loops read better
    return kept


def _unbroken(words: tuple[Word, ...], taken: set[Word]) -> Iterator[tuple[Word, ...]]:
    group: list[Word] = []
    for word in words:
        if word in taken:
            if group:
                yield tuple(group)
            group = []
        else:
            group.append(word)
    if group:
        yield tuple(group)
