from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pytest
from reportlab.pdfgen.canvas import Canvas

from models.geometry import Box
from models.truth import PageTruth
from samples.case import Admission, Case, Diagnosis, Drug, Line
from samples.fictions import Practitioner, person, practitioner
from samples.page import Book, Hand
from samples.retired import captions, clinic_letter, dictated, grid, inpatient, referral, state
from samples.retired.office import Office

Sides: TypeAlias = npt.NDArray[np.float64]
ON = dt.date(2026, 9, 14)
FORMS = {"state": state, "inpatient": inpatient, "referral": referral, "captions": captions}
LETTERS = {"clinic-letter": clinic_letter, "dictated": dictated}
WAYS = [(name, kind) for name, form in FORMS.items() for kind in sorted(form.KINDS)]
WRITTEN = [(name, kind) for name, letter in LETTERS.items() for kind in sorted(letter.KINDS)]
HANDS = (Hand(), Hand("Helvetica", 9), Hand("Humor", 10, "handwritten"))
REASONS = (
    "Pain since May. [[conservative-care;failed;2026-08-20|Eight weeks of physical therapy]] brought no relief.",
    "Weight is [[/patient/weight=71 kg|71 kg]]. " + "Abduction is limited to 70 degrees by pain and weakness. " * 12,
    "A further delay would cost strength that does not come back. " * 18,
)

LINES = {
    "service": (
        Line("97110", "Physical therapy with exercises", 24, "GP", visits=12, frequency=(2, "week"), duration="6 weeks",
             side="left", body_site="Shoulder", place="Outpatient hospital"),
        Line("97140", "Manual therapy of the shoulder, each quarter of an hour", 24, "GP", visits=12, side="left"),
    ),
    "equipment": (
        Line("E0601", "CPAP device", 1, "RR", acquisition="rental", months=3, place="Home"),
        Line("A7030", "Full face mask", 1, "NU", acquisition="purchase"),
        Line("A4604", "Heated tubing", 2, "NU", acquisition="purchase"),
        Line("A7038", "Filters, disposable", 6, "NU", acquisition="purchase"),
        Line("A7036", "Chin strap", 1, "NU", acquisition="purchase"),
    ),
    "admission": (Line("27447", "Total knee replacement", 1, "RT", side="right"), Line("20985", "Navigation", 1)),
    "referral": (Line("", "Evaluate and treat", 3, visits=3, frequency=(1, "month")), Line("92083", "Visual field", 1)),
    "drug": (),
}  # fmt: skip


def rich(kind: str, seed: int = 1) -> Case:
    """A case that has all there is, with long names."""
    rng = random.Random(seed)
    hospital = replace(practitioner(rng, "", "Maplebrook Regional Hospital"), given="", family="", credential="")
    member = person(rng)
    return replace(
        sparse(kind, seed),
        payer="Lakeshore Senior Health Plan of the Northern Counties",
        patient=replace(member, given="Maximiliana-Josephine", family="de la Vanterpool-Osterhagen", mrn="00417733"),
        requester=_named(rng, "Physical Medicine and Rehabilitation", "Stonebridge Orthopedic and Spine Associates"),
        level_of_service="urgent",
        diagnoses=(
            Diagnosis(
                "M75.102", "Unspecified rotator cuff tear or rupture of left shoulder, not specified as traumatic"
            ),
            Diagnosis("M25.512", "Pain in left shoulder"),
            Diagnosis("I10", "Essential hypertension"),
        ),
        servicing=_named(rng, "Orthopedic Surgery", "Harborlight Center for Surgery"),
        lines=LINES[kind],
        starts=ON + dt.timedelta(7),
        ends=ON + dt.timedelta(70),
        signed=True,
        urgency_reason="Rapid loss of function since the fall of last week; a delay risks lasting weakness of the arm",
        certification="extension",
        previous_number="PA-2026-0081734",
        ordering=_named(rng, "Internal Medicine", "Fairhaven Medical Group"),
        facility=hospital,
        primary_care=_named(rng, "Family Medicine", "Maplebrook Family Practice"),
        other_payer="Great Harbor Mutual",
    )


def sparse(kind: str, seed: int = 2) -> Case:
    """A case with the least that can be asked for, unsigned."""
    rng = random.Random(seed)
    drug = Drug(
        "Adalimumab", "40 mg/0.4 mL", "pen injector", "subcutaneous", "40 mg", "every 14 days", "6 pens", "3 months"
    )
    return Case(
        payer="Bluebird Health",
        patient=person(rng),
        requester=practitioner(rng, "Family Medicine", "Maplebrook Family Practice"),
        on=ON,
        level_of_service="standard",
        diagnoses=(Diagnosis("M54.16", "Radiculopathy, lumbar region"),),
        lines=LINES[kind][:1],
        signed=False,
        kind=kind,  # type: ignore[arg-type]
        admission=Admission("elective", ON + dt.timedelta(30), 2, "Telemetry") if kind == "admission" else None,
        drug=drug if kind == "drug" else None,
    )


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> dict[int, list[Box]]:
    """The rules that are drawn, by page from 1; a pen's strokes are none of them."""
    drawn: dict[int, list[Box]] = {}
    line, rect = Canvas.line, Canvas.rect

    def ruled(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
        box = Box(min(x0, x1), 792 - max(y0, y1), max(x0, x1), 792 - min(y0, y1))
        if min(box.width, box.height) < 0.1:
            drawn.setdefault(canvas.getPageNumber(), []).append(box)
        line(canvas, x0, y0, x1, y1)

    def framed(canvas: Canvas, x: float, y: float, width: float, height: float, **how: int) -> None:
        top, bottom, x1 = 792 - y - height, 792 - y, x + width
        sides = (Box(x, top, x1, top), Box(x, bottom, x1, bottom), Box(x, top, x, bottom), Box(x1, top, x1, bottom))
        drawn.setdefault(canvas.getPageNumber(), []).extend(sides)
        rect(canvas, x, y, width, height, **how)

    monkeypatch.setattr(Canvas, "line", ruled)
    monkeypatch.setattr(Canvas, "rect", framed)
    return drawn


@pytest.fixture(params=range(3))
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.mark.parametrize(("name", "kind"), WAYS)
@pytest.mark.parametrize("having", [rich, sparse])
def test_forms_hold_what_they_state(
    tmp_path: Path, rules: dict[int, list[Box]], seed: int, name: str, kind: str, having: object
) -> None:
    case = rich(kind, seed) if having is rich else sparse(kind, seed)
    book = Book(tmp_path / "form.pdf", name, hand=HANDS[seed % 3])
    FORMS[name].draw(book, case, rng=random.Random(seed))
    _check(book, case, rules)
    assert [(paper.part, paper.request) for paper in book.papers] == [("prior-authorization-form", True)]


@pytest.mark.parametrize(("name", "kind"), WRITTEN)
@pytest.mark.parametrize("having", [rich, sparse])
def test_letters_hold_what_they_state(
    tmp_path: Path, rules: dict[int, list[Box]], name: str, kind: str, having: object
) -> None:
    case = rich(kind) if having is rich else sparse(kind)
    book = Book(tmp_path / "letter.pdf", name)
    LETTERS[name].draw(book, case, rng=random.Random(kind), reasons=REASONS)
    pages = _check(book, case, rules)
    assert [fact.concept for page in pages for fact in page.facts] == ["conservative-care"]
    assert len(pages) == (2 if having is rich else 1)
    assert sum(len(page.signatures) for page in pages) == 1


@pytest.mark.parametrize("name", ["state", "captions"])
def test_every_line_and_diagnosis_is_there(tmp_path: Path, name: str) -> None:
    case = rich("equipment")
    stated = _stated(tmp_path, name, case)
    for place, line in enumerate(case.lines):
        assert stated[f"/service_lines/{place}/code"] == {line.code}
        assert stated[f"/service_lines/{place}/text"] == {line.text}
        assert stated[f"/service_lines/{place}/quantity"] == {str(line.quantity)}
        assert stated[f"/service_lines/{place}/start_on"] == {"2026-09-21"}
    for place, one in enumerate(case.diagnoses):
        assert stated[f"/diagnoses/{place}/code"] == {one.code}
        assert stated[f"/diagnoses/{place}/text"] == {one.text}


@pytest.mark.parametrize(("name", "kind"), WAYS)
def test_values_have_the_form_of_the_contract(tmp_path: Path, name: str, kind: str) -> None:
    case = rich(kind)
    stated = _stated(tmp_path, name, case)
    assert stated["/patient/name/full"] == {case.patient.full}
    assert stated["/patient/birth_date"] == {case.patient.birth_date.isoformat()}
    assert stated["/patient/sex"] == {case.patient.sex}
    assert stated["/patient/phone"] == {case.patient.phone}
    assert stated["/patient/address/postal_code"] == {case.patient.address.postal_code}
    assert stated["/requesting_provider/name"] == {case.requester.full}
    assert stated["/requesting_provider/tin"] == {case.requester.tin}
    assert stated["/servicing_provider/npi"] == {_there(case.servicing).npi}
    assert stated["/facility/organization"] == {"Maplebrook Regional Hospital"}
    assert stated["/level_of_service"] == {"urgent"}
    assert stated["/certification_type"] == {"extension"}
    assert stated["/urgency_reason"] == {case.urgency_reason}
    assert stated["/references/previous_authorization_number"] == {"PA-2026-0081734"}
    assert stated["/submitted_on"] == stated["/signature/signed_on"] == {"2026-09-14"}


def test_a_stay_is_ticked_and_dated(tmp_path: Path) -> None:
    stated = _stated(tmp_path, "inpatient", rich("admission"))
    assert stated["/admission/type"] == {"elective"}
    assert stated["/admission/admitted_on"] == {"2026-10-14"}
    assert stated["/admission/days"] == {"2"}
    assert stated["/admission/level_of_care"] == {"Telemetry"}
    assert stated["/service_lines/0/laterality"] == {"right"}
    other = replace(rich("admission"), admission=Admission("urgent", ON, 4, "Burn unit"))
    assert _stated(tmp_path, "inpatient", other)["/admission/level_of_care"] == {"Burn unit"}


def test_a_form_for_stays_needs_one(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="stay in hospital"):
        inpatient.draw(Book(tmp_path / "form.pdf", "Form"), rich("service"), rng=random.Random(1))


def test_a_referral_counts_visits(tmp_path: Path) -> None:
    stated = _stated(tmp_path, "referral", rich("referral"))
    assert stated["/service_lines/0/visits"] == {"3"}
    assert stated["/service_lines/0/text"] == {"Evaluate and treat"}
    assert stated["/service_lines/1/code"] == {"92083"}
    assert stated["/service_lines/0/frequency"] == {"1 per month"}


def test_one_seed_gives_one_form(tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        book = Book(tmp_path / name, "Same")
        state.draw(book, rich("service"), rng=random.Random(5))
        book.save()
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


@pytest.mark.parametrize("width", [40, 70, 200])
@pytest.mark.parametrize("hand", HANDS)
def test_filled_text_stays_in_its_cell(tmp_path: Path, width: float, hand: Hand) -> None:
    book = Book(tmp_path / "cell.pdf", "Cell", hand=hand)
    cell = Box(100, 100, 100 + width, 122)
    grid.fill(book.sheet("other"), cell, "[[/patient/name/full|Maximiliana Quillfeather]], a person")
    page = book.save()[0]
    assert page.values[0].quote == "Maximiliana Quillfeather"
    for word in page.words:
        assert cell.grown(0.6).common(word.box) == pytest.approx(word.box.area)


def test_an_office_writes_dates_in_its_own_way() -> None:
    day = dt.date(1951, 3, 4)
    looks = {"09/14/2026": "03/04/1951", "9/14/26": "3/4/51", "Sep 14 2026": "Mar 4 1951", "14-Sep-2026": "04-Mar-1951"}
    for look, text in looks.items():
        office = Office(random.Random(1), dates=look)
        assert office.day(day) == text
        assert office.date("/a", day) == f"[[/a=1951-03-04|{text}]]"
    assert Office(random.Random(1), dates="9/14/26").day(day, full=True) == "3/4/1951"


def _check(book: Book, case: Case, rules: dict[int, list[Box]]) -> tuple[PageTruth, ...]:
    """What holds of every design: places, quotes, ticks, the signature, and nothing over anything."""
    pages = book.save()
    assert len(book.papers) == 1
    assert book.papers[0].request
    assert book.papers[0].signed == ("signed" if case.signed else "unsigned")
    for number, page in enumerate(pages, 1):
        _quotes(page)
        _apart(page)
        _uncut(page, rules.get(number, []))
    stated = Counter(value.value for page in pages for value in page.values if value.path == "/signature/state")
    assert stated == {"signed" if case.signed else "unsigned": 1}
    inks = {one.ink for page in pages for one in page.signatures}
    assert inks <= ({"pen", "electronic"} if case.signed else {"none"})
    assert len(inks) == 1
    return pages


def _quotes(page: PageTruth) -> None:
    for value in page.values:
        if not value.quote:
            continue
        words = [word.text for word in page.words if any(box.covers(*word.box.middle) for box in value.boxes)]
        assert value.quote in " ".join(words), value
        for box in value.boxes:
            assert box == box.clipped(page.width, page.height)
    for word in page.words:
        assert word.box.clipped(page.width - 14, page.height - 14) == word.box, word
        assert word.box.x0 > 14


def _apart(page: PageTruth) -> None:
    """No word lies over another by more than an eighth of the smaller one."""
    words = _sides([word.box for word in page.words])
    common = _shared(words, words).prod(axis=2)
    area = (words[:, 2:] - words[:, :2]).prod(axis=1)
    over = common / np.minimum(area[:, None], area)
    np.fill_diagonal(over, 0)
    assert not [(page.words[i].text, page.words[j].text) for i, j in np.argwhere(over > 0.125)]


def _uncut(page: PageTruth, rules: list[Box]) -> None:
    """No rule goes through a word; it may run along its edge."""
    if not rules:
        return
    words = _sides([word.box.grown(-1.2) for word in page.words])
    lines = _sides([rule.grown(0.01) for rule in rules])
    through = (_shared(words, lines) > 0).all(axis=2)
    assert not [(page.words[i].text, rules[j]) for i, j in np.argwhere(through)]


def _sides(boxes: list[Box]) -> Sides:
    return np.array([(box.x0, box.top, box.x1, box.bottom) for box in boxes])


def _shared(some: Sides, others: Sides) -> Sides:
    """How far each of `some` overlaps each of `others` along x and along y."""
    far = np.minimum(some[:, None, 2:], others[None, :, 2:])
    shared: Sides = np.clip(far - np.maximum(some[:, None, :2], others[None, :, :2]), 0, None)
    return shared


def _stated(folder: Path, name: str, case: Case) -> dict[str, set[str]]:
    """The values of each path, ticks among them."""
    book = Book(folder / "stated.pdf", name)
    FORMS[name].draw(book, case, rng=random.Random(4))
    stated: dict[str, set[str]] = {}
    for page in book.save():
        for value in page.values:
            stated.setdefault(value.path, set()).add(value.value)
        for mark in page.marks:
            if mark.ticked and mark.path is not None and mark.value is not None:
                stated.setdefault(mark.path, set()).add(mark.value)
    return stated


def _named(rng: random.Random, specialty: str, organization: str) -> Practitioner:
    return replace(practitioner(rng, specialty, organization), family="Castellane-Featherstonehaugh")


def _there(who: Practitioner | None) -> Practitioner:
    assert who is not None
    return who
