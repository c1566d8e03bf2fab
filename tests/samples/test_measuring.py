from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from models.geometry import Box
from models.truth import PageTruth
from samples.case import Case
from samples.designs import DESIGNS, Design
from samples.measuring import drug_request, general_request
from samples.page import Book
from samples.scenarios.catalogue import SCENARIOS
from tests.samples.test_retired import HANDS, ON, REASONS, _apart, _quotes, _uncut, rich, rules, sparse

__all__ = ["rules"]
MEASURING = [design for design in DESIGNS if design.measuring]
WAYS = [(design, kind) for design in MEASURING for kind in sorted(design.kinds)]
NAMES = [f"{design.name}-{kind}" for design, kind in WAYS]
US = sorted(name for name in SCENARIOS if not name.startswith("hong-kong"))


@pytest.mark.parametrize(("design", "kind"), WAYS, ids=NAMES)
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("having", [rich, sparse])
def test_designs_hold_what_they_state(
    tmp_path: Path, rules: dict[int, list[Box]], design: Design, kind: str, seed: int, having: object
) -> None:
    case = rich(kind, seed) if having is rich else sparse(kind, seed)
    pages = _drawn(tmp_path, design, case, seed=seed)
    for number, page in enumerate(pages, 1):
        _quotes(page)
        _apart(page)
        _uncut(page, rules.get(number, []))
    stated = Counter(value.value for page in pages for value in page.values if value.path == "/signature/state")
    assert stated == {"signed" if case.signed else "unsigned": 1}
    assert {one.ink for page in pages for one in page.signatures} <= (
        {"pen", "electronic"} if case.signed else {"none"}
    )


@pytest.mark.parametrize("name", US)
def test_stories_fit(tmp_path: Path, rules: dict[int, list[Box]], name: str) -> None:
    story = SCENARIOS[name](random.Random(8), ON)
    takers = [design for design in MEASURING if design.takes(story)]
    assert takers
    for number, design in enumerate(takers):
        rules.clear()
        book = Book(tmp_path / f"{number}.pdf", design.name, hand=HANDS[number % 3])
        design.draw(book, story.case, rng=random.Random(number), reasons=story.reasons)
        pages = book.save()
        assert len(pages) == 1 or design.letter
        for place, page in enumerate(pages, 1):
            _quotes(page)
            _apart(page)
            _uncut(page, rules.get(place, []))


@pytest.mark.parametrize(("design", "kind"), WAYS, ids=NAMES)
def test_values_are_those_of_the_case(tmp_path: Path, design: Design, kind: str) -> None:
    case = rich(kind)
    stated = _stated(_drawn(tmp_path, design, case, seed=4))
    assert {path for path, values in stated.items() if len(values) > 1} == set()
    for path, value in _asked(case).items():
        assert stated[path] == {value}, path


@pytest.mark.parametrize("design", [design for design in MEASURING if design.form], ids=lambda design: design.name)
def test_forms_state_a_value_in_one_place(tmp_path: Path, design: Design) -> None:
    pages = _drawn(tmp_path, design, rich(min(design.kinds)), seed=4)
    assert len(pages) == 1
    places = Counter(value.path for page in pages for value in page.values)
    assert {path for path, count in places.items() if count > 1} == set()


@pytest.mark.parametrize("design", [design for design in MEASURING if design.letter], ids=lambda design: design.name)
def test_reasons_are_told(tmp_path: Path, design: Design) -> None:
    pages = _drawn(tmp_path, design, rich("service"), seed=2)
    assert [fact.concept for page in pages for fact in page.facts] == ["conservative-care"]
    assert _stated(pages)["/patient/weight"] == {"71 kg"}


def test_a_stay_is_ticked_and_dated(tmp_path: Path) -> None:
    book = Book(tmp_path / "form.pdf", "Form")
    general_request.draw(book, rich("admission"), rng=random.Random(1))
    stated = _stated(book.save())
    assert stated["/admission/admitted_on"] == {"2026-10-14"}
    assert stated["/admission/days"] == {"2"}
    assert stated["/servicing_provider/organization"] == {"Harborlight Center for Surgery"}
    assert stated["/facility/organization"] == {"Maplebrook Regional Hospital"}


def test_equipment_is_rented_for_months(tmp_path: Path) -> None:
    book = Book(tmp_path / "form.pdf", "Form")
    general_request.draw(book, rich("equipment"), rng=random.Random(1))
    stated = _stated(book.save())
    assert stated["/service_lines/0/equipment/acquisition"] == {"rental"}
    assert stated["/service_lines/0/equipment/months"] == {"3"}
    assert stated["/service_lines/4/code"] == {"A7036"}


def test_the_treatments_tried_are_told_with_their_dates(tmp_path: Path) -> None:
    case = rich("drug")
    assert case.drug is not None
    tried = (("Methotrexate", "15 mg weekly", "01/2026 to 05/2026", "Failed"), ("Acitretin", "25 mg", "2025", "Lipids"))
    book = Book(tmp_path / "form.pdf", "Form")
    drug_request.draw(book, replace(case, drug=replace(case.drug, tried=tried)), rng=random.Random(1))
    stated, stem = _stated(book.save()), "/service_lines/0/drug/prior_treatments"
    assert stated[f"{stem}/0/from"] == {"01/2026"}
    assert stated[f"{stem}/0/to"] == {"05/2026"}
    assert stated[f"{stem}/1/name"] == {"Acitretin"}
    assert f"{stem}/1/to" not in stated


def test_the_form_for_drugs_needs_one(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="this form asks for a drug"):
        drug_request.draw(Book(tmp_path / "form.pdf", "Form"), rich("service"), rng=random.Random(1))


def _asked(case: Case) -> dict[str, str]:
    """What every design states of a case."""
    facts = {
        "/coverage/payer_name": case.payer,
        "/coverage/member_id": case.patient.member_id,
        "/coverage/group_number": case.patient.group_number,
        "/patient/name/full": case.patient.full,
        "/patient/birth_date": case.patient.birth_date.isoformat(),
        "/requesting_provider/name": case.requester.full,
        "/requesting_provider/organization": case.requester.organization,
        "/requesting_provider/npi": case.requester.npi,
        "/requesting_provider/phone": case.requester.phone,
        "/requesting_provider/fax": case.requester.fax,
        "/level_of_service": "urgent",
        "/urgency_reason": case.urgency_reason,
        "/references/previous_authorization_number": case.previous_number,
        "/submitted_on": case.on.isoformat(),
        "/service_lines/0/start_on": (ON + dt.timedelta(7)).isoformat(),
    }
    if case.servicing is not None:
        facts["/servicing_provider/npi"] = case.servicing.npi
    for place, one in enumerate(case.diagnoses):
        facts |= {f"/diagnoses/{place}/code": one.code, f"/diagnoses/{place}/text": one.text}
    for place, line in enumerate(case.lines):
        facts |= {f"/service_lines/{place}/code": line.code, f"/service_lines/{place}/text": line.text}
    if case.admission:
        facts |= {"/admission/type": case.admission.type, "/admission/level_of_care": case.admission.level_of_care}
    if case.drug:
        facts |= {f"/service_lines/0/drug/{leaf}": getattr(case.drug, leaf) for leaf in ("name", "dose", "quantity")}
    return {path: value for path, value in facts.items() if value}


def _drawn(folder: Path, design: Design, case: Case, *, seed: int) -> tuple[PageTruth, ...]:
    """The pages of a design, by a hand that goes with the seed; letters are printed."""
    book = Book(folder / "drawn.pdf", design.name, hand=HANDS[seed % 3])
    design.draw(book, case, rng=random.Random(seed), reasons=REASONS)
    pages = book.save()
    assert [paper.signed for paper in book.papers] == ["signed" if case.signed else "unsigned"]
    assert [paper.request for paper in book.papers] == [True]
    return pages


def _stated(pages: tuple[PageTruth, ...]) -> dict[str, set[str]]:
    """The values of each path, ticks among them."""
    stated: dict[str, set[str]] = {}
    for page in pages:
        for path, value in (
            *((value.path, value.value) for value in page.values),
            *((mark.path, mark.value) for mark in page.marks if mark.ticked and mark.path and mark.value),
        ):
            stated.setdefault(path or "", set()).add(value or "")
    return stated
