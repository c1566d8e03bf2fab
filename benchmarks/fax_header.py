"""How well the lines of fax machines are read and kept apart: `python -m benchmarks.fax_header [SEEDS]` (default 1).

Pages of the samples are faxed at 204x98 and 204x196, each with the line of each maker in `samples.envelope.STYLES`,
with three degrees of noise. One page at a time, so that nothing is known from the other pages of a fax.
*right*: the line's time, number, page, count and sender as told; *wrong*: another; *missed*: none. *left*: words of the
line that stayed in the page's text; *lost*: words of the page that went with the line. Then pages without a line (the
same, turned ones, and the cases and faxes of TEST_DATA where they are there), how many have a "line", and pages that
are sent twice with another line, how many are known again, beside forms that differ in one value.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pypdfium2
from PIL import Image
from rapidfuzz import fuzz

from assembly.repeats import find_repeats
from intake.document import build_document
from intake.fax_header import part_headers
from intake.page import Eyes, open_eyes, read_page
from models.document import Document, FaxHeader, Page
from models.parsed import ParsedFile, ParsedPage, Pixels, Raster
from samples import fax, stories
from samples.envelope import STYLES, Sending, Style, header_line, stamped
from samples.forms import boxed, numbered
from samples.letters import laboratory, note
from samples.page import Book

ON = dt.date(2026, 9, 14)
DPIS = (98.0, 196.0)
NOISE = (0.0, 0.0005, 0.002)
SENDERS = (
    ("Lakeview Rheumatology", "2165550192"),
    ("St. Brendan Family Medicine", "3125550148"),
    ("Castellane MD", "6145550107"),
)
# A sender's name counts as read from this similarity (0..100) on: one or two letters may be wrong.
_NAMED = 85.0


def main() -> None:
    """Print a line a style, then the sums, the false alarms and the repeats."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    eyes = open_eyes()
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    sums: Counter[str] = Counter()
    for style in STYLES:
        counts: Counter[str] = Counter()
        for seed in range(seeds):
            counts += _style(style, seed, eyes)
        print(f"{style.name:20}", _line(counts), flush=True)
        sums += counts
    print(f"{'all':20}", _line(sums))
    _print_false_alarms(eyes)
    _print_repeats(eyes)


def _line(counts: Counter[str]) -> str:
    told = counts["right"] + counts["wrong"] + counts["missed"]
    parts = (
        f"{counts['pages']:4} pages",
        f"{counts['found'] / counts['pages']:6.1%} found",
        f"{told:5} facts {counts['right'] / told:6.1%} right {counts['wrong']:3} wrong {counts['missed']:3} missed",
        f"{counts['left']:3} left {counts['lost']:3} lost",
    )
    return "  ".join(parts)


def _style(style: Style, seed: int, eyes: Eyes) -> Counter[str]:
    counts: Counter[str] = Counter()
    rng = random.Random(f"{style.name}{seed}")
    for dpi in DPIS:
        sheets = _sheets(seed, dpi)
        for noise in NOISE:
            sheet = rng.choice(sheets)
            name, number = rng.choice(SENDERS)
            at = dt.datetime(2026, rng.randint(1, 12), rng.randint(1, 28), rng.randint(0, 23), rng.randint(0, 59), 15)  # noqa: DTZ001
            sending = Sending(name, number, "8005550100", at, rng.randint(2, 40))
            number_of_page = rng.randint(1, sending.pages)
            line = header_line(style, sending, number_of_page)
            pixels = _noisy(stamped(sheet, line, dpi=(fax.DPI_X, dpi), style=style), noise, seed)
            page = _read(pixels, dpi, eyes)
            bare = _read(_noisy(sheet, noise, seed), dpi, eyes)
            counts += _judged(page, bare, style, sending, page_number=number_of_page)
    return counts


def _judged(page: Page, bare: Page, style: Style, sending: Sending, *, page_number: int) -> Counter[str]:
    parted = part_headers([page])[0]
    counts = Counter({"pages": 1, "found": len(parted.fax_headers[:1])})
    header = parted.fax_headers[0] if parted.fax_headers else None
    wanted: dict[str, object] = {
        "sender": sending.sender,
        "number": sending.number,
        "at": sending.at.replace(second=0),
        "page": page_number,
        "of": sending.pages,
    }
    for fact in style.tells:
        counts[_verdict(header, fact, wanted[fact])] += 1
    strip = [word for word in parted.words if word.box and parted.received(word.box).middle[1] < 20]
    counts["left"] = len(strip) if header is None else sum(len(word.text) > 1 for word in strip)
    counts["lost"] = max(0, _low(bare) - _low(parted))
    return counts


def _low(page: Page) -> int:
    return sum(word.box is not None and 20 < page.received(word.box).middle[1] < 120 for word in page.words)


def _verdict(header: FaxHeader | None, fact: str, wanted: object) -> str:
    told: object = None
    if header is not None:
        told = header.sent_at if fact == "at" else getattr(header, fact)
    if told is None:
        return "missed"
    if isinstance(told, dt.datetime):
        readings = [told, header.swapped_at if header else None]
        plain = [each.replace(tzinfo=None, second=0) for each in readings if each is not None]
        return "right" if wanted in plain else "wrong"
    if fact == "sender":
        return "right" if fuzz.ratio(str(told).lower(), str(wanted).lower()) >= _NAMED else "wrong"
    return "right" if told == wanted else "wrong"


def _sheets(seed: int, dpi: float, *, drug: str = "") -> tuple[Pixels, ...]:
    """Two forms, a note and a laboratory report as a fax brings them, without a line."""
    rng = random.Random(f"{seed}{drug}")
    first, second = stories.arthritis(rng, ON), stories.sleep_apnea(rng, ON)
    with TemporaryDirectory() as folder:
        book = Book(Path(folder) / "sent.pdf", "Fax")
        boxed.draw(book, first.case, rng=rng)
        numbered.draw(book, second.case, rng=rng)
        note.draw(
            book,
            first.case,
            rng=rng,
            part="progress-note",
            title="Progress Note",
            visit_on=first.visit_on,
            sections=first.sections,
        )
        laboratory.draw(
            book, first.case, laboratory="Copperfield Laboratory", collected_on=first.visit_on, results=first.results
        )
        line = fax.Line(dpi_y=dpi, skew=0.8, specks=0.0)
        tiff = Path(folder) / "sent.tif"
        fax.fax(Path(folder) / "sent.pdf", tiff, pages=book.save(), line=line, rng=np.random.default_rng(seed))
        return tuple(_frames(tiff))


def _frames(tiff: Path) -> Iterator[Pixels]:
    with Image.open(tiff) as image:
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            yield np.array(image.convert("L"))


def _noisy(pixels: Pixels, share: float, seed: int) -> Pixels:
    flipped = np.random.default_rng(seed).random(pixels.shape) < share
    return np.where(flipped, 255 - pixels, pixels).astype(np.uint8)


def _read(pixels: Pixels, dpi: float, eyes: Eyes, *, number: int = 1) -> Page:
    height, width = pixels.shape
    raster = Raster(pixels, fax.DPI_X, dpi, stated=True, bilevel=True)
    page = ParsedPage(number, width / fax.DPI_X * 72, height / dpi * 72, raster, scanned=True)
    return read_page(page, eyes)


def _print_false_alarms(eyes: Eyes) -> None:
    pages = alarms = 0
    for name, pixels, dpi in _without_line():
        found = part_headers([_read(pixels, dpi, eyes)])[0].fax_headers
        pages += 1
        alarms += bool(found)
        if found:
            print(f"  taken for a line on {name}: {len(found[0].words)} words")
    print(f"pages without a line: {pages}, taken for one: {alarms}")


def _without_line() -> Iterator[tuple[str, Pixels, float]]:
    for dpi in DPIS:
        for number, sheet in enumerate(_sheets(50, dpi)):
            yield f"sample {number}", sheet, dpi
            yield f"sample {number} upside down", np.ascontiguousarray(sheet[::-1, ::-1]), dpi
    data = Path(os.environ.get("TEST_DATA", "../shared/data"))
    for pdf in sorted(data.glob("cases/**/*.pdf")):
        with pypdfium2.PdfDocument(pdf) as document:
            for number, page in enumerate(document, 1):
                bitmap = page.render(scale=fax.DPI_X / 72, grayscale=True)
                grey = bitmap.to_numpy().reshape(bitmap.height, bitmap.width)
                yield f"{pdf.name} page {number}", np.where(grey < 150, 0, 255).astype(np.uint8), fax.DPI_X


def _print_repeats(eyes: Eyes) -> None:
    """Every page again with another line and other noise; and the same papers of other patients."""
    counts: Counter[str] = Counter()
    for dpi in DPIS:
        first = _document(_sheets(70, dpi), dpi, eyes, identifier="d1", style=STYLES[0], noise=1)
        second = _document(_sheets(70, dpi), dpi, eyes, identifier="d2", style=STYLES[3], noise=2)
        other = _document(_sheets(71, dpi), dpi, eyes, identifier="d3", style=STYLES[0], noise=3)
        again = find_repeats((first, second))
        counts["again"] += len(second.pages)
        counts["printed"] += sum(not any(region.kind == "pen" for region in page.ink) for page in first.pages)
        counts["known"] += sum(repeat.page == repeat.first_page for repeat in again)
        counts["wrong"] += sum(repeat.page != repeat.first_page for repeat in again)
        counts["others"] += len(other.pages)
        counts["wrong"] += len(find_repeats((first, other)))
    print(
        f"pages sent again: {counts['again']} ({counts['printed']} without a pen's mark), known: {counts['known']}; "
        f"papers of other patients: {counts['others']}, taken for repeats: {counts['wrong']}"
    )


def _document(
    sheets: Sequence[Pixels], dpi: float, eyes: Eyes, *, identifier: str, style: Style, noise: int
) -> Document:
    sending = Sending(*SENDERS[0], "8005550100", dt.datetime(2026, 9, 14, 8, 47), len(sheets))  # noqa: DTZ001
    pages = [
        _read(
            _noisy(
                stamped(sheet, header_line(style, sending, number), dpi=(fax.DPI_X, dpi), style=style), 0.0002, noise
            ),
            dpi,
            eyes,
            number=number,
        )
        for number, sheet in enumerate(sheets, 1)
    ]
    parsed = ParsedFile(identifier, identifier, None, identifier * 32, "image/tiff", len(pages), iter(()))
    return build_document(identifier, parsed, pages)


if __name__ == "__main__":
    main()
