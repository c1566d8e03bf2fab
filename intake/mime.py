"""The parts of a mail (RFC 2045 to 2049), found in its bytes without recursion and without believing it.

Python's own parser builds the whole tree, once more in memory, and fails on deep ones; this one cuts slices. Whatever
is broken is read as far as it goes: without its boundary a part is one text, without its end it ends with its parent.
"""

from __future__ import annotations

import binascii
import email.header
import email.parser
import email.utils
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from intake.charset import decode

# Deeper than any mail program nests the parts of one mail.
_DEPTH = 50
# More parts than any mail program makes.
PARTS = 2000
_HEADERS_BYTES = 4 << 20
_HEADER_BYTES = 16 << 10
_END_OF_HEADERS = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:")
_LINE = re.compile(rb"[^\n]*\n?")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_BASE64_LINES = re.compile(rb"[A-Za-z0-9+/=\s]+\Z")
# How files that are documents begin, as they are and in base64.
_OPENINGS = (b"%PDF", b"II*\x00", b"MM\x00*", b"\x89PNG", b"\xff\xd8\xff", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"GIF8")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a mail that is no multipart: its headers, its raw bytes, and the multiparts around it.

    `around` are (number of the multipart within the mail, its subtype, the ordinal of the child that leads here).
    `too_deep` parts are multiparts that were not entered.
    """

    headers: Message
    raw: bytes = field(repr=False)
    around: tuple[tuple[int, str, int], ...] = ()
    too_deep: bool = False

    @property
    def media_type(self) -> str:
        """The declared media type, lower case."""
        return self.headers.get_content_type()

    @property
    def filename(self) -> str:
        """The file's name, however it was written; "" where there is none."""
        try:
            name = self.headers.get_filename() or ""
            named = email.utils.collapse_rfc2231_value(name)
        except (ValueError, TypeError, IndexError):
            named = ""
        return unfolded(named)[:1000]

    @property
    def disposition(self) -> str | None:
        """`inline`, `attachment`, or None."""
        return self.headers.get_content_disposition()

    @property
    def content(self) -> bytes:
        """The bytes after its transfer encoding is undone, as far as they go."""
        return decoded(self.raw, str(self.headers.get("content-transfer-encoding", "")), self.media_type)

    @property
    def text(self) -> str:
        """Its content as text."""
        return decode(self.content, self.charset)

    @property
    def charset(self) -> str | None:
        """The encoding that its headers state."""
        return _parameter(self.headers, "charset")

    def parameter(self, name: str) -> str | None:
        """A parameter of its Content-Type."""
        return _parameter(self.headers, name)


def split_headers(content: bytes) -> tuple[Message, bytes]:
    """Headers and body of a mail or part. Without any header all of it is body."""
    start = 0
    while content.startswith((b"\r\n", b"\n"), start):
        start += 2 if content.startswith(b"\r\n", start) else 1
    if content.startswith((b"From ", b">From "), start):
        start = content.find(b"\n", start) + 1 or len(content)
    if not _HEADER.match(content, start):
        return Message(), content
    end = _END_OF_HEADERS.search(content, start, start + _HEADERS_BYTES)
    stop = end.start() if end else min(len(content), start + _HEADERS_BYTES)
    broken = _end_of_lines(content[start:stop])
    if broken < stop - start:
        return _parsed(content[start : start + broken]), content[start + broken :]
    return _parsed(content[start:stop]), content[end.end() :] if end else b""


def parts_of(headers: Message, body: bytes) -> Iterator[Part]:
    """The parts of a mail that hold something, in their order; a mail within the mail is one of them, not entered."""
    waiting: list[Part] = [Part(headers, body)]
    seen = 0
    while waiting:
        part = waiting.pop()
        seen += 1
        inner = _children(part, seen) if part.media_type.startswith("multipart/") else None
        if inner is None or seen > PARTS:
            yield part
        elif len(part.around) >= _DEPTH:
            yield Part(part.headers, part.raw, part.around, too_deep=True)
        else:
            waiting.extend(reversed(inner))


def decoded(raw: bytes, encoding: str, media_type: str = "") -> bytes:
    """Undo a transfer encoding, also one that the header names wrongly."""
    named = encoding.strip().strip("\"'").lower()
    if raw.lstrip().startswith(_OPENINGS):
        return raw.lstrip() if named == "base64" else raw
    if named == "base64" or (named != "quoted-printable" and _is_hidden_base64(raw, media_type)):
        return _base64(raw)
    if named == "quoted-printable":
        return quopri.decodestring(raw)
    if named in ("x-uuencode", "uuencode", "uue", "x-uue"):
        return next((content for _, content in uuencoded(raw)[1]), raw)
    return raw


_UU_BEGIN = re.compile(rb"^begin (?:0?[0-7]{3}) ([^\r\n]{1,300})\r?\n", re.MULTILINE)
_UU_END = re.compile(rb"^end[ \t]*\r?$", re.MULTILINE)


def uuencoded(raw: bytes) -> tuple[bytes, tuple[tuple[str, bytes], ...]]:
    """The files that stand in a text between "begin 644 name" and "end": the text without them, and each with its name.

    Source:
        POSIX.1, uuencode.
    """
    found: list[tuple[str, bytes]] = []
    kept, at = [], 0
    while (begin := _UU_BEGIN.search(raw, at)) is not None and (end := _UU_END.search(raw, begin.end())) is not None:
        content = b"".join(_uu_line(line) for line in raw[begin.end() : end.start()].splitlines())
        if content:
            found.append((decode(begin[1]).strip(), content))
        kept.append(raw[at : begin.start() if content else end.end()])
        at = end.end()
    return b"".join((*kept, raw[at:])), tuple(found)


def unfolded(value: str) -> str:
    """A header's value on one line, its encoded words (RFC 2047) resolved, also where they should not be used."""
    value = re.sub(r"[\r\n]+[ \t]*", " ", value)
    if "=?" not in value:
        return value
    try:
        pieces = email.header.decode_header(value)
    except (binascii.Error, ValueError, IndexError):
        return value
    return "".join(piece if isinstance(piece, str) else decode(piece, charset) for piece, charset in pieces)


def _end_of_lines(block: bytes) -> int:
    """Where headers end that run into the text without an empty line: behind the last that looks like one."""
    end = 0
    for match in _LINE.finditer(block):
        is_header = _HEADER.match(match[0]) is not None
        if is_header or (match[0][:1] in b" \t" and end == match.start()):
            end = match.end()
    return end


def _parsed(block: bytes) -> Message:
    """The headers of a block, overlong ones cut, raw bytes above ASCII read for what they probably are."""
    lines = re.split(rb"\r?\n(?![ \t])", block)
    # A line that is no header would end them for Python's parser.
    block = b"\n".join(line[:_HEADER_BYTES] for line in lines[:10_000] if _HEADER.match(line))
    text = decode(block).replace("\0", "")
    return email.parser.Parser().parsestr(text.replace("\r\n", "\n").replace("\r", "\n"), headersonly=True)


def _parameter(headers: Message, name: str) -> str | None:
    try:
        value = headers.get_param(name)
    except (ValueError, TypeError, IndexError):
        return None
    return None if value is None else email.utils.collapse_rfc2231_value(value)


def _children(part: Part, number: int) -> list[Part] | None:
    """The parts of a multipart; None where its boundary cannot be found: then it is one text."""
    boundary = (_parameter(part.headers, "boundary") or "").rstrip()
    spans = _spans(part.raw, boundary.encode("utf-8", "replace")) if boundary else []
    if not spans:
        guessed = re.match(rb"\s*(?:[^\n]*\n){0,20}?--([^\s-][^\r\n]{5,69}?)[ \t]*\r?\n(?=[!-9;-~]+:)", part.raw)
        spans = _spans(part.raw, guessed[1]) if guessed else []
    if not spans:
        return None
    kind = part.headers.get_content_subtype()
    children = []
    for ordinal, (start, end) in enumerate(spans):
        headers, body = _part(part.raw[start:end], kind)
        if body.strip() or headers.keys():
            children.append(Part(headers, body, (*part.around, (number, kind, ordinal))))
    return children


def _part(content: bytes, kind: str) -> tuple[Message, bytes]:
    """A part's headers and body; a part that begins with an empty line has no headers (RFC 2046 5.1)."""
    if content.startswith((b"\n", b"\r\n")):
        headers, body = Message(), content[1 if content.startswith(b"\n") else 2 :]
    else:
        headers, body = split_headers(content)
    if kind == "digest":
        headers.set_default_type("message/rfc822")
    return headers, body


def _spans(content: bytes, boundary: bytes) -> list[tuple[int, int]]:
    """Where the parts between the lines of a boundary begin and end; what stands before and after is for no reader."""
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for match in line.finditer(content):
        if start is not None:
            spans.append((start, match.start()))
        start = None if match[1] else _after_line(content, match.end())
        if len(spans) > PARTS:
            break
    if start is not None and start < len(content):
        spans.append((start, len(content)))
    return spans


def _after_line(content: bytes, at: int) -> int:
    # The empty line that ends no headers belongs to the part: only one line end is the boundary's own.
    return at + (2 if content.startswith(b"\r\n", at) else 1 if content.startswith(b"\n", at) else 0)


def _is_hidden_base64(raw: bytes, media_type: str) -> bool:
    """Whether a part that is said to be plain is base64: all of it is, and it opens as a document does."""
    if (
        media_type.startswith(("text/", "message/", "multipart/"))
        or len(raw) < 64
        or not _BASE64_LINES.match(raw[:4096])
    ):
        return False
    return _base64(raw[:256]).startswith(_OPENINGS)


def _base64(raw: bytes) -> bytes:
    """As much as there is: strange characters are left out, each padded piece is decoded by itself, a torn end cut."""
    pieces = []
    for piece in raw.split(b"=") if b"=" in raw.rstrip()[:-3] else (raw,):
        letters = _NOT_BASE64.sub(b"", piece)
        letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
        pieces.append(binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)))
    return b"".join(pieces)


def _uu_line(line: bytes) -> bytes:
    if not line or not 32 <= line[0] <= 96:
        return b""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        # A mailer cut the blanks at its end, or added some: as long as the first character says.
        count = ((line[0] - 32) & 63) * 4 // 3 + 4
        try:
            return binascii.a2b_uu(line[:count].ljust(1 + (((line[0] - 32) & 63) + 2) // 3 * 4))
        except binascii.Error:
            return b""
