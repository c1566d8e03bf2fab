"""The ways in which paperwork comes: by fax, as scans, photos, files and mails, each from the same PDF of an office."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from models.geometry import Affine
from models.truth import FileTruth, PageTruth
from samples import envelope, fax, mail, photo, wear
from samples.case import Case

Quality = Literal["light", "hard"]
Pixels = fax.Pixels
_SCAN_DPI = 300.0


@dataclass(frozen=True, slots=True)
class Parcel:
    """What an office sends: its PDF, the truth of the pages, whose case it is, and how good the way is."""

    pdf: Path
    pages: tuple[PageTruth, ...]
    case: Case
    quality: Quality

    @property
    def hard(self) -> bool:
        """Whether the way is a bad one."""
        return self.quality == "hard"


def fine_fax(parcel: Parcel, to: Path, rng: random.Random) -> tuple[FileTruth, ...]:
    """204 x 196, a TIFF."""
    return _faxed(parcel, to, rng, dpi_y=196.0)


def coarse_fax(parcel: Parcel, to: Path, rng: random.Random) -> tuple[FileTruth, ...]:
    """204 x 98, a TIFF."""
    return _faxed(parcel, to, rng, dpi_y=98.0)


def scan(parcel: Parcel, to: Path, rng: random.Random) -> tuple[FileTruth, ...]:
    """300 dots an inch, a PDF of pictures without a text layer."""
    file = to.with_suffix(".pdf")
    return (FileTruth(file.name, _scanned(parcel, file, rng)),)


def photos(parcel: Parcel, to: Path, rng: random.Random) -> tuple[FileTruth, ...]:
    """A folder of photos, one a page; their places are in pixels, for the files state no resolution."""
    to.mkdir()
    generator = _generator(rng)
    files = []
    for number, (grey, truth) in enumerate(zip(_rendered(parcel.pdf, 200.0), parcel.pages, strict=True), 1):
        name = f"IMG_{2000 + number}.jpg"
        shot = photo.Shot(
            tilt=rng.uniform(4, 9) if not parcel.hard else rng.uniform(9, 15),
            roll=rng.uniform(1, 4),
            table=rng.choice(("dark", "wood", "grey")),
            shadow=0.3 if parcel.hard else 0.12,
            noise=5.0 if parcel.hard else 2.5,
            blur=1.4 if parcel.hard else 0.9,
            orientation=rng.choice((1, 1, 6)),
        )
        files.append(FileTruth(name, (photo.photograph(grey, truth, to / name, shot=shot, rng=generator),)))
    return tuple(files)


def native(parcel: Parcel, to: Path, rng: random.Random) -> tuple[FileTruth, ...]:
    """The office's own PDF, with its text and fields."""
    del rng
    file = to.with_suffix(".pdf")
    file.write_bytes(parcel.pdf.read_bytes())
    return (FileTruth(file.name, parcel.pages),)


def mailed(parcel: Parcel, to: Path, rng: random.Random) -> tuple[FileTruth, ...]:
    """A mail with the PDF attached, scanned or as it is."""
    case, file = parcel.case, to.with_suffix(".eml")
    attached = to.with_name(f"{rng.choice(('request', 'scan0001', 'PA request', 'documents'))}.pdf")
    pages = _scanned(parcel, attached, rng) if rng.random() < 0.4 else parcel.pages
    if not attached.exists():
        attached.write_bytes(parcel.pdf.read_bytes())
    mail.mail(
        file,
        sender=f"{case.requester.organization} <office@practice.example.org>",
        subject=rng.choice(("Prior authorization request", "PA request, documents attached", "Authorization")),
        body=rng.choice(_BODIES).format(contact=case.requester.contact, organization=case.requester.organization),
        attachments=(attached,),
        received_at=dt.datetime.combine(case.on, dt.time(rng.randrange(8, 18), rng.randrange(60)), tzinfo=dt.UTC),
    )
    attached.unlink()
    return (FileTruth(f"{file.name}/1/{attached.name}", pages),)


_BODIES = (
    "Hello,\n\nplease find our request attached.\n\nKind regards\n{contact}\n{organization}\n",
    "Good morning,\n\nattached are the form and the chart notes. Let us know if anything else is needed.\n\n"
    "Thank you,\n{contact}\n",
    "See attached.\n\n{contact}\n{organization}\n",
)
Channel = Callable[[Parcel, Path, random.Random], tuple[FileTruth, ...]]
CHANNELS: dict[str, Channel] = {
    "fax-204x196": fine_fax,
    "fax-204x98": coarse_fax,
    "scan-300": scan,
    "photo": photos,
    "native-pdf": native,
    "mail": mailed,
}


def _faxed(parcel: Parcel, to: Path, rng: random.Random, *, dpi_y: float) -> tuple[FileTruth, ...]:
    who, file = parcel.case.requester, to.with_suffix(".tif")
    at = dt.datetime.combine(parcel.case.on, dt.time(rng.randrange(7, 20), rng.randrange(60)))
    sending = envelope.Sending(who.organization[:28], who.fax, "UM INTAKE", at, len(parcel.pages))
    style = rng.choice(envelope.STYLES)
    noise = rng.uniform(0.001, 0.003) if parcel.hard else rng.uniform(0.0001, 0.0005)
    line = fax.Line(
        dpi_y=dpi_y,
        skew=2.2 if parcel.hard else 0.8,
        specks=noise if dpi_y > 100 else noise / 2,
        fading=0.3 if parcel.hard else 0.0,
        dropouts=5 if parcel.hard else 1,
    )

    def stamp(page: Pixels, number: int) -> Pixels:
        text = envelope.header_line(style, sending, number)
        return envelope.stamped(page, text, dpi=(fax.DPI_X, dpi_y), style=style)

    pages = fax.fax(
        parcel.pdf,
        file,
        pages=parcel.pages,
        line=line,
        rng=_generator(rng),
        wear=wear.some(rng, hard=parcel.hard),
        stamp=stamp if rng.random() < 0.85 else None,
    )
    return (FileTruth(file.name, pages),)


def _scanned(parcel: Parcel, file: Path, rng: random.Random) -> tuple[PageTruth, ...]:
    """Pages laid on the glass a little askew, as JPEG in a PDF; the places of their words on the received pages."""
    canvas = Canvas(str(file), invariant=1)
    generator, damage = _generator(rng), wear.some(rng, hard=parcel.hard)
    moved = []
    for grey, truth in zip(_rendered(parcel.pdf, _SCAN_DPI), parcel.pages, strict=True):
        angle = float(generator.uniform(-1.5, 1.5) if parcel.hard else generator.uniform(-0.4, 0.4))
        page, way = _turned(wear.worn(grey, truth, wear=damage, rng=generator), truth, angle)
        page = np.clip(page + wear.grain(page.shape, 4.0, generator), 0, 255).astype(np.uint8)
        canvas.setPageSize((truth.width, truth.height))
        canvas.drawImage(ImageReader(_jpeg(page)), 0, 0, truth.width, truth.height)
        canvas.showPage()
        moved.append(truth.moved(way, width=truth.width, height=truth.height))
    canvas.save()
    return tuple(moved)


def _turned(grey: Pixels, truth: PageTruth, angle: float) -> tuple[Pixels, Affine]:
    scale = grey.shape[1] / truth.width
    middle = truth.width / 2, truth.height / 2
    way = Affine.moving(-middle[0], -middle[1]).then(Affine.turning(angle)).then(Affine.moving(*middle))
    pixels = Affine.scaling(1 / scale, 1 / scale).then(way).then(Affine.scaling(scale, scale))
    matrix = np.array([[pixels.a, pixels.b, pixels.c], [pixels.d, pixels.e, pixels.f]], dtype=np.float64)
    size = (grey.shape[1], grey.shape[0])
    return np.asarray(cv2.warpAffine(grey, matrix, size, flags=cv2.INTER_LINEAR, borderValue=(250.0,)), np.uint8), way


def _jpeg(page: Pixels) -> io.BytesIO:
    out = io.BytesIO()
    Image.fromarray(page).save(out, "JPEG", quality=78)
    out.seek(0)
    return out


def _rendered(pdf: Path, dpi: float) -> Iterator[Pixels]:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    for page in document:
        bitmap = page.render(scale=dpi / 72, grayscale=True, may_draw_forms=True)
        yield bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()
        page.close()
    document.close()


def _generator(rng: random.Random) -> np.random.Generator:
    return np.random.default_rng(rng.getrandbits(63))
