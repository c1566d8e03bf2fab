from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.cases import Case, Person, split_cases
from models.annotations import PartType
from models.request import HeldPage
from models.result import DocumentResult
from tests.assembly.results import FORM, LETTER, NOTE, part, result, says, submission

JANE, OTTO = "Jane Sample", "Otto Different"
BORN = dt.date(1960, 5, 12)


def split(*results: DocumentResult) -> tuple[list[list[tuple[str, int]]], list[tuple[str, int]]]:
    """The pages of each case, and the held ones, as (document, page)."""
    cases, held = split_cases(submission(*results))
    pages = [[(p.result.document.id, page) for p in case.parts for page in p.part.pages] for case in cases]
    return pages, [(page.document, page.page) for page in held]


def test_one_patient_is_one_case_whatever_papers_there_are() -> None:
    pages, held = split(
        result(
            part(PartType.FAX_COVER, 1),
            part(FORM, 2, name=JANE),
            part(PartType.BLANK, 3),
            part(NOTE, 4, name="Sample, Jane Q."),
        )
    )
    assert (pages, held) == ([[("d1", 1), ("d1", 2), ("d1", 3), ("d1", 4)]], [])


def test_a_note_about_somebody_else_is_held_and_the_case_knows() -> None:
    cases, held = split_cases(submission(result(part(FORM, 1, name=JANE), part(NOTE, 2, 3, name=OTTO))))
    assert [(page.page, page.code, page.submission, page.file) for page in held] == [
        (2, "mixed-patient", "packet", "d1.pdf"),
        (3, "mixed-patient", "packet", "d1.pdf"),
    ]
    assert cases[0].others
    assert all(JANE not in page.reason and OTTO not in page.reason for page in held)


def test_a_form_that_gives_only_a_birth_date_learns_the_name_from_the_note_that_shares_it() -> None:
    born, other = BORN.isoformat(), "1971-02-03"
    pages, held = split(
        result(part(FORM, 1, born=born), part(NOTE, 2, name=JANE, born=born), part(NOTE, 3, name=OTTO, born=other))
    )
    assert (pages, held) == ([[("d1", 1), ("d1", 2)]], [("d1", 3)])


def test_a_form_that_was_not_read_is_for_whom_most_papers_are() -> None:
    born, other = BORN.isoformat(), "1971-02-03"
    notes = [part(NOTE, 2, name=JANE, born=born), part(NOTE, 3, name=JANE, born=born)]
    stranger = part(NOTE, 4, name=OTTO, born=other)
    assert split(result(part(FORM, 1), *notes, stranger))[1] == [("d1", 4)]
    assert split(result(part(FORM, 1), notes[0], stranger))[1] == []
    named = [part(NOTE, 2, name=JANE), part(NOTE, 3, name="SAMPLE, JANE")]
    assert split(result(part(FORM, 1, born=born), *named, part(NOTE, 4, name=OTTO)))[1] == [("d1", 4)]


def test_two_patients_with_a_form_each_are_two_cases_with_their_own_papers() -> None:
    pages, held = split(
        result(
            part(FORM, 1, name=JANE),
            part(NOTE, 2, name=JANE),
            part(FORM, 3, name=OTTO),
            part(NOTE, 4),
            part(NOTE, 5, name=JANE),
        )
    )
    assert pages == [[("d1", 1), ("d1", 2), ("d1", 5)], [("d1", 3), ("d1", 4)]]
    assert held == []


def test_a_form_and_a_letter_for_one_patient_are_one_case() -> None:
    pages, _ = split(result(part(FORM, 1, name=JANE)), result(part(LETTER, 1, name="JANE SAMPLE"), identifier="d2"))
    assert pages == [[("d1", 1), ("d2", 1)]]


def test_without_a_form_the_first_patient_named_has_the_case() -> None:
    assert split(result(part(NOTE, 1, name=JANE), part(NOTE, 2, name=OTTO))) == ([[("d1", 1)]], [("d1", 2)])
    assert split(result(part(PartType.OTHER, 1))) == ([[("d1", 1)]], [])


def test_the_form_s_own_fields_count_before_what_annotation_saw() -> None:
    made = result(
        part(FORM, 1, name="Prescriber Name"),
        mentions=[says("patient.name.full", JANE), says("patient.birth_date", BORN)],
    )
    assert split_cases(submission(made))[0][0].patient == Person(JANE, BORN)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Person("Jane Sample", None), Person("SAMPLE, JANE", None), "same"),
        (Person("Sample, Jane Q.", None), Person("Jane Sample", None), "same"),
        (Person("Jane Sample", None), Person("Jane Sarnple", None), "same"),
        (Person("Jane Sample", BORN), Person("Jane Sample", dt.date(1960, 5, 21)), "unknown"),
        (Person("Jane Sample", BORN), Person("Otto Different", BORN), "unknown"),
        (Person("Jane Sample", BORN), Person("Otto Different", dt.date(1999, 1, 1)), "other"),
        (Person("Jane Sample", None), Person("Otto Different", None), "other"),
        (Person("John Smith", BORN), Person("Mary Smith", dt.date(1962, 3, 4)), "other"),
        (Person("John Smith", None), Person("Mary Smith", None), "unknown"),
        (Person(None, BORN), Person("Jane Sample", BORN), "same"),
        (Person(None, BORN), Person("Jane Sample", dt.date(1999, 1, 1)), "other"),
        (Person(None, BORN), Person("Jane Sample", dt.date(1960, 12, 5)), "unknown"),
        (Person(None, BORN), Person("Jane Sample", dt.date(1960, 8, 13)), "unknown"),
        (Person(None, None), Person("Jane Sample", BORN), "unknown"),
    ],
)
def test_who_is_whom(one: Person, other: Person, same: str) -> None:
    assert one.same(other) == other.same(one) == same


NAMES = st.sampled_from([None, JANE, OTTO, "Sample, Jane", "Mary Sample", "J. Sample"])
BIRTHS = st.sampled_from([None, "1960-05-12", "1999-01-01"])
KINDS = st.sampled_from([FORM, NOTE, LETTER, PartType.BLANK, PartType.FAX_COVER])


@st.composite
def documents(draw: st.DrawFn) -> list[DocumentResult]:
    made = []
    for number in range(draw(st.integers(1, 3))):
        parts, page = [], 1
        for _ in range(draw(st.integers(0, 4))):
            pages = draw(st.integers(1, 2))
            parts.append(part(draw(KINDS), *range(page, page + pages), name=draw(NAMES), born=draw(BIRTHS)))
            page += pages
        made.append(result(*parts, identifier=f"d{number + 1}"))
    return made


@given(documents())
def test_every_page_is_in_one_case_or_held_and_never_with_a_stranger(made: list[DocumentResult]) -> None:
    cases: tuple[Case, ...]
    held: tuple[HeldPage, ...]
    cases, held = split_cases(submission(*made))
    placed = Counter((p.result.document.id, page) for case in cases for p in case.parts for page in p.part.pages)
    placed.update((page.document, page.page) for page in held)
    assert placed == Counter((r.document.id, page.number) for r in made for page in r.document.pages)
    assert all(p.patient != "other" and case.patient.same(p.person) != "other" for case in cases for p in case.parts)


def asks(document: str, born: dt.date, *services: str) -> DocumentResult:
    """A form in a document of its own that gives a birth date and services, but the name in two blanks only."""
    mentions = [says("patient.birth_date", born, document=document)]
    mentions += [says("service_lines.text", s, document=document, rows=(i,)) for i, s in enumerate(services)]
    return result(part(FORM, 1), mentions=mentions, identifier=document)


def test_nameless_forms_with_two_birth_dates_are_two_patients() -> None:
    pages, held = split(asks("d1", BORN, "MRI"), asks("d2", dt.date(1945, 7, 23), "MRI"))
    assert (pages, held) == ([[("d1", 1)], [("d2", 1)]], [])


def test_two_forms_of_one_patient_for_other_services_are_two_requests() -> None:
    pages, _ = split(asks("d1", BORN, "MRI"), asks("d2", BORN, "CPAP"), asks("d3", BORN, "MRI", "contrast"))
    assert pages == [[("d1", 1), ("d3", 1)], [("d2", 1)]]


def test_a_name_in_two_blanks_is_a_name() -> None:
    halves = [says("patient.name.family", "Sample"), says("patient.name.given", "Jane")]
    form = result(part(FORM, 1), mentions=halves)
    pages, held = split(form, result(part(NOTE, 1, name=OTTO), identifier="d2"))
    assert (pages, held) == ([[("d1", 1)]], [("d2", 1)])


def test_a_mail_s_body_stays_with_its_attachment() -> None:
    other = result(part(FORM, 1, name=OTTO), identifier="d1")
    body = result(part(PartType.CORRESPONDENCE, 1), identifier="d2", path="a.eml/body", parent="a.eml")
    letter = result(part(LETTER, 1, name=JANE), identifier="d3", path="a.eml/1", parent="a.eml")
    pages, _ = split(other, body, letter)
    assert pages == [[("d1", 1)], [("d2", 1), ("d3", 1)]]
