"""Outlook messages (.msg): the body, the attachments, and messages that are attached to them.

Source:
    MS-OXMSG (storages and streams), MS-CFB (the file around them, read by olefile).
"""

from __future__ import annotations

import base64
import io
import struct
import uuid
from collections.abc import Iterator
from email.message import Message

import olefile  # type: ignore[import-untyped]

from intake import mapi
from intake.mapi import Properties, codepage_name
from intake.mime import split_headers
from intake.outlook import body_leaf
from intake.raw import RawLeaf, ReadOptions, Unreadable
from intake.readers.email import mail_times

_PROPERTIES = "__properties_version1.0"
_SUBSTANCE = "__substg1.0_"
_EMBEDDED = 5
# Bytes before the entries: of the message itself, of one within another, of an attachment (MS-OXMSG 2.4.1).
_TOP, _WITHIN, _ATTACHED = 32, 24, 8
_ENTRY = struct.Struct("<HHI8s")
_ENTRIES = 10_000
_CODEPAGES = (0x3FFD, 0x3FDE)
_TEXT_KINDS = (mapi.STRING8, mapi.UNICODE, mapi.BINARY)
_DEPTH = 8

Path = tuple[str, ...]


class OutlookMessage:
    """An opened message; see `intake.raw.LeafSource`."""

    notes: tuple[str, ...] = ()

    def __init__(self, file: olefile.OleFileIO, options: ReadOptions) -> None:
        """Take the file."""
        self._file = file
        self._options = options
        self._message = _properties(file, (), _TOP)
        received, sent, sender = mail_times(_headers(self._message))
        self.received_at = received or self._message.time(mapi.DELIVERED)
        self.sent_at = sent or self._message.time(mapi.SUBMITTED)
        self.sender = self._message.sender or sender

    def leaves(self) -> Iterator[RawLeaf]:
        """The body, if it says something, then the attachments in their order."""
        yield from _leaves(self._file, (), self._message, depth=0)


def load(content: bytes, options: ReadOptions) -> OutlookMessage:
    """Open a message. Unreadable: F006 when it is damaged."""
    try:
        file = olefile.OleFileIO(io.BytesIO(content))
        return OutlookMessage(file, options)
    except (OSError, struct.error, IndexError, ValueError, TypeError, KeyError, AttributeError):
        raise Unreadable("F006") from None


def _leaves(file: olefile.OleFileIO, at: Path, message: Properties, *, depth: int) -> Iterator[RawLeaf]:
    body = body_leaf(message)
    if body is not None:
        yield body
    for name in _storages(file, at, "__attach_version1.0_"):
        yield _attachment(file, (*at, name), depth)


def _attachment(file: olefile.OleFileIO, at: Path, depth: int) -> RawLeaf:
    properties = _properties(file, at, _ATTACHED)
    name = properties.text(mapi.LONG_FILENAME, mapi.FILENAME, mapi.DISPLAY_NAME)[:1000]
    inside = (*at, f"{_SUBSTANCE}3701000D")
    if properties.number(mapi.METHOD) == _EMBEDDED or file.exists("/".join((*inside, _PROPERTIES))):
        if depth >= _DEPTH:
            return RawLeaf(name, "message/rfc822", False, b"", refused="F016")
        return RawLeaf(_as_mail(name), "message/rfc822", False, _mail(file, inside, depth + 1))
    content = properties.octets(mapi.DATA) or _embedded_object(file, inside)
    kind = properties.text(mapi.MIME_TAG)[:200]
    inline = bool(properties.text(mapi.CONTENT_ID)) and kind.startswith("image/")
    return RawLeaf(name, kind, False, content, inline=inline)


def _mail(file: olefile.OleFileIO, at: Path, depth: int) -> bytes:
    """A message within the message as a mail of its own: it has no bytes of its own in the file."""
    message = _properties(file, at, _WITHIN)
    boundary = f"=_{uuid.uuid5(uuid.NAMESPACE_URL, '/'.join(at)).hex}"
    lines = [f"Subject: {_line(message.text(mapi.SUBJECT))}"]
    if message.sender:
        lines.append(f"From: {_line(message.sender)}")
    lines += ["MIME-Version: 1.0", f'Content-Type: multipart/mixed; boundary="{boundary}"', ""]
    out = ["\r\n".join(lines).encode("utf-8", "replace")]
    out.extend(f"--{boundary}\r\n".encode() + _as_part(leaf) for leaf in _leaves(file, at, message, depth=depth))
    return b"\r\n".join((*out, f"--{boundary}--\r\n".encode()))


def _as_part(leaf: RawLeaf) -> bytes:
    kind = leaf.media_type if "/" in leaf.media_type else "application/octet-stream"
    headers = [f"Content-Type: {_line(kind)}; charset=utf-8", "Content-Transfer-Encoding: base64"]
    if not leaf.body:
        name = (
            "=?utf-8?b?" + base64.b64encode((leaf.filename or "attachment").encode("utf-8", "replace")).decode() + "?="
        )
        headers.append(f'Content-Disposition: {"inline" if leaf.inline else "attachment"}; filename="{name}"')
    return "\r\n".join((*headers, "", "")).encode() + base64.encodebytes(leaf.content)


def _line(text: str) -> str:
    return " ".join(text.split())[:500]


def _as_mail(name: str) -> str:
    return f"{name[:-4]}.eml" if name.lower().endswith(".msg") else name


def _embedded_object(file: olefile.OleFileIO, at: Path) -> bytes:
    """What another program embedded: the stream that holds the file, if it is a known one."""
    for name in ("CONTENTS", "Package"):
        if file.exists("/".join((*at, name))):
            return bytes(file.openstream([*at, name]).read())
    return b""


def _storages(file: olefile.OleFileIO, at: Path, prefix: str) -> list[str]:
    found = {
        path[len(at)]
        for path in file.listdir(streams=True, storages=True)
        if len(path) > len(at) and tuple(path[: len(at)]) == at and path[len(at)].startswith(prefix)
    }
    return sorted(found)


def _properties(file: olefile.OleFileIO, at: Path, skipped: int) -> Properties:
    values: dict[int, tuple[int, bytes]] = {}
    stream = "/".join((*at, _PROPERTIES))
    entries = bytes(file.openstream(stream).read()) if file.exists(stream) else b""
    for place in range(skipped, min(len(entries), _ENTRIES * _ENTRY.size) - _ENTRY.size + 1, _ENTRY.size):
        kind, tag, _, value = _ENTRY.unpack_from(entries, place)
        values[tag] = (kind, value)
    for name in _storages(file, at, _SUBSTANCE):
        # Eight digits: the tag and the type; those of a value among many have more.
        digits = name[len(_SUBSTANCE) :]
        try:
            tag, kind = int(digits[:4], 16), int(digits[4:], 16)
        except ValueError:
            continue
        if len(digits) == 8 and kind in _TEXT_KINDS and file.get_type("/".join((*at, name))) == olefile.STGTY_STREAM:
            values[tag] = (kind, bytes(file.openstream([*at, name]).read()))
    page = next((int.from_bytes(values[tag][1][:4], "little") for tag in _CODEPAGES if tag in values), None)
    return Properties(values, codepage_name(page))


def _headers(message: Properties) -> Message:
    """The headers with which the message came through the internet, where they were kept."""
    return split_headers(message.text(mapi.HEADERS).strip().encode("utf-8", "replace"))[0]
