from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from assembly.draft import completed
from assembly.fields import nested
from extractors.form.choices import choices
from extractors.form.labels import Label
from extractors.form.reader import read_form_page
from extractors.form.reading import Reading
from extractors.form.readings import read_blank
from extractors.form.rows import read_cell, rows_of
from extractors.form.sections import Heading, Sections
from extractors.form.targets import DESCRIPTION, Target, kind_of, target_of
from extractors.form.vocabulary import vocabulary
from extractors.form.written import written
from extractors.layout.runs import Run, run_of
from models.document import Word
from models.evidence import Evidence, Provenance, Sourced
from models.geometry import Box, Span
from models.request import AuthorizationRequest
from tests.extractors.documents import At, document_from_lines
from tests.extractors.forms import tick_box

TEXTS = (
    "Jane Sample", "1234567893", "1237865", "3/2/2026", "3/2/2026 to 4/2/2026", "left", "82 kg", "5'6\"",
    "Humira 40 mg pen",
    "K50.90 Crohn's", "72148 RT 50", "12 visits", "2x/week", "female", "1 Main St, Austin, TX 78701", "(512) 555-0142",
    "A123456(3)", "$1,200", "a b",
)  # fmt: skip
PLACE = Evidence(document="d1", sha256="0", page=1, quote="x")
BARE: dict[str, Any] = {
    "id": "r", "status": "needs_review", "submissions": ("a",), "channel": "cli",
    "received_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    "received_at_source": "now", "payer": None, "market": "us", "documents": (),
}  # fmt: skip


def run(text: str) -> Run:
    words, x = [], 0.0
    for piece in text.split():
        words.append(Word(piece, Box(x, 0, x + 5 * len(piece), 10), Span(0, 0)))
        x += 5 * len(piece) + 5
    return run_of(words)


def targets() -> Iterator[Target]:
    """Everything a label can ask for below any heading, a column can hold, or a question can mean."""
    known = vocabulary()
    headings = {None, *known.headings.values(), *known.bare_headings.values()}
    for meaning in set(known.labels.values()):
        for role in headings:
            above = Sections((Heading(role, Box(0, 0, 9, 9), 0, 600),) if role else ())
            yield target_of(Label(meaning, "x", Box(0, 20, 9, 29), 1.0), above, None)
    for question in known.questions:
        yield Target(question.path, kind_of(question.path))


def readings() -> Iterator[Reading]:
    """What any blank and any cell can say."""
    runs = [run(text) for text in TEXTS]
    for target in {*targets()} - {Target(DESCRIPTION, "text")}:
        for written_there in runs:
            yield from read_blank(target, [written_there], written)
    for path in {path for paths in vocabulary().columns.values() for path in paths}:
        for written_there in runs:
            yield from read_cell(path, [written_there])


def accepted(path: str, value: object, unclear: Any, rows: tuple[int, ...]) -> bool:
    leaf = Sourced[Any](
        value=value,
        confidence=0.9,
        unclear=unclear,
        evidence=(PLACE,),
        provenance=Provenance(extractor="t", version="1", rule="t"),
    )
    AuthorizationRequest(**BARE, **completed(nested({(path, rows): leaf})))
    return True


def test_every_leaf_that_a_form_can_fill_has_its_place_in_the_request() -> None:
    seen: set[tuple[str, object]] = set()
    for reading in readings():
        if (reading.path, reading.value) not in seen:
            seen.add((reading.path, reading.value))
            assert accepted(reading.path, reading.value, reading.unclear, rows_of(reading, 1))
    assert len({path for path, _ in seen}) > 80


def test_every_ticked_option_has_its_place_in_the_request() -> None:
    for choice in choices():
        assert accepted(choice.path, choice.value, None, ())
        assert accepted(choice.path, None, "illegible", ())


def test_a_page_is_taken_apart() -> None:
    page = document_from_lines(
        ["PATIENT INFORMATION", "Name: Jane Sample", At("Urgent", 84, 100)],
        marks={1: {"checkboxes": (tick_box(72, 100, "checked"),)}},
    ).page(1)
    form = read_form_page(page, vocabulary())
    assert [(blank.target.path, [r.value for r in blank.readings]) for blank in form.blanks] == [
        ("patient.name", ["Jane Sample", "Sample", "Jane"])
    ]
    assert [option.box.state for option in form.options] == ["checked"]
    assert form.rows == ()


@pytest.mark.parametrize("text", ["Jane Sample", "72148"])
def test_words_of_an_option_answer_no_label(text: str) -> None:
    page = document_from_lines(
        [At("Service:", 72, 100), At(text, 142, 100)], marks={1: {"checkboxes": (tick_box(128, 100),)}}
    ).page(1)
    assert all(not blank.readings for blank in read_form_page(page, vocabulary()).blanks)
