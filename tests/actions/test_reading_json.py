from __future__ import annotations

from dataclasses import replace

import pytest

from actions.reading_json import dump_reading, load_reading
from models.reading import Reading
from models.request import Rejection
from tests.actions import papers
from tests.test_pipeline import packet

REFUSED = Rejection(submission="s", file="b.zip", sha256="0" * 64, code="F016", message="Not safe.")


def reading() -> Reading:
    first = packet(papers.form(), papers.note())
    second = replace(packet(papers.note(), document_id="d2"), duplicate_of="d1")
    return Reading((first, second), (REFUSED,), ())


def test_what_was_read_comes_back_unchanged() -> None:
    told = reading()
    assert any(mention.kind == "field" for mention in told.results[0].mentions)
    assert load_reading(dump_reading(told)) == told


def test_documents_are_numbered_from_where_they_are_asked_to_begin() -> None:
    told = reading()
    moved = load_reading(dump_reading(told), first=11)
    assert [result.document.id for result in moved.results] == ["d11", "d12"]
    assert moved.results[1].duplicate_of == "d11"
    assert {e.document for r in moved.results for m in r.mentions for e in m.evidence} == {"d11", "d12"}
    assert moved.results[0].document.text == told.results[0].document.text
    assert moved.rejected == told.rejected


def test_other_bytes_are_no_reading() -> None:
    with pytest.raises(ValueError, match="not a reading"):
        load_reading(b"something else")
