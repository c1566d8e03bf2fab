from __future__ import annotations

from typing import Any

import pytest

from assembly.status import critical, status_of
from models.problem import Problem
from models.request import AuthorizationRequest, Coverage, Flag, Match
from models.service_line import Quantity, ServiceLine
from tests.checklists.drafts import drug_request, request, told, unread

LINKED = Match(decision="link", record="m1", probability=0.99)


def linked(**changes: Any) -> AuthorizationRequest:
    return request(**({"coverage": Coverage(member_id=told("M123"), match=LINKED)} | changes))


def test_complete_sure_and_linked_is_ready() -> None:
    assert status_of(linked(), {}) == "ready"


@pytest.mark.parametrize(
    "changes",
    [
        {"coverage": Coverage(member_id=told("M123"))},
        {"coverage": Coverage(member_id=told("M123"), match=LINKED.model_copy(update={"decision": "possible_link"}))},
        {"coverage": Coverage(member_id=told("M123", confidence=0.89), match=LINKED)},
        {"coverage": Coverage(member_id=unread("illegible"), match=LINKED)},
        {"level_of_service": told("urgent", unclear="illegible")},
        {"flags": (Flag(code="conflict", severity="error", message="x"),)},
        {"problems": (Problem(stage="read", code="F007", severity="error", message="x"),)},
        {"service_lines": (ServiceLine(visits=told("12", confidence=0.5)),)},
    ],
)
def test_whatever_needs_a_person_is_not(changes: dict[str, Any]) -> None:
    assert status_of(linked(**changes), {}) == "needs_review"


def test_warnings_and_doubts_beside_the_critical_fields_do_not_matter() -> None:
    warned = linked(
        flags=(Flag(code="payer-unknown", severity="warning", message="x"),), urgency_reason=unread("handwritten")
    )
    assert status_of(warned, {}) == "ready"


def test_a_payer_s_threshold_and_a_person_s_word_overrule() -> None:
    doubtful = linked(coverage=Coverage(member_id=told("M123", confidence=0.7), match=LINKED))
    assert status_of(doubtful, {"coverage.member_id": 0.6}) == "ready"
    assert status_of(linked(), {"coverage.member_id": 0.99}) == "needs_review"
    confirmed = told("M123", confidence=0.1).model_copy(update={"confirmed_by": "u1"})
    assert status_of(linked(coverage=Coverage(member_id=confirmed, match=LINKED)), {}) == "ready"


def test_units_are_the_quantity_else_the_visits_else_the_drug_s() -> None:
    def units(line: ServiceLine) -> list[Any]:
        return [leaf.value for path, leaf in critical(request(service_lines=(line,))) if path == "units"]

    both = ServiceLine(quantity=Quantity(value=told("3")), visits=told("12"))
    assert units(both) == ["3"]
    assert units(ServiceLine(visits=told("12"))) == ["12"]
    assert units(drug_request().service_lines[0]) == ["16 injections"]
    assert units(ServiceLine()) == []
