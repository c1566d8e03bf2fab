"""How well the context rules tell absent problems: sentences of transcribed reports, labelled by hand.

Run: ``python -m benchmarks.negation NOTES.csv.gz [--errors]``

`negation_labels.csv` names 238 sentences of the even-numbered notes of MTSamples (CC0) by note, hash and problem, drawn
once by chance (one a note, at least one problem of the vocabulary in it), and says whether a reader takes the problem
for absent. They were labelled before the rules were run on them; two that no reader could decide were left out. Any
other status than "absent" counts as not absent.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from extractors.context import Sentence
from models.geometry import Span

_PARTS = re.compile(r"(?<=[.?!])\s+|,(?=[A-Z][A-Za-z ]{2,30}:)")


def main() -> None:
    """Print precision, recall and F1 of "absent"."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notes", type=Path)
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    right = said = true = total = 0
    for sentence, fact, absent in _labelled(arguments.notes):
        at = sentence.index(fact)
        status = Sentence(sentence).judge(Span(at, at + len(fact)), "problem").status
        total, said, true = total + 1, said + (status == "absent"), true + absent
        right += absent and status == "absent"
        if arguments.errors and absent != (status == "absent"):
            print(f"[{status}] {fact} | {' '.join(sentence.split())}")
    precision, recall = right / max(1, said), right / max(1, true)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"{total} sentences, {true} absent: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")


def _labelled(notes: Path) -> Iterator[tuple[str, str, bool]]:
    csv.field_size_limit(10**9)
    with gzip.open(notes, "rt", encoding="utf-8") as file:
        texts = {row["note_id"]: row["transcription"] for row in csv.DictReader(file)}
    with (Path(__file__).parent / "negation_labels.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for part in _PARTS.split(texts[row["note_id"]]):
                sentence = part.strip(" ,")
                if hashlib.sha256(sentence.encode()).hexdigest().startswith(row["sentence"]):
                    yield sentence, row["fact"], row["absent"] == "1"
                    break


if __name__ == "__main__":
    main()
