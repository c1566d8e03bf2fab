"""A laboratory report: a ruled table of results with their ranges and flags."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.annotations import PartType
from samples.case import Case
from samples.document import Document
from samples.page import Book
from samples.papers import laboratory as report
from samples.papers.draw import paper

_HEADS = ("Test", "Result", "Flag", "Unit", "Reference range")


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the report: the range is the laboratory's own, the flag H, L or empty."""

    test: str
    value: str
    unit: str
    range: str
    flag: str = ""


def draw(book: Book, case: Case, *, laboratory: str, collected_on: dt.date, results: Sequence[Result]) -> None:
    """Print the report on one sheet."""
    director = replace(case.requester, given="Wilhelmina", family="Oakhurst", credential="PhD", specialty="Director")
    document = Document(
        kind="laboratory",
        part=PartType.LABORATORY_REPORT,
        title="Laboratory Report",
        on=collected_on,
        author=director,
        patient=case.patient,
        facts=(("Ordered by", case.requester.full),),
        table=(_HEADS, *((one.test, one.value, one.flag, one.unit, one.range) for one in results)),
        institution=laboratory,
        ink="electronic",
    )
    book.paper(paper(document))
    report.in_style(book, document, rng=random.Random(case.patient.member_id), style=report.RULED)
