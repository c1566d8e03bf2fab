from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pdfplumber
import pytest

from models.geometry import Box
from models.truth import PageTruth, PlacedValue
from samples.case import Case
from samples.faces import HANDWRITTEN
from samples.forms import bands, comb, two_columns, underlined
from samples.page import Book, Hand
from tests.samples.forms.cases import drug, rich, sparse

DESIGNS = (bands, underlined, comb, two_columns)
HANDS = (Hand(), Hand("Helvetica", 9.5), *(Hand(name, 12, "handwritten") for name in HANDWRITTEN))


def _drawn(
    folder: Path, design: ModuleType, case: Case, *, seed: int = 0, hand: Hand | None = None
) -> tuple[PageTruth, ...]:
    book = Book(folder / "form.pdf", "Form", hand=hand)
    design.draw(book, case, rng=random.Random(seed))
    paper = book.papers[0]
    assert (paper.part, paper.request, paper.dated_on) == ("prior-authorization-form", True, case.on)
    assert paper.signed == ("signed" if case.signed else "unsigned")
    return book.save()


def _crowded(kind: str) -> Case:
    """More diagnoses and lines than the form has rows."""
    case = rich(kind)
    return replace(case, diagnoses=case.diagnoses * 2, lines=(case.lines * 2)[:5])


def _cases() -> Iterator[tuple[ModuleType, Case]]:
    for design in DESIGNS:
        for case in (rich(), rich("equipment"), sparse(), _crowded("equipment")):
            assert case.kind in design.KINDS
            yield design, case
    yield comb, drug()


CASES = [
    pytest.param(design, case, seed, id=f"{design.__name__.split('.')[-1]}-{seed}")
    for seed, (design, case) in enumerate(_cases())
]


@pytest.mark.parametrize(("design", "case", "seed"), CASES)
def test_everything_has_its_room(tmp_path: Path, design: ModuleType, case: Case, seed: int) -> None:
    for page in _drawn(tmp_path, design, case, seed=seed, hand=HANDS[seed % len(HANDS)]):
        assert not [word for word in page.words if not _within(word.box, page)]
        for value in page.values:
            assert all(_within(box, page) for box in value.boxes), value
            assert value.quote in _words_in(page, value), value
        for one, other in itertools.combinations(page.words, 2):
            if one.box.top < other.box.bottom and other.box.top < one.box.bottom:
                assert one.box.common(other.box) <= 0.12 * min(one.box.area, other.box.area), (one, other)
    assert not list(_struck_out(tmp_path / "form.pdf"))


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("case", [rich(), rich("equipment"), sparse()], ids=["service", "equipment", "sparse"])
def test_the_ticks_are_those_of_the_case(tmp_path: Path, design: ModuleType, case: Case) -> None:
    first = case.lines[0]
    meant = {
        "/level_of_service": case.level_of_service,
        "/certification_type": case.certification,
        "/patient/sex": case.patient.sex,
        "/service_lines/0/laterality": first.side,
        "/service_lines/0/equipment/acquisition": first.acquisition,
    }
    marks = [mark for page in _drawn(tmp_path, design, case) for mark in page.marks]
    assert {"/level_of_service", "/certification_type"} <= {mark.path for mark in marks}
    assert {mark.path for mark in marks} <= {*meant, None}
    for path in meant.keys() & {mark.path for mark in marks}:
        ticked = [mark.value for mark in marks if mark.path == path and mark.ticked]
        assert ticked == ([meant[path]] if meant[path] else []), path


@pytest.mark.parametrize("design", DESIGNS)
def test_a_form_is_signed_or_its_line_is_empty(tmp_path: Path, design: ModuleType) -> None:
    for case, ink, state in ((rich(), "pen", "signed"), (sparse(), "none", "unsigned")):
        pages = _drawn(tmp_path, design, case)
        assert [one.ink for page in pages for one in page.signatures] == [ink]
        values = {value.path: value.value for page in pages for value in page.values}
        assert values["/signature/state"] == state
        assert values.get("/signature/signed_on") == ("2026-09-14" if case.signed else None)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("seed", range(4))
def test_values_have_the_form_of_the_contract(tmp_path: Path, design: ModuleType, seed: int) -> None:
    case = rich()
    pages = _drawn(tmp_path, design, case, seed=seed)
    values = {value.path: value.value for page in pages for value in page.values}
    for path, value in values.items():
        if path.endswith(("_on", "birth_date")):
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", value), path
        if path.endswith(("phone", "fax", "npi")):
            assert re.fullmatch(r"\d{10}", value), path
    assert values["/coverage/payer_name"] == case.payer
    assert values["/coverage/member_id"] == case.patient.member_id
    assert values["/requesting_provider/npi"] == case.requester.npi
    assert values["/requesting_provider/name"] == case.requester.full
    assert values["/patient/address/city"] == "North Maplebrook Heights"
    assert values["/urgency_reason"] == case.urgency_reason
    assert values["/references/previous_authorization_number"] == case.previous_number
    assert values["/service_lines/0/frequency"] == "2 per week"
    for number, line in enumerate(case.lines):
        assert values[f"/service_lines/{number}/code"] == line.code
        assert values[f"/service_lines/{number}/text"] == line.text
        assert values[f"/service_lines/{number}/quantity"] == str(line.quantity)
        assert values[f"/service_lines/{number}/modifiers/0"] == line.modifier
        assert values[f"/service_lines/{number}/start_on"] == "2026-09-21"


@pytest.mark.parametrize("design", DESIGNS)
def test_a_case_says_nothing_about_what_it_does_not_have(tmp_path: Path, design: ModuleType) -> None:
    pages = _drawn(tmp_path, design, sparse())
    paths = {value.path for page in pages for value in page.values}
    assert not [path for path in paths if path.startswith(("/servicing_provider", "/facility", "/diagnoses/1"))]
    assert not paths & {"/urgency_reason", "/service_lines/0/start_on", "/service_lines/0/frequency"}


def test_each_character_of_a_comb_has_its_cell_and_its_word_is_one(tmp_path: Path) -> None:
    case = rich()
    page = _drawn(tmp_path, comb, case)[0]
    (word,) = [word for word in page.words if word.text == case.requester.npi]
    assert word.box.width == pytest.approx(9 * 12 + 6, abs=1)
    born = next(value for value in page.values if value.path == "/patient/birth_date")
    assert born.quote == f"{case.patient.birth_date:%m %d %Y}"
    with pdfplumber.open(tmp_path / "form.pdf") as pdf:
        glyphs = [glyph for glyph in pdf.pages[0].chars if word.box.covers(glyph["x1"] - 2, glyph["bottom"] - 4)]
    steps = [after["x0"] - before["x0"] for before, after in itertools.pairwise(glyphs)]
    assert steps == pytest.approx([12] * 9)


def _within(box: Box, page: PageTruth) -> bool:
    return box.x0 >= 18 and box.top >= 18 and box.x1 <= page.width - 18 and box.bottom <= page.height - 9


def _words_in(page: PageTruth, value: PlacedValue) -> str:
    inside = (word.text for word in page.words if any(box.covers(*word.box.middle) for box in value.boxes))
    return " ".join(inside)


def _struck_out(pdf: Path) -> Iterator[str]:
    """Letters through which a rule of the form runs."""
    with pdfplumber.open(pdf) as document:
        for page in document.pages:
            edges = [tuple(float(edge[side]) for side in ("x0", "x1", "top", "bottom")) for edge in page.edges]
            x0, x1, top, bottom = np.array(edges).T
            for glyph in (one for one in page.chars if one["text"].strip()):
                left, right = glyph["x0"] + 0.8, glyph["x1"] - 0.8
                base = float(page.height) - glyph["matrix"][5]
                high = base - 0.65 * glyph["size"]
                upright = (x0 == x1) & (left < x0) & (x0 < right) & (top < base - 1) & (bottom > high)
                level = (top == bottom) & (base - 0.45 * glyph["size"] < top) & (top < base - 0.5)
                if (upright | (level & (x0 < right) & (x1 > left))).any():
                    yield f"{glyph['text']} at {left:.0f}, {base:.0f}"
