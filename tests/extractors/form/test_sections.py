from __future__ import annotations

from dataclasses import replace

from extractors.form.sections import Sections, read_sections
from extractors.form.vocabulary import vocabulary
from extractors.layout.runs import runs
from models.document import Page
from models.geometry import Box
from tests.extractors.documents import At, document_from_lines
from tests.extractors.forms import underline


def read(*lines: str | At, **changes: object) -> tuple[Sections, set[str]]:
    page: Page = replace(document_from_lines(lines).page(1), **changes)  # type: ignore[arg-type]
    sections, headings = read_sections(page, runs(page), vocabulary())
    return sections, {run.text for run in headings}


def at(x: float, y: float) -> Box:
    return Box(x, y, x + 20, y + 10)


def test_a_heading_speaks_for_what_stands_below_it_until_the_next() -> None:
    sections, headings = read("PATIENT INFORMATION", "Name: Jane", "PRESCRIBER INFORMATION", "Name: Bo")
    assert headings == {"PATIENT INFORMATION", "PRESCRIBER INFORMATION"}
    assert sections.role_at(at(72, 74)) == "patient"
    assert sections.role_at(at(72, 102)) == "requesting_provider"
    assert sections.role_at(at(72, 20)) in {None, "head"}


def test_headings_side_by_side_share_the_width() -> None:
    sections, _ = read(At("PATIENT INFORMATION", 72, 60), At("PRESCRIBER INFORMATION", 320, 60))
    assert sections.role_at(at(80, 90)) == "patient"
    assert sections.role_at(at(330, 90)) == "requesting_provider"


def test_a_bare_word_is_a_heading_in_a_band_or_in_capitals() -> None:
    band = (Box(60, 58, 540, 72),)
    assert read(At("Prescriber", 72, 60), bands=band)[1] == {"Prescriber"}
    assert read("PRESCRIBER")[1] == {"PRESCRIBER"}
    assert read("the prescriber", "went home")[1] == set()


def test_a_rule_behind_a_heading_in_a_band_is_no_blank_for_an_answer() -> None:
    band = (Box(60, 58, 540, 74),)
    words = document_from_lines((At("PRESCRIBER INFORMATION", 72, 60),)).page(1).words
    end = max(word.box.x1 for word in words if word.box is not None)
    rules = (underline(end + 3, 72, end + 27),)
    assert read(At("PRESCRIBER INFORMATION", 72, 60), bands=band, rules=rules)[1] == {"PRESCRIBER INFORMATION"}
    assert read(At("PRESCRIBER INFORMATION", 72, 60), rules=rules)[1] == set()


def test_a_label_with_its_colon_is_no_heading() -> None:
    assert read("PATIENT: Jane Sample")[1] == set()
    assert read("ICD-10: K50.90")[1] == set()
