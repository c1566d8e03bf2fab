"""Whether a member is covered on the date of service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from models.directory import Member, day
from models.request import AuthorizationRequest, Eligibility


def service_date(request: AuthorizationRequest, today: dt.date) -> dt.date:
    """The first day of service that is asked for; where none is told, the day of reception."""
    starts = [line.start_on.value for line in request.service_lines if line.start_on and line.start_on.value]
    admitted = request.admission.admitted_on
    if admitted is not None and admitted.value is not None:
        starts.append(admitted.value)
    return min(starts, default=today)


def eligibility(rows: Sequence[Member], on: dt.date) -> Eligibility:
    """Coverage on a day by all rows of a member; the days of beginning and end are covered, no end is open."""
    spans = [(day(row.effective_on), day(row.terminated_on)) for row in rows]
    dated = [(start, end) for start, end in spans if start is not None or end is not None]
    if not dated:
        return Eligibility(status="unknown", as_of=on, reason="The directory gives no dates of coverage.")
    for start, end in dated:
        if (start is None or start <= on) and (end is None or on <= end):
            until = f" to {end.isoformat()}" if end else " on"
            since = f" from {start.isoformat()}" if start else ""
            return Eligibility(status="active", as_of=on, reason=f"Covered{since}{until}.")
    return Eligibility(status="inactive", as_of=on, reason=_why(dated, on))


def _why(spans: Sequence[tuple[dt.date | None, dt.date | None]], on: dt.date) -> str:
    ended = max((end for _, end in spans if end is not None and end < on), default=None)
    begins = min((start for start, _ in spans if start is not None and start > on), default=None)
    if ended and begins:
        return f"Coverage ended on {ended.isoformat()} and begins again on {begins.isoformat()}."
    if ended:
        return f"Coverage ended on {ended.isoformat()}."
    return f"Coverage begins on {begins.isoformat()}." if begins else "No coverage on this day."
