"""Makes the paperwork of the demo: `python -m samples.demo OUT --seed N`
writes four files into OUT/received and OUT/truth.json.

Two faxes (204x196 and 204x98), a fillable PDF and an e-mail with a letter; each has its story in `samples.stories`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from models.truth import FileTruth, PageTruth
from samples import fax, mail, stories
from samples.forms import boxed, fillable, numbered
from samples.letters import laboratory, necessity, note
from samples.page import Book
from samples.stories import Story

ON = dt.date(2026, 9, 14)


def make(out: Path, *, seed: int = 7, on: dt.date = ON) -> tuple[FileTruth, ...]:
    """Write the four files into the folder `out`; the same seed and day give the same bytes."""
    out.mkdir(parents=True, exist_ok=True)
    return (
        _faxed_packet(out / "fax-arthritis.tif", stories.arthritis(random.Random(f"{seed}a"), on), seed=seed),
        _coarse_fax(out / "fax-sleep-apnea.tif", stories.sleep_apnea(random.Random(f"{seed}b"), on), seed=seed),
        _native_form(out / "form-back-pain.pdf", stories.back_pain(random.Random(f"{seed}c"), on), seed=seed),
        _mailed_letter(out / "mail-psoriasis.eml", stories.psoriasis(random.Random(f"{seed}d"), on), seed=seed),
    )


def _faxed_packet(tiff: Path, story: Story, *, seed: int) -> FileTruth:
    """Form, progress note and laboratory report over a fine line."""
    rng = random.Random(f"{seed}ap")
    with TemporaryDirectory() as folder:
        book = Book(Path(folder) / "sent.pdf", "Fax")
        boxed.draw(book, story.case, rng=rng)
        _note(book, story, rng=rng, part="progress-note", title="Progress Note")
        collected = story.visit_on - dt.timedelta(days=5)
        laboratory.draw(
            book,
            story.case,
            laboratory="Copperfield Reference Laboratory",
            collected_on=collected,
            results=story.results,
        )
        line = fax.Line(dpi_y=196, skew=0.9, header=_header(story, "08:47"))
        pages = fax.fax(
            Path(folder) / "sent.pdf", tiff, pages=book.save(), line=line, rng=np.random.default_rng((seed, 1))
        )
    return _truth(tiff, story, pages)


def _coarse_fax(tiff: Path, story: Story, *, seed: int) -> FileTruth:
    """Form and progress note over a standard line."""
    rng = random.Random(f"{seed}bp")
    with TemporaryDirectory() as folder:
        book = Book(Path(folder) / "sent.pdf", "Fax")
        numbered.draw(book, story.case, rng=rng)
        _note(book, story, rng=rng, part="progress-note", title="Office Visit")
        line = fax.Line(dpi_y=98, skew=0.6, specks=0.0002, header=_header(story, "16:20"))
        pages = fax.fax(
            Path(folder) / "sent.pdf", tiff, pages=book.save(), line=line, rng=np.random.default_rng((seed, 2))
        )
    return _truth(tiff, story, pages)


def _native_form(pdf: Path, story: Story, *, seed: int) -> FileTruth:
    """A filled PDF form with its history and physical, never printed."""
    rng = random.Random(f"{seed}cp")
    book = Book(pdf, "Prior Authorization Form")
    fillable.draw(book, story.case, rng=rng)
    _note(book, story, rng=rng, part="history-and-physical", title="History and Physical")
    return _truth(pdf, story, book.save())


def _mailed_letter(eml: Path, story: Story, *, seed: int) -> FileTruth:
    """A letter of medical necessity attached to a mail."""
    case, rng = story.case, random.Random(f"{seed}dp")
    with TemporaryDirectory() as folder:
        pdf = Path(folder) / "letter.pdf"
        book = Book(pdf, "Letter of Medical Necessity")
        necessity.draw(book, case, rng=rng, reasons=story.reasons)
        pages = book.save()
        mail.mail(
            eml,
            sender=f"{case.requester.organization} <office@practice.example.org>",
            subject="Prior authorization request",
            body="Hello,\n\nplease find our request for a specialty drug attached. "
            "The visit note will follow by fax.\n\n"
            f"Kind regards\n{case.requester.contact}\n{case.requester.organization}\n",
            attachments=(pdf,),
            received_at=dt.datetime.combine(case.on, dt.time(14, 3), tzinfo=dt.UTC),
        )
    return FileTruth(f"{eml.name}/1/letter.pdf", pages, story.absent, story.defects)


def _note(book: Book, story: Story, *, rng: random.Random, part: str, title: str) -> None:
    note.draw(book, story.case, rng=rng, part=part, title=title, visit_on=story.visit_on, sections=story.sections)


def _header(story: Story, at: str) -> str:
    who = story.case.requester
    return f"{story.case.on:%m/%d/%Y} {at}   {who.organization.upper()}   FAX {who.fax}"


def _truth(path: Path, story: Story, pages: tuple[PageTruth, ...]) -> FileTruth:
    return FileTruth(path.name, pages, story.absent, story.defects)


def _plain(truths: tuple[FileTruth, ...]) -> str:
    """The truth as JSON, boxes as [x0, top, x1, bottom] rounded to hundredths of a point."""

    def corners(value: object) -> object:
        if isinstance(value, dict):
            if value.keys() == {"x0", "top", "x1", "bottom"}:
                return [round(side, 2) for side in value.values()]
            return {key: corners(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [corners(item) for item in value]
        return value

    return json.dumps([corners(asdict(truth)) for truth in truths], indent=1) + "\n"


def main() -> None:
    """Take the folder and the seed from the command line."""
    parser = argparse.ArgumentParser(prog="python -m samples.demo", description=__doc__)
    parser.add_argument("out", type=Path, help="folder that gets received/ and truth.json")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    received = arguments.out / "received"
    truths = make(received, seed=arguments.seed)
    (arguments.out / "truth.json").write_text(_plain(truths))
    print(f"made {len(truths)} files in {received}")


if __name__ == "__main__":
    main()
