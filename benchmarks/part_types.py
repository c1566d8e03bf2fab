"""How well document types are recognised: real transcribed reports, and made packets that must be split.

Run: ``python -m benchmarks.part_types NOTES.csv.gz [--half develop|measure] [--errors]``

Truth is the reports' own label of kind; reports that carry only a specialty label are left out. `strict` counts the one
type a label stands for, `fitting` also its near kin (a surgical label covers operative and procedure notes). `wide`
takes two more readings for right, since labels name the specialty: a note labelled Radiology that opens with a chief
complaint is a case history, and an emergency physician's note without a title is a history and physical. The halves
are by the parity of the note's number, so that rules and the model of extractors/annotation/type_model.py are made on
one and measured on the other. `split` joins three reports of different types and persons into one file without any
separator and asks for the three parts.
"""

from __future__ import annotations

import argparse
import collections
import csv
import gzip
import hashlib
import random
import re
import textwrap
from collections.abc import Sequence
from pathlib import Path

from extractors.annotation import annotate
from models.annotations import PartType
from models.document import Document, Page, Word
from models.geometry import Span

LABELS: dict[str, tuple[PartType, ...]] = {
    "Surgery": (PartType.OPERATIVE_NOTE, PartType.PROCEDURE_NOTE),
    "Consult - History and Phy.": (PartType.CONSULTATION, PartType.HISTORY_AND_PHYSICAL),
    "Radiology": (PartType.IMAGING_REPORT,),
    "SOAP / Chart / Progress Notes": (PartType.PROGRESS_NOTE,),
    "Office Notes": (PartType.PROGRESS_NOTE, PartType.CONSULTATION, PartType.HISTORY_AND_PHYSICAL),
    "Discharge Summary": (PartType.DISCHARGE_SUMMARY,),
    "Emergency Room Reports": (PartType.EMERGENCY_NOTE,),
    "Letters": (PartType.CORRESPONDENCE, PartType.LETTER_OF_MEDICAL_NECESSITY, PartType.REFERRAL),
    "Lab Medicine - Pathology": (PartType.PATHOLOGY_REPORT,),
    "Autopsy": (PartType.PATHOLOGY_REPORT,),
}
PAGE_LINES = 54


def main() -> None:
    """Print the shares of right types, the confusions, the calibration, and the shares of right splits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notes", type=Path)
    parser.add_argument("--half", choices=("develop", "measure"), default="measure")
    parser.add_argument("--errors", action="store_true", help="list the notes that came out wrong")
    arguments = parser.parse_args()
    notes = notes_of(arguments.notes, 1 if arguments.half == "develop" else 0)
    _types(notes, arguments.errors)
    _packets(notes)


Note = tuple[str, tuple[PartType, ...], str]


def notes_of(path: Path, parity: int) -> list[Note]:
    """Number, fitting types (the strict one first) and text of each labelled note of one half."""
    csv.field_size_limit(10**9)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if int(row["note_id"]) % 2 == parity]
    found = []
    for row in rows:
        labels = [label for label in (part.strip() for part in row["specialties"].split(";")) if label in LABELS]
        if labels:
            kinds = tuple(dict.fromkeys(kind for label in labels for kind in LABELS[label]))
            found.append((row["note_id"], kinds, row["transcription"]))
    return found


def document_of(texts: Sequence[str]) -> Document:
    """A document without places; each text begins on a page of its own and is broken into lines as a typist would."""
    text = ""
    pages: list[Page] = []
    for note in texts:
        broken = re.sub(r",\s*(?=[A-Z][A-Za-z0-9 /&()'-]{1,60}:)", "\n", note)
        broken = re.sub(r",\s*(?=\d{1,2}\.\s)", "\n", broken)
        lines = [line for piece in broken.split("\n") for line in (textwrap.wrap(piece.strip(" ,"), 95) or [])]
        for start in range(0, max(1, len(lines)), PAGE_LINES):
            text += "\f" if pages else ""
            body = "\n".join(lines[start : start + PAGE_LINES])
            words = tuple(
                Word(match[0], None, Span(len(text) + match.start(), len(text) + match.end()))
                for match in re.finditer(r"\S+", body)
            )
            text += body
            pages.append(Page(len(pages) + 1, 0.0, 0.0, "plain", words, blank=not words))
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Document("d1", "notes.txt", "notes.txt", None, sha, "text/plain", tuple(pages), text)


def _types(notes: Sequence[Note], errors: bool) -> None:
    strict = fitting = wide = parts = 0
    confusions: collections.Counter[tuple[str, str]] = collections.Counter()
    bins: dict[int, list[bool]] = collections.defaultdict(list)
    for number, kinds, text in notes:
        found = annotate(document_of([text])).parts
        parts += len(found) == 1
        strict += found[0].type == kinds[0]
        fitting += found[0].type in kinds
        wide += found[0].type in _wide(kinds, text)
        bins[int(found[0].confidence * 10)].append(found[0].type in kinds)
        if found[0].type not in kinds:
            confusions[kinds[0].value, found[0].type.value] += 1
            if errors:
                print(number, kinds[0].value, "->", found[0].type.value, found[0].confidence, found[0].title)
    total = len(notes)
    print(
        f"notes {total}: strict {strict / total:.3f}, fitting {fitting / total:.3f}, wide {wide / total:.3f}, "
        f"one part {parts / total:.3f}"
    )
    for (truth, said), count in confusions.most_common(15):
        print(f"  {count:4} {truth} read as {said}")
    for key in sorted(bins):
        right = sum(bins[key]) / len(bins[key])
        print(f"  confidence {key / 10:.1f}..: {len(bins[key]):4} notes, right {right:.2f}")


def _wide(kinds: tuple[PartType, ...], text: str) -> tuple[PartType, ...]:
    """The fitting types and those that the text itself shows to fit."""
    history = (PartType.CONSULTATION, PartType.HISTORY_AND_PHYSICAL)
    if PartType.EMERGENCY_NOTE in kinds:
        return (*kinds, PartType.HISTORY_AND_PHYSICAL)
    opens = re.match(r"\s*(?:cc|chief complaint)\b", text, re.IGNORECASE)
    return (*kinds, *history) if PartType.IMAGING_REPORT in kinds and opens else kinds


def _packets(notes: Sequence[Note]) -> None:
    """Three notes in a file: is every first page a first page, and no other?"""
    chance = random.Random(20261122)
    right = pages_right = pages = 0
    tries = 150
    for _ in range(tries):
        chosen = chance.sample(list(notes), 3)
        document = document_of([text for _, _, text in chosen])
        starts, page = set(), 1
        for _, _, text in chosen:
            starts.add(page)
            page += len(document_of([text]).pages)
        found = {part.pages[0] for part in annotate(document).parts}
        right += found == starts
        pages_right += sum((n in found) == (n in starts) for n in range(1, page))
        pages += page - 1
    print(f"packets of three: all splits right {right / tries:.3f}, pages right {pages_right / pages:.3f}")


if __name__ == "__main__":
    main()
