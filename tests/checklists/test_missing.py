from __future__ import annotations

from typing import Any

import pytest

from checklists.assess import assess
from models.checklist import Checklist
from models.request import Signature
from tests.checklists.drafts import request, told
from tests.checklists.test_predicates import checklist

# Words a letter to an office never holds: they sound like a decision.
NEVER = ("denied", "deny", "insufficient", "does not meet", "not medically", "inadequate", "reject")


def ask(policy: Checklist, **changes: Any) -> list[str]:
    return [missing.ask for missing in assess(request(**changes), (policy,)).missing_items]


@pytest.mark.parametrize(
    ("phrase", "told_as"),
    [
        ("The TIN.", "We did not find the TIN in the pages received on 2026-09-11."),
        ("NPI of the surgeon.", "We did not find NPI of the surgeon in the pages received on 2026-09-11."),
        ("Is it new?", "We did not find this in the pages received on 2026-09-11: Is it new?"),
        ("One. Two.", "We did not find this in the pages received on 2026-09-11: One. Two."),
    ],
)
def test_what_was_not_found_is_asked_for_in_the_offices_words(phrase: str, told_as: str) -> None:
    assert ask(checklist({"field": {"path": "requesting_provider.tin"}}, ask=phrase)) == [told_as]


def test_recommended_items_are_never_asked_for() -> None:
    assert ask(checklist({"field": {"path": "requesting_provider.tin"}}, required=False)) == []


def test_two_checklists_that_look_for_the_same_ask_once() -> None:
    first = checklist({"field": {"path": "requesting_provider.tin"}})
    second = first.model_copy(update={"id": "second"})
    assert len(assess(request(), (first, second)).missing_items) == 1


def test_no_wording_sounds_like_a_decision(policies: Any) -> None:
    draft = request(
        signature=Signature(state=told("unsigned")), diagnoses=(), service_lines=(), level_of_service=told("urgent")
    )
    asks = [missing.ask.lower() for missing in assess(draft, policies.checklists).missing_items]
    asks += [item.ask.lower() for policy in policies.checklists for item in policy.items]
    assert len(asks) > 20
    assert not [word for word in NEVER for text in asks if word in text]
