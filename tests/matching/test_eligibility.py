from __future__ import annotations

import datetime as dt

import pytest

from matching.eligibility import eligibility, service_date
from models.directory import Member
from models.request import Admission
from models.service_line import ServiceLine
from tests.checklists.drafts import request, told

_TODAY = dt.date(2026, 9, 11)


def rows(*spans: tuple[str, str]) -> tuple[Member, ...]:
    return tuple(Member(member_id="M1", effective_on=start, terminated_on=end) for start, end in spans)


@pytest.mark.parametrize(
    ("spans", "status", "reason"),
    [
        ((("2026-01-01", ""),), "active", "Covered from 2026-01-01 on."),
        ((("2025-01-01", "2026-09-11"),), "active", "Covered from 2025-01-01 to 2026-09-11."),
        ((("2026-09-11", ""),), "active", "Covered from 2026-09-11 on."),
        ((("2025-01-01", "2026-09-10"),), "inactive", "Coverage ended on 2026-09-10."),
        ((("2026-10-01", ""),), "inactive", "Coverage begins on 2026-10-01."),
        (
            (("2025-01-01", "2026-08-31"), ("2026-10-01", "")),
            "inactive",
            "Coverage ended on 2026-08-31 and begins again on 2026-10-01.",
        ),
        ((("2025-01-01", "2025-12-31"), ("2026-01-01", "")), "active", "Covered from 2026-01-01 on."),
        ((("", ""),), "unknown", "The directory gives no dates of coverage."),
    ],
)
def test_coverage_counts_on_the_day_of_service(spans: tuple[tuple[str, str], ...], status: str, reason: str) -> None:
    found = eligibility(rows(*spans), _TODAY)
    assert (found.status, found.reason, found.as_of) == (status, reason, _TODAY)


def test_the_day_of_service_is_the_first_asked_for_else_that_of_reception() -> None:
    bare = request(service_lines=())
    assert service_date(bare, _TODAY) == _TODAY
    lines = tuple(ServiceLine(start_on=told(dt.date(2026, month, 1))) for month in (12, 10))
    assert service_date(request(service_lines=lines), _TODAY) == dt.date(2026, 10, 1)
    stay = request(service_lines=(), admission=Admission(admitted_on=told(dt.date(2026, 11, 5))))
    assert service_date(stay, _TODAY) == dt.date(2026, 11, 5)
