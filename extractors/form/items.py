"""The marks with which forms number what they ask for ("B4", "12.", "7a)"): no part of any label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.layout.runs import Run

# Forms that number their items have more of them; numbers with nothing behind them may be values.
_FEWEST, _FEWEST_BARE = 4, 6
_MARK = re.compile(r"(?:\(?([A-Z])[.-]?(\d{1,2})[.):]?|\(?()(\d{1,3})([a-z]?)([.)]?)[.:]?)")


def without_items(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs without the numbers of items before their words, where the page counts them; boxes stay as they are."""
    marks = {run: mark for run in runs if len(run.words) > 1 and (mark := _mark(run)) is not None}
    counted: dict[tuple[str, bool], set[int]] = {}
    for letter, number, bare in marks.values():
        counted.setdefault((letter, bare), set()).add(number)
    found = {
        run
        for run, (letter, number, bare) in marks.items()
        if number == 1 or {number - 1, number - 2} & counted[letter, bare]
    }
    plain = {run for run in found if not marks[run][2]}
    kept = plain if len(plain) >= _FEWEST else set()
    if len(found - plain) >= _FEWEST_BARE:
        kept = kept | (found - plain)
    return tuple(Run(run.words[1:], run.box) if run in kept else run for run in runs)


def _mark(run: Run) -> tuple[str, int, bool] | None:
    """The letter and the number of a run's first word, and whether no sign closes it; None if it is no mark."""
    match = _MARK.fullmatch(run.words[0].text)
    if match is None or not re.match(r"[A-Za-z(]", run.words[1].text):
        return None
    letter, number = match[1] or "", int(match[2] or match[4])
    return letter, number, not letter and not match[6] and not run.words[0].text.endswith((".", ")", ":"))
