from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import pytest

import pipeline
from actions.checklists import policies
from extractors import EXTRACTORS, extract
from extractors.annotation import annotate
from models.document import Page
from models.parsed import ParsedFile, ParsedPage
from models.received import Receipt
from models.request import AuthorizationRequest
from models.result import Assembly, DocumentResult, Submission
from tests.actions import papers
from tests.extractors.documents import document_from_lines

LOADED = policies()
RECEIPT = Receipt("packet", "cli", dt.datetime(2026, 11, 22, 14, 30, tzinfo=dt.UTC), "option")


def packet(*pages: list[str], document_id: str = "d1") -> DocumentResult:
    return pipeline.understand(document_from_lines(pages[0], pages=pages[1:], document_id=document_id))


def assembled(*results: DocumentResult, payer: str | None = None) -> Assembly:
    named = next((one for one in LOADED.payers if one.id == payer), None)
    return pipeline.assemble_requests(Submission(RECEIPT, results), pipeline.Context(LOADED, named, "us"))


def test_a_file_becomes_a_result() -> None:
    read: list[int] = []

    def pages(parsed: Iterator[ParsedPage]) -> Iterator[Page]:
        for page in parsed:
            read.append(page.number)
            yield Page(page.number, 0, 0, "plain", plain=page.plain)

    given = iter((ParsedPage(1, 0, 0, None, plain="Member ID: XYZ12345"), ParsedPage(2, 0, 0, None, plain="")))
    parsed = ParsedFile("a.txt", "a.txt", None, "0" * 64, "text/plain", 2, given)
    result = pipeline.process_document(parsed, "d4", pages)
    assert read == [1, 2]
    assert (result.document.id, result.document.text) == ("d4", "Member ID: XYZ12345\f")
    assert sorted(page for part in result.annotations.parts for page in part.pages) == [1, 2]


def test_the_order_of_the_extractors_changes_nothing() -> None:
    document = document_from_lines(papers.form(), pages=[papers.note()])
    annotations = annotate(document)
    expected = extract(document, annotations)
    for seed in range(4):
        shuffled = list(EXTRACTORS)
        random.Random(seed).shuffle(shuffled)
        assert extract(document, annotations, shuffled) == expected


def test_a_packet_becomes_a_request_that_is_assessed() -> None:
    ((request,), held) = (assembled(packet(papers.form(), papers.note())).requests, ())
    assert held == ()
    assert {finding.checklist for finding in request.findings} == {one.id for one in request.checklists}
    assert "biologic-drug" in {one.id for one in request.checklists}
    assert request.missing_items
    assert request.deadlines
    assert all(deadline.assumed for deadline in request.deadlines)
    assert "payer-unknown" in {flag.code for flag in request.flags}


def test_a_named_payer_s_rules_hold() -> None:
    request = assembled(packet(papers.form()), payer="us-medicare-advantage").requests[0]
    assert request.payer == "us-medicare-advantage"
    assert [(deadline.rule, deadline.assumed) for deadline in request.deadlines if deadline.kind == "decision"]
    assert "payer-unknown" not in {flag.code for flag in request.flags}


def test_the_payer_whose_form_it_is_is_recognised_if_its_file_is_loaded() -> None:
    from tests.assembly.results import FORM, part, result, says

    made = result(part(FORM, 1), mentions=[says("coverage.payer_name", "Medicare Part C")])
    assert assembled(made).requests[0].payer == "us-medicare-advantage"


@pytest.mark.parametrize("kind", ["form", "letter", "note", "blank"])
def test_every_value_has_its_place_and_what_is_written_reads_the_same(kind: str) -> None:
    lines = {"form": papers.form(), "letter": LETTER, "note": papers.note(), "blank": []}[kind]
    ((request,), held) = (assembled(packet(lines)).requests, ())
    assert held == ()
    assert AuthorizationRequest.model_validate_json(request.model_dump_json(by_alias=True)) == request
    assert request.status == "needs_review"
    assert [part.pages for part in request.documents[0].parts] == [(1,)]


LETTER = [
    "September 1, 2026", "", "To whom it may concern:", "", "RE: Letter of medical necessity",
    "Patient: Jane Sample", "DOB: 05/12/1960", "",
    "I am writing to request authorization of Humira 40 mg for my patient Jane Sample,",
    "who has Crohn's disease (K50.90).", "", "Sincerely,", "Bo Example MD",
]  # fmt: skip
