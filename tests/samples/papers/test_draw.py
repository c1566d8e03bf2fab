from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from models.truth import Ink, PageTruth
from samples import people_hk
from samples.case import Case, Diagnosis
from samples.document import Document
from samples.page import A4, LETTER, Book, Hand
from samples.papers import order, visit
from samples.papers.draw import DRAWERS, draw, draw_blank, draw_cover, draw_separator
from samples.papers.report import Style
from tests.samples.forms.looks import faults
from tests.samples.papers.charts import BY_HAND, KINDS, ON, document, long_winded

SIGNED = [kind for kind in KINDS if kind not in {"id-card", "photo-page"}]
SEEDS = range(4)


def drawn(
    folder: Path, one: Document, *, seed: int = 0, hand: Hand | None = None
) -> tuple[Book, tuple[PageTruth, ...]]:
    book = Book(folder / "paper.pdf", "Paper", hand=hand, size=A4 if one.market == "hk" else LETTER)
    draw(book, one, rng=random.Random(seed))
    return book, book.save()


def stated(pages: tuple[PageTruth, ...]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for page in pages:
        for value in page.values:
            found.setdefault(value.path, set()).add(value.value)
    return found


def test_there_is_a_drawer_for_each_kind() -> None:
    assert set(DRAWERS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_stated_stands_where_the_truth_says(tmp_path: Path, kind: str, seed: int) -> None:
    one = document(kind, ink=("pen", "electronic", "stamp", "none")[seed % 4], seed=seed)
    book, pages = drawn(tmp_path, one, seed=seed)
    for page in pages:
        assert faults(page) == []
    values = stated(pages)
    assert values["/patient/name/full"] == {one.patient.full}
    if kind != "id-card":
        assert values["/patient/birth_date"] == {one.patient.birth_date.isoformat()}
    paper = book.papers[0]
    assert (paper.part, paper.title, paper.case, paper.patient) == (one.part, one.title, 0, "same")
    assert all(page.paper == 0 and page.part == one.part for page in pages)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_long_names_find_room(tmp_path: Path, kind: str, seed: int) -> None:
    for page in drawn(tmp_path, long_winded(document(kind)), seed=seed)[1]:
        assert faults(page) == []


@pytest.mark.parametrize("kind", SIGNED)
@pytest.mark.parametrize("seed", [0, 1])
def test_long_texts_go_on_under_a_running_head(tmp_path: Path, kind: str, seed: int) -> None:
    one = document(kind, long=9)
    _, pages = drawn(tmp_path, one, seed=seed)
    assert len(pages) > 1
    for page in pages:
        assert faults(page) == []
        assert stated((page,))["/patient/name/full"] == {one.patient.full}
        assert stated((page,))["/patient/birth_date"] == {one.patient.birth_date.isoformat()}
    words = " ".join(word.text for page in pages for word in page.words)
    assert words.count("brought no relief.") == 9
    facts = [fact.quote for page in pages for fact in page.facts]
    assert facts.count("Eight weeks of supervised physical therapy") == 9
    assert [len(page.signatures) for page in pages] == [0] * (len(pages) - 1) + [1]


@pytest.mark.parametrize("kind", SIGNED)
@pytest.mark.parametrize(
    ("ink", "signed"), [("pen", "signed"), ("electronic", "signed"), ("stamp", None), ("none", "unsigned")]
)
def test_who_signed_and_how_is_recorded(tmp_path: Path, kind: str, ink: Ink, signed: str | None) -> None:
    one = document(kind, ink=ink)
    book, pages = drawn(tmp_path, one)
    places = [place for page in pages for place in page.signatures]
    if kind == "medications" and ink == "none":
        assert (places, book.papers[0].signed) == ([], None)
        return
    assert [place.ink for place in places] == [ink]
    assert (book.papers[0].signed, book.papers[0].author) == (signed, one.author.full)
    assert book.papers[0].dated_on == ON
    inside = [word.text for word in pages[-1].words if places[0].box.covers(*word.box.middle)]
    assert bool(inside) == (ink in {"electronic", "stamp"})
    assert "signed" not in " ".join(inside).lower() or ink == "electronic"


@pytest.mark.parametrize("style", [visit.LETTERHEAD, visit.RECORD, visit.PLAIN_NOTE, visit.DICTATION])
def test_a_note_says_the_same_in_every_style(tmp_path: Path, style: Style) -> None:
    one = document("visit", long=3)
    book = Book(tmp_path / "note.pdf", "Note")
    visit.in_style(book, one, rng=random.Random(1), style=style)
    words = " ".join(word.text for page in book.save() for word in page.words)
    for sentence in ("Pain runs down the left leg", "lisinopril 10 mg daily", "Return in 4 weeks."):
        assert words.count(sentence) == 3


@pytest.mark.parametrize("long", [1, 4, 10])
def test_two_columns_hold_all_sections(tmp_path: Path, long: int) -> None:
    book = Book(tmp_path / "note.pdf", "Note")
    visit.two_columns(book, document("visit", long=long), rng=random.Random(1))
    pages = book.save()
    for page in pages:
        assert faults(page) == []
    words = [word for page in pages for word in page.words]
    assert sum(word.text == "lisinopril" for word in words) == long
    assert sum(fact.concept == "conservative-care" for page in pages for fact in page.facts) == long
    if long == 1:
        drug = next(word for word in words if word.text == "lisinopril")
        assert drug.box.x1 < pages[0].width / 3


def test_pages_are_numbered_of_how_many(tmp_path: Path) -> None:
    book = Book(tmp_path / "note.pdf", "Note")
    visit.in_style(book, document("visit", long=12), rng=random.Random(1), style=visit.RECORD)
    pages = book.save()
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in " ".join(word.text for word in page.words)


@pytest.mark.parametrize("drawer", [order.form, order.pad])
def test_an_order_is_filled_in_by_hand(tmp_path: Path, drawer: object) -> None:
    one = document("order")
    one = replace(one, sections=tuple(pair for pair in one.sections if pair[0] != "Objective"))
    book = Book(tmp_path / "order.pdf", "Order", hand=BY_HAND)
    assert callable(drawer)
    drawer(book, one, rng=random.Random(2))
    pages = book.save()
    assert [fault for page in pages for fault in faults(page)] == []
    kinds = {value.path: value.kind for value in pages[0].values}
    assert kinds["/patient/name/full"] == "handwritten"
    written = [word for page in pages for word in page.words if word.text in {"Creatinine", "radiculopathy."}]
    assert {word.kind for word in written} == {"handwritten"}
    assert stated(pages)["/ordering_provider/npi"] == {one.author.npi}


@pytest.mark.parametrize("kind", KINDS)
def test_hong_kong_writes_the_day_first(tmp_path: Path, kind: str) -> None:
    one = document(kind, market="hk")
    book, pages = drawn(tmp_path, one, seed=3)
    for page in pages:
        assert faults(page) == []
    values = {value.path: value for page in pages for value in page.values}
    assert values["/patient/name/full"].value == people_hk.written(one.patient)
    if "/patient/birth_date" in values:
        assert values["/patient/birth_date"].quote == f"{one.patient.birth_date:%d/%m/%Y}"
    if "/patient/identifiers/0/value" in values:
        assert values["/patient/identifiers/0/value"].value.endswith("***(*)")
    assert book.papers[0].author in {None, people_hk.written(one.author)}


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_draws_the_same_bytes(tmp_path: Path, kind: str) -> None:
    made = []
    for _ in range(2):
        drawn(tmp_path, document(kind), seed=4)
        made.append((tmp_path / "paper.pdf").read_bytes())
    assert made[0] == made[1]


def test_a_paper_of_someone_else_says_so(tmp_path: Path) -> None:
    book = Book(tmp_path / "paper.pdf", "Paper")
    draw(book, document("imaging"), rng=random.Random(1), case=None, whose="other")
    assert (book.papers[0].case, book.papers[0].patient) == (None, "other")


@pytest.mark.parametrize("hand", [None, BY_HAND])
@pytest.mark.parametrize("market", ["us", "hk"])
def test_a_cover_says_who_sends_how_many_pages(tmp_path: Path, market: str, hand: Hand | None) -> None:
    one = document("visit", market=market)
    case = Case(
        payer="Copperfield Mutual Health Plan of Ohio",
        patient=one.patient,
        requester=one.author,
        on=ON,
        level_of_service="urgent",
        diagnoses=(Diagnosis("M54.16", "Radiculopathy, lumbar region"),),
        market=one.market,
    )
    named = set()
    for seed in range(12):
        book = Book(tmp_path / "cover.pdf", "Cover", hand=hand, size=A4 if market == "hk" else LETTER)
        draw_cover(book, case, pages=17, rng=random.Random(seed))
        page = book.save()[0]
        assert faults(page) == []
        values = stated((page,))
        assert values["/submitted_on"] == {ON.isoformat()}
        assert values["/requesting_provider/fax"] == {one.author.fax}
        assert "17" in {word.text for word in page.words}
        assert [mark.value for mark in page.marks if mark.ticked and mark.path] == ["urgent"]
        assert ("/patient/name/full" in values) == (book.papers[0].patient == "same")
        named.add(book.papers[0].patient)
    assert named == {"same", "unknown"}


def test_separators_and_blank_sheets_belong_to_no_case(tmp_path: Path) -> None:
    book = Book(tmp_path / "wraps.pdf", "Wraps")
    draw_separator(book, "MEDICAL RECORDS")
    draw_blank(book)
    separator, blank = book.save()
    assert faults(separator) == []
    assert [word.text for word in separator.words][:2] == ["MEDICAL", "RECORDS"]
    assert blank.words == ()
    assert [(paper.part, paper.case, paper.patient) for paper in book.papers] == [
        ("separator", None, "unknown"),
        ("blank", None, "unknown"),
    ]
    assert (separator.paper, blank.paper) == (0, 1)
