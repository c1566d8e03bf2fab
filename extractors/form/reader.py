"""One page of a form, from runs to readings: the order in which a form is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.form.bilingual import Bilingual
from extractors.form.blanks import Answer, answers
from extractors.form.labels import Fragment, Label, labels_apart, read_cell_labels, read_labels
from extractors.form.marks import Option, asked_in_cells, read_options, typed_ticks, without_boxes
from extractors.form.reading import Reading
from extractors.form.readings import read_blank
from extractors.form.sections import Sections, read_sections
from extractors.form.slots import read_captions, read_slots
from extractors.form.tables import Row, read_tables
from extractors.form.targets import CODE, DATE, DESCRIPTION, PRIOR, Target, kind_of, localised, target_of
from extractors.form.vocabulary import Vocabulary, compact
from extractors.form.written import written
from extractors.layout.cells import Grid, grid
from extractors.layout.combs import comb_boxes
from extractors.layout.runs import Run, run_of, runs
from models.document import Page, Word

# How far (points) below a label that names somebody bare labels still speak of the same person: about ten lines.
_COLUMN = 150.0
# Labels whose middles differ by less (points) stand on one line: letters that hang below it move them.
_LEVEL = 4.0
# Points: the place for a signature is higher than that for its date, and their labels stand about level.
_LEVEL_SIGNED = 9.0
_BESIDE = 4.0
_SIGNED = re.compile(r"\bsignature\b", re.IGNORECASE)
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
    sections, headings = read_sections(page, found, vocabulary)
    options = tuple(option for option in options if sections.role_at(option.box.box) != "office")
    free = _without([run for run in found if run not in headings], options)
    rows, tabled = read_tables(free, lines, vocabulary)
    free = [run for run in free if run not in tabled]
    free = free if hong_kong else labels_apart(free, lines, vocabulary)
    celled, rest = read_cell_labels(free, lines, vocabulary)
    celled_in = comb_boxes(page)
    filled = [run for run in rest if any(box.grown(0.5).covers(*run.box.middle) for box in celled_in)]
    labels, fragments = read_labels([run for run in rest if run not in filled], vocabulary)
    fragments = (*fragments, *(Fragment(run) for run in filled))
    printed = [run.box for run in headings]
    captions, fragments = read_captions(page, fragments, (*celled, *labels), printed)
    all_labels = (*celled, *labels, *captions)
    sections, all_labels = _ordered(sections, all_labels)
    found_answers = answers(all_labels, fragments, lines, read_slots(page, all_labels, printed))
    named = numbered(tuple(_blanks(found_answers, sections, vocabulary, signed=_signed(found))))
    return FormPage(named, rows, options, lines, hong_kong)


def _ordered(sections: Sections, labels: tuple[Label, ...]) -> tuple[Sections, tuple[Label, ...]]:
    """Who orders is who requests, unless the page asks for the two apart."""
    headed = {heading.role for heading in sections.headings} | {area.role for area in sections.areas}
    named = {label.meaning.role for label in labels if not label.meaning.general}
    if "requesting_provider" in headed | named:
        return sections, labels
    headings = tuple(
        replace(heading, role="requesting_provider") if heading.role == "ordering_provider" else heading
        for heading in sections.headings
    )
    areas = tuple(
        replace(area, role="requesting_provider") if area.role == "ordering_provider" else area
        for area in sections.areas
    )
    renamed = tuple(
        replace(label, meaning=replace(label.meaning, role="requesting_provider"))
        if label.meaning.role == "ordering_provider"
        else label
        for label in labels
    )
    return Sections(headings, areas), renamed


def _signed(runs_: Sequence[Run]) -> tuple[float, ...]:
    """The levels on which the page says "signature"."""
    return tuple(run.box.middle[1] for run in runs_ if _SIGNED.search(run.text))


def _blanks(
    found: Sequence[Answer], sections: Sections, vocabulary: Vocabulary, *, signed: Sequence[float]
) -> Iterator[Blank]:
    """Name the leaf of each label; a bare label follows the last one in its column that names somebody."""
    people: list[tuple[Label, str]] = []
    for answer in _in_lines(found):
        label = _of_party_beside(answer.label, people)
        before = _before(label, people, sections, across=isinstance(vocabulary, Bilingual))
        target = _prior_target(label, found) or target_of(label, sections, before)
        if target.path == DATE:
            target = _dated(label, signed)
        if target.path in (DESCRIPTION, CODE):
            target = _described(label, found) if target.path == DESCRIPTION else Target("", "ignore")
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
        yield Blank(answer, target, read_blank(target, answer.runs, written), answer.row)


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


def _of_party_beside(label: Label, people: Sequence[tuple[Label, str]]) -> Label:
    """A bare label right of one that names a hospital or clinic on its line speaks of the same."""
    meaning = label.meaning
    if meaning.role is not None or meaning.attribute not in ("npi", "tin", "phone", "fax"):
        return label
    beside = [
        (other.box.x0, role)
        for other, role in people
        if abs(other.box.middle[1] - label.box.middle[1]) < _BESIDE and other.box.x1 < label.box.x0
    ]
    named = max(beside)[1] if beside else ""
    return replace(label, meaning=replace(meaning, role=named)) if named == "facility" else label


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


def _dated(label: Label, signed: Sequence[float]) -> Target:
    """What a bare "Date" dates: the signature beside it."""
    beside = any(abs(level - label.box.middle[1]) < _LEVEL_SIGNED for level in signed)
    return Target("signature.signed_on", "date") if beside else Target("", "ignore")


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
