"""What a container holds, as its child tells it: documents to open, each with its place in the received file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from models.parsed import Envelope
from models.problem import DocumentError, FileCode, Problem
from models.received import ReceivedFile
from sandbox.frames import BadFrame
from sandbox.limits import Limits
from sandbox.messages import BadMessage, ToldLeaf, envelope_of, leaf_of, notes_of
from sandbox.notes import problems_of
from sandbox.process import Child, ChildFailed, ChildKilled, Order, SealedBytes

# Beyond the limit of leaves a child lists the others as refused, up to a number of its own; more is nonsense.
_REFUSALS = 1100
# Whether the document of a path, or one in it, is to be opened.
Wanted = Callable[[str], bool]


@dataclass(slots=True)
class Room:
    """What all containers of one received file may still give, together: documents, and their bytes."""

    leaves: int
    unpacked: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file to open: itself received, or taken out of a container. Of one that is not wanted the bytes are not kept.

    `depth` counts the containers around it, `packed` says that one of them is an archive, `inline` that it is a picture
    within a mail's text, `refused` that it cannot be opened and why.
    """

    received: ReceivedFile
    filename: str
    parent: str | None = None
    depth: int = 0
    packed: bool = False
    inline: bool = False
    refused: FileCode | None = None


@dataclass(slots=True)
class Contents:
    """What a container told: its envelope, its documents, and what is wrong with it."""

    envelope: Envelope = field(default_factory=Envelope)
    leaves: list[Leaf] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()


def unpack(leaf: Leaf, order: Order, *, limits: Limits, room: Room, wanted: Wanted) -> Contents:
    """All documents in a container, with the bytes of those whose path is wanted.

    When the child dies half-way, those that it told of are kept, with a problem.

    Raises:
        DocumentError: it told of none, with the code of what happened.
    """
    before = replace(room)
    contents, failure = _emptied(leaf, order, limits=limits, room=room, wanted=wanted)
    if isinstance(failure, ChildKilled):
        room.leaves, room.unpacked = before.leaves, before.unpacked
        # What came the first time goes before it comes again.
        contents.leaves.clear()
        contents, failure = _emptied(leaf, order, limits=limits, room=room, wanted=wanted)
    if failure is None:
        return contents
    if not contents.leaves:
        raise DocumentError(failure.code)
    contents.problems = (*contents.problems, TORN)
    return contents


TORN = Problem(
    stage="parse",
    code=FileCode.DAMAGED_PARTLY.value,
    severity="error",
    message="Not everything in the mail or archive could be read.",
)


def _emptied(
    leaf: Leaf, order: Order, *, limits: Limits, room: Room, wanted: Wanted
) -> tuple[Contents, ChildFailed | None]:
    """What a child took out of it, and how it failed, if it did."""
    contents = Contents()
    with SealedBytes(leaf.received.content) as sealed, Child(sealed, order, limits=limits) as child:
        try:
            _hear(child, leaf, contents, order=order, limits=limits, room=room, wanted=wanted)
        except BadMessage as bad:
            return contents, child.failed(BadFrame(str(bad)))
        except ChildFailed as failed:
            return contents, failed
    return contents, None


def _hear(
    child: Child, leaf: Leaf, contents: Contents, *, order: Order, limits: Limits, room: Room, wanted: Wanted
) -> None:  # fmt: skip
    child.expect("ready", limits.wall_s)
    header = child.expect("mail", limits.wall_s)
    contents.envelope, contents.problems = envelope_of(header), problems_of(notes_of(header))
    ordinal = 0
    for told, content in _told(child, limits, room):
        ordinal += not told.body
        if len(contents.leaves) > limits.leaves + _REFUSALS:
            raise BadMessage("no end of leaves")
        inner = _inner(leaf, told, content, ordinal=ordinal, packed=order.reader.archive)
        if not wanted(inner.received.path):
            inner = replace(inner, received=replace(inner.received, content=b""))
        contents.leaves.append(inner)


def _told(child: Child, limits: Limits, room: Room) -> Iterator[tuple[ToldLeaf, bytes]]:
    while (header := child.hear(limits.wall_s)).get("is") == "leaf":
        told = leaf_of(header)
        content = child.payload(header, room.unpacked, limits.wall_s)
        room.unpacked -= len(content)
        if told.refused is None:
            room.leaves -= 1
            if room.leaves < 0:
                raise BadMessage("more leaves than allowed")
        yield told, content
    if header.get("is") != "done":
        raise BadMessage("neither a leaf nor the end")


def _inner(outer: Leaf, told: ToldLeaf, content: bytes, *, ordinal: int, packed: bool) -> Leaf:
    last = "body" if told.body else f"{ordinal}/{told.filename}" if told.filename else str(ordinal)
    received = ReceivedFile(
        path=f"{outer.received.path}/{last}",
        content=content,
        # Without its bytes it has none.
        sha256=hashlib.sha256(content).hexdigest() if content or told.refused is None else "",
        declared_type=told.media_type,
    )
    return Leaf(
        received,
        told.filename or last,
        outer.received.path,
        outer.depth + 1,
        packed=outer.packed or packed,
        inline=told.inline,
        refused=told.refused,
    )
