"""winmail.dat (TNEF): what Outlook wraps a mail's formatting and attachments into.

Source:
    MS-OXTNEF (attributes, attachments), MS-OXCDATA 2.11 (the types of properties).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake import mapi
from intake.charset import decode
from intake.mapi import Properties
from intake.outlook import body_leaf
from intake.raw import RawLeaf, ReadOptions, Unreadable

_SIGNATURE = b"\x78\x9f\x3e\x22"
_CODEPAGE, _MESSAGE_PROPERTIES = 0x9007, 0x9003
_BODY, _SENT, _RECEIVED = 0x800C, 0x8005, 0x8006
_NEW_ATTACHMENT, _TITLE, _DATA, _ATTACHMENT_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_WIDTHS = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_LONG = frozenset({mapi.STRING8, mapi.UNICODE, mapi.OBJECT, mapi.BINARY})
_PROPERTIES = 10_000
_GUID_OF_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")


@dataclass(slots=True)
class _Attached:
    title: bytes = b""
    data: bytes = b""
    properties: Properties = field(default_factory=lambda: Properties({}))


class Winmail:
    """An opened stream; see `intake.raw.LeafSource`."""

    notes: tuple[str, ...] = ()

    def __init__(self, content: bytes) -> None:
        """Read its attributes as far as they go."""
        self._codepage: str | None = None
        self._plain = b""
        self._message = Properties({})
        self._attached: list[_Attached] = []
        for level_and_id, value in _attributes(content):
            self._take(level_and_id & 0xFFFF, value)
        self.received_at = self._message.time(mapi.DELIVERED)
        self.sent_at = self._message.time(mapi.SUBMITTED)
        self.sender = self._message.sender

    def leaves(self) -> Iterator[RawLeaf]:
        """The body, if it says something, then the attachments."""
        body = body_leaf(self._message, plain=decode(self._plain.rstrip(b"\0"), self._codepage))
        if body is not None:
            yield body
        for attached in self._attached:
            yield self._leaf(attached)

    def _take(self, kind: int, value: bytes) -> None:
        if kind == _CODEPAGE:
            self._codepage = mapi.codepage_name(int.from_bytes(value[:4], "little"))
        elif kind == _BODY:
            self._plain = value
        elif kind == _MESSAGE_PROPERTIES:
            self._message = Properties(_properties(value), self._codepage)
        elif kind == _NEW_ATTACHMENT:
            self._attached.append(_Attached())
        elif kind in (_TITLE, _DATA, _ATTACHMENT_PROPERTIES):
            if not self._attached:
                self._attached.append(_Attached())
            self._add(self._attached[-1], kind, value)

    def _add(self, attached: _Attached, kind: int, value: bytes) -> None:
        if kind == _TITLE:
            attached.title = value
        elif kind == _DATA:
            attached.data = value
        else:
            attached.properties = Properties(_properties(value), self._codepage)

    def _leaf(self, attached: _Attached) -> RawLeaf:
        properties = attached.properties
        title = decode(attached.title.rstrip(b"\0"), self._codepage)
        name = properties.text(mapi.LONG_FILENAME, mapi.FILENAME) or title or properties.text(mapi.DISPLAY_NAME)
        content = attached.data or properties.octets(mapi.DATA)
        if content.startswith(_GUID_OF_MESSAGE):
            content = content[16:]
        kind = "application/ms-tnef" if content.startswith(_SIGNATURE) else properties.text(mapi.MIME_TAG)
        return RawLeaf(filename=name[:1000], media_type=kind[:200], body=False, content=content)


def load(content: bytes, options: ReadOptions) -> Winmail:
    """Open a stream. Unreadable: F006 when nothing of it can be read."""
    del options
    if not content.startswith(_SIGNATURE) or len(content) < 15:
        raise Unreadable("F006")
    return Winmail(content)


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each attribute's id and value; what is torn off is given as far as it is there, junk behind the end is not."""
    at = 6
    while at + 9 <= len(content) and content[at] in (1, 2):
        kind, length = struct.unpack_from("<II", content, at + 1)
        yield kind, content[at + 9 : at + 9 + length]
        at += 9 + length + 2


def _properties(block: bytes) -> dict[int, tuple[int, bytes]]:
    """The properties in an attribute, those before a damaged place."""
    found: dict[int, tuple[int, bytes]] = {}
    count, at = int.from_bytes(block[:4], "little"), 4
    try:
        for _ in range(min(count, _PROPERTIES)):
            kind, tag = struct.unpack_from("<HH", block, at)
            at += 4
            if tag >= 0x8000:
                at = _past_name(block, at)
            values, at = _values(block, at, kind)
            if values:
                found.setdefault(tag, (kind & 0xFFF, values[0]))
    except struct.error:
        pass
    return found


def _past_name(block: bytes, at: int) -> int:
    """Behind the name of a named property: a GUID and a number or a text."""
    (by_name,) = struct.unpack_from("<I", block, at + 16)
    (length,) = struct.unpack_from("<I", block, at + 20)
    return at + 24 + (_padded(length) if by_name else 0)


def _values(block: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    base = kind & 0xFFF
    many = bool(kind & 0x1000)
    count = 1
    if many or base in _LONG:
        (count,) = struct.unpack_from("<I", block, at)
        at += 4
    values = []
    for _ in range(min(count, _PROPERTIES)):
        if base in _LONG:
            (length,) = struct.unpack_from("<I", block, at)
            at += 4
            step = _padded(length)
        elif base in _WIDTHS:
            length = _WIDTHS[base]
            step = length
        else:
            raise struct.error(base)
        values.append(block[at : at + length])
        at += step
        if at > len(block) + 3:
            break
    return values, at


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4
