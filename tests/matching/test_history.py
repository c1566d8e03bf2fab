from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from matching.history import history_flags, repeats, used
from models.code import Code
from models.directory import EarlierAuthorization
from models.request import References
from models.service_line import Quantity, ServiceLine
from tests.checklists.drafts import request, told

_TODAY = dt.date(2026, 9, 11)
VISITS = EarlierAuthorization(
    authorization_number="A-1001", member_id="M123", system="CPT", code="97110", units_approved="24", units_used="18",
    unit="visits", start_on="2026-07-01", end_on="2026-12-31", status="approved",
)  # fmt: skip


def line(code: str = "97110", **more: Any) -> ServiceLine:
    start = more.pop("start", dt.date(2026, 9, 20))
    return ServiceLine(code=told(Code(system="CPT", code=code)), start_on=told(start), **more)


def flags(*earlier: EarlierAuthorization, **changes: Any) -> dict[str, str]:
    asked = request(**({"service_lines": (line(),)} | changes))
    found = repeats(asked, earlier, _TODAY)
    lines = tuple(one.model_copy(update={"used": used(n, found)}) for n, one in enumerate(asked.service_lines))
    asked = asked.model_copy(update={"service_lines": lines})
    return {flag.code: flag.message for flag in history_flags(asked, earlier, found)}


def test_what_is_authorized_already_is_a_repetition() -> None:
    assert flags(VISITS)["duplicate-of"] == (
        "Service line 1 asks for what authorization A-1001 (2026-07-01 to 2026-12-31) covers."
    )


@pytest.mark.parametrize(
    "other",
    [{"code": "97112"}, {"end_on": "2026-08-31"}, {"start_on": "2026-10-01"}, {"status": "denied"}],
)
def test_another_service_or_time_or_what_was_not_granted_is_none(other: dict[str, str]) -> None:
    assert "duplicate-of" not in flags(replace(VISITS, **other))


def test_the_other_side_is_another_service() -> None:
    left = line(modifiers=(told("LT"),))
    assert "duplicate-of" not in flags(replace(VISITS, modifier="RT"), service_lines=(left,))
    assert "duplicate-of" in flags(replace(VISITS, modifier="LT"), service_lines=(left,))


def test_limits_in_use_are_told_with_what_is_asked() -> None:
    asked = line(quantity=Quantity(value=told("12")))
    assert flags(VISITS, service_lines=(asked,))["limit-used"] == "Service line 1: 18 of 24 visits used; 12 asked."
    assert "limit-used" not in flags(replace(VISITS, units_used="0"))
    assert "limit-used" not in flags(replace(VISITS, units_used=""))


def test_a_change_names_its_authorization() -> None:
    stated = References(previous_authorization_number=told("a1001"))
    found = flags(VISITS, references=stated, certification_type=told("amendment"))
    assert found["amendment-of"].startswith("The request asks for a change of authorization A-1001 (2026-07-01")
    assert "duplicate-of" not in found


def test_an_extension_without_a_number_is_of_the_latest() -> None:
    older = replace(VISITS, authorization_number="A-0900", start_on="2025-01-01", end_on="2025-12-31")
    found = flags(older, VISITS, certification_type=told("extension"))
    assert "the latest of the same service on file is authorization A-1001" in found["amendment-of"]
    assert flags(certification_type=told("extension")) == {}
