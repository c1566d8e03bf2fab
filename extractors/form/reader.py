"""One page of a form, from runs to readings: the order in which a form is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.form.blanks import Answer, answers
from extractors.form.labels import Label, read_cell_labels, read_labels
from extractors.form.marks import Option, read_options, typed_ticks, without_boxes
from extractors.form.reading import Reading
from extractors.form.readings import read_blank
from extractors.form.sections import Sections, read_sections
from extractors.form.tables import Row, read_tables
from extractors.form.targets import DESCRIPTION, PRIOR, Target, kind_of, target_of
from extractors.form.vocabulary import Vocabulary, compact
from extractors.form.written import written
from extractors.layout.cells import Grid, blanks, grid
from extractors.layout.runs import Run, run_of, runs
from models.document import Page, Word

# How far (points) below a label that names somebody bare labels still speak of the same person: about ten lines.
_COLUMN = 150.0
_PRIOR_LABELS = {
    "drug": "name", "medication": "name", "drugname": "name", "medicationname": "name",
    "dates": "dates", "date": "dates",
    "datestaken": "dates", "datesofuse": "dates", "datesoftherapy": "dates", "outcome": "outcome", "result": "outcome",
    "response": "outcome", "reason": "outcome", "reasonfordiscontinuation": "outcome",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Blank:
    """A labelled blank: what it asks for, where, what stands in it, and the values that were read from it."""

    answer: Answer
    target: Target
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """Everything a page of a form says."""

    blanks: tuple[Blank, ...]
    rows: tuple[Row, ...]
    options: tuple[Option, ...]
    grid: Grid


def read_form_page(page: Page, vocabulary: Vocabulary) -> FormPage:
    """Read a page: boxes, headings, tables, labels, and then the blanks between them."""
    lines = grid(page)
    found = without_boxes(page, runs(page))
    page = replace(page, checkboxes=(*page.checkboxes, *typed_ticks(page, found)))
    found = without_boxes(page, found)
    options = read_options(page, found)
    sections, headings = read_sections(page, found, vocabulary)
    rows, tabled = read_tables([run for run in found if run not in headings], lines, vocabulary)
    free = _without([run for run in found if run not in headings and run not in tabled], options)
    celled, rest = read_cell_labels(free, lines, vocabulary)
    labels, fragments = read_labels(rest, vocabulary)
    found_answers = answers((*celled, *labels), fragments, lines, blanks(page))
    return FormPage(tuple(_blanks(found_answers, sections)), rows, options, lines)


def _blanks(found: Sequence[Answer], sections: Sections) -> Iterator[Blank]:
    """Name the leaf of each label; a bare label follows the last one in its column that names somebody."""
    people: list[tuple[Label, str]] = []
    for answer in sorted(found, key=lambda answer: (round(answer.label.box.middle[1] / 6), answer.label.box.x0)):
        label = answer.label
        before = _before(label, people, sections)
        target = _prior_target(label, found) or target_of(label, sections, before)
        if target.path == DESCRIPTION:
            target = _described(label, found)
        role = target.path.split(".", 1)[0]
        role = "patient" if target.path == "coverage.member_id" else role
        if (label.meaning.role is not None or role == "patient") and role:
            people.append((label, role))
        yield Blank(answer, target, read_blank(target, answer.runs, written))


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


def _before(label: Label, people: Sequence[tuple[Label, str]], sections: Sections) -> str | None:
    """The role of the nearest label above, or left on the line, in the column and below the heading of this one."""
    heading = sections.heading_at(label.box)
    top = heading.box.bottom if heading else 0.0
    column = [
        (round((label.box.x0 - other.box.x0) / 60), label.box.middle[1] - other.box.middle[1], role)
        for other, role in people
        if other.box.bottom > top
        and other.box.x0 <= label.box.x0 + 5
        and 0 <= label.box.middle[1] - other.box.middle[1] < _COLUMN
    ]
    return min(column)[2] if column else None


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
