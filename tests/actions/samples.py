"""A folder of samples with known truth: one native form, whose truth has one value that the page does not say."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

from models.truth import FileTruth, PacketTruth, Paper
from models.truth_json import dump
from samples.demo import ON
from samples.forms import fillable
from samples.page import Book
from samples.stories import back_pain

WRONG = "1901-01-01"


def form_with_truth(folder: Path) -> PacketTruth:
    """Write one packet; the truth of its birth date is another than the page's, so that there is an error to show."""
    (folder / "received").mkdir(parents=True)
    book = Book(folder / "received/form.pdf", "Form")
    fillable.draw(book, back_pain(random.Random(5), ON).case, rng=random.Random(5))
    pages = tuple(
        replace(
            page,
            paper=0,
            values=tuple(
                replace(value, value=WRONG) if value.path == "/patient/birth_date" else value for value in page.values
            ),
        )
        for page in book.save()
    )
    packet = PacketTruth(
        "form.pdf", "fillable", "native-pdf", "us", measuring=False, quality="light",
        papers=(Paper("prior-authorization-form", request=True, signed="signed"),),
        files=(FileTruth("form.pdf", pages),),
    )  # fmt: skip
    (folder / "truth.jsonl").write_text(json.dumps(dump(packet)) + "\n", encoding="utf-8")
    return packet
