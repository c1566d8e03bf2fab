"""How well problems, drugs, tests and procedures are found: case reports and abstracts that people annotated.

Run: ``python -m benchmarks.entities NER_FOLDER [--errors N]``

Measured on every second report of MACCROBAT and on BC5CDR devel, which nothing here was made from (the model of
extractors/clinical/tagger.py learned from the other reports, BC5CDR train and NCBI disease train). A name counts where
the places overlap and the category is the same; `any` lets the category differ. Classes counted as benchmarks/
clinical_corpora.py maps them; in BC5CDR, which marks only problems and drugs, tests and procedures are not counted.
"""

from __future__ import annotations

import argparse
import collections
from collections.abc import Sequence
from pathlib import Path

from benchmarks.clinical_corpora import Marked, abstracts, case_reports
from extractors.clinical.facts import find_facts
from models.geometry import Span

_OURS: dict[str, str] = {"device": "procedure"}


def main() -> None:
    """Print recall and precision by category and overall."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="how many misses and false names to list")
    arguments = parser.parse_args()
    papers = abstracts(arguments.folder / "BC5CDR-IOB-devel.tsv.gz", frozenset({"problem", "drug"}))
    _measure("MACCROBAT", list(case_reports(arguments.folder / "maccrobat", 1)), arguments.errors)
    _measure("BC5CDR devel", list(papers), arguments.errors)


Names = list[tuple[Span, str]]


def _measure(name: str, sentences: Sequence[Marked], errors: int) -> None:
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for marked in sentences:
        found: Names = [
            (fact.span, _OURS.get(fact.category, fact.category)) for fact in find_facts(marked.text, {}, misread=False)
        ]
        found = [own for own in found if own[1] in marked.classes]
        true: Names = list(marked.names)
        for span, category in true:
            hit, loose = _hit(span, category, found)
            counts[category].update(true=1, met=hit, any_met=loose)
            if errors and not hit:
                errors -= 1
                print(f"  missed {category}: {marked.text[span.start : span.end]} | {marked.text[:150]}")
        for span, category in found:
            hit, loose = _hit(span, category, true)
            counts[category].update(found=1, right=hit, any_right=loose)
            if errors and not hit:
                errors -= 1
                print(f"  false {category}: {marked.text[span.start : span.end]} | {marked.text[:150]}")
    for category, own in [*sorted(counts.items()), ("all", sum(counts.values(), collections.Counter()))]:
        print(f"{name} {category}: {own['true']} names, recall {_share(own, 'met', 'true')}, precision "
              f"{_share(own, 'right', 'found')}; any category: {_share(own, 'any_met', 'true')}, "
              f"{_share(own, 'any_right', 'found')}")  # fmt: skip


def _hit(span: Span, category: str, others: Names) -> tuple[bool, bool]:
    over = [kind for other, kind in others if other.start < span.end and span.start < other.end]
    return category in over, bool(over)


def _share(counts: collections.Counter[str], part: str, whole: str) -> str:
    return f"{counts[part] / max(1, counts[whole]):.3f}"


if __name__ == "__main__":
    main()
