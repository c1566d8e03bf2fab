"""From one received file to its documents: what kind it is, who reads it, and what is inside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from intake.raw import ReadOptions
from intake.readers import READERS, Reader, reader_of
from intake.sniff import LOCKED_TYPES, claimed_type, media_type_of
from models.parsed import Envelope, ParsedFile, ParsedPage, RejectedFile
from models.problem import SENTENCES, DocumentError, FileCode, Problem
from models.received import ReceivedFile
from sandbox.convert import CONVERTED_SUFFIXES, Converter, converted, converter_here
from sandbox.leaves import TORN, Leaf, Room, unpack
from sandbox.limits import Limits
from sandbox.notes import FILES_INSIDE, problems_of
from sandbox.pages import PageStream
from sandbox.process import Order, SealedBytes

# A picture smaller than this on its longer side (a logo, a tracking pixel) holds no line of text that could be read.
_TINY_PX = 64


@dataclass(frozen=True, slots=True)
class Opening:
    """How files are opened: limits, resolution of drawn pages, the readers, further folders of code (tests), and what
    makes PDF of office documents. `wanted` are the paths of the documents that are opened, each from a page on; None:
    all of them, whole.
    """

    limits: Limits
    dpi: float = 200.0
    readers: tuple[Reader, ...] = READERS
    code: tuple[Path, ...] = ()
    converter: Converter | None = field(default_factory=converter_here)
    wanted: Mapping[str, int] | None = None

    def first_page(self, path: str) -> int | None:
        """The page from which a document is read; None if it is not wanted, nor anything in it."""
        if self.wanted is None or any(one.startswith(f"{path}/") for one in self.wanted):
            return 1
        return self.wanted.get(path)

    def wants(self, path: str) -> bool:
        """Whether a document, or one in it, is opened."""
        return self.first_page(path) is not None


@dataclass(frozen=True, slots=True)
class _Tree:
    """One received file with all that it holds: how it is opened, and what it may still hold."""

    opening: Opening
    room: Room


def open_received(
    received: ReceivedFile, *, limits: Limits, dpi: float = 200.0, wanted: Mapping[str, int] | None = None
) -> Iterator[ParsedFile | RejectedFile]:
    """See `sandbox.open_file`."""
    return open_with(received, Opening(limits, dpi, wanted=wanted))


def open_with(received: ReceivedFile, opening: Opening) -> Iterator[ParsedFile | RejectedFile]:
    """The same, with everything that can be chosen."""
    room = Room(opening.limits.leaves, opening.limits.unpacked_bytes)
    yield from _open(Leaf(received, received.path.rpartition("/")[2]), _Tree(opening, room))


def _open(leaf: Leaf, tree: _Tree) -> Iterator[ParsedFile | RejectedFile]:
    if tree.opening.first_page(leaf.received.path) is None:
        return
    try:
        if leaf.refused is not None:
            raise DocumentError(leaf.refused)
        media_type, reader = _recognise(leaf, tree.opening)
        if reader.container:
            yield from _open_container(leaf, tree, media_type, reader)
        elif media_type in CONVERTED_SUFFIXES:
            yield from _open_pages(_as_pdf(leaf, tree.opening, media_type), tree, media_type, reader)
        else:
            yield from _open_pages(leaf, tree, media_type, reader)
    except DocumentError as refused:
        yield _rejected(leaf, refused.code)


def _recognise(leaf: Leaf, opening: Opening) -> tuple[str, Reader]:
    received = leaf.received
    if not received.content:
        raise DocumentError(FileCode.EMPTY)
    if len(received.content) > opening.limits.file_bytes:
        raise DocumentError(FileCode.TOO_LARGE)
    media_type = media_type_of(received.content, leaf.filename, received.declared_type)
    if media_type in LOCKED_TYPES:
        raise DocumentError(FileCode.ENCRYPTED)
    read_as = "application/pdf" if media_type in CONVERTED_SUFFIXES else media_type
    reader = None if read_as is None else reader_of(read_as, opening.readers)
    if media_type is None or reader is None:
        claimed = claimed_type(leaf.filename, received.declared_type)
        raise DocumentError(FileCode.TYPE_NOT_ALLOWED if claimed is None else FileCode.TYPE_MISMATCH)
    return media_type, reader


def _as_pdf(leaf: Leaf, opening: Opening, media_type: str) -> Leaf:
    """The same document with the converter's PDF for its content; path and hash stay those of the received file."""
    pdf = converted(leaf.received.content, media_type, converter=opening.converter, limits=opening.limits)
    return replace(leaf, received=replace(leaf.received, content=pdf))


def _order(reader: Reader, leaf: Leaf, tree: _Tree, media_type: str) -> Order:
    limits = tree.opening.limits
    options = ReadOptions(
        dpi=tree.opening.dpi,
        pages=limits.pages,
        pixels=limits.page_pixels,
        points=limits.page_points,
        words=limits.page_words,
        inflated=limits.inflated_bytes,
        leaves=max(0, tree.room.leaves),
        leaf_bytes=limits.file_bytes,
        unpacked=max(0, tree.room.unpacked),
        filename=leaf.filename,
        media_type=media_type,
    )
    return Order(reader, options, tree.opening.first_page(leaf.received.path) or 1, tree.opening.code)


def _open_pages(leaf: Leaf, tree: _Tree, media_type: str, reader: Reader) -> Iterator[ParsedFile | RejectedFile]:
    """Yield the file once its first readable page is there, then the files that it carries; DocumentError when there
    is neither.
    """
    order = _order(reader, leaf, tree, media_type)
    limits = tree.opening.limits
    with SealedBytes(leaf.received.content) as sealed, PageStream(sealed, order, limits=limits) as pages:
        try:
            pages.open()
        except DocumentError as refused:
            if FILES_INSIDE not in pages.notes:
                raise
            yield _rejected(leaf, refused.code)
        else:
            problems = (*problems_of(pages.notes), *_about_picture(leaf, pages))
            yield replace(_parsed(leaf, media_type, pages=pages, problems=problems), page_count=pages.page_count)
    if FILES_INSIDE in pages.notes:
        yield from _open_carried(leaf, tree, replace(order, reader=replace(reader, container=True)))


def _open_carried(leaf: Leaf, tree: _Tree, order: Order) -> Iterator[ParsedFile | RejectedFile]:
    """The files that a document with pages carries; where they cannot be taken out, one refusal stands for them all."""
    try:
        if leaf.depth >= tree.opening.limits.nesting:
            raise DocumentError(FileCode.UNSAFE_ARCHIVE)
        contents = unpack(leaf, order, limits=tree.opening.limits, room=tree.room, wanted=tree.opening.wants)
    except DocumentError as refused:
        yield _not_taken_out(leaf, refused.code)
        return
    for inner in contents.leaves:
        yield from _open(inner, tree)
    if TORN in contents.problems:
        yield _not_taken_out(leaf, FileCode.DAMAGED_PARTLY)


def _not_taken_out(leaf: Leaf, code: FileCode) -> RejectedFile:
    path = leaf.received.path
    return replace(_rejected(leaf, code), path=f"{path}/attachments", filename="attachments", parent=path)


def _open_container(leaf: Leaf, tree: _Tree, media_type: str, reader: Reader) -> Iterator[ParsedFile | RejectedFile]:
    if leaf.depth >= tree.opening.limits.nesting or (reader.archive and leaf.packed):
        raise DocumentError(FileCode.UNSAFE_ARCHIVE)
    order = _order(reader, leaf, tree, media_type)
    contents = unpack(leaf, order, limits=tree.opening.limits, room=tree.room, wanted=tree.opening.wants)
    if not contents.leaves and not contents.envelope.faxes:
        raise DocumentError(FileCode.NOTHING_READABLE)
    yield _parsed(
        leaf, media_type, pages=iter(()), problems=contents.problems, envelope=_of_mail(contents.envelope, reader)
    )
    while contents.leaves:
        yield from _open(contents.leaves.pop(0), tree)


def _of_mail(envelope: Envelope, reader: Reader) -> Envelope | None:
    """Only mails and sidecars have one; an archive would pass for a mail whose times are unknown."""
    return None if reader.name in ("archive", "mailbox", "smime") else envelope


def _parsed(
    leaf: Leaf,
    media_type: str,
    *,
    pages: Iterator[ParsedPage],
    problems: tuple[Problem, ...],
    envelope: Envelope | None = None,
) -> ParsedFile:
    return ParsedFile(
        path=leaf.received.path,
        filename=leaf.filename,
        parent=leaf.parent,
        sha256=leaf.received.sha256,
        media_type=media_type,
        page_count=0,
        pages=pages,
        problems=problems,
        envelope=envelope,
    )


def _rejected(leaf: Leaf, code: FileCode) -> RejectedFile:
    return RejectedFile(
        path=leaf.received.path,
        filename=leaf.filename,
        parent=leaf.parent,
        sha256=leaf.received.sha256,
        code=code,
        message=SENTENCES[code],
    )


def _about_picture(leaf: Leaf, pages: PageStream) -> tuple[Problem, ...]:
    """A remark on a picture that came with a mail and may be no paper."""
    raster = pages.first.raster if leaf.parent is not None and pages.page_count == 1 else None
    if raster is None:
        return ()
    if max(raster.pixels.shape) < _TINY_PX:
        return _remark("tiny-picture", "The picture is too small to hold text.")
    return _remark("inline-picture", "The picture stands within the text of a mail.") if leaf.inline else ()


def _remark(code: str, message: str) -> tuple[Problem, ...]:
    return (Problem(stage="parse", code=code, severity="info", message=message),)
