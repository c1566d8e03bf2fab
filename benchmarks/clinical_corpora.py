"""Annotated texts to train and measure the recognition of clinical names on: MACCROBAT, BC5CDR, NCBI disease.

MACCROBAT (case reports, CC BY 4.0, Caufield et al.) in the brat format; BC5CDR and NCBI disease (abstracts, public
domain, NCBI) in the IOB format. Their classes in our categories are those of `CASE_CLASSES` and `ABSTRACT_CLASSES`;
other classes (anatomy, values, dates, severity) are not counted.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.geometry import Span
from models.mention import EntityCategory

CASE_CLASSES: dict[str, EntityCategory] = {
    "Sign_symptom": "problem",
    "Disease_disorder": "problem",
    "Medication": "drug",
    "Diagnostic_procedure": "test",
    "Therapeutic_procedure": "procedure",
}
ABSTRACT_CLASSES: dict[str, EntityCategory] = {"Disease": "problem", "Chemical": "drug"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with the names that people marked in it; `classes` are the categories that were looked for."""

    text: str
    names: tuple[tuple[Span, EntityCategory], ...]
    classes: frozenset[EntityCategory]


def case_reports(folder: Path, parity: int) -> Iterator[Marked]:
    """The lines of every second report of MACCROBAT: 0 for the first, third, ..., 1 for the others."""
    for path in sorted(folder.glob("*.txt"))[parity::2]:
        text = path.read_text(encoding="utf-8")
        names = list(_brat(path.with_suffix(".ann")))
        start = 0
        for line in text.split("\n"):
            own = tuple(
                (Span(a - start, min(b - start, len(line))), kind)
                for a, b, kind in names
                if start <= a < start + len(line)
            )
            if line.strip():
                yield Marked(line, own, frozenset(CASE_CLASSES.values()))
            start += len(line) + 1


def abstracts(path: Path, classes: frozenset[EntityCategory]) -> Iterator[Marked]:
    """The sentences of an IOB file."""
    rows: list[tuple[str, str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            word, _, tag = line.rstrip("\n").partition("\t")
            if word:
                rows.append((word, tag))
            elif rows:
                yield _sentence(rows, classes)
                rows = []
    if rows:
        yield _sentence(rows, classes)


def _brat(path: Path) -> Iterator[tuple[int, int, EntityCategory]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("T"):
            kind, *_ = (where := line.split("\t")[1]).split(" ")
            if kind in CASE_CLASSES:
                pieces = [tuple(map(int, piece.split())) for piece in where.removeprefix(kind).split(";")]
                yield pieces[0][0], pieces[-1][1], CASE_CLASSES[kind]


def _sentence(rows: list[tuple[str, str]], classes: frozenset[EntityCategory]) -> Marked:
    text, names = "", list[tuple[Span, EntityCategory]]()
    for word, tag in rows:
        text += " " if text else ""
        start = len(text)
        text += word
        place, _, kind = tag.partition("-")
        if place == "B" or (place == "I" and not names):
            names.append((Span(start, len(text)), ABSTRACT_CLASSES.get(kind, "problem")))
        elif place == "I":
            names[-1] = (Span(names[-1][0].start, len(text)), names[-1][1])
    return Marked(text, tuple(names), classes)
