from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assembly.cases import split_cases
from assembly.draft import draft_request
from assembly.leaves import leaves
from models.code import Code
from models.problem import Problem
from models.request import AuthorizationRequest
from models.result import DocumentResult
from tests.assembly.results import FORM, NOTE, RECEIVED, entity, part, result, says, submission


def draft(*results: DocumentResult, name: str = "packet", number: int = 0) -> AuthorizationRequest:
    together = submission(*results, name=name)
    cases, _ = split_cases(together)
    return draft_request(cases[number], together, number, payer=None, market="us")


def form(*mentions: Any) -> AuthorizationRequest:
    return draft(result(part(FORM, 1), mentions=mentions))


def test_the_receipt_and_the_papers_are_the_submission_s() -> None:
    request = draft(result(part(FORM, 1, name="Jane Sample"), part(NOTE, 2)))
    assert (request.submissions, request.channel, request.received_at) == (("packet",), "cli", RECEIVED)
    assert [(p.type.value, p.pages, p.patient) for p in request.documents[0].parts] == [
        ("prior-authorization-form", (1,), "same"),
        ("progress-note", (2,), "unknown"),
    ]


def test_ids_follow_path_and_content_and_agree_between_runs() -> None:
    made = result(part(FORM, 1))
    assert draft(made).id == draft(made).id
    assert draft(made).id != draft(made, name="elsewhere").id
    assert draft(made).id != draft(result(part(FORM, 1), identifier="d2")).id
    two = result(part(FORM, 1, name="Jane Sample"), part(FORM, 2, name="Otto Different"))
    assert draft(two).id != draft(two, number=1).id


def test_a_name_in_two_blanks_becomes_one() -> None:
    request = form(
        says("patient.name.family", "Sample"), says("patient.name.given", "Jane", confidence=0.8),
        says("requesting_provider.family", "Example"), says("requesting_provider.given", "Bo"),
        says("servicing_provider.family", "Alone"),
    )  # fmt: skip
    full = request.patient.name.full
    assert full is not None
    assert (full.value, full.confidence, len(full.evidence)) == ("Jane Sample", 0.8, 2)
    assert request.requesting_provider.name is not None
    assert request.requesting_provider.name.value == "Bo Example"
    assert request.servicing_provider.name is not None
    assert request.servicing_provider.name.value == "Alone"


def test_amounts_have_their_unit() -> None:
    weight = form(says("patient.weight", "82 kg")).patient.weight
    assert weight is not None
    assert weight.value is not None
    assert (weight.value.value, weight.value.unit) == ("82", "kg")


def test_the_kind_of_request_follows_from_its_lines_and_is_not_guessed() -> None:
    kind = form(says("service_lines.drug.name", "Humira", rows=(0,))).request_type
    assert kind is not None
    assert (kind.value, kind.evidence[0].quote) == ("drug", "Humira")
    visit = form(says("service_lines.code", Code(system="CPT", code="99204"), rows=(0,))).request_type
    assert visit is not None
    assert visit.value == "referral"
    assert form(says("patient.phone", "1")).request_type is None
    said = form(says("request_type", "referral"), says("service_lines.drug.name", "Humira", rows=(0,))).request_type
    assert said is not None
    assert said.value == "referral"


def test_containers_are_listed_with_what_they_hold_and_their_problems() -> None:
    lost = Problem(
        stage="open", code="F007", severity="error", document="d1", message="Not everything in the mail could be read."
    )
    mail = result(identifier="d1", path="mail.eml", problems=(lost,))
    inner = result(identifier="d2", path="mail.eml/1", parent="mail.eml")
    scan = result(part(FORM, 1), identifier="d3", path="mail.eml/1/a.pdf", parent="mail.eml/1")
    other = result(identifier="d4", path="other.eml")
    request = draft(mail, inner, scan, other)
    assert [document.id for document in request.documents] == ["d1", "d2", "d3"]
    assert [document.page_count for document in request.documents] == [0, 0, 1]
    assert request.problems == (lost,)


def test_a_document_of_two_patients_is_in_both_requests_each_with_its_own_pages() -> None:
    two = result(part(FORM, 1, name="Jane Sample"), part(FORM, 2, name="Otto Different"))
    assert [draft(two, number=n).documents[0].parts[0].pages for n in (0, 1)] == [(1,), (2,)]
    assert [draft(two, number=n).documents[0].page_count for n in (0, 1)] == [2, 2]


def test_clinical_facts_of_duplicates_and_of_strangers_stay_out() -> None:
    first = result(
        part(FORM, 1, name="Jane Sample"),
        part(NOTE, 2, name="Otto Different"),
        mentions=[entity("own"), entity("a stranger's", 2)],
    )
    twin = result(
        part(FORM, 1, name="Jane Sample"), identifier="d2", mentions=[entity("again", document="d2")], duplicate_of="d1"
    )
    assert [fact.text for fact in draft(first, twin).clinical] == ["own"]


LEAVES: st.SearchStrategy[tuple[str, Any, tuple[int, ...]]] = st.sampled_from(
    [
        ("patient.name.full", "Jane Sample", ()),
        ("patient.birth_date", dt.date(1960, 5, 12), ()),
        ("patient.weight", "82 kg", ()),
        ("patient.identifiers.mrn", "77", ()),
        ("coverage.other_coverage.payer_name", "Aetna", (0,)),
        ("level_of_service", "urgent", ()),
        ("service_lines.drug.prior_treatments.from", "2025", (0, 1)),
        ("service_lines.frequency.count", "2", (1,)),
        ("service_lines.charge.amount", "12.50", (1,)),
        ("service_lines.modifiers", "GP", (0, 0)),
        ("signature.state", "signed", ()),
        ("diagnoses.text", "Crohn's disease", (2,)),
    ]
)


@given(st.lists(LEAVES, unique_by=lambda leaf: leaf[0]))
def test_a_request_that_is_written_and_read_again_is_the_same(made: list[tuple[str, Any, tuple[int, ...]]]) -> None:
    request = form(*(says(path, value, rows=rows) for path, value, rows in made))
    assert AuthorizationRequest.model_validate_json(request.model_dump_json(by_alias=True)) == request
    assert all(leaf.evidence for _, leaf in leaves(request))
