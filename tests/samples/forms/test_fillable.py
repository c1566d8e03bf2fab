from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pikepdf
import pytest

from samples import stories
from samples.forms import boxed, fillable
from samples.page import Book

ON = dt.date(2026, 9, 14)


def test_the_values_are_in_interactive_fields_at_their_places(tmp_path: Path) -> None:
    story = stories.back_pain(random.Random(3), ON)
    book = Book(tmp_path / "form.pdf", "Form")
    fillable.draw(book, story.case, rng=random.Random(3))
    truth = book.save()[0]
    with pikepdf.open(tmp_path / "form.pdf") as pdf:
        fields = {str(f.V): [float(side) for side in f.Rect] for f in pdf.Root.AcroForm.Fields if "/V" in f}
    stated = {value.quote: value.boxes[0] for value in truth.values if value.path.startswith("/patient")}
    assert len(stated) >= 5
    for quote, box in stated.items():
        left, bottom, right, top = fields[quote]
        assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((left, 792 - top, right, 792 - bottom), abs=1)


def test_a_drug_form_needs_a_drug(tmp_path: Path) -> None:
    story = stories.back_pain(random.Random(3), ON)
    with pytest.raises(ValueError, match="asks for a drug"):
        boxed.draw(Book(tmp_path / "form.pdf", "Form"), story.case, rng=random.Random(3))
