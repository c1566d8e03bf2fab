"""Makes a day's mixed batch: `python -m samples.batch OUT --count 100 --seed N` writes the children of OUT/received.

Faxes of both resolutions, native PDFs, mails, folders and ZIPs of several files, told by the demo's stories about other
people, with longer charts; every tenth submission is broken. OUT/batch.json says what each child is.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from models.truth import PageTruth
from samples import broken, fax, mail, stories
from samples.demo import ON
from samples.forms import boxed, fillable, numbered
from samples.letters import laboratory, necessity, note
from samples.page import Book
from samples.stories import Story

_BAD_EVERY = 10
_STORIES = (stories.arthritis, stories.sleep_apnea, stories.back_pain, stories.psoriasis)
# Older visits a chart goes back to, and so its length; the mean makes about seven pages a submission.
_VISITS = (3, 5, 6, 8)


@dataclass(frozen=True, slots=True)
class Child:
    """One submission of the batch: its name, how it arrived, its pages, and whether a person must look at it."""

    name: str
    channel: str
    pages: int
    bad: bool


def make(out: Path, *, count: int = 100, seed: int = 7, on: dt.date = ON) -> tuple[Child, ...]:
    """Write `count` submissions into the folder `out`; the same seed and day give the same bytes (but locked PDFs)."""
    out.mkdir(parents=True, exist_ok=True)
    return tuple(_child(out, number, random.Random(f"{seed}/{number}"), on) for number in range(count))


def _child(out: Path, number: int, rng: random.Random, on: dt.date) -> Child:
    with TemporaryDirectory() as folder:
        pdf = Path(folder) / "chart.pdf"
        story, pages = _chart(pdf, rng, on)
        if number % _BAD_EVERY == _BAD_EVERY - 1:
            name, breaking = broken.KINDS[number // _BAD_EVERY % len(broken.KINDS)]
            (out / f"{number:03d}-{name}").write_bytes(breaking(pdf.read_bytes(), rng))
            return Child(f"{number:03d}-{name}", "broken", 0, bad=True)
        channel, write = _CHANNELS[rng.randrange(len(_CHANNELS))]
        path = write(out / f"{number:03d}-{channel}", pdf, pages, story, rng)
        if channel == "folder" and (twice := rng.random() < 0.5):
            (path / "sent again.tif").write_bytes((path / "fax.tif").read_bytes())
        more = 1 if channel == "mail" else len(pages) if channel == "folder" and twice else 0
        return Child(path.name, channel, len(pages) + more, bad=False)


def _chart(pdf: Path, rng: random.Random, on: dt.date) -> tuple[Story, tuple[PageTruth, ...]]:
    """A request with its note, older notes and a laboratory report."""
    story = rng.choice(_STORIES)(rng, on - dt.timedelta(days=rng.randrange(20)))
    book = Book(pdf, "Prior authorization")
    if story.reasons:
        necessity.draw(book, story.case, rng=rng, reasons=story.reasons)
    elif story.case.drug is not None:
        boxed.draw(book, story.case, rng=rng)
    else:
        rng.choice((numbered, fillable)).draw(book, story.case, rng=rng)
    for visit in range(rng.choice(_VISITS)):
        note.draw(
            book,
            story.case,
            rng=rng,
            part="progress-note",
            title="Progress Note",
            visit_on=story.visit_on - dt.timedelta(days=31 * visit),
            sections=story.sections or (("Assessment and plan", " ".join(story.reasons)),),
        )
    if story.results:
        laboratory.draw(
            book,
            story.case,
            laboratory="Copperfield Reference Laboratory",
            collected_on=story.visit_on - dt.timedelta(days=5),
            results=story.results,
        )
    return story, book.save()


def _faxed(path: Path, pdf: Path, pages: tuple[PageTruth, ...], story: Story, rng: random.Random) -> Path:
    who = story.case.requester
    line = fax.Line(
        dpi_y=rng.choice((196.0, 98.0)),
        skew=0.8,
        specks=0.0002,
        header=f"{story.case.on:%m/%d/%Y} 08:47   {who.organization.upper()}   FAX {who.fax}",
    )
    fax.fax(pdf, path.with_suffix(".tif"), pages=pages, line=line, rng=np.random.default_rng(rng.getrandbits(32)))
    return path.with_suffix(".tif")


def _native(path: Path, pdf: Path, pages: tuple[PageTruth, ...], story: Story, rng: random.Random) -> Path:
    del pages, story, rng
    path.with_suffix(".pdf").write_bytes(pdf.read_bytes())
    return path.with_suffix(".pdf")


def _mailed(path: Path, pdf: Path, pages: tuple[PageTruth, ...], story: Story, rng: random.Random) -> Path:
    del pages
    mail.mail(
        path.with_suffix(".eml"),
        sender=f"{story.case.requester.organization} <office@practice.example.org>",
        subject="Prior authorization request",
        body=f"Hello,\n\nplease find our request attached.\n\nKind regards\n{story.case.requester.contact}\n",
        attachments=(pdf,),
        received_at=dt.datetime.combine(story.case.on, dt.time(rng.randrange(8, 18), 3), tzinfo=dt.UTC),
    )
    return path.with_suffix(".eml")


def _folder(path: Path, pdf: Path, pages: tuple[PageTruth, ...], story: Story, rng: random.Random) -> Path:
    path.mkdir()
    return _faxed(path / "fax", pdf, pages, story, rng).parent


def _zipped(path: Path, pdf: Path, pages: tuple[PageTruth, ...], story: Story, rng: random.Random) -> Path:
    del pages, story, rng
    with zipfile.ZipFile(path.with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("chart.pdf", (2026, 9, 14, 8, 0, 0)), pdf.read_bytes())
    return path.with_suffix(".zip")


_Write = Callable[[Path, Path, tuple[PageTruth, ...], Story, random.Random], Path]
_CHANNELS: tuple[tuple[str, _Write], ...] = (
    ("fax", _faxed),
    ("fax", _faxed),
    ("pdf", _native),
    ("mail", _mailed),
    ("folder", _folder),
    ("zip", _zipped),
)


def main() -> None:
    """Take the folder, the count and the seed from the command line."""
    parser = argparse.ArgumentParser(prog="python -m samples.batch", description=__doc__)
    parser.add_argument("out", type=Path, help="folder that gets received/ and batch.json")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    made = make(arguments.out / "received", count=arguments.count, seed=arguments.seed)
    (arguments.out / "batch.json").write_text(json.dumps([asdict(child) for child in made], indent=1) + "\n")
    print(f"made {len(made)} submissions with {sum(child.pages for child in made)} pages")


if __name__ == "__main__":
    main()
