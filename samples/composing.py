"""From the plan of a packet to its PDF: which papers in which order, by whose hand, and what was planted where."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from pathlib import Path

from models.truth import PageTruth, Paper, PlacedValue
from samples.binder import bind
from samples.defects import Plan
from samples.designs import Design
from samples.document import Document
from samples.faces import HANDWRITTEN, face
from samples.page import SANS, TYPED, Book, Hand
from samples.papers.draw import draw, draw_blank, draw_cover, draw_separator
from samples.scenario import Scenario


@dataclass(frozen=True, slots=True)
class _Manner:
    """What an office does by habit: who fills in the form, whether covers, separators and blanks are sent along."""

    hand: Hand
    cover: bool
    separator: bool
    blank: bool


def composed(
    pdf: Path, plan: Plan, design: Design, *, way: str, rng: random.Random
) -> tuple[tuple[Paper, ...], tuple[PageTruth, ...]]:
    """Draw the packet's papers into one PDF, in the order in which they are sent; what they are, and their pages."""
    manner = _manner(design, way, rng)
    seed = rng.getrandbits(48)
    count = len(_drawn(pdf, plan, design, manner=manner, count=0, rng=random.Random(seed))[1]) + plan.again
    papers, pages = _drawn(pdf, plan, design, manner=manner, count=count, rng=random.Random(seed))
    moved = bind(
        pdf,
        _planted(pages, plan),
        again=(rng.randrange(len(pages)),) if plan.again and not design.fillable else (),
        upside_down=(rng.randrange(len(pages)),) if plan.upside_down and not design.fillable else (),
    )
    return papers, moved


def _manner(design: Design, way: str, rng: random.Random) -> _Manner:
    fax = way.startswith("fax")
    hands = [Hand(), Hand(TYPED), Hand(SANS), Hand("Times-Roman")]
    if not design.fillable and design.market == "us" and way != "native-pdf" and rng.random() < 0.12:
        hands = [Hand(face(name), kind="handwritten") for name in HANDWRITTEN]
    hand = Hand() if design.fillable or design.market == "hk" else rng.choice(hands)
    return _Manner(hand, fax and rng.random() < 0.6, rng.random() < 0.08, rng.random() < 0.08)


def _drawn(
    pdf: Path, plan: Plan, design: Design, *, manner: _Manner, count: int, rng: random.Random
) -> tuple[tuple[Paper, ...], tuple[PageTruth, ...]]:
    book = Book(pdf, "Documents", size=design.size)
    if manner.cover:
        draw_cover(book, plan.scenario.case, pages=count, rng=rng)
    _request(book, plan.scenario, design, manner=manner, case=0, rng=rng)
    if manner.separator:
        draw_separator(book, "CHART NOTES")
    strangers = list(plan.strangers)
    for number, document in enumerate(plan.scenario.documents):
        _document(book, document, rng=rng, case=0, whose="same")
        if strangers and (rng.random() < 0.5 or number == len(plan.scenario.documents) - 1):
            _document(book, strangers.pop(), rng=rng, case=None, whose="other")
    for stranger in strangers:
        _document(book, stranger, rng=rng, case=None, whose="other")
    if manner.blank:
        draw_blank(book)
    if plan.second is not None:
        _request(book, plan.second, design, manner=manner, case=1, rng=rng)
        for document in plan.second.documents:
            _document(book, document, rng=rng, case=1, whose="same")
    pages = book.save()
    return tuple(book.papers), pages


def _request(book: Book, scenario: Scenario, design: Design, *, manner: _Manner, case: int, rng: random.Random) -> None:
    own, book.hand = book.hand, manner.hand
    first = len(book.papers)
    design.draw(book, scenario.case, rng=rng, reasons=scenario.reasons)
    book.papers[first:] = [replace(paper, case=case) for paper in book.papers[first:]]
    book.hand = own


def _document(book: Book, document: Document, *, rng: random.Random, case: int | None, whose: str) -> None:
    draw(book, document, rng=rng, case=case, whose="other" if whose == "other" else "same")


def _planted(pages: tuple[PageTruth, ...], plan: Plan) -> tuple[PageTruth, ...]:
    return tuple(replace(page, values=tuple(_named(value, plan.wrong) for value in page.values)) for page in pages)


def _named(value: PlacedValue, wrong: tuple[tuple[str, str, str], ...]) -> PlacedValue:
    """The value with the name of the defect that made it wrong, if one did."""
    for end, planted, code in wrong:
        if value.path.endswith(end) and value.value == planted:
            return replace(value, planted=code)
    return value
