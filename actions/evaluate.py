"""Measuring: samples with known truth are processed like any other files, and what comes out is scored."""

from __future__ import annotations

import datetime as dt
import json
import resource
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from actions.crops import crops
from actions.means import Means
from actions.plan import plan_order
from actions.process import Outcome, Watcher, process
from actions.quality_report import write_report
from actions.submissions import Source
from actions.truths import RECEIVED, read_truths
from models.truth import PacketTruth
from scoring.answer import Answer
from scoring.figures import Plain, figures
from scoring.packet import PacketScore, score
from scoring.spent import Spent
from scoring.worst import worst

_MOST_SHOWN = 20
# By whose rules samples are assessed: of the payers that come with the program this one asks for the most, and a paper
# that nobody asks for cannot be missing.
_PAYER = "us-medicare-advantage"
# A submission is received this long after its last paper was written: windows of checklists count from that day.
_UNDERWAY = dt.timedelta(days=2)
_KB = 1024


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of all packets and what the run cost; `figures` is everything as plain values."""

    scores: tuple[PacketScore, ...]
    spent: Spent
    figures: dict[str, Plain]


def evaluate(folder: Path, out: Path, means: Means, *, now: dt.datetime, watcher: Watcher) -> Evaluation:
    """Process the samples of `folder` into `out`/requests and write `out`/figures.json and `out`/report.html.

    Raises:
        UsageError: the folder holds no samples, or `out` is not empty.
    """
    truths = read_truths(folder)
    order = plan_order(
        (folder / RECEIVED,),
        out / "requests",
        each=True,
        payer=_PAYER,
        market=None,
        received_at=None,
        formats="native",
    )
    scoring = _Scoring({truth.name: truth for truth in truths}, watcher)
    started, used, cpu_s = time.monotonic(), _used(), dict[str, float]()
    process(order, means, now=_received(truths, now), watcher=scoring, cpu_s=cpu_s)
    scores = scoring.finished()
    spent = _spent(sum(one.pages for one in scores), time.monotonic() - started, _used() - used, cpu_s)
    told = figures(scores, spent)
    (out / "figures.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    errors = worst(scores, _MOST_SHOWN)
    write_report(out / "report.html", told, errors, crops(folder / RECEIVED, errors, limits=means.limits))
    return Evaluation(scores, spent, told)


class _Scoring:
    """Scores each packet when it is done, so that nothing of it needs to be kept; another watcher shows the run."""

    def __init__(self, truths: Mapping[str, PacketTruth], shown: Watcher) -> None:
        self._truths = truths
        self._shown = shown
        self._scores: dict[str, PacketScore] = {}

    def begin(self, submissions: int, done: int) -> None:
        self._shown.begin(submissions, done)

    def page(self) -> None:
        self._shown.page()

    def end(self, source: Source, outcome: Outcome) -> None:
        name = Path(source.name).name
        if name in self._truths:
            answer = Answer(outcome.assembly.requests, outcome.assembly.held, outcome.rejected, outcome.results)
            self._scores[name] = score(self._truths[name], answer)
        self._shown.end(source, outcome)

    def finished(self) -> tuple[PacketScore, ...]:
        """All scores in the order of the truth; of a packet that nothing came of, everything is missed."""
        return tuple(self._scores.get(name) or score(truth, Answer()) for name, truth in self._truths.items())


def _received(truths: Sequence[PacketTruth], now: dt.datetime) -> dt.datetime:
    """When samples that do not say so came in: soon after the latest of their papers, and not after now."""
    days = [paper.dated_on for truth in truths for paper in truth.papers if paper.dated_on is not None]
    if not days:
        return now
    return min(now, dt.datetime.combine(max(days) + _UNDERWAY, now.timetz()))


def _used() -> float:
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _spent(pages: int, wall_s: float, all_cpu_s: float, cpu_s: Mapping[str, float]) -> Spent:
    main, reader = (resource.getrusage(who).ru_maxrss / _KB for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Spent(pages, wall_s, {**cpu_s, "rest": max(0.0, all_cpu_s - sum(cpu_s.values()))}, main, reader)
