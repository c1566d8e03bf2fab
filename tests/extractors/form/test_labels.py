from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.form.labels import Fragment, Label, labels_apart, read_labels
from extractors.form.vocabulary import vocabulary
from extractors.layout.cells import grid
from extractors.layout.runs import runs
from tests.extractors.documents import At, document_from_lines
from tests.extractors.forms import cell


def read(*lines: str | At) -> tuple[tuple[Label, ...], tuple[Fragment, ...]]:
    return read_labels(runs(document_from_lines(lines).page(1)), vocabulary())


def told(*lines: str | At) -> tuple[list[str], list[str]]:
    labels, fragments = read(*lines)
    return [label.text for label in labels], [fragment.run.text for fragment in fragments]


@pytest.mark.parametrize(
    ("line", "labels", "rest"),
    [
        ("Patient Name: Jane Sample", ["Patient Name:"], ["Jane Sample"]),
        ("Patient Name", ["Patient Name"], []),
        ("1. Patient Name: Jane Sample", ["Patient Name:"], ["Jane Sample"]),
        ("* DOB: 5/12/1960", ["DOB:"], ["5/12/1960"]),
        ("City: Austin State: TX ZIP: 78701", ["City:", "State:", "ZIP:"], ["Austin", "TX", "78701"]),
        ("NPI #: 1234567893", ["NPI #:"], ["1234567893"]),
        ("Member ID: ____ Group: ____", ["Member ID:", "Group:"], []),
        ("Specialty:Allergy", ["Specialty:"], ["Allergy"]),
        ("Cigna ID: U1234567", ["Cigna ID:"], ["U1234567"]),
        ("NPI 1234567893", ["NPI"], ["1234567893"]),
        ("Something unknown: abc", ["Something unknown:"], ["abc"]),
        ("methotrexate weekly", [], ["methotrexate weekly"]),
    ],
)
def test_a_line_is_parted_into_labels_and_what_answers_them(line: str, labels: list[str], rest: list[str]) -> None:
    assert told(line) == (labels, rest)


def test_what_shares_a_run_with_its_label_is_tied_to_it() -> None:
    labels, fragments = read("Patient Name: Jane Sample")
    assert fragments[0].label is labels[0]


def test_a_label_that_is_not_known_takes_its_answer_away_from_others() -> None:
    (label,), _ = read("Something unknown: abc")
    assert label.meaning.path == "ignore"


def test_a_hint_in_brackets_belongs_to_the_form() -> None:
    assert told("Diagnosis (please specify): Crohn's disease")[1] == ["Crohn's disease"]
    labels, rest = told("Quantity (per 30 days", "or per month) 16 pens")
    assert labels == ["Quantity"]
    assert rest == ["16 pens"]


def test_a_telephone_number_in_brackets_is_no_hint() -> None:
    assert told("Phone: (512) 555-0142")[1] == ["(512) 555-0142"]


def test_a_question_is_a_label_as_a_whole() -> None:
    labels, rest = told("What is the diagnosis? Crohn's disease")
    assert labels == ["What is the diagnosis?"]
    assert rest == ["Crohn's disease"]


@pytest.mark.parametrize("line", ["Drug Name: Adalimumab", "Drug name: Adalimumab 40 mg"])
def test_a_label_with_a_colon_is_not_parted_before_it(line: str) -> None:
    page = replace(document_from_lines((At(line, 74, 106),)).page(1), rules=cell(70, 100, 400, 118))
    assert [run.text for run in labels_apart(runs(page), grid(page), vocabulary())] == [line]
