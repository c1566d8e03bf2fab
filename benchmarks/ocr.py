"""Words, boxes and marks read off freshly made fax pages, beside `ocrmypdf --deskew --rotate-pages --force-ocr -j2`.

python -m benchmarks.ocr --seed 11 [--cases 4] [--peer ocrmypdf]

Recall and precision compare words as an exact, case-sensitive multiset. Box errors are the largest distance in points
of a side of a word's true box from the side that was read, for words read right (95th percentile, worst).
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import shlex
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from intake.page import Eyes, open_eyes, read_page
from models.document import Page
from models.geometry import Box
from models.parsed import ParsedPage, Pixels, Raster
from models.truth import PageTruth
from samples import fax, stories
from samples.demo import ON
from samples.forms import boxed, numbered
from samples.letters import note
from samples.page import Book

LINES = {
    "204x196": fax.Line(dpi_y=196, skew=1.0, specks=0.0004, header="FROM: 312 555 0100"),
    "204x98": fax.Line(dpi_y=98, skew=1.0, specks=0.0004, header="FROM: 312 555 0100"),
    "hard": fax.Line(dpi_y=196, skew=3.0, specks=0.006, fading=0.25, dropouts=8),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A page with its truth, and the conditions it was made under."""

    line: str
    page: ParsedPage
    truth: PageTruth


def make(folder: Path, *, seed: int, cases: int) -> Iterator[Sample]:
    """Forms and notes about `cases` people over each line."""
    for number in range(cases):
        for name, line in LINES.items():
            rng = random.Random(f"{seed}-{number}-{name}")
            book = Book(folder / "sent.pdf", "Sample")
            story = (stories.arthritis, stories.psoriasis, stories.sleep_apnea, stories.back_pain)[number % 4](rng, ON)
            (boxed if story.case.drug else numbered).draw(book, story.case, rng=rng)
            note.draw(
                book,
                story.case,
                rng=rng,
                part="progress-note",
                title="Note",
                visit_on=story.visit_on,
                sections=story.sections,
            )
            tiff = folder / f"{number}-{name}.tif"
            noise = np.random.default_rng((seed, number, len(name)))
            truths = fax.fax(folder / "sent.pdf", tiff, pages=book.save(), line=line, rng=noise)
            for page, truth in zip(scanned(tiff), truths, strict=True):
                yield Sample(name, page, truth)


def scanned(tiff: Path) -> Iterator[ParsedPage]:
    """The pages of a fax as the sandbox hands them over."""
    with Image.open(tiff) as image:
        for index in range(getattr(image, "n_frames", 1)):
            image.seek(index)
            dpi_x, dpi_y = (float(value) for value in image.info["dpi"])
            pixels: Pixels = np.array(image.convert("L"))
            rows, columns = pixels.shape
            raster = Raster(pixels, dpi_x, dpi_y, stated=True, bilevel=True)
            yield ParsedPage(index + 1, columns / dpi_x * 72, rows / dpi_y * 72, raster, scanned=True)


def shares(truth: Iterable[str], read: Iterable[str]) -> tuple[float, float]:
    """Recall and precision of a multiset of words."""
    wanted, got = Counter(truth), Counter(read)
    hits = sum((wanted & got).values())
    return hits / max(1, sum(wanted.values())), hits / max(1, sum(got.values()))


def box_errors(truth: PageTruth, page: Page) -> list[float]:
    """Distances in points, for the words that were read right, each with the nearest of its like."""
    errors = []
    for word in page.words:
        if word.box is not None:
            box = page.received(word.box)
            likes = [_distance(box, other.box) for other in truth.words if other.text == word.text]
            errors += [min(likes)] if likes and min(likes) < 30 else []
    return errors


def mark_report(truth: PageTruth, page: Page) -> Counter[str]:
    """How many printed boxes were found, judged right, judged wrong or left unclear, and how many boxes are none."""
    report: Counter[str] = Counter()
    found = [(page.received(box.box), box.state) for box in page.checkboxes]
    for mark in truth.marks:
        states = [state for box, state in found if box.covers(*mark.box.middle)]
        expected = "checked" if mark.ticked else "empty"
        judged = "missed" if not states else "right" if states[0] == expected else "wrong"
        report["unclear" if states[:1] == ["unclear"] else judged] += 1
    report["false"] += sum(not any(box.covers(*mark.box.middle) for mark in truth.marks) for box, _ in found)
    return report


def _distance(box: Box, other: Box) -> float:
    pairs = ((box.x0, other.x0), (box.top, other.top), (box.x1, other.x1), (box.bottom, other.bottom))
    return max(abs(a - b) for a, b in pairs)


_EYES: list[Eyes] = []


def _read(page: ParsedPage) -> Page:
    if not _EYES:
        _EYES.append(open_eyes())
    return read_page(page, _EYES[0])


def _ours(samples: list[Sample]) -> tuple[list[Page], float]:
    start = time.monotonic()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pages = pool.map(_read, [sample.page for sample in samples], chunksize=1)
    return pages, time.monotonic() - start


def _peer(samples: list[Sample], program: str, folder: Path) -> tuple[list[list[str]], float]:
    """What the peer reads from the same pages, each embedded at its own resolution."""
    source, target = folder / "all.pdf", folder / "read.pdf"
    canvas = Canvas(str(source))
    for sample in samples:
        assert sample.page.raster is not None
        canvas.setPageSize((sample.page.width, sample.page.height))
        picture = ImageReader(Image.fromarray(sample.page.raster.pixels).convert("1"))
        canvas.drawImage(picture, 0, 0, sample.page.width, sample.page.height)
        canvas.showPage()
    canvas.save()
    command = [
        *shlex.split(program),
        "--deskew",
        "--rotate-pages",
        "--force-ocr",
        "-j2",
        "-q",
        str(source),
        str(target),
    ]
    start = time.monotonic()
    subprocess.run(command, check=True)
    took = time.monotonic() - start
    document = pypdfium2.PdfDocument(target)
    return [page.get_textpage().get_text_range().split() for page in document], took


def _print_ours(samples: list[Sample], pages: list[Page]) -> None:
    for name in LINES:
        mine = [(s.truth, p) for s, p in zip(samples, pages, strict=True) if s.line == name]
        pairs = [
            shares([w.text for w in t.words if w.kind != "handwritten"], [w.text for w in p.words]) for t, p in mine
        ]
        values = [shares([w.text for w in t.words if w.kind == "value"], [w.text for w in p.words])[0]
                  for t, p in mine if any(w.kind == "value" for w in t.words)]  # fmt: skip
        errors = np.array([error for t, p in mine for error in box_errors(t, p)] or [0.0])
        marks: Counter[str] = sum((mark_report(t, p) for t, p in mine), Counter())
        recall, precision = (float(np.mean(side)) for side in zip(*pairs, strict=True))
        print(
            f"{name:8} recall {recall:.3f}  typed values {np.mean(values):.3f}  precision {precision:.3f}  "
            f"boxes p95 {np.percentile(errors, 95):.2f} worst {errors.max():.2f} pt  marks {dict(marks)}"
        )


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, default=11)
    options.add_argument("--cases", type=int, default=4)
    options.add_argument("--peer", help="command of ocrmypdf, to run it on the same pages")
    chosen = options.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    with tempfile.TemporaryDirectory() as name:
        samples = list(make(Path(name), seed=chosen.seed, cases=chosen.cases))
        pages, took = _ours(samples)
        _print_ours(samples, pages)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"ours     {len(pages)} pages, 2 processes, cold: {len(pages) / took:.2f} pages/s, "
              f"{(used.ru_utime + used.ru_stime) / len(pages):.2f} CPU s/page")  # fmt: skip
        if chosen.peer:
            read, took = _peer(samples, chosen.peer, Path(name))
            for line in LINES:
                recalls = [shares([w.text for w in s.truth.words if w.kind != "handwritten"], r)[0]
                           for s, r in zip(samples, read, strict=True) if s.line == line]  # fmt: skip
                print(f"{line:8} peer recall {np.mean(recalls):.3f}")
            print(f"peer     {len(read) / took:.2f} pages/s")


if __name__ == "__main__":
    main()
