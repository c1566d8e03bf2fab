from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.deadlines import deadlines, due
from checklists.policies import Policies
from models.checklist import MissingItem, Period, PolicySource
from models.payer import ClockLength, DeadlineRule, Payer
from tests.checklists.drafts import request, told, unread

SOURCE = PolicySource(policy="a rule", retrieved=dt.date(2026, 1, 1))
START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
NEW_YORK = ZoneInfo("America/New_York")


def rule(value: int, unit: Any, *levels: Any, name: str = "rule", **changes: Any) -> DeadlineRule:
    return DeadlineRule(
        id=name,
        kind=changes.pop("kind", "decision"),
        levels=levels or ("standard",),
        length=ClockLength(value=value, unit=unit),
        effective=Period.model_validate({"from": dt.date(2020, 1, 1)}),
        source=SOURCE,
        **changes,
    )


def payer(*rules: DeadlineRule, name: str = "p", market: Any = "us", zone: str = "America/New_York") -> Payer:
    return Payer(
        id=name,
        name=name,
        market=market,
        line_of_business="x",
        zone=zone,
        holidays=(dt.date(2026, 11, 26),),
        date_order="mdy",
        checklists=(),
        deadlines=rules,
    )


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=NEW_YORK)  # type: ignore[arg-type,misc]


@pytest.fixture
def medicare(policies: Policies) -> Payer:
    return next(one for one in policies.payers if one.id == "us-medicare-advantage")


@pytest.mark.parametrize(
    ("level", "received", "ends"),
    [
        ("standard", at(2026, 9, 11, 11, 30), at(2026, 9, 18, 11, 30)),
        ("urgent", at(2026, 9, 11, 11, 30), at(2026, 9, 14, 11, 30)),
        ("emergency", at(2026, 9, 11, 11, 30), at(2026, 9, 14, 11, 30)),
        # The clocks go back on 1 November 2026: seven days keep the time of day, 72 hours do not.
        ("standard", at(2026, 10, 30, 12, 0), at(2026, 11, 6, 12, 0)),
        ("urgent", at(2026, 10, 30, 12, 0), at(2026, 11, 2, 11, 0)),
        # The rule of before 2026.
        ("standard", at(2025, 12, 31, 23, 30), at(2026, 1, 14, 23, 30)),
        # 31 December in New York is already 2026 in UTC; the payer's zone decides.
        ("standard", at(2026, 1, 1, 0, 30), at(2026, 1, 8, 0, 30)),
    ],
)
def test_medicare_advantage(medicare: Payer, level: str, received: dt.datetime, ends: dt.datetime) -> None:
    (clock,) = deadlines(request(level_of_service=told(level), received_at=received), medicare, (medicare,))
    assert (clock.due_at, clock.starts_at, clock.kind, clock.assumed) == (ends, received, "decision", False)
    assert "42 CFR 422.5" in clock.source


def test_before_any_rule_there_is_no_clock(medicare: Payer) -> None:
    assert deadlines(request(received_at=at(2019, 5, 1, 9, 0)), medicare, (medicare,)) == ()


@pytest.mark.parametrize(
    "level", [told("urgent", unclear="illegible"), told("standard", unclear="conflict"), unread("handwritten")]
)
def test_an_ambiguous_urgent_mark_counts_as_urgent(medicare: Payer, level: Any) -> None:
    (clock,) = deadlines(request(level_of_service=level), medicare, (medicare,))
    assert (clock.rule, clock.assumed) == ("us-medicare-advantage:expedited-decision", True)


def test_no_mark_at_all_is_standard(medicare: Payer) -> None:
    (clock,) = deadlines(request(level_of_service=None), medicare, (medicare,))
    assert (clock.rule, clock.assumed) == ("us-medicare-advantage:standard-decision", False)


@pytest.mark.parametrize(
    ("source", "assumed"),
    [("option", False), ("mail-received", False), ("sidecar", False), ("mail-date", True), ("fax-header", True)],
)
def test_the_senders_clock_makes_every_deadline_assumed(medicare: Payer, source: str, assumed: bool) -> None:
    (clock,) = deadlines(request(received_at_source=source), medicare, (medicare,))
    assert clock.assumed is assumed


def test_without_a_payer_the_shortest_of_the_market_is_assumed() -> None:
    slow, quick = payer(rule(7, "calendar-day"), name="slow"), payer(rule(3, "calendar-day"), name="quick")
    abroad = payer(rule(1, "h"), name="abroad", market="hk", zone="Asia/Hong_Kong")
    (clock,) = deadlines(request(), None, (slow, quick, abroad))
    assert (clock.rule, clock.assumed) == ("quick:rule", True)


def test_with_a_payer_every_rule_that_fits_runs_the_earliest_first() -> None:
    drugs = rule(72, "h", name="drugs", request_types=("drug",))
    notice = rule(2, "business-day", name="notice", kind="member_notice")
    plan = payer(rule(7, "calendar-day", name="all"), drugs, notice)
    names = [clock.rule for clock in deadlines(request(request_type=told("drug")), plan, ())]
    assert names == ["p:drugs", "p:notice", "p:all"]
    names = [clock.rule for clock in deadlines(request(request_type=told("service")), plan, ())]
    assert names == ["p:notice", "p:all"]
    assert len(deadlines(request(request_type=None), plan, ())) == 3


def test_business_days_skip_weekends_and_holidays() -> None:
    plan = payer(rule(3, "business-day"))
    # Wednesday; Thursday 26 November is a holiday, then Friday, Monday, Tuesday.
    assert due(at(2026, 11, 25, 9, 0), plan.deadlines[0], plan) == at(2026, 12, 1, 9, 0)
    # Received on a Saturday: Monday, Tuesday, Wednesday.
    assert due(at(2026, 9, 12, 9, 0), plan.deadlines[0], plan) == at(2026, 9, 16, 9, 0)


MOMENTS = st.integers(0, 6 * 365 * 24 * 60).map(lambda minutes: START + dt.timedelta(minutes=minutes))


@given(received=MOMENTS, hours=st.integers(1, 400))
def test_hours_are_absolute(received: dt.datetime, hours: int) -> None:
    plan = payer(rule(hours, "h"))
    assert due(received, plan.deadlines[0], plan) - received == dt.timedelta(hours=hours)


@given(received=MOMENTS, days=st.integers(1, 60))
def test_calendar_days_are_never_more_than_an_hour_off(received: dt.datetime, days: int) -> None:
    plan = payer(rule(days, "calendar-day"))
    off = due(received, plan.deadlines[0], plan) - received - dt.timedelta(days=days)
    assert abs(off) <= dt.timedelta(hours=1)


@given(received=MOMENTS, days=st.integers(1, 30), unit=st.sampled_from(["calendar-day", "business-day"]))
def test_longer_clocks_end_later(received: dt.datetime, days: int, unit: str) -> None:
    plan = payer(rule(days, unit), rule(days + 1, unit, name="longer"))
    shorter, longer = (due(received, one, plan) for one in plan.deadlines)
    assert received < shorter < longer


def test_a_clock_of_complete_information_runs_from_reception_and_is_assumed_while_anything_is_missing() -> None:
    plan = payer(rule(5, "business-day", name="whole", start="complete"), rule(7, "calendar-day", name="any"))
    gap = MissingItem(
        id="a:b", checklist="a", item="b", service_lines=(), cause=None, need="required", ask="x",
        from_whom="requesting", document_type=None, loinc=None,
    )  # fmt: skip
    for missing in ((), (gap,)):
        draft = request(missing_items=missing, received_at=at(2026, 9, 11, 11, 30))
        found = {one.rule: one for one in deadlines(draft, plan, ())}
        assert found["p:whole"].start_event == "complete-information"
        assert found["p:whole"].assumed is bool(missing)
        assert found["p:whole"].due_at == at(2026, 9, 18, 11, 30)
        assert (found["p:any"].start_event, found["p:any"].assumed) == ("received", False)


def test_a_rule_that_nobody_has_verified_runs_no_clock() -> None:
    assert deadlines(request(), payer(rule(1, "h", verify=True)), ()) == ()


WEDNESDAY = at(2026, 9, 9, 10, 0)


@pytest.mark.parametrize(
    ("name", "level", "kind", "expected"),
    [
        ("us-medicare-advantage", "standard", "drug", {"drug-decision": 72}),
        ("us-medicare-advantage", "urgent", "drug", {"expedited-drug-decision": 24, "expedited-decision": 72}),
        ("us-medicaid", "standard", "service", {"standard-decision": 168}),
        ("us-medicaid", "urgent", "service", {"expedited-decision": 72}),
        ("us-medicaid", "standard", "drug", {"drug-response": 24}),
        ("us-commercial", "standard", "equipment", {"pre-service-decision": 360}),
        ("us-commercial", "urgent", "equipment", {"urgent-decision": 72}),
        ("us-ca-knox-keene", "standard", "service", {"standard-decision": 168, "medi-cal-standard-decision": 168}),
        ("us-ca-knox-keene", "urgent", "service", {"urgent-decision": 72, "medi-cal-expedited-decision": 72}),
        ("us-ca-knox-keene", "standard", "drug", {"drug-decision": 72}),
        ("hk-insurer", "standard", "admission", {"service-level": 168}),
    ],
)
def test_the_clocks_of_each_payer(
    policies: Policies, name: str, level: str, kind: str, expected: dict[str, int]
) -> None:
    plan = next(one for one in policies.payers if one.id == name)
    draft = request(level_of_service=told(level), request_type=told(kind), received_at=WEDNESDAY, market=plan.market)
    found = deadlines(draft, plan, ())
    assert {one.rule.split(":")[1]: (one.due_at - WEDNESDAY) // dt.timedelta(hours=1) for one in found} == expected
    assert all("http" in one.source for one in found)


def test_a_holiday_of_hong_kong_is_no_working_day(policies: Policies) -> None:
    plan = next(one for one in policies.payers if one.id == "hk-insurer")
    before = dt.datetime(2026, 9, 30, 10, 0, tzinfo=ZoneInfo("Asia/Hong_Kong"))
    (clock,) = deadlines(request(received_at=before, market="hk"), plan, ())
    assert clock.due_at.astimezone(ZoneInfo("Asia/Hong_Kong")).date() == dt.date(2026, 10, 8)
