"""The fees that a form of Hong Kong estimates: a printed kind, and the amount beside it on its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.form.bilingual import Bilingual, chinese
from extractors.form.written import written_words
from extractors.layout.cells import Grid
from extractors.layout.runs import Run
from extractors.normalize.amounts import find_money
from models.document import Word

_AMOUNT = re.compile(r"(?:HK\s?\$|HKD|\$|港幣|港元)?\s*\d[\d,]*\d(?:\.\d{2})?\s*(?:\.?-|元|HKD)?", re.IGNORECASE)
_HONG_KONG = re.compile(r"HK\s?\$|HKD|港幣|港元", re.IGNORECASE)
# A page is looked at only where one of its labels speaks of a fee; "Others" and "Laboratory" stand on any form.
_TELLING = re.compile(r"\b(?:fees?|charges?|expenses)\b|費|房租", re.IGNORECASE)
_OTHERS = re.compile(r"^\W*others?\b|^\W*其他", re.IGNORECASE)
_ENDS = " .:：-"
# How far (points) the amount of a line without ruled cells may stand from its label.
_REACH = 330.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A line of the estimate: what it is for, with its words, the amount as a decimal string, with its words."""

    kind: str
    kind_words: tuple[Word, ...]
    amount: str
    amount_words: tuple[Word, ...]
    currency: str | None


def read_estimates(runs: Sequence[Run], grid: Grid, vocabulary: Bilingual) -> tuple[Estimate, ...]:
    """The lines of the estimate on a page that have an amount, top to bottom; a total only where it stands alone."""
    labelled = [(run, end, total) for run in runs for end, total in _labels(run, vocabulary)]
    if not any(_TELLING.search(run.part(0, end).text) for run, end, _ in labelled):
        return ()
    currency = "HKD" if any(_HONG_KONG.search(run.text) for run in runs) else None
    heads = [run for run, _, _ in labelled]
    found = [
        (total, estimate)
        for run, end, total in sorted(labelled, key=lambda one: one[0].box.top)
        for estimate in _estimate(run, end, runs, heads, grid=grid, known=(vocabulary, currency))
    ]
    lines = tuple(estimate for total, estimate in found if not total)
    return lines or tuple(estimate for _, estimate in found[-1:])


def _labels(run: Run, vocabulary: Bilingual) -> Iterator[tuple[int, bool]]:
    """How many words at the head of a run name a fee, and whether it is the sum of all."""
    for end in range(min(len(run.words), 14), 0, -1):
        text = run.part(0, end).text
        if re.search(r"\d|HK\s?\$", text):
            continue
        total = vocabulary.total(text)
        if total or vocabulary.fee(text):
            yield end, total
            return


def _estimate(
    run: Run, end: int, runs: Sequence[Run], heads: Sequence[Run], *, grid: Grid, known: tuple[Bilingual, str | None]
) -> Iterator[Estimate]:
    vocabulary, currency = known
    beside = [
        other
        for other in runs
        if other is not run and other.box.rows_shared(run.box) > 0.4 and 0 < other.box.x0 - run.box.x1 + 3 < _REACH
    ]
    cell = grid.cell(run.box)
    kind = run.words[:end]
    rest = [run.part(end)] if end < len(run.words) else []
    for other in (*rest, *sorted(beside, key=lambda other: other.box.x0)):
        if other in heads:
            return
        if _AMOUNT.fullmatch(other.text.strip(_ENDS)):
            money = find_money(other.text)
            if money is not None:
                own = "HKD" if currency or _HONG_KONG.search(other.text) else money.unit
                yield Estimate(_named(kind, vocabulary), kind, money.value, other.words, own)
            return
        if not _OTHERS.match(run.text) or not cell.covers(*other.box.middle):
            return
        kind = other.words


def _named(words: tuple[Word, ...], vocabulary: Bilingual) -> str:
    """The kind in English where it is printed so, else in Chinese; what was read off pixels is written as forms do."""
    english = tuple(word for word in words if not chinese(word.text))
    text = written_words(english or words).text.strip(_ENDS)
    return vocabulary.fee_name(text) if any(word.confidence is not None for word in words) else text
