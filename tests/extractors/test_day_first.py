from __future__ import annotations

import datetime as dt

import pytest

from extractors.day_first import day_first_dates
from extractors.part_facts import PART_FACTS
from models.mention import FieldMention, Scalar
from tests.extractors.documents import document_from_lines


def dated(value: Scalar | None, written: str) -> FieldMention:
    document = document_from_lines([written])
    evidence = document.evidence(1, document.page(1).words)
    provenance = PART_FACTS.provenance("test")
    return FieldMention(
        path="part.dated_on",
        value=value,
        as_written=written,
        confidence=0.9,
        evidence=(evidence,),
        provenance=provenance,
    )


@pytest.mark.parametrize(
    ("read", "written", "meant"),
    [
        (dt.date(2026, 3, 2), "03/02/2026", dt.date(2026, 2, 3)),
        (dt.date(2026, 2, 3), "03/02/2026", dt.date(2026, 2, 3)),
        (dt.date(2026, 8, 25), "25/08/2026", dt.date(2026, 8, 25)),
        (dt.date(2026, 3, 2), "2 March 2026", dt.date(2026, 3, 2)),
        (dt.date(2026, 3, 2), "from 01/02/2026 to 03/02/2026", dt.date(2026, 2, 3)),
        (dt.date(2026, 3, 2), "", dt.date(2026, 3, 2)),
        ("03/02/2026", "03/02/2026", "03/02/2026"),
    ],
)
def test_a_date_is_what_its_words_say_day_first(read: Scalar, written: str, meant: Scalar) -> None:
    turned = day_first_dates(dated(read, written or "x"))
    assert isinstance(turned, FieldMention)
    assert turned.value == meant
