"""A course of conservative care that did not help: when it began, the visits, the drugs and what became of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from samples.scenarios.chart import Chart, weeks, working_day

_NSAIDS = ("naproxen 500 mg BID", "meloxicam 15 mg daily", "ibuprofen 800 mg TID", "diclofenac 75 mg BID",
           "celecoxib 200 mg daily")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Course:
    """`visits` of physical therapy between two days, and a drug for some weeks."""

    onset: dt.date
    starts: dt.date
    ends: dt.date
    visits: int
    nsaid: str
    nsaid_weeks: int
    pain: int

    def words(self, on: dt.date) -> dict[str, object]:
        """The words that tell of it on the day `on`."""
        return {
            "onset": self.onset,
            "weeks": weeks(self.onset, on),
            "months": max(2, (on - self.onset).days // 30),
            "pt_start": self.starts,
            "pt_end": self.ends,
            "pt_weeks": weeks(self.starts, self.ends),
            "visits": self.visits,
            "nsaid": self.nsaid,
            "nsaid_weeks": self.nsaid_weeks,
            "pain": self.pain,
        }


def course(chart: Chart, *, since: tuple[int, int] = (10, 45)) -> Course:
    """A course of six to ten weeks that ended two to six weeks ago, begun so many days after the complaint."""
    rng = chart.rng
    ends = chart.before(18, 42)
    starts = working_day(ends - dt.timedelta(weeks=rng.randint(6, 10)))
    return Course(
        onset=starts - dt.timedelta(days=rng.randint(*since)),
        starts=starts,
        ends=ends,
        visits=weeks(starts, ends) * 2 - rng.randint(0, 2),
        nsaid=rng.choice(_NSAIDS),
        nsaid_weeks=rng.randint(4, 8),
        pain=rng.randint(5, 9),
    )
