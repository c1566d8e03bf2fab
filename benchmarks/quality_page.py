"""The figures of a measurement as Markdown and as a chart, and their place in docs/quality.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from actions.chart import bars, reliability, svg
from actions.quality_report import curve_of, design_bars

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


@dataclass(frozen=True, slots=True)
class Run:
    """What figures come from."""

    seed: int
    on: dt.date
    commit: str
    jobs: int


def replaced(page: str, figures: str) -> str:
    """The page with other figures between its marks; ValueError where it has none."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"docs/quality.md has no place for figures: {BEGIN} ... {END}")
    return f"{before}{BEGIN}\n{figures}{END}{after}"


def chart(told: Mapping[str, Any]) -> str:
    """The reliability curve beside the designs."""
    rows = design_bars(told)
    groups = [
        reliability(curve_of(told)),
        bars(rows, title="F1 of the fields by design (brown: only for measuring)", x=410),
    ]
    return svg(groups, width=820, height=max(390, 60 + 22 * len(rows)))


def section(told: Mapping[str, Any], run: Run) -> str:
    """The figures as Markdown."""
    return "".join(line + "\n" for line in _lines(told, run))


def _lines(told: Mapping[str, Any], run: Run) -> Iterator[str]:
    yield (
        f"{run.on.day} {run.on:%B %Y}, commit {run.commit}: `python -m benchmarks.quality --packets {told['packets']} "
        f"--seed {run.seed}`, {told['packets']} packets of {told['pages']} pages. The worst design is "
        f"{told['worst_design'] or 'none'}."
    )
    yield ""
    yield from _summaries(told)
    yield ""
    yield from _confidence(told)
    yield ""
    yield "![What a confidence is worth, and the fields by design](quality.svg)"
    yield ""
    yield from _errors(told)
    yield ""
    yield from _papers(told)
    yield ""
    yield from _defects(told)
    yield ""
    yield from _speed(told, run)


def _summaries(told: Mapping[str, Any]) -> Iterator[str]:
    yield "| | packets | stated | precision | recall | F1 | critical F1 | place right | unclear where legible | words |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    rows = [("**all**", told["all"]), ("designs of development", told["development"])]
    rows += [("**designs only for measuring**", told["measuring"])]
    rows += [(name, one) for group in ("channels", "qualities", "designs") for name, one in told[group].items()]
    for name, one in rows:
        apart = " (only for measuring)" if name in told["measuring_designs"] else ""
        fields = one["fields"]
        shares = [fields["precision"], fields["recall"], fields["f1"], one["critical"]["f1"]]
        shares += [one["placed"], one["unclear_legible"], one["word_recall"]]
        yield f"| {name}{apart} | {one['packets']} | {fields['stated']} | {' | '.join(map(_share, shares))} |"


def _confidence(told: Mapping[str, Any]) -> Iterator[str]:
    sure = told["confidence"]["sure"]
    right, bound, covered = (_share(sure[name]) for name in ("precision", "bound", "covered"))
    yield (
        f"Of {sure['count']} values with a confidence of .9 and more {sure['right']} are right ({right}, "
        f"at least {bound} with 95 % certainty); they cover {covered} of what is stated. "
        f"Expected calibration error {_share(told['confidence']['expected_error'])}."
    )


def _errors(told: Mapping[str, Any]) -> Iterator[str]:
    yield "| the most frequent errors | what | times |"
    yield "|---|---|--:|"
    yield from (f"| `{one['path']}` | {one['verdict']} | {one['count']} |" for one in told["errors"])


def _papers(told: Mapping[str, Any]) -> Iterator[str]:
    papers, marks = told["papers"], told["marks"]
    yield "| pages and papers | |"
    yield "|---|--:|"
    yield f"| type of page right | {_share(papers['page_accuracy'])} |"
    yield f"| where papers begin, F1 | {_share(papers['split']['f1'])} |"
    yield f"| pages in the request they belong to | {_share(papers['request_of_page'])} |"
    held = papers["held"]
    yield f"| other patients' pages held | {held['both']} of {held['true']}, {held['said'] - held['both']} too many |"
    for name, words in (("dated_on", "date"), ("author", "author"), ("signed", "signature")):
        if name in papers["facts"]:
            yield f"| {words} of a paper, F1 | {_share(papers['facts'][name]['f1'])} |"
    for name in ("ticked", "empty"):
        states = marks[name]
        told_of = f"{states['right']} of {sum(states.values())}, {states['wrong']} wrong"
        yield f"| {name} boxes right | {told_of} |"


def _defects(told: Mapping[str, Any]) -> Iterator[str]:
    yield "| planted | times | seen |"
    yield "|---|--:|--:|"
    for name, one in told["defects"].items():
        yield f"| {name} | {one['planted']} | {one['seen'] if one['judged'] else 'not judged'} |"


def _speed(told: Mapping[str, Any], run: Run) -> Iterator[str]:
    speed = told["speed"]
    stages = ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in speed["cpu_s_per_page"].items())
    yield (
        f"{speed['pages_per_s']:.2f} pages/s with {run.jobs} jobs; seconds of computing a page: {stages}; "
        f"largest process {speed['main_mb']:.0f} MB, of the others {speed['reader_mb']:.0f} MB."
    )


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}".removeprefix("0")
