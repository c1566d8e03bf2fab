"""What the check of diagnosis codes is worth: codes beside their words, read off fresh faxes, before and after it.

Run: python -m benchmarks.codes [--seed N] [--pages 2] [--misread]

Of the rows of a page four in five state a code beside words that mean it (benchmarks/icd_phrases.py), the others a code
that is none, or words that mean something else. "wrong" is another value than the page states, without `unclear`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.icd_phrases import DEVELOPMENT, UNSEEN
from benchmarks.ocr import scanned
from codes.agreement import agreement
from codes.diagnosis import check_diagnosis
from codes.icd10cm import icd10cm
from codes.look_alikes import bare_code, dotted
from codes.stated import Stated
from extractors.form.readings import read_blank
from extractors.form.targets import Target
from extractors.form.written import written_words
from extractors.trust import GUESS, words_right
from intake.page import Eyes, open_eyes, read_page
from models.code import Code
from models.code_table import CodeTables
from models.document import Page, Word
from models.evidence import Alternative, Evidence, Provenance, Sourced
from samples import fax
from samples.page import SANS, SERIF, TYPED, Book

LINES = {
    "204x196": fax.Line(dpi_y=196, skew=1.0, specks=0.0004),
    "204x98": fax.Line(dpi_y=98, skew=1.0, specks=0.0004),
    "204x98 worse": fax.Line(dpi_y=98, skew=1.5, specks=0.002, fading=0.2, dropouts=4),
}
ROWS, TOP, LEADING, LEFT, WORDS = 30, 70.0, 22.0, 60.0, 190.0
DAY = dt.date(2026, 9, 11)


@dataclass(frozen=True, slots=True)
class Row:
    """What a row of the page states; `kind` is "sound", "no code" or "other words"."""

    kind: str
    code: str
    text: str


def main() -> None:
    """Print a table a line, and how sure values were."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    arguments.add_argument("--pages", type=int, default=2)
    arguments.add_argument("--misread", action="store_true", help="print every code that was not read right")
    options = arguments.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    eyes, tables = open_eyes(), CodeTables((icd10cm(),))
    print(f"seed {options.seed}")
    _print_agreement(random.Random(options.seed))
    counts: Counter[tuple[str, ...]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for line in LINES:
            for number in range(options.pages):
                rng = random.Random(f"{options.seed}-{line}-{number}")
                for row, leaf, text in _read(Path(folder), line, rng, eyes):
                    checked = check_diagnosis(Stated(leaf, _beside(text), tables, DAY, scanned=True))
                    before, after = _verdict(leaf, row), _verdict(checked.leaf, row)
                    counts.update([("before", line, row.kind, before), ("after", line, row.kind, after)])
                    counts.update([("sure", _band(leaf), before), ("sure after", _band(checked.leaf), after)])
                    counts.update(("flag", row.kind, flag.code) for flag in checked.flags)
                    if options.misread and (before != "right" or after != "right"):
                        said = checked.leaf.value.code if checked.leaf.value else "-"
                        print(f"  {row.kind} {row.code} as '{leaf.as_written}' {before} -> {said} {after}")
    for key, count in sorted(counts.items()):
        print(f"{count:5}  {' / '.join(key)}")


def _print_agreement(rng: random.Random) -> None:
    """How words go with their own code, with one of another chapter, and with another of the same chapter."""
    rows = [(text, _whole(codes[0])) for text, codes in (*DEVELOPMENT, *UNSEEN)]
    counts: Counter[tuple[str, str]] = Counter()
    for text, code in rows:
        counts["its own code", agreement(code, text)] += 1
        for name, near in (("another chapter's", False), ("another of its chapter", True)):
            others = [one for _, one in rows if one[:3] != code[:3] and (one[0] == code[0]) == near]
            if others:
                counts[name, agreement(rng.choice(others), text)] += 1
    for (name, said), count in sorted(counts.items()):
        print(f"{count:5}  words beside {name}: {said}")


def _read(folder: Path, line: str, rng: random.Random, eyes: Eyes) -> Iterator[tuple[Row, Sourced[Code], str | None]]:
    rows = [_row(rng) for _ in range(ROWS)]
    book = Book(folder / "sent.pdf", "Codes")
    sheet = book.sheet("other")
    font, size = rng.choice((SANS, SERIF, TYPED)), rng.choice((9.0, 10.0, 11.0))
    for number, row in enumerate(rows):
        sheet.text(LEFT, TOP + number * LEADING, row.code, font=font, size=size)
        sheet.text(WORDS, TOP + number * LEADING, row.text, font=font, size=size)
    noise = np.random.default_rng(rng.randrange(1 << 30))
    (truth,) = fax.fax(folder / "sent.pdf", folder / "fax.tif", pages=book.save(), line=LINES[line], rng=noise)
    (sent,) = scanned(folder / "fax.tif")
    page = read_page(sent, eyes)
    boxes = [word.box for word in truth.words]
    for row in rows:
        words = len(row.code.split()) + len(row.text.split())
        own, boxes = boxes[:words], boxes[words:]
        code = tuple(word for word in page.words if _on(page, word, own[0].middle[1]) and _left(page, word, own))
        beside = tuple(word for word in page.words if _on(page, word, own[0].middle[1]) and word not in code)
        yield row, _leaf(code), " ".join(word.text for word in beside) or None


def _on(page: Page, word: Word, level: float) -> bool:
    return word.box is not None and abs(page.received(word.box).middle[1] - level) < LEADING / 2


def _left(page: Page, word: Word, own: list) -> bool:  # type: ignore[type-arg]
    return word.box is not None and page.received(word.box).middle[0] < own[1].x0 - 6


def _row(rng: random.Random) -> Row:
    text, codes = rng.choice((*DEVELOPMENT, *UNSEEN))
    table, code = icd10cm(), _whole(codes[0])
    fate = rng.random()
    if fate < 0.8:
        return Row("sound", code, text)
    if fate < 0.9:
        bare = bare_code(code)
        for _ in range(200):
            place = rng.randrange(1, len(bare))
            wrong = dotted(bare[:place] + rng.choice("0123456789") + bare[place + 1 :])
            if table.find(wrong) is None:
                return Row("no code", wrong, text)
    other, others = rng.choice((*DEVELOPMENT, *UNSEEN))
    return Row(
        "other words" if others[0][0] != codes[0][0] else "sound", code, other if others[0][0] != codes[0][0] else text
    )


def _whole(prefix: str) -> str:
    """The first billable code that begins so."""
    table = icd10cm()
    if (entry := table.find(prefix)) is not None and entry.billable:
        return prefix
    node = next((code for code in table.nodes if code.startswith(prefix)), prefix)
    return table.billable_under(node)[0]


def _leaf(words: tuple[Word, ...]) -> Sourced[Code]:
    """The code of a blank as the form's reader states it."""
    written = " ".join(word.text for word in words)
    place = Evidence(document="d1", sha256="0" * 64, page=1, quote=written)
    common: dict[str, Any] = {
        "as_written": written,
        "evidence": (place,),
        "provenance": Provenance(extractor="x", version="1", rule="x"),
    }
    readings = read_blank(Target("diagnoses.code", "diagnosis_code"), (), lambda _: written_words(words))
    found = [one.value for one in readings if isinstance(one.value, Code)]
    sure = round(words_right(words) * 0.98, 3)
    if len(found) != 1:
        return Sourced[Code](value=None, unclear="illegible", confidence=sure, **common)
    if sure < GUESS:
        guess = Alternative[Code](value=found[0], confidence=sure, evidence=(place,))
        return Sourced[Code](value=None, unclear="illegible", confidence=sure, alternatives=(guess,), **common)
    return Sourced[Code](value=found[0], confidence=sure, **common)


def _beside(text: str | None) -> Sourced[str] | None:
    place = Evidence(document="d1", sha256="0" * 64, page=1, quote=text or "")
    source = Provenance(extractor="x", version="1", rule="x")
    return Sourced[str](value=text, confidence=0.9, evidence=(place,), provenance=source) if text else None


def _verdict(leaf: Sourced[Code], row: Row) -> str:
    if leaf.value is None:
        return "unclear"
    return "right" if leaf.value.code == row.code else "wrong"


def _band(leaf: Sourced[Code]) -> str:
    return "none" if leaf.value is None else ">= .9" if leaf.confidence >= 0.9 else "< .9"


if __name__ == "__main__":
    main()
