"""MAPI properties as Outlook writes them, in TNEF streams and .msg files: texts, times, bytes.

Source:
    MS-OXCDATA 2.11 (types), MS-OXPROPS (tags), MS-OXRTFCP (compressed RTF).
"""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass

from intake.charset import decode

STRING8, UNICODE, BINARY, OBJECT, TIME = 0x1E, 0x1F, 0x102, 0x0D, 0x40
SUBJECT, CLASS, DELIVERED, SUBMITTED = 0x0037, 0x001A, 0x0E06, 0x0039
HEADERS, REPORT, BODY, RTF, HTML, CODEPAGE = 0x007D, 0x1001, 0x1000, 0x1009, 0x1013, 0x3FDE
SENDER, SENDER_SMTP, SENT_BY_SMTP = 0x0C1F, 0x5D01, 0x5D02
DATA, FILENAME, LONG_FILENAME, DISPLAY_NAME, METHOD, MIME_TAG, CONTENT_ID = (
    0x3701,
    0x3704,
    0x3707,
    0x3001,
    0x3705,
    0x370E,
    0x3712,
)
# No letter is as long; pictures within it are what takes the room.
_RTF_BYTES = 16 << 20
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


@dataclass(frozen=True, slots=True)
class Properties:
    """The properties of a message or attachment: tag to (type, raw value); `codepage` of its 8-bit texts."""

    values: dict[int, tuple[int, bytes]]
    codepage: str | None = None

    def text(self, *tags: int) -> str:
        """The first of these properties that says something, as text; "" where none does."""
        for tag in tags:
            kind, raw = self.values.get(tag, (0, b""))
            said = raw.decode("utf-16-le", "replace") if kind == UNICODE else decode(raw, self.codepage)
            if kind in (UNICODE, STRING8) and (said := said.rstrip("\0")).strip():
                return said
        return ""

    def octets(self, tag: int) -> bytes:
        """A binary property; b"" where it is absent."""
        return self.values.get(tag, (0, b""))[1]

    def time(self, *tags: int) -> str | None:
        """The first of these times that is there, ISO 8601."""
        for tag in tags:
            kind, raw = self.values.get(tag, (0, b""))
            if kind == TIME and len(raw) == 8 and (ticks := int.from_bytes(raw, "little")):
                try:
                    return (_EPOCH + dt.timedelta(microseconds=ticks // 10)).isoformat()
                except OverflowError:
                    continue
        return None

    def number(self, tag: int) -> int | None:
        """A whole number of four bytes."""
        raw = self.values.get(tag, (0, b""))[1]
        return int.from_bytes(raw[:4], "little") if len(raw) >= 4 else None

    @property
    def sender(self) -> str | None:
        """The address of the sender, where it is one of the internet."""
        said = self.text(SENDER_SMTP, SENT_BY_SMTP, SENDER)
        return said[:320] if "@" in said and not said.startswith("/") else None

    @property
    def html(self) -> bytes:
        """The body as HTML, with the encoding that the message states for it."""
        kind, raw = self.values.get(HTML, (0, b""))
        if kind == UNICODE:
            return raw.decode("utf-16-le", "replace").encode()
        page = codepage_name(self.number(CODEPAGE))
        return decode(raw, page).encode("utf-8", "replace") if raw else b""

    @property
    def rtf(self) -> bytes:
        """The body as RTF; b"" where there is none or it is damaged."""
        packed = self.octets(RTF)
        return inflate_rtf(packed) if packed else b""


def codepage_name(number: int | None) -> str | None:
    """Python's name of a Windows code page."""
    return None if not number else {65001: "utf-8", 20127: "ascii", 28591: "latin-1"}.get(number, f"cp{number}")


def inflate_rtf(packed: bytes) -> bytes:
    """Undo the compression of RTF bodies, as far as it goes; b"" where the header is none.

    Source:
        MS-OXRTFCP 2.2 and 3.1.
    """
    if len(packed) < 16:
        return b""
    size, raw_size, kind = struct.unpack_from("<III", packed)
    data = packed[16 : max(16, min(len(packed), size + 4))]
    if kind == 0x414C454D:
        return data[:raw_size]
    return _unpacked(data, min(raw_size, _RTF_BYTES)) if kind == 0x75465A4C else b""


def _unpacked(data: bytes, most: int) -> bytes:
    window = bytearray(_DICTIONARY.ljust(4096, b"\0"))
    write, at, out = len(_DICTIONARY), 0, bytearray()
    while at < len(data) and len(out) < most:
        control, at = data[at], at + 1
        for bit in range(8):
            if not control >> bit & 1:
                piece, at = data[at : at + 1], at + 1
                offset = length = 0
            else:
                token, at = int.from_bytes(data[at : at + 2], "big"), at + 2
                offset, length, piece = token >> 4, (token & 15) + 2, b""
                if at > len(data) or offset == write:
                    return bytes(out[:most])
            for step in range(length or len(piece)):
                letter = window[(offset + step) % 4096] if length else piece[0]
                window[write], write = letter, (write + 1) % 4096
                out.append(letter)
    return bytes(out[:most])
