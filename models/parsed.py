"""What the sandbox hands over: validated pixels and vectors, and no byte of the file itself.

Boxes are in the received frame (see `models.geometry`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from models.geometry import Box
from models.problem import FileCode, Problem

Pixels = npt.NDArray[np.uint8]
HiddenReason = Literal["invisible", "off-page", "tiny", "covered", "paper-coloured", "garbled"]


@dataclass(frozen=True, slots=True)
class Raster:
    """A page image: grey levels, shape (rows, columns), 0 black .. 255 white.

    `dpi_x` and `dpi_y` may differ (a fax has 204 x 98 or 204 x 196); `stated` tells whether the file said so or
    we assumed it. Pixel (column c, row r) lies at (c / dpi_x * 72, r / dpi_y * 72) points. `bilevel` marks scans
    of one bit a pixel.
    """

    pixels: Pixels
    dpi_x: float
    dpi_y: float
    stated: bool
    bilevel: bool = False


@dataclass(frozen=True, slots=True)
class VectorWord:
    """A word of a text layer, or typed over it (form fields, notes), in the file's order.

    `box` is the ink's, in points, received frame. `hidden` says why the word cannot be seen as it stands in the file:
    drawn invisibly, outside the page or clipped away, in letters too small to read, under something painted later, in
    the colour of what is under it; or that its characters do not tell what is drawn (`garbled`).
    """

    text: str
    box: Box
    hidden: HiddenReason | None = None


@dataclass(frozen=True, slots=True)
class FormFieldValue:
    """A filled field of an interactive form (AcroForm).

    `name` is the fully qualified field name, `label` its tooltip (/TU) where there is one. `checked` is set for
    buttons only; `value` is the text of text and choice fields, or the option that a button stands for, chosen or not.
    """

    name: str
    label: str | None
    kind: Literal["text", "choice", "checkbox", "radio", "signature"]
    value: str
    checked: bool | None
    box: Box


@dataclass(frozen=True, slots=True)
class Annotation:
    """Something laid over the page after it was made: pen strokes, a stamp, a typed note.

    It is already part of the pixels, and its words are among the page's words.
    """

    kind: Literal["ink", "stamp", "freetext", "other"]
    box: Box
    text: str = ""


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """One page of a file.

    `number` counts from 1; `width` and `height` are points in the received frame. `raster` is None for plain text only.
    `scanned` says that the page is one image of a scanner or fax (its text layer, if any, is someone's OCR).
    `plain` is the page's text for media without geometry (mail bodies, text files).
    `damaged` pages carry no content, only their problem.
    """

    number: int
    width: float
    height: float
    raster: Raster | None
    scanned: bool = False
    words: tuple[VectorWord, ...] = ()
    form_fields: tuple[FormFieldValue, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    plain: str | None = None
    damaged: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class FaxRecord:
    """What a fax server or a fax-to-mail gateway says about one fax.

    `file` is the name of the fax's file, where it is told. Times are naive where no zone is named: `received_at` by the
    clock of the plan's own server (`swapped_at`: with day and month exchanged, where the text allows both), `sent_at`
    by the sender's. `number` (the sender's) and `to` are digits, without the
    1 of North America; `csid` is what the sending machine calls itself, `sender` a name from the server's address book.
    `pages` counts what the server took in.
    """

    file: str | None = None
    received_at: dt.datetime | None = None
    sent_at: dt.datetime | None = None
    number: str | None = None
    to: str | None = None
    csid: str | None = None
    sender: str | None = None
    pages: int | None = None
    swapped_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """What came around a file's content: when a mail came in, and what a server says about the faxes beside it.

    `received_at` is a mail's topmost Received header, `sent_at` the sender's Date; naive where no zone is named.
    """

    received_at: dt.datetime | None = None
    sent_at: dt.datetime | None = None
    faxes: tuple[FaxRecord, ...] = ()
    sender: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """One leaf of a received file: itself, or a document inside a container.

    `path` follows the contract ("mail.eml/2/scan.pdf"); `parent` is the path of the container or None. `pages` yields
    each page once, as the sandbox delivers them, so that a long fax never lies in memory as a whole; it must be used up
    before the next file of the same submission is asked for. `page_count` is 0 for containers and the sidecars of fax
    servers; `envelope` is set for mails and sidecars.
    """

    path: str
    filename: str
    parent: str | None
    sha256: str
    media_type: str
    page_count: int
    pages: Iterator[ParsedPage] = field(repr=False)
    problems: tuple[Problem, ...] = ()
    envelope: Envelope | None = None


@dataclass(frozen=True, slots=True)
class RejectedFile:
    """A file, or a leaf of a container, of which no page could be read: why, and a sentence for its sender."""

    path: str
    filename: str
    parent: str | None
    sha256: str
    code: FileCode
    message: str
