"""What a reader says about a file, before anyone has checked it.

Readers run in the throw-away child of `sandbox/`. They use plain Python values here, so that the child starts fast
(no numpy, no pydantic); the parent checks every one of them before it becomes a value of `models.parsed`.
Places are points in the received frame, as (x0, top, x1, bottom).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

Corners = tuple[float, float, float, float]
FieldKind = Literal["text", "choice", "checkbox", "radio", "signature"]
AnnotationKind = Literal["ink", "stamp", "freetext", "other"]
HiddenReason = Literal["invisible", "off-page", "tiny", "covered", "paper-coloured", "garbled"]


class Unreadable(Exception):
    """A file or page cannot be read; `code` is one of `models.problem.FileCode` as text."""

    def __init__(self, code: str) -> None:
        """Take the code alone: words of the document have no place in an error."""
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read, and how much at most: pages a file, pixels, points a side and words a page, bytes that
    streams may inflate to, documents in a container, bytes of one of them and of all. `filename` and `media_type` are
    those under which the file goes. `careful`: the number of a page on which a reader has died before, to be read in
    the plainest way; 0 for none.
    """

    dpi: float = 200.0
    pages: int = 1000
    pixels: int = 40_000_000
    points: float = 14_400.0
    words: int = 50_000
    inflated: int = 256 << 20
    leaves: int = 200
    leaf_bytes: int = 100_000_000
    unpacked: int = 500_000_000
    filename: str = ""
    media_type: str = ""
    careful: int = 0


@dataclass(frozen=True, slots=True)
class RawRaster:
    """A page image: one byte a pixel, 0 black .. 255 white, rows top down without padding."""

    columns: int
    rows: int
    dpi_x: float
    dpi_y: float
    stated: bool
    bilevel: bool
    pixels: bytes = field(repr=False)


class RawWord(NamedTuple):
    """A word of a text layer, the box of its ink, and why it cannot be seen; see `models.parsed.VectorWord`."""

    text: str
    box: Corners
    hidden: HiddenReason | None = None


@dataclass(frozen=True, slots=True)
class RawField:
    """A field of an interactive form; see `models.parsed.FormFieldValue`."""

    name: str
    label: str | None
    kind: FieldKind
    value: str
    checked: bool | None
    box: Corners


@dataclass(frozen=True, slots=True)
class RawAnnotation:
    """Something laid over a page; see `models.parsed.Annotation`."""

    kind: AnnotationKind
    box: Corners
    text: str


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page; see `models.parsed.ParsedPage`. Width and height in points.

    `torn` says that a part of its picture is damaged and could not be read.
    """

    width: float
    height: float
    raster: RawRaster | None = None
    scanned: bool = False
    words: tuple[RawWord, ...] = ()
    fields: tuple[RawField, ...] = ()
    annotations: tuple[RawAnnotation, ...] = ()
    plain: str | None = None
    torn: bool = False


@dataclass(frozen=True, slots=True)
class RawLeaf:
    """A document inside a container; `body` marks the text of a mail itself, `inline` a picture that stands in it.

    `refused` is the file code of a document that is known to be there but cannot be handed out (a locked entry of an
    archive); `content` is then what there is of it, or empty.
    """

    filename: str
    media_type: str
    body: bool
    content: bytes = field(repr=False)
    inline: bool = False
    refused: str | None = None


class PageSource(Protocol):
    """An opened file that has pages."""

    @property
    def page_count(self) -> int:
        """How many pages the file says it has."""

    @property
    def notes(self) -> tuple[str, ...]:
        """File codes of things worth telling that did not stop the reading (F015)."""

    def page(self, number: int) -> RawPage:
        """Read page `number` (from 1). Unreadable, or any exception of a decoder: this page is lost."""


class PagesAndLeaves(PageSource, Protocol):
    """An opened file that has pages and holds other files besides (a PDF portfolio).

    It says so by the note "files". The same reader is then asked for its leaves in a child of its own, after the pages.
    """

    @property
    def received_at(self) -> str | None:
        """None."""

    @property
    def sent_at(self) -> str | None:
        """None."""

    def leaves(self) -> Iterator[RawLeaf]:
        """The documents inside, in order."""


class LeafSource(Protocol):
    """An opened file that holds other files."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What is worth telling (`sandbox.notes`): a message that has to be fetched elsewhere. May be left out."""

    @property
    def sender(self) -> str | None:
        """The address that a mail says it is from, alone. May be left out."""

    @property
    def received_at(self) -> str | None:
        """When it came in, ISO 8601 (mail: the topmost Received header)."""

    @property
    def sent_at(self) -> str | None:
        """When its sender says it was sent, ISO 8601."""

    def leaves(self) -> Iterator[RawLeaf]:
        """The documents inside, in order; the bodies first."""


@dataclass(frozen=True, slots=True)
class RawFax:
    """What a fax server or gateway says about a fax; see `models.parsed.FaxRecord`. Times ISO 8601."""

    file: str | None = None
    received_at: str | None = None
    sent_at: str | None = None
    number: str | None = None
    to: str | None = None
    csid: str | None = None
    sender: str | None = None
    pages: int | None = None
    swapped_at: str | None = None
