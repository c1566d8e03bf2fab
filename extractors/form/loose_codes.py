"""Diagnosis codes on lines that no label of their own names: what they are is plain, and the words left of them too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.form.blanks import Answer
from extractors.form.labels import Fragment, Label
from extractors.form.vocabulary import Meaning
from extractors.layout.runs import Run

_CODE = re.compile(r"[A-TV-Z]\d[\dA-Z]\.[\dA-Z]{1,4}")
_SURE = 0.86
# Points between the feet of words on one line, and how far left of its code a diagnosis may end.
_LEVEL, _REACH, _LETTERS = 4.0, 300.0, 5


def coded_lines(fragments: Sequence[Fragment]) -> Iterator[Answer]:
    """The codes among what was written, line by line, each with the words left of it on its line."""
    runs = [fragment.run for fragment in fragments if fragment.label is None]
    coded = sorted((run for run in runs if _CODE.fullmatch(run.text)), key=lambda run: run.box.top)
    for row, run in enumerate(coded):
        yield _answer("diagnoses.code", run, row)
        left = [other for other in runs if other not in coded and _before(other, run)]
        if left:
            yield _answer("diagnoses.text", max(left, key=lambda other: other.box.x1), row)


def _before(run: Run, code: Run) -> bool:
    level = abs(run.box.bottom - code.box.bottom) < _LEVEL
    return level and 0 < code.box.x0 - run.box.x1 < _REACH and sum(c.isalpha() for c in run.text) >= _LETTERS


def _answer(path: str, run: Run, row: int) -> Answer:
    return Answer(Label(Meaning(path=path), run.text, run.box, _SURE), (run,), None, "right", row)
