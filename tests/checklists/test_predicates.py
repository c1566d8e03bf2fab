"""Each predicate of the checklist language, held against small requests."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from checklists.assess import assess, explain
from checklists.needs import flat
from models.annotations import PartType
from models.checklist import Checklist, Finding, Need
from models.code import Code
from models.problem import Problem
from models.request import Coverage, Patient, Provider, Signature
from models.service_line import Drug, PriorTreatment, Quantity, ServiceLine
from tests.checklists.drafts import fact, paper, part, request, told, unread

THERAPY = "conventional_systemic_therapy"
PAST = {"value": 3, "unit": "mo", "before": "order"}
UNREAD = Problem(stage="read", code="F007", severity="error", document="d1", page=4, message="A page is damaged.")


def checklist(*needs: dict[str, Any], **item: Any) -> Checklist:
    items = [{"id": f"item-{number}", "ask": "A thing.", "need": need, **item} for number, need in enumerate(needs)]
    return Checklist.model_validate_json(
        json.dumps(
            {
                "id": "test",
                "authority": "general",
                "version": "1",
                "effective": {"from": "2020-01-01"},
                "title": "Test",
                "source": {"policy": "none", "retrieved": "2026-01-01"},
                "applies_to": {"all_services": True},
                "items": items,
            }
        )
    )


def find(need: dict[str, Any], **changes: Any) -> Finding:
    return assess(request(**changes), (checklist(need),)).findings[0]


@pytest.mark.parametrize(
    ("status", "on", "verdict", "cause"),
    [
        ("present", dt.date(2026, 8, 1), "met", None),
        ("failed", dt.date(2026, 6, 10), "met", None),
        ("present", dt.date(2026, 6, 9), "not_met", "expired"),
        ("present", dt.date(2026, 9, 11), "not_met", "too-early"),
        ("present", dt.date(2027, 1, 1), "unclear", "conflicting"),
        ("present", None, "unclear", None),
        ("absent", dt.date(2026, 8, 1), "not_met", None),
        ("possible", dt.date(2026, 8, 1), "unclear", None),
        ("family", dt.date(2026, 8, 1), "not_found", None),
        ("hypothetical", dt.date(2026, 8, 1), "not_found", None),
        ("historical", dt.date(2026, 8, 1), "not_found", None),
    ],
)
def test_entity(status: Any, on: dt.date | None, verdict: str, cause: str | None) -> None:
    need = {"entity": {"concept": THERAPY, "status": ["present", "failed"], "within": PAST}}
    finding = find(need, clinical=(fact(THERAPY, status, on=on),))
    assert (finding.verdict, finding.cause) == (verdict, cause)


def test_a_fact_without_a_date_has_that_of_its_note() -> None:
    need = {"entity": {"concept": THERAPY, "within": PAST}}
    note = paper(part(PartType.PROGRESS_NOTE, on=dt.date(2026, 8, 1)))
    assert find(need, clinical=(fact(THERAPY),), documents=(note,)).verdict == "met"


def test_a_fact_of_another_patients_note_does_not_count() -> None:
    note = paper(part(PartType.PROGRESS_NOTE, patient="other"))
    assert find({"entity": {"concept": THERAPY}}, clinical=(fact(THERAPY),), documents=(note,)).verdict == "not_found"


@pytest.mark.parametrize(
    ("side", "verdict", "cause"), [("left", "met", None), ("right", "not_met", "wrong-side"), (None, "unclear", None)]
)
def test_the_side_is_that_of_the_service_line(side: str | None, verdict: str, cause: str | None) -> None:
    need = {"entity": {"concept": THERAPY, "laterality": "same"}}
    line = ServiceLine(text=told("Knee"), laterality=told("left"))
    finding = find(need, clinical=(fact(THERAPY, laterality=side),), service_lines=(line,))
    assert (finding.verdict, finding.cause, finding.service_line) == (verdict, cause, 0)


@pytest.mark.parametrize(
    ("value", "unit", "verdict"),
    [("6", "weeks", "met"), ("5", "wk", "not_met"), ("2", "months", "met"), ("1", "month", "not_met"),
     ("42", "days", "met"), (None, None, "not_found")],
)  # fmt: skip
def test_duration(value: str | None, unit: str | None, verdict: str) -> None:
    need = {"duration": {"of": THERAPY, "at_least": {"value": 6, "unit": "wk"}}}
    assert find(need, clinical=(fact(THERAPY, value=value, unit=unit),)).verdict == verdict


def test_a_duration_between_units_that_may_differ_is_unclear() -> None:
    need = {"duration": {"of": THERAPY, "at_least": {"value": 30, "unit": "d"}}}
    assert find(need, clinical=(fact(THERAPY, value="1", unit="month"),)).verdict == "unclear"


def test_two_dates_show_how_long_it_lasted() -> None:
    need = {"duration": {"of": THERAPY, "at_least": {"value": 6, "unit": "wk"}}}
    first, last = fact(THERAPY, on=dt.date(2026, 1, 1)), fact(THERAPY, on=dt.date(2026, 2, 12))
    assert find(need, clinical=(first, last)).verdict == "met"
    assert find(need, clinical=(first, fact(THERAPY, on=dt.date(2026, 2, 11)))).verdict == "not_found"


@pytest.mark.parametrize(
    ("bounds", "value", "verdict"),
    [
        ({"at_least": "15"}, "15", "met"),
        ({"at_least": "15"}, "14.9", "not_met"),
        ({"at_most": "88"}, "88", "met"),
        ({"at_most": "88"}, "89", "not_met"),
        ({"between": ["5", "14"]}, "5", "met"),
        ({"between": ["5", "14"]}, "15", "not_met"),
    ],
)
def test_measurement(bounds: dict[str, Any], value: str, verdict: str) -> None:
    need = {"measurement": {"of": "disease_severity", "unit": "points", **bounds}}
    assert find(need, clinical=(fact("disease_severity", value=value, unit="Points"),)).verdict == verdict


def test_the_latest_measurement_counts_and_others_conflict() -> None:
    need = {"measurement": {"of": "disease_severity", "unit": "points", "at_least": "15"}}
    old = fact("disease_severity", value="30", unit="points", on=dt.date(2025, 1, 1))
    new = fact("disease_severity", value="3", unit="points", on=dt.date(2026, 1, 1))
    assert find(need, clinical=(old, new)).verdict == "not_met"
    undated = tuple(fact("disease_severity", value=value, unit="points") for value in ("30", "3"))
    assert find(need, clinical=undated).cause == "conflicting"
    assert find(need, clinical=(fact("disease_severity", value="30", unit="%"),)).verdict == "not_found"


@pytest.mark.parametrize(
    ("names", "verdict"), [((), "not_found"), (("a",), "not_found"), (("a", "b"), "met"), (("a", "A"), "not_found")]
)
def test_count(names: tuple[str, ...], verdict: str) -> None:
    need = {"count": {"of": THERAPY, "at_least": 2}}
    assert find(need, clinical=tuple(fact(THERAPY, text=name) for name in names)).verdict == verdict
    drug = Drug(prior_treatments=tuple(PriorTreatment(name=told(name)) for name in names))
    need = {"count": {"of": "service_lines.drug.prior_treatments.name", "at_least": 2}}
    assert find(need, service_lines=(ServiceLine(drug=drug),)).verdict == verdict


@pytest.mark.parametrize(
    ("signed", "author", "on", "verdict", "cause"),
    [
        ("signed", "Bo Sample, MD", dt.date(2026, 8, 1), "met", None),
        ("unsigned", "Bo Sample, MD", dt.date(2026, 8, 1), "not_met", "unsigned"),
        ("unclear", "Bo Sample, MD", dt.date(2026, 8, 1), "unclear", "unreadable"),
        (None, "Bo Sample, MD", dt.date(2026, 8, 1), "unclear", "unreadable"),
        ("signed", "Bo Sample, RN", dt.date(2026, 8, 1), "unclear", "other-author"),
        ("signed", None, dt.date(2026, 8, 1), "unclear", None),
        ("signed", "Bo Sample, MD", dt.date(2026, 7, 12), "not_met", "expired"),
        ("signed", "Bo Sample, MD", None, "unclear", None),
    ],
)
def test_document(signed: Any, author: str | None, on: dt.date | None, verdict: str, cause: str | None) -> None:
    window = {"value": 60, "unit": "d", "before": "received"}
    need = {"document": {"type": ["progress-note"], "signed": True, "author_role": "MD", "within": window}}
    note = part(PartType.PROGRESS_NOTE, signed=signed, author=author, on=on)
    finding = find(need, documents=(paper(note),))
    assert (finding.verdict, finding.cause) == (verdict, cause)


def test_the_best_of_several_documents_counts() -> None:
    need = {"document": {"type": ["progress-note"], "signed": True}}
    notes = (part(PartType.PROGRESS_NOTE, (2,), signed="unsigned"), part(PartType.PROGRESS_NOTE, (3,), signed="signed"))
    finding = find(need, documents=(paper(*notes),))
    assert finding.verdict == "met"
    assert {place.page for place in finding.evidence} == {3}


def test_another_patients_document_is_named_but_not_counted() -> None:
    note = part(PartType.PROGRESS_NOTE, patient="other")
    finding = find({"document": {"type": ["progress-note"]}}, documents=(paper(note),))
    assert (finding.verdict, finding.cause) == ("not_found", "other-patient")


def test_order() -> None:
    need = {"order": {"signed": True}}
    assert find(need).verdict == "not_found"
    assert find(need, documents=(paper(part(PartType.ORDER, signed="signed")),)).verdict == "met"
    assert find(need, documents=(paper(part(PartType.ORDER, signed="unsigned")),)).verdict == "not_met"


@pytest.mark.parametrize(
    ("code", "verdict"), [("72148", "met"), ("72199", "met"), ("70551", "not_met"), (None, "not_found")]
)
def test_code(code: str | None, verdict: str) -> None:
    need = {"code": {"system": "CPT", "any_of": ["72148", "721*"]}}
    found = told(Code(system="CPT", code=code)) if code else None
    assert find(need, service_lines=(ServiceLine(code=found, text=told("x")),)).verdict == verdict


def test_a_diagnosis_code_is_compared_without_its_dot() -> None:
    assert find({"code": {"system": "ICD-10-CM", "any_of": ["M5416"]}}).verdict == "met"
    assert find({"code": {"system": "ICD-10-CM", "any_of": ["K50*"]}}).verdict == "not_met"


def test_same() -> None:
    need = {"same": {"left": "order.author", "right": "requesting_provider.name"}}
    order = part(PartType.ORDER, author="SAMPLE, Bo MD")
    assert find(need, documents=(paper(order),)).verdict == "met"
    other = find(need, documents=(paper(order),), requesting_provider=Provider(name=told("Al Other")))
    assert (other.verdict, other.cause) == ("not_met", "other-author")
    assert find(need).verdict == "not_found"
    doubtful = Provider(name=told("Bo", unclear="illegible"))
    assert find(need, documents=(paper(order),), requesting_provider=doubtful).verdict == "unclear"


@pytest.mark.parametrize(
    ("unclear", "cause"), [("handwritten", "unreadable"), ("illegible", "unreadable"), ("conflict", "conflicting")]
)
def test_an_unclear_field_is_unclear_with_its_cause(unclear: Any, cause: str) -> None:
    finding = find({"field": {"path": "requesting_provider.name"}}, requesting_provider=Provider(name=unread(unclear)))
    assert (finding.verdict, finding.cause) == ("unclear", cause)
    assert finding.evidence


def test_what_may_stand_on_an_unread_page_is_unclear() -> None:
    note = {"document": {"type": ["order"]}}
    assert find(note, problems=(UNREAD,)).verdict == "unclear"
    assert find({"entity": {"concept": THERAPY}}, problems=(UNREAD,)).cause == "unreadable"
    field = {"field": {"path": "requesting_provider.tin"}}
    assert find(field, problems=(UNREAD,)).verdict == "unclear"
    # The form was read in another document: its empty box is empty.
    elsewhere = UNREAD.model_copy(update={"document": "d2"})
    assert find(field, problems=(elsewhere,)).verdict == "not_found"
    assert find(note, problems=(UNREAD.model_copy(update={"severity": "warning"}),)).verdict == "not_found"


def test_limits_never_hold_against_a_patient_under_21() -> None:
    need = {"field": {"path": "service_lines.quantity", "one_of": ["12"]}}
    lines = (ServiceLine(text=told("PT"), quantity=Quantity(value=told("24"), unit="visits")),)
    assert find(need, service_lines=lines).verdict == "not_met"
    child = Patient(birth_date=told(dt.date(2005, 9, 12)))
    finding = find(need, service_lines=lines, patient=child)
    assert finding.verdict == "unclear"
    assert finding.reason.startswith("Limit; under-21 review applies.")
    grown = Patient(birth_date=told(dt.date(2005, 9, 11)))
    assert find(need, service_lines=lines, patient=grown).verdict == "not_met"
    assert find(need, service_lines=lines, patient=Patient()).verdict == "unclear"


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"documents": (paper(part(PartType.ORDER, on=dt.date(2026, 9, 1))),)}, "met"),
        ({}, "met"),
        ({"signature": Signature(), "submitted_on": told(dt.date(2026, 9, 9))}, "met"),
        ({"signature": Signature()}, "unclear"),
        ({"documents": (paper(part(PartType.ORDER, on=dt.date(2026, 7, 1))),)}, "not_met"),
    ],
)
def test_the_date_of_the_order(changes: dict[str, Any], verdict: str) -> None:
    need = {"entity": {"concept": THERAPY, "within": PAST}}
    assert find(need, clinical=(fact(THERAPY, on=dt.date(2026, 8, 1)),), **changes).verdict == verdict


def test_a_window_may_end_at_another_item() -> None:
    window = {"value": 1, "unit": "mo", "before": "item-0"}
    needs = (
        {"document": {"type": ["consultation"], "within": {"value": 1, "unit": "y", "before": "received"}}},
        {"document": {"type": ["sleep-study"], "within": window}},
    )
    papers = paper(
        part(PartType.CONSULTATION, (2,), on=dt.date(2026, 5, 1)),
        part(PartType.SLEEP_STUDY, (3,), on=dt.date(2026, 4, 15)),
    )
    findings = assess(request(documents=(papers,)), (checklist(*needs),)).findings
    assert [one.verdict for one in findings] == ["met", "met"]
    assert "16 days before item 0 on 2026-05-01" in findings[1].reason


def test_an_unclear_condition_leaves_met_alone_and_makes_the_rest_unclear() -> None:
    base = checklist(
        {"field": {"path": "level_of_service", "one_of": ["urgent"]}}, {"field": {"path": "urgency_reason"}}
    )
    first, second = base.items
    for key in ("when", "unless"):
        conditional = base.model_copy(update={"items": (first, second.model_copy(update={key: "item-0"}))})
        doubtful = told("urgent", unclear="illegible")
        verdicts = [
            assess(request(level_of_service=doubtful, urgency_reason=reason), (conditional,)).findings[1].verdict
            for reason in (told("pain"), None)
        ]
        assert verdicts == ["met", "unclear"]


def test_a_checklist_is_applied_only_while_it_is_in_force() -> None:
    later = checklist({"field": {"path": "patient.name"}})
    ended = later.model_copy(update={"effective": later.effective.model_copy(update={"until": dt.date(2026, 9, 11)})})
    assert assess(request(), (ended,)).applied == ()


def test_the_derivation_names_every_predicate() -> None:
    policy = checklist({"all_of": [{"field": {"path": "patient.name"}}, {"entity": {"concept": THERAPY}}]})
    ((line, outcome),) = explain(request(), policy, "item-0")
    assert line is None
    assert [one.kind for one in outcome.parts] == ["field patient.name", f"entity {THERAPY}"]
    assert len(tuple(flat(policy.items[0].need))) == 2


def test_a_need_that_states_nothing_is_an_error() -> None:
    policy = checklist({"field": {"path": "patient.name"}})
    broken = policy.model_copy(update={"items": (policy.items[0].model_copy(update={"need": Need()}),)})
    with pytest.raises(ValueError, match="exactly one predicate"):
        assess(request(), (broken,))


def test_of_a_form_that_was_not_understood_nothing_is_said_to_be_missing() -> None:
    field = {"field": {"path": "requesting_provider.tin"}}
    empty: dict[str, Any] = {"patient": Patient(), "coverage": Coverage()}
    finding = find(field, **empty)
    assert (finding.verdict, finding.cause) == ("unclear", "unreadable")
    assert "too little of the form was read" in finding.reason
    assert find(field, patient=Patient()).verdict == "unclear"
    assert find(field, patient=Patient(birth_date=told(dt.date(1980, 5, 1)))).verdict == "not_found"
    # A letter alone is no form: what it does not say is not there.
    letter = paper().model_copy(update={"parts": (part(PartType.LETTER_OF_MEDICAL_NECESSITY, (1,)),)})
    assert find(field, **empty, documents=(letter,)).verdict == "not_found"


def test_names_of_one_person_agree_with_and_without_titles() -> None:
    need = {"same": {"left": "order.author", "right": "requesting_provider.name"}}

    def verdict(left: str, right: str) -> str:
        order = part(PartType.ORDER, author=left)
        return find(need, documents=(paper(order),), requesting_provider=Provider(name=told(right))).verdict

    assert verdict("Bo Sample", "SAMPLE, BO, MD") == "met"
    assert verdict("Bo X. Sample, MD", "Bo Sample") == "met"
    assert verdict("Bo Sample, MD", "Al Sample, MD") == "unclear"
    assert verdict("Bo Sample, MD", "Al Other, MD") == "not_met"
