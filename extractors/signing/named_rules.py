"""Signature lines without the word: a rule with the signer's printed name and credentials below it."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.layout.runs import Run, runs
from extractors.normalize.dates import DateOrder
from extractors.prose.signer import read_signer
from extractors.signing.places import read_room
from extractors.signing.reading import SignatureReading
from models.document import Document, Page
from models.geometry import Box

# Points. A line to sign on: its length, and how close below it the name stands.
_SHORTEST, _LONGEST, _UNDER = 100.0, 330.0, 15.0


def read_named_rules(document: Document, page: Page, order: DateOrder = "mdy") -> Iterator[SignatureReading]:
    """The rules of a page under which a name with credentials is printed, each with what is written above it."""
    rules = [rule.box for rule in page.rules if rule.horizontal and _SHORTEST <= rule.box.width <= _LONGEST]
    if not rules:
        return
    for run in runs(page):
        signer = read_signer(run.text, run.words[0].span.start)
        if signer is None or signer.credential is None:
            continue
        over = _over(run, rules)
        if over is not None:
            yield read_room(document, page, run.words, over, signer, order)


def _over(run: Run, rules: list[Box]) -> Box | None:
    close = [box for box in rules if 0 <= run.box.top - box.bottom < _UNDER and abs(box.x0 - run.box.x0) < 25]
    return max(close, key=lambda box: box.top, default=None)
