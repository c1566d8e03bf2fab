from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from models.truth import PageTruth
from samples.case import Case, Drug
from samples.faces import HANDWRITTEN
from samples.forms import drug, equipment, therapy
from samples.page import Book, Hand
from tests.samples.forms import cases
from tests.samples.forms.looks import faults, stated, struck_out, ticked

HANDS = (Hand(), Hand("Helvetica", 9.5), *(Hand(name, 12, "handwritten") for name in HANDWRITTEN))


def _rich(kind: str) -> Case:
    case = cases.drug() if kind == "drug" else cases.rich(kind)
    patient = replace(case.patient, height="165 cm", weight="71 kg")
    return replace(case, patient=patient, starts=cases.rich().starts, certification="renewal")


def _sparse(kind: str) -> Case:
    if kind != "drug":
        return cases.sparse(kind)
    return replace(cases.sparse(), kind="drug", lines=(), drug=Drug("Abatacept", "", "", "", "", "", "", ""))


def _crowded(kind: str) -> Case:
    case = _rich(kind)
    asked = case.drug and replace(case.drug, tried=case.drug.tried * 3)
    return replace(case, diagnoses=(case.diagnoses * 2)[:5], lines=(case.lines * 2)[:6], drug=asked)


def _drawn(
    folder: Path, design: ModuleType, case: Case, *, seed: int = 0, hand: Hand | None = None
) -> tuple[PageTruth, ...]:
    book = Book(folder / "form.pdf", "Form", hand=hand)
    design.draw(book, case, rng=random.Random(seed))
    paper = book.papers[0]
    assert (paper.part, paper.request, paper.dated_on) == ("prior-authorization-form", True, case.on)
    assert paper.signed == ("signed" if case.signed else "unsigned")
    return book.save()


def _every() -> Iterator[tuple[ModuleType, Case]]:
    for design in (drug, equipment, therapy):
        (kind,) = design.KINDS
        yield from ((design, make(kind)) for make in (_rich, _sparse, _crowded))


@pytest.mark.parametrize(("seed", "design", "case"), [(seed, *one) for seed, one in enumerate(_every())])
def test_all_stands_in_its_place(tmp_path: Path, seed: int, design: ModuleType, case: Case) -> None:
    pages = _drawn(tmp_path, design, case, seed=seed, hand=HANDS[seed % len(HANDS)])
    assert [fault for page in pages for fault in faults(page)] == []
    assert list(struck_out(tmp_path / "form.pdf")) == []


@pytest.mark.parametrize("design", [drug, equipment, therapy])
@pytest.mark.parametrize("seed", range(2))
def test_values_have_the_form_of_the_contract(tmp_path: Path, design: ModuleType, seed: int) -> None:
    (kind,) = design.KINDS
    case = _rich(kind)
    values = stated(_drawn(tmp_path, design, case, seed=seed))
    for path, value in values.items():
        if path.endswith(("_on", "birth_date")):
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", value), path
        if path.endswith(("phone", "fax", "npi")):
            assert re.fullmatch(r"\d{10}", value), path
    assert values["/coverage/payer_name"] == case.payer
    assert values["/patient/name/full"] == case.patient.full
    assert values["/urgency_reason"] == case.urgency_reason
    assert values["/references/previous_authorization_number"] == case.previous_number
    assert values["/service_lines/0/start_on"] == "2026-09-21"
    assert [values[f"/diagnoses/{n}/code"] for n in range(3)] == [one.code for one in case.diagnoses]
    assert values["/signature/state"] == "signed"


@pytest.mark.parametrize("design", [drug, equipment, therapy])
def test_a_poor_case_leaves_blanks_and_no_signature(tmp_path: Path, design: ModuleType) -> None:
    (kind,) = design.KINDS
    pages = _drawn(tmp_path, design, _sparse(kind))
    values = stated(pages)
    assert values["/signature/state"] == "unsigned"
    assert [one.ink for page in pages for one in page.signatures] == ["none"]
    assert not [path for path in values if path.startswith(("/servicing", "/ordering", "/facility", "/diagnoses/1"))]
    assert not {"/signature/signed_on", "/urgency_reason", "/service_lines/0/start_on"} & set(values)
    ticks = ticked(pages)
    assert ticks["/level_of_service"] == ["standard"]
    assert ticks["/certification_type"] == ["initial"]


def test_the_drug_form_tells_what_was_tried_and_when(tmp_path: Path) -> None:
    case = _rich("drug")
    assert case.drug is not None
    pages = _drawn(tmp_path, drug, replace(case, drug=replace(case.drug, continuing=True)))
    values, stem = stated(pages), "/service_lines/0/drug"
    assert values[f"{stem}/prior_treatments/0/from"] == "Jan 2026"
    assert values[f"{stem}/prior_treatments/1/to"] == "Aug 2026"
    assert values[f"{stem}/prior_treatments/1/outcome"].startswith("Liver enzymes")
    assert (values[f"{stem}/ndc"], values[f"{stem}/quantity"]) == ("00000-0554-02", "2 pens")
    assert (values["/patient/height"], values["/patient/weight"]) == ("165 cm", "71 kg")
    assert ticked(pages)[f"{stem}/new_or_continuing"] == ["continuing"]
    assert ticked(pages)["/certification_type"] == ["renewal"]


def test_the_drug_form_needs_a_drug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="asks for a drug"):
        drug.draw(Book(tmp_path / "form.pdf", "Form"), cases.rich(), rng=random.Random(0))


def test_each_item_of_equipment_is_bought_or_rented_by_itself(tmp_path: Path) -> None:
    case = _rich("equipment")
    pages = _drawn(tmp_path, equipment, case)
    values, ticks = stated(pages), ticked(pages)
    for number, line in enumerate(case.lines):
        assert values[f"/service_lines/{number}/code"] == line.code
        assert values[f"/service_lines/{number}/modifiers/0"] == line.modifier
        assert values[f"/service_lines/{number}/quantity"] == str(line.quantity)
        assert ticks[f"/service_lines/{number}/equipment/acquisition"] == [line.acquisition]
    assert values["/service_lines/0/equipment/months"] == "10"
    assert case.servicing is not None
    assert case.ordering is not None
    assert values["/servicing_provider/organization"] == case.servicing.organization
    assert values["/ordering_provider/npi"] == case.ordering.npi != values["/requesting_provider/npi"]


def test_the_therapy_form_counts_visits_and_ticks_its_discipline(tmp_path: Path) -> None:
    case = _rich("service")
    first = replace(case.lines[0], visits_used=8)
    pages = _drawn(tmp_path, therapy, replace(case, lines=(first, *case.lines[1:])))
    values = stated(pages)
    assert (values["/service_lines/0/visits"], values["/service_lines/0/frequency"]) == ("12", "2 per week")
    assert values["/service_lines/0/duration"] == "6 weeks"
    assert ticked(pages)["/service_lines/0/laterality"] == ["left"]
    options = [mark.option for page in pages for mark in page.marks if mark.ticked]
    assert "Physical therapy (PT)" in options
    assert "8" in [word.text for page in pages for word in page.words if word.kind == "value"]


def test_the_discipline_follows_the_modifier_or_the_specialty() -> None:
    case = cases.rich()
    assert therapy.discipline(replace(case, lines=(replace(case.lines[0], modifier="GO"),))) == "OT"
    assert therapy.discipline(replace(case, lines=(replace(case.lines[0], modifier=""),))) == "PT"
    assert therapy.discipline(cases.sparse()) is None
