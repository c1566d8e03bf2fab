"""Freshly made pages of many kinds: forms, letters, prose large and small, tables, capitals, figures, columns."""

from __future__ import annotations

import csv
import functools
import gzip
import os
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2

from models.geometry import Box
from models.parsed import Pixels
from models.truth import PageTruth
from samples import pen, stories
from samples.demo import ON
from samples.fictions import FAMILY, STREETS
from samples.forms import boxed, numbered
from samples.letters import laboratory, necessity, note
from samples.page import BOLD, LETTER, SANS, SERIF, TYPED, Book, Sheet

_STORIES = (stories.arthritis, stories.sleep_apnea, stories.back_pain, stories.psoriasis)
_FONTS = (SANS, SERIF, "Times-Italic", "Courier", BOLD)
_FEWEST_WORDS = 30


def words(rng: random.Random, count: int) -> str:
    """Running text of `count` words: of transcribed notes where TEST_DATA holds them, else of the demo's stories."""
    text = rng.choice(_texts()).split()
    while len(text) < count:
        text += rng.choice(_texts()).split()
    start = rng.randrange(len(text) - count + 1)
    return " ".join(text[start : start + count])


def make(folder: Path, kind: str, rng: random.Random) -> PageTruth:
    """Draw the first page of this kind that has at least thirty words into folder/page.pdf."""
    while True:
        book = Book(folder / "page.pdf", kind)
        KINDS[kind](book, rng)
        truth = book.save()[0]
        if len(truth.words) >= _FEWEST_WORDS:
            return truth


def rendered(pdf: Path, dpi: float, page: int = 0) -> Pixels:
    """One page as grey levels."""
    document = pypdfium2.PdfDocument(pdf)
    bitmap = document[page].render(scale=dpi / 72, grayscale=True)
    pixels = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()
    document.close()
    return np.asarray(pixels, np.uint8)


@functools.cache
def _texts() -> tuple[str, ...]:
    table = Path(os.environ.get("TEST_DATA", "../shared/data")) / "notes" / "mtsamples.csv.gz"
    if not table.is_file():
        made = (story(random.Random(1), ON) for story in _STORIES)
        return tuple(" ".join(text for _, text in story.sections) or " ".join(story.reasons) for story in made)
    with gzip.open(table, "rt", encoding="utf-8", newline="") as lines:
        texts = (row["transcription"] for row in csv.DictReader(lines))
        plain = (text.encode("latin-1", "ignore").decode("latin-1") for text in texts)
        return tuple(text for text in plain if len(text.split()) > 100)


def _prose(book: Book, rng: random.Random, *, size: float, count: int, font: str | None = None) -> Sheet:
    sheet = book.sheet("other")
    face, y = font or rng.choice(_FONTS), 60 + rng.uniform(0, 60)
    left, width = rng.uniform(50, 90), rng.uniform(400, 460)
    while count > 0 and y < 760:
        part = min(count, rng.randrange(20, 90))
        y = sheet.paragraph(left, y, words(rng, part), width=width, font=face, size=size, leading=1.25 * size) + size
        count -= part
    return sheet


def _form(book: Book, rng: random.Random) -> None:
    story = rng.choice(_STORIES)(rng, ON)
    (boxed if story.case.drug else numbered).draw(book, story.case, rng=rng)


def _letter(book: Book, rng: random.Random) -> None:
    story = stories.psoriasis(rng, ON)
    necessity.draw(book, story.case, rng=rng, reasons=story.reasons)


def _note(book: Book, rng: random.Random) -> None:
    story = rng.choice((stories.arthritis, stories.back_pain, stories.sleep_apnea))(rng, ON)
    note.draw(
        book, story.case, rng=rng, part="progress-note", title="Note", visit_on=story.visit_on, sections=story.sections
    )


def _laboratory(book: Book, rng: random.Random) -> None:
    story = stories.arthritis(rng, ON)
    laboratory.draw(book, story.case, laboratory="Harbor Labs", collected_on=story.visit_on, results=story.results)


def _capitals(book: Book, rng: random.Random) -> None:
    sheet, y = book.sheet("other"), 80.0
    font = rng.choice(("Courier", TYPED, SANS))
    for _ in range(rng.randrange(8, 40)):
        sheet.text(60, y, words(rng, rng.randrange(3, 9)).upper()[:70], font=font, size=10)
        y += 16


def _sparse(book: Book, rng: random.Random) -> None:
    sheet, y, left = book.sheet("other"), rng.uniform(60, 400), rng.randrange(30, 61)
    while left > 0 and y < 760:
        count = min(left, rng.randrange(2, 8))
        sheet.text(rng.uniform(50, 120), y, words(rng, count), font=rng.choice(_FONTS), size=rng.uniform(9, 13))
        y, left = y + rng.uniform(16, 40), left - count


def _figures(book: Book, rng: random.Random) -> None:
    sheet, y = book.sheet("other"), 70.0
    for _ in range(rng.randrange(8, 40)):
        for column in range(rng.randrange(4, 7)):
            figure = rng.choice((f"{rng.random() * 900:.2f}", str(rng.randrange(10**6)), f"{rng.random():.3f}"))
            sheet.text(60 + 80 * column, y, figure, font=rng.choice((SANS, "Courier")), size=9.5)
        y += 16


def _table(book: Book, rng: random.Random) -> None:
    sheet = book.sheet("other")
    sheet.centred(60, words(rng, 3), size=13)
    rows, walls = rng.randrange(9, 26), (60, 220, 300, 420, 550)
    for row in range(rows + 1):
        sheet.line(walls[0], 90 + 22 * row, walls[-1], 90 + 22 * row)
    for wall in walls:
        sheet.line(wall, 90, wall, 90 + 22 * rows)
    for row in range(rows):
        cells = (words(rng, 3)[:26], f"{rng.random() * 90:.1f}", "mg/dL", "0.0 - 5.0")
        for left, text in zip(walls, cells, strict=False):
            sheet.text(left + 4, 104 + 22 * row, text, size=9)


def _columns(book: Book, rng: random.Random) -> None:
    sheet = book.sheet("other")
    sheet.centred(50, words(rng, 5)[:50], size=14)
    for left in (54, 318):
        sheet.paragraph(left, 80, words(rng, rng.randrange(150, 330)), width=240, size=9.5, leading=12)


def _landscape(book: Book, rng: random.Random) -> None:
    sheet = book.sheet("other")
    sheet.canvas.setPageSize((LETTER[1], LETTER[0]))
    sheet.width, sheet.height = LETTER[1], LETTER[0]
    sheet.centred(50, words(rng, 5)[:50], x=396, size=14)
    for row in range(rng.randrange(8, 24)):
        for column in range(5):
            sheet.text(50 + 140 * column, 90 + 20 * row, words(rng, 3)[:24], size=9.5)
        sheet.line(46, 94 + 20 * row, 750, 94 + 20 * row, weight=0.4)


def _written(book: Book, rng: random.Random) -> None:
    """Some print, and more by hand: scribbles and italics."""
    sheet = _prose(book, rng, size=11, count=rng.randrange(30, 90))
    for y in range(400, 740, 30):
        pen.sign(sheet, rng.uniform(60, 200), y, rng, width=rng.uniform(60, 300))


def _bands(book: Book, rng: random.Random) -> None:
    sheet, y = book.sheet("other"), 60.0
    while y < 700:
        sheet.band(Box(50, y, 560, y + 18), words(rng, 4)[:50].upper())
        for _ in range(rng.randrange(2, 6)):
            y += 26
            sheet.text(56, y, f"{rng.choice(FAMILY)}: {words(rng, 4)[:60]}", size=9)
            sheet.text(340, y, f"{rng.randrange(9999)} {rng.choice(STREETS)}", size=9)
        y += 16


def _cover(book: Book, rng: random.Random) -> None:
    sheet = book.sheet("fax-cover")
    sheet.text(70, 110, "FAX", font=BOLD, size=48)
    for row, name in enumerate(("To:", "From:", "Fax:", "Phone:", "Pages:", "Date:", "Re:")):
        sheet.text(70, 170 + 30 * row, name, font=BOLD, size=14)
        sheet.text(150, 170 + 30 * row, words(rng, 3)[:40], size=14)
    sheet.paragraph(70, 620, words(rng, rng.randrange(12, 60)), width=470, size=8, leading=10)


KINDS: dict[str, Callable[[Book, random.Random], object]] = {
    "form": _form,
    "letter": _letter,
    "note": _note,
    "laboratory": _laboratory,
    "dense": lambda book, rng: _prose(book, rng, size=9.5, count=700),
    "small": lambda book, rng: _prose(book, rng, size=6.5, count=600),
    "large": lambda book, rng: _prose(book, rng, size=rng.uniform(16, 24), count=rng.randrange(40, 110)),
    "capitals": _capitals,
    "sparse": _sparse,
    "figures": _figures,
    "table": _table,
    "columns": _columns,
    "landscape": _landscape,
    "written": _written,
    "bands": _bands,
    "cover": _cover,
}
