"""From one received file to its documents: what kind it is, who reads it, and what is inside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from intake.raw import ReadOptions
from intake.readers import READERS, Reader, reader_of
from intake.sniff import claimed_type, media_type_of
from models.parsed import MailEnvelope, ParsedFile, ParsedPage, RejectedFile
from models.problem import SENTENCES, DocumentError, FileCode, Problem
from models.received import ReceivedFile
from sandbox.frames import BadFrame
from sandbox.limits import Limits
from sandbox.messages import BadMessage, Header, envelope_of, leaf_of
from sandbox.pages import PageStream
from sandbox.process import Child, ChildFailed, Order, SealedBytes

# A picture smaller than this on its longer side (a logo, a tracking pixel) holds no line of text that could be read.
_TINY_PX = 64


@dataclass(frozen=True, slots=True)
class Opening:
    """How files are opened: limits, resolution of drawn pages, the readers, and further folders of code (tests)."""

    limits: Limits
    dpi: float = 200.0
    readers: tuple[Reader, ...] = READERS
    code: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A file to open: itself received, or taken out of a container."""

    received: ReceivedFile
    filename: str
    parent: str | None = None
    depth: int = 0


def open_received(received: ReceivedFile, *, limits: Limits, dpi: float = 200.0) -> Iterator[ParsedFile | RejectedFile]:
    """See `sandbox.open_file`."""
    return open_with(received, Opening(limits, dpi))


def open_with(received: ReceivedFile, opening: Opening) -> Iterator[ParsedFile | RejectedFile]:
    """The same, with everything that can be chosen."""
    yield from _open(_Leaf(received, received.path.rpartition("/")[2]), opening)


def _open(leaf: _Leaf, opening: Opening) -> Iterator[ParsedFile | RejectedFile]:
    try:
        media_type, reader = _recognise(leaf, opening)
        if reader.container:
            yield from _open_container(leaf, opening, media_type, reader)
        else:
            yield from _open_pages(leaf, opening, media_type, reader)
    except DocumentError as refused:
        yield _rejected(leaf, refused.code)


def _recognise(leaf: _Leaf, opening: Opening) -> tuple[str, Reader]:
    received = leaf.received
    if not received.content:
        raise DocumentError(FileCode.EMPTY)
    if len(received.content) > opening.limits.file_bytes:
        raise DocumentError(FileCode.TOO_LARGE)
    media_type = media_type_of(received.content, leaf.filename, received.declared_type)
    reader = None if media_type is None else reader_of(media_type, opening.readers)
    if media_type is None or reader is None:
        claimed = claimed_type(leaf.filename, received.declared_type)
        raise DocumentError(FileCode.TYPE_NOT_ALLOWED if claimed is None else FileCode.TYPE_MISMATCH)
    return media_type, reader


def _options(opening: Opening, media_type: str) -> ReadOptions:
    limits = opening.limits
    return ReadOptions(
        dpi=opening.dpi,
        pages=limits.pages,
        pixels=limits.page_pixels,
        points=limits.page_points,
        words=limits.page_words,
        inflated=limits.inflated_bytes,
        leaves=limits.leaves,
        media_type=media_type,
    )


def _open_pages(leaf: _Leaf, opening: Opening, media_type: str, reader: Reader) -> Iterator[ParsedFile]:
    """Yield the file once its first readable page is there; DocumentError when there is none."""
    order = Order(reader, _options(opening, media_type), code=opening.code)
    with SealedBytes(leaf.received.content) as sealed, PageStream(sealed, order, limits=opening.limits) as pages:
        pages.open()
        yield replace(
            _parsed(leaf, media_type, pages=pages, problems=(*_noted(pages.notes), *_tiny(leaf, pages))),
            page_count=pages.page_count,
        )


def _open_container(
    leaf: _Leaf, opening: Opening, media_type: str, reader: Reader
) -> Iterator[ParsedFile | RejectedFile]:
    if leaf.depth >= opening.limits.nesting:
        raise DocumentError(FileCode.UNSAFE_ARCHIVE)
    order = Order(reader, _options(opening, media_type), code=opening.code)
    envelope, leaves, problems = _unpack(leaf, order, opening.limits)
    if not leaves:
        raise DocumentError(FileCode.NOTHING_READABLE)
    yield _parsed(leaf, media_type, pages=iter(()), problems=problems, envelope=envelope)
    for inner in leaves:
        yield from _open(inner, opening)


def _unpack(leaf: _Leaf, order: Order, limits: Limits) -> tuple[MailEnvelope, tuple[_Leaf, ...], tuple[Problem, ...]]:
    """All documents in a container. When the child dies half-way, those that it told of are kept, with a problem."""
    envelope, leaves, room = MailEnvelope(None, None), list[_Leaf](), limits.unpacked_bytes
    with SealedBytes(leaf.received.content) as sealed, Child(sealed, order, limits=limits) as child:
        try:
            child.expect("ready", limits.wall_s)
            envelope = envelope_of(child.expect("mail", limits.wall_s))
            while (header := child.hear(limits.wall_s)).get("is") == "leaf" and len(leaves) <= limits.leaves:
                content = child.payload(header, room, limits.wall_s)
                room -= len(content)
                leaves.append(_inner(leaf, header, content, ordinal=1 + sum(not _is_body(one) for one in leaves)))
            if header.get("is") != "done":
                raise BadMessage("neither a leaf nor the end")
        except BadMessage as bad:
            failure = child.failed(BadFrame(str(bad)))
        except ChildFailed as failed:
            failure = failed
        else:
            return envelope, tuple(leaves), ()
    if not leaves:
        raise DocumentError(failure.code)
    return (
        envelope,
        tuple(leaves),
        (_problem(FileCode.DAMAGED_PARTLY, "error", "Not everything in the mail could be read."),),
    )


def _is_body(leaf: _Leaf) -> bool:
    return leaf.received.path.endswith("/body")


def _inner(outer: _Leaf, header: Header, content: bytes, *, ordinal: int) -> _Leaf:
    filename, media_type, body = leaf_of(header)
    last = "body" if body else f"{ordinal}/{filename}" if filename else str(ordinal)
    received = ReceivedFile(
        path=f"{outer.received.path}/{last}",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        declared_type=media_type,
    )
    return _Leaf(received, filename or last, outer.received.path, outer.depth + 1)


def _parsed(
    leaf: _Leaf,
    media_type: str,
    *,
    pages: Iterator[ParsedPage],
    problems: tuple[Problem, ...],
    envelope: MailEnvelope | None = None,
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


def _rejected(leaf: _Leaf, code: FileCode) -> RejectedFile:
    return RejectedFile(
        path=leaf.received.path,
        filename=leaf.filename,
        parent=leaf.parent,
        sha256=leaf.received.sha256,
        code=code,
        message=SENTENCES[code],
    )


def _noted(notes: tuple[str, ...]) -> tuple[Problem, ...]:
    codes = tuple(FileCode(note) for note in notes if note in set(FileCode))
    return tuple(_problem(code, "info", SENTENCES[code]) for code in codes)


def _tiny(leaf: _Leaf, pages: PageStream) -> tuple[Problem, ...]:
    raster = pages.first.raster if leaf.parent is not None and pages.page_count == 1 else None
    if raster is None or max(raster.pixels.shape) >= _TINY_PX:
        return ()
    return (
        Problem(stage="parse", code="tiny-picture", severity="info", message="The picture is too small to hold text."),
    )


def _problem(code: FileCode, severity: str, message: str) -> Problem:
    return Problem(stage="parse", code=code.value, severity="error" if severity == "error" else "info", message=message)
