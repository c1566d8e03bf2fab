from __future__ import annotations

import pytest

from models.access import FULL_IDENTIFIERS, OPERATIONS, RIGHTS, Forbidden, Operation, demand, may
from models.principal import ROLES, Principal

# What shows a word of a document, or a picture of one.
PHI: tuple[Operation, ...] = (
    "submission.read", "request.read", "request.search", "request.format", "request.change", "missing.read",
    "page.image", "page.words",
)  # fmt: skip


def of(role: str, *scopes: str) -> Principal:
    return Principal("main", "key:1", role, "o1" if role == "provider-office" else None, frozenset(scopes))


def test_every_operation_has_a_row_of_known_roles() -> None:
    assert set(RIGHTS) == set(OPERATIONS)
    assert {role for roles in RIGHTS.values() for role in roles} == set(ROLES)


def test_an_administrator_sees_no_word_of_a_document() -> None:
    assert not any(may(of("admin"), operation) for operation in PHI)


def test_only_clinical_roles_may_deny() -> None:
    assert {role for role in ROLES if may(of(role), "decision.deny")} == {"clinical-reviewer", "medical-director"}


@pytest.mark.parametrize("role", ["auditor", "qa"])
def test_those_who_look_change_nothing(role: str) -> None:
    writing = {
        "submission.create", "submission.split", "request.change", "request.submit", "decision.approve",
        "decision.close", "decision.deny", "missing.draft", "missing.ask", "missing.answer", "work.propose",
        "work.release", "key.manage", "person.manage", "rule.manage", "hold.propose", "hold.approve",
    }  # fmt: skip
    assert not {operation for operation in OPERATIONS if may(of(role), operation)} & writing


def test_an_office_without_its_id_has_no_right() -> None:
    lost = Principal("main", "key:1", "provider-office", None)
    assert not any(may(lost, operation) for operation in OPERATIONS)
    assert may(of("provider-office"), "submission.create")


def test_scopes_narrow_a_role_and_never_widen_it() -> None:
    assert may(of("integrator", "request.read"), "request.read")
    assert not may(of("integrator", "request.read"), "request.change")
    assert not may(of("integrator", "key.manage"), "key.manage")
    assert may(of("integrator", FULL_IDENTIFIERS), "request.change")


def test_unknown_roles_have_no_right() -> None:
    assert not any(may(of(role), operation) for role in ("system", "", "root") for operation in OPERATIONS)


def test_a_refusal_says_whom_to_ask() -> None:
    with pytest.raises(Forbidden, match=r"'admin' may not do this \(request.read\). Ask an administrator"):
        demand(of("admin"), "request.read")
